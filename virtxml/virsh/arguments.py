"""How virsh's arguments are read: `--name value`, `--name=value`, flags, and values in order without their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics.suggest import did_you_mean, nearest
from .errors import UsageError, VirshError
from .said import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .command import Command, Option

_DOCUMENT_ALONE = (("current", "live"), ("current", "config"), ("persistent", "current"))
"""Options that exclude each other in all commands that have them."""


def read_arguments(command: Command, arguments: Sequence[str], read: Callable[[str], bytes]) -> Said:
    """Return what is said to a command; ``read`` reads a file by its name.

    Raises UsageError for arguments that the command does not take, and for those that it lacks.
    """
    reader = _Reader(command)
    reader.take(list(arguments))
    for option in command.options:
        if option.required and option.name not in reader.values:
            raise UsageError(f"{command.name}: the option <{option.name}> is missing")
    said = Said(command.name, reader.values, frozenset(reader.flags), read)
    for first, second in (*_DOCUMENT_ALONE, *command.exclusive):
        if said.has(first) and said.has(second):
            raise UsageError(f"{command.name}: the options --{first} and --{second} exclude each other")
    for name, needed in command.needs:
        if said.has(name) and not said.has(needed):
            raise UsageError(f"{command.name}: the option --{name} needs --{needed}")
    if said.on("live") and not said.on("print-xml") and command.option("config") is not None:
        raise VirshError("--live: a document does not run, so leave it out")
    return said


class _Reader:
    """Reads arguments one by one."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self._synonyms = dict(command.synonyms)
        self.values: dict[str, list[str]] = {}
        self.flags: set[str] = set()

    def take(self, arguments: list[str]) -> None:
        """Take all arguments."""
        only_values = False
        left = arguments[::-1]
        while left:
            argument = left.pop()
            if argument == "--" and not only_values:
                only_values = True
            elif only_values or not (argument.startswith("--") and argument[2:3].strip()):
                self._give(self._next(argument), argument)
            else:
                self._named(argument[2:], left)

    def _named(self, written: str, left: list[str]) -> None:
        """Take an option with its name, and its value from what is left."""
        name, equals, value = written.partition("=")
        meant, implied, implied_value = self._synonyms.get(name, name).partition("=")
        option = self._command.option(meant)
        if option is None:
            near = nearest(name, [one.name for one in self._command.options], limit=1)
            hint = did_you_mean(*(f"--{one}" for one in near), lead=": ")
            raise UsageError(f"{self._command.name}: there is no option --{name}{hint}")
        if not option.value or implied:
            if equals:
                raise UsageError(f"{self._command.name}: the option --{name} takes no value")
            if implied:
                self._give(option, implied_value)
            else:
                self.flags.add(option.name)
            return
        if not equals:
            if not left:
                raise UsageError(f"{self._command.name}: the option --{name} lacks its value, a {option.value.lower()}")
            value = left.pop()
        self._give(option, value)

    def _next(self, argument: str) -> Option:
        """Return the option whose value stands without its name."""
        for option in self._command.options:
            if option.value and not option.named and (option.repeated or option.name not in self.values):
                return option
        raise UsageError(f"{self._command.name}: nothing takes the argument {argument!r}")

    def _give(self, option: Option, value: str) -> None:
        if option.name in self.values and not option.repeated:
            raise UsageError(f"{self._command.name}: the option --{option.name} is given twice")
        if not value and not option.empty:
            raise UsageError(f"{self._command.name}: the value of --{option.name} is empty")
        self.values.setdefault(option.name, []).append(value)
