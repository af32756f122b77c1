"""A stand-in for libvirt-python: it notes what is called, and answers as it is told."""

from __future__ import annotations

from types import ModuleType
from typing import Any


class FakeError(Exception):
    """`libvirt.libvirtError`."""

    def __init__(self, code: int, message: str = "it went wrong", domain: int = 10) -> None:
        super().__init__(message)
        self.code = code
        self.domain = domain

    def get_error_code(self) -> int:
        return self.code

    def get_error_domain(self) -> int:
        return self.domain

    def get_error_message(self) -> str:
        return str(self)


class FakeObject:
    """An object of libvirt-python, of any class.

    Attributes:
        answers: what functions return, by their names; an exception is raised. Lists and objects of this class share
            the notes.
        calls: the functions that were called, with their arguments.
    """

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.calls: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self.answers:
            raise AttributeError(name)

        def call(*arguments: Any) -> Any:
            self.calls.append((name, *arguments))
            answer = self.answers[name]
            if isinstance(answer, Exception):
                raise answer
            for item in answer if isinstance(answer, list) else [answer]:
                if isinstance(item, FakeObject):
                    item.calls = self.calls
            return answer

        return call


def fake_libvirt(connection: object) -> ModuleType:
    """Return a module whose functions open this connection, or raise this error."""
    module: Any = ModuleType("libvirt")
    module.libvirtError = FakeError
    module.opened = []

    def opener(name: str) -> Any:
        def function(*arguments: Any) -> object:
            module.opened.append((name, *arguments))
            if isinstance(connection, Exception):
                raise connection
            return connection

        return function

    for name in ("open", "openReadOnly", "openAuth"):
        setattr(module, name, opener(name))
    return module  # type: ignore[no-any-return]
