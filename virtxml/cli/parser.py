"""What reads the options of most commands, and those before the command. It takes long to load."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from virtxml.packaged import __version__

from .status import BAD_INPUT
from .terminal import complain, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Parser(argparse.ArgumentParser):
    """An argument parser whose error is one line.

    It asks for the width of the terminal by itself: argparse does so with `shutil`, which it takes long to load, for
    each option.
    """

    def __init__(self, *, formatter_class: type[argparse.HelpFormatter] = argparse.HelpFormatter, **about: Any) -> None:
        super().__init__(formatter_class=partial(formatter_class, width=width() - 2), **about)

    def error(self, message: str) -> NoReturn:
        """Print the error and exit with `BAD_INPUT`."""
        complain(f"{self.prog}: error: {message} (see {self.prog} --help)")
        self.exit(BAD_INPUT)


def from_command(arguments: Sequence[str], commands: Mapping[str, str]) -> Sequence[str]:
    """Act on the options before the command, and return the arguments from there; exit if there is no command."""
    count = next((index for index, argument in enumerate(arguments) if argument[:1] != "-"), len(arguments))
    parser = _main_parser(commands)
    parser.parse_args(arguments[:count])
    if count == len(arguments):
        parser.error(f"a command is missing: {', '.join(commands)}")
    if arguments[count] not in commands:
        from virtxml.diagnostics.suggest import did_you_mean, nearest

        meant = nearest(arguments[count], commands, limit=1)
        hint = did_you_mean(*map(repr, meant), lead=": ") or f", only: {', '.join(commands)}"
        parser.error(f"there is no command {arguments[count]!r}{hint}")
    return arguments[count:]


def _main_parser(commands: Mapping[str, str]) -> Parser:
    width = max(map(len, commands))
    lines = "\n".join(f"  {name:{width}}  {summary}" for name, summary in commands.items())
    parser = Parser(
        prog="virtxml",
        usage="virtxml [--help] [--version] COMMAND ...",
        description="Work on libvirt's XML documents.",
        epilog=f"commands:\n{lines}\n\n`virtxml COMMAND --help` tells more of one.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"virtxml {__version__}")
    return parser
