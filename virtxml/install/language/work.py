"""What is at hand while one occurrence of an option is applied: for those who say what a sub-option does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...diagnostics.suggest import did_you_mean, nearest
from ...source.secrets.names import is_secret_key
from ..errors import InstallError
from .paths import get_path, is_presence, set_path, unset_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...node import Node
    from ...schema.domain import Domain
    from ..command_line.said import OptionString
    from .applied import Applied


class Work:
    """One occurrence of an option while it is applied: what the handlers of its sub-options work on.

    Attributes:
        name: the option as the user wrote it.
        text: its value as the user wrote it.
        domain: the domain that it is applied to.
        applied: what has been said so far.
        node: the element that sub-options are about; None for an option that is no XML.
        request: what a handler fills in instead of, or beside, the element.
        key, numbers: the key at work, and the numbers in it.
        sub: the sub-option that the key stands for, "" if it is a path of the model.
        said: the values by name.
        is_new: whether the element was made for the option, and gets what is usual; what was there before gets only
            what is said.
    """

    def __init__(self, occurrence: OptionString, domain: Domain, applied: Applied) -> None:
        self.name = occurrence.option
        self.text = occurrence.text
        self.items: list[tuple[str, str | None]] = []
        self.domain = domain
        self.applied = applied
        self.node: Node | None = None
        self.request: Any = None
        self.key: str | None = None
        self.numbers: tuple[int, ...] = ()
        self.sub = ""
        self.said: dict[str, str | bool | None] = {}
        self.is_new = True

    def error(self, reason: str, value: str | None = None) -> InstallError:
        """Return an error that names the option and the key at work, and a value if it is no secret."""
        hidden = self.key is not None and is_secret_key(self.key)
        return InstallError(reason, option=self.name, key=self.key, value=None if hidden else value)

    def require(self, value: str, words: Sequence[str]) -> None:
        """Raise an InstallError, with the nearest word, for a value that is none of the words that there are."""
        if value not in words:
            meant = did_you_mean(*nearest(value, words), lead=", ")
            raise self.error(f"not one of {', '.join(words)}{meant}", value)

    def set(self, path: str, value: str | bool | None, *, plain: bool = True) -> None:
        """Set a path of the option's element; None unsets it. Raises InstallError for a value that is wrong."""
        assert self.node is not None
        try:
            if value is None or (value is False and not self.is_new and is_presence(self.node, path)):
                unset_path(self.node, path)
            else:
                set_path(self.node, path, value, plain=plain)
        except ValueError as error:
            raise self.error(str(error), None if value is None else str(value)) from None

    def get(self, path: str) -> Any:
        """Return what stands at a path of the option's element; None if nothing does."""
        assert self.node is not None
        return get_path(self.node, path)
