"""The words in which commands are declared: what one is called, what it takes, what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..records import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from ..node import Node
    from .said import Said

    Act: TypeAlias = "Callable[[Said, Any], str | None]"


class Option(Record, frozen=True):
    """One of the options of a command.

    Attributes:
        name: its name, without the dashes. Unless it is a flag, its value may stand without the name, in order.
        help: what it says.
        value: what its value is, as help shows it; "" for a flag, which has none.
        required: whether the command cannot do without.
        empty: whether the value may be empty.
        repeated: whether it may be given several times, and takes all values that no other option does.
        named: whether the value cannot stand without the name.
    """

    name: str
    help: str
    value: str = "STRING"
    required: bool = False
    empty: bool = False
    repeated: bool = False
    named: bool = False


class Command(Record, frozen=True):
    """One of virsh's commands.

    Attributes:
        name: its name.
        summary: what it does, in a line.
        options: what it takes, in the order in which values stand without names.
        act: what does it: takes what is said, and the model of the document (None without one), which it changes. It
            returns what is to be printed, or None if the document is to be written.
        kind: the class of the document, which is what the option `document` names; None without one.
        synonyms: other names of options, each with the name, or with "name=value" for a flag that stands for that.
        exclusive: options that exclude each other.
        needs: options, each with one that it cannot do without.
    """

    name: str
    summary: str
    options: tuple[Option, ...]
    act: Act
    kind: type[Node] | None = None
    synonyms: tuple[tuple[str, str], ...] = ()
    exclusive: tuple[tuple[str, str], ...] = ()
    needs: tuple[tuple[str, str], ...] = ()

    @property
    def document(self) -> str:
        """The name of the option that names the document: the first one."""
        return self.options[0].name

    def option(self, name: str) -> Option | None:
        """Return an option by its name; None if there is none of it."""
        return next((option for option in self.options if option.name == name), None)


NUMBER = "NUMBER"
SIZE = "SIZE"
SET = "SET"


def flag(name: str, text: str) -> Option:
    """Return an option without a value."""
    return Option(name, text, "")


DOMAIN = Option("domain", "the document of the domain: a file, or - for standard input", "FILE", required=True)
CONFIG = flag("config", "change the document, which is what is done anyway")
LIVE = flag("live", "change a running domain: refused, as a document does not run")
CURRENT = flag("current", "change what there is, which is the document")
PERSISTENT = flag("persistent", "the same as --config")
PRINT = flag("print-xml", "print the element, and leave the document as it is")

WHEN = (CONFIG, LIVE, CURRENT)
"""What a change is made in, for commands that may change running domains."""
