"""What is said to a command: the values of its options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..sizes import bytes_in
from .errors import UsageError, VirshError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SCALED = re.compile(r"\s*\+?(\d{1,20})([A-Za-z]*)", re.ASCII)
_NUMBER = re.compile(r"\s*[+-]?\d{1,20}", re.ASCII)
_LARGEST = 2**64 - 1


class Said:
    """The values of the options of a command, by their names."""

    def __init__(
        self, command: str, values: Mapping[str, list[str]], flags: frozenset[str], read: Callable[[str], bytes]
    ) -> None:
        """Take what was read of the arguments, and what reads a file by its name."""
        self.command = command
        self._values = values
        self._flags = flags
        self.read = read

    def on(self, *flags: str) -> bool:
        """Tell whether one of some flags is given."""
        return not self._flags.isdisjoint(flags)

    def has(self, *names: str) -> bool:
        """Tell whether one of some options is given."""
        return any(name in self._values for name in names) or self.on(*names)

    def text(self, name: str) -> Any:
        """Return the value of an option, None if it is not given.

        It is of any type as far as type checkers are concerned: the fields of models take any text.
        """
        found = self._values.get(name)
        return None if found is None else found[0]

    def texts(self, name: str) -> list[str]:
        """Return the values of an option that may be given several times."""
        return list(self._values.get(name, ()))

    def number(self, name: str, *, negative: bool = False) -> int | None:
        """Return a whole number, None if the option is not given. Raises UsageError for what is none."""
        text = self.text(name)
        if text is None:
            return None
        number = int(text) if _NUMBER.fullmatch(text) else None
        if number is None or abs(number) > _LARGEST or (number < 0 and not negative):
            raise UsageError(f"--{name}: not a {'' if negative else 'positive '}whole number: {text!r}")
        return number

    def scaled(self, name: str, unit: str) -> int | None:
        """Return a size in bytes, None if the option is not given; ``unit`` is meant if none is said.

        Raises UsageError for what is no size.
        """
        text = self.text(name)
        return None if text is None else scaled(text, unit, f"--{name}")


def scaled(text: str, unit: str, what: str) -> int:
    """Return the bytes of a size such as "4G", 1024 for K and KiB, 1000 for KB; ``unit`` is meant if none is said.

    Raises UsageError for what is no size; ``what`` says what it is the size of.
    """
    match = _SCALED.fullmatch(text)
    try:
        size = -1 if match is None else int(match[1]) * bytes_in(match[2] or unit)
    except ValueError:
        size = -1
    if not 0 <= size <= _LARGEST:
        raise UsageError(f"{what}: not a size: {text!r}; write it as 4G, 512MiB, or a number of {unit}")
    return size


def one_of(value: str, allowed: tuple[str, ...], what: str) -> None:
    """Raise VirshError if a value is not one of those that are allowed."""
    if value not in allowed:
        raise VirshError(f"{what}: {value!r} is not one of {', '.join(allowed)}")


def listed(pairs: Mapping[str, object]) -> str:
    """Return values with their names, a line each, as virsh shows them."""
    return "".join(f"{name:<15}: {'' if value is None else value}\n" for name, value in pairs.items())
