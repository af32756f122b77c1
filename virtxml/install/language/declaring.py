"""The words in which options are declared, and the table that finds a sub-option by the key that a user wrote.

`Sub("driver.discard", "discard")` is a sub-option, and its alias, that sets the attribute `discard` of `<driver>`. A
star is a number: `Sub("timer*.name")` is `timer.name`, `timer0.name`, `timer1.name`, …
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...records import Record
from ..command_line.splitting import split

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .work import Work

    Handler = Callable[[Work, Any], None]
    Splitter = Callable[[str], list[tuple[str, str | None]]]

_DIGITS = "0123456789"
ABSENT, IGNORED, VALUE = "absent", "ignored", "value"


class Sub:
    """One sub-option.

    Attributes:
        name, aliases: how it is called.
        path: the model path that it sets, from the option's element; by default the name.
        switch: whether it takes "yes", "on", "1", … only.
        verbatim: whether a number keeps its form; else it is written as libvirt does: 16 for 0x10.
        comma: whether its value may hold commas: all up to the next known key.
        foreign: whether the schemas do not know what it sets.
        unset_by_default_word: whether the value "default" means the same as no value. What is the default then, is
            decided in `virtxml.guests.defaults`.
        handler: what to do with a value (text, a switch's state, or None to unset) in place of setting the path.
        order: its place among the sub-options of its option.
    """

    __slots__ = (
        "aliases",
        "comma",
        "foreign",
        "handler",
        "name",
        "order",
        "path",
        "switch",
        "unset_by_default_word",
        "verbatim",
    )

    def __init__(
        self,
        name: str,
        *aliases: str,
        path: str | None = None,
        switch: bool = False,
        verbatim: bool = False,
        comma: bool = False,
        foreign: bool = False,
        unset_by_default_word: bool = False,
        handler: Handler | None = None,
    ) -> None:
        self.name = name
        self.aliases = aliases
        self.path = name if path is None else path
        self.switch = switch
        self.verbatim = verbatim
        self.comma = comma
        self.foreign = foreign
        self.unset_by_default_word = unset_by_default_word
        self.handler = handler
        self.order = 0

    @property
    def plain_name(self) -> str:
        """The name without numbers."""
        return self.name.replace("*", "")


class Match(Record, frozen=True):
    """A sub-option and the numbers in the key that it was found by, one for each star; 0 where there was none."""

    sub: Sub
    numbers: tuple[int, ...]

    @property
    def path(self) -> str:
        """The model path, with the numbers in it."""
        head, *parts = self.sub.path.split("*")
        return head + "".join(f"{number}{part}" for number, part in zip(self.numbers, parts, strict=True))


class Option:
    """An option with sub-options.

    Attributes:
        name: its name, such as "--disk".
        element: the path of its element from the domain, such as "devices.disks" or "os"; "" if it sets parts of the
            domain itself; None if it sets no XML.
        first: sub-options that values without a key at the start belong to.
        subs: its sub-options, in the order in which they are applied.
        each: whether each occurrence makes an element of its own.
        none: what the value "none" means: ABSENT, no such device, whatever the default is; IGNORED, what no option
            at all means; or VALUE, a value like others.
        start: called with a new element (or request) before its sub-options are applied.
        end: called after they are applied.
        split: takes the option's value apart; raises ValueError for a value that cannot be.
    """

    def __init__(  # noqa: PLR0913 - a declaration with names
        self,
        name: str,
        element: str | None,
        subs: Sequence[Sub],
        *,
        first: tuple[str, ...] = (),
        each: bool = False,
        none: str = IGNORED,
        start: Callable[[Work], None] | None = None,
        end: Callable[[Work], None] | None = None,
        split: Splitter = split,
    ) -> None:
        self.name = name
        self.element = element
        self.subs = subs
        self.first = first
        self.each = each
        self.none = none
        self.start = start
        self.end = end
        self.split = split
        self._exact: dict[str, Sub] = {}
        self._numbered: dict[str, tuple[Sub, str]] = {}
        for order, sub in enumerate(subs):
            sub.order = order
            for key in (sub.name, *sub.aliases):
                if "*" in key:
                    self._numbered.setdefault(key.replace("*", ""), (sub, key))
                else:
                    self._exact.setdefault(key, sub)

    @property
    def keys(self) -> list[str]:
        """All names and aliases, without numbers."""
        return [*self._exact, *self._numbered]

    @property
    def roots(self) -> tuple[str, ...]:
        """The names that the paths of its sub-options begin with."""
        return tuple({sub.path.partition(".")[0] for sub in self.subs})

    def find(self, key: str) -> Match | None:
        """Return the sub-option that a key stands for, None if there is none."""
        sub = self._exact.get(key)
        if sub is not None:
            return Match(sub, (0,) * sub.path.count("*"))
        parts = key.split(".")
        stems = [part.rstrip(_DIGITS) for part in parts]
        found = self._numbered.get(".".join(stems))
        if found is None:
            return self._find_partly(parts, stems)
        sub, pattern = found
        numbers = []
        for part, stem, form in zip(parts, stems, pattern.split("."), strict=True):
            digits = part[len(stem) :]
            if form.endswith("*"):
                numbers.append(int(digits[:6] or 0))
            elif digits:
                return None
        return Match(sub, tuple(numbers))

    def _find_partly(self, parts: list[str], stems: list[str]) -> Match | None:
        """Return a sub-option whose name has digits of its own behind a number, as in `bank0.sha1`."""
        for index, (part, stem) in enumerate(zip(parts, stems, strict=True)):
            found = self._numbered.get(".".join([*stems[:index], part, *stems[index + 1 :]])) if part != stem else None
            if found is not None:
                digits = [parts[place][len(stems[place]) :] for place in range(len(parts)) if place != index]
                return Match(found[0], tuple(int(each[:6]) for each in digits if each))
        return None
