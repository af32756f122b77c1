"""What a program imports, and the names by which it knows that."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from virtxml.catalogue import DOCUMENTS

from .expressions import WIDTH, Brackets, Expression, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.node import Node

_FRONT_DOOR = "virtxml"
_SCHEMA = "virtxml.schema"


class Imports:
    """The names that a program imports.

    Two classes of one name get two names in the program, such as `Disk` and `DomainDisk`.
    """

    def __init__(self, module: str) -> None:
        """Start without any; ``module`` is where classes are imported from if it has them."""
        self._preferred = _kind(module)
        self._names: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def of_class(self, cls: type[Node]) -> str:
        """Return the name of an element class."""
        return self.name(self._home(cls), cls.__name__)

    def name(self, module: str, name: str) -> str:
        """Return what a name of a module is called in the program."""
        if (module, name) not in self._names:
            chosen = name
            while chosen in self._taken:
                chosen = module.rpartition(".")[2].capitalize() + chosen
            self._taken.add(chosen)
            self._names[module, name] = chosen
        return self._names[module, name]

    def lines(self) -> Iterator[str]:
        """Iterate over the lines that import the names."""
        modules: dict[str, list[str]] = {}
        for (module, name), chosen in self._names.items():
            modules.setdefault(module, []).append(name if chosen == name else f"{name} as {chosen}")
        for module, names in sorted(modules.items()):
            items = [("", Expression(name)) for name in sorted(names)]
            before = f"from {module} import "
            one_line = f"{before}{', '.join(sorted(names))}"
            yield from [one_line] if len(one_line) <= WIDTH else lines(Brackets("(", items, ")"), before)

    def _home(self, cls: type[Node]) -> str:
        """Return the module that a class is imported from."""
        name = cls.__name__
        module, _ = DOCUMENTS.get(name, ("", ""))
        if module and getattr(import_module(f"{_SCHEMA}.{module}"), name) is cls:
            return _FRONT_DOOR
        homes = (self._preferred, _kind(cls.__module__))
        return next((home for home in homes if getattr(import_module(home), name, None) is cls), cls.__module__)


def _kind(module: str) -> str:
    """Return the module that has all classes of a kind of document: `virtxml.schema.domain` for one inside it."""
    parts = module.split(".")
    kind = ".".join(parts[:3])
    return kind if module.startswith(f"{_SCHEMA}.") and kind in sys.modules else module
