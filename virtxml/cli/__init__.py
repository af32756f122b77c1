"""The command line, `virtxml COMMAND …`: a module per command in `commands`, imported only when it is called.

A command's module has `configure(parser)`, which declares its arguments, and `run(options)`, which does the work and
returns the exit status: `GOOD`, `FINDINGS` or `BAD_INPUT`. One whose arguments are none of argparse's has
`main(arguments)` in their place. Only this package prints or exits.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from . import streams
from .status import BAD_INPUT, FINDINGS, GOOD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = ["BAD_INPUT", "COMMANDS", "FINDINGS", "GOOD", "main", "program"]

_OBJECTS = 50_000
"""How many objects there are more before garbage is looked for. To load a command makes some, and none of them is."""
_INTERRUPTED = 130
_NOBODY_READS = 141
"""What a shell reports of a program that SIGINT or SIGPIPE has ended."""

COMMANDS = {
    "apply": "make a host have what documents want",
    "clone": "print the document of another guest like one that there is",
    "convert": "print a document as another release of libvirt takes it",
    "diff": "tell what differs between two documents in what they say",
    "edit": "change a domain's document by options of virt-install",
    "editor": "edit a document until it is valid, also for virsh edit",
    "explain": "say what a code of a diagnostic means",
    "fix": "mend in documents what has one right answer",
    "format": "rewrite documents in libvirt's own form",
    "get": "print values of a document by the paths to them",
    "host-snapshot": "write what a host is as files for virtxml install",
    "install": "print the documents that virt-install would define",
    "plan": "say what would change so that a host has what documents want",
    "python": "print the Python code that builds a document",
    "schema": "print the JSON Schema of a kind of document",
    "set": "set values of a document by the paths to them",
    "show": "show what is in documents, each on one screen",
    "unset": "take away what is at the end of paths into a document",
    "validate": "say what is wrong in documents",
    "virsh": "do to documents what virsh does to domains, networks and volumes",
}
"""Each command, which is the name of its module but for dashes, and what it does."""

_TOGETHER = {
    "diff": "comparing",
    "apply": "comparing",
    "convert": "comparing",
    "get": "paths",
    "plan": "comparing",
    "set": "paths",
    "unset": "paths",
}
"""The packages of commands that have much in common."""

CONNECTING = frozenset(["apply", "clone", "edit", "host-snapshot", "install", "plan"])
"""The commands that take `--connect`, and tell by themselves what libvirt's errors are."""


def program() -> NoReturn:
    """Run the command line as the work of this process, which ends with it.

    It takes a sixth of the time of a short command to free one by one what the system frees at once. Who measures what
    the process does, and so wants to see its end, gets it.
    """
    gc.set_threshold(_OBJECTS, 10, 10)
    if not CONNECTING.isdisjoint(sys.argv[1:2]):
        from virtxml.driver.libvirt_python.opening import be_silent

        be_silent()
    try:
        status = main()
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        status = end.code
    if not _is_watched():
        os._exit(status)
    sys.exit(status)


def _is_watched() -> bool:
    """Tell whether somebody measures the process, or debugs it, and waits for its end."""
    # From Python 3.12 on, profilers and debuggers may register there, cProfile among them.
    monitoring = getattr(sys, "monitoring", None)
    tools = () if monitoring is None else map(monitoring.get_tool, range(6))
    return sys.getprofile() is not None or sys.gettrace() is not None or any(tools)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments, by default those of the process, ask for; return its exit status.

    Raises SystemExit after `--help`, `--version` and wrong arguments.
    """
    streams.settle()
    try:
        try:
            return _run(sys.argv[1:] if arguments is None else arguments)
        finally:
            streams.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except streams.OutputError as error:
        streams.give_up(sys.stdout)
        if isinstance(error.__cause__, BrokenPipeError):
            return _NOBODY_READS
        problem = f"cannot write the output: {_reason(error.__cause__)}"
    except OSError as error:
        # What a command has not foreseen, such as files of the installation that are missing.
        about = "" if error.filename is None else f"{error.filename}: "
        problem = f"{about}{_reason(error)}"
    except MemoryError:
        problem = "there is not enough memory"
    # Outside of the handlers: with the error, all goes that the command has filled memory with.
    from .terminal import complain

    complain(f"virtxml: error: {problem}")
    return BAD_INPUT


def _reason(error: BaseException | None) -> str:
    """Return what the system says of an error."""
    return getattr(error, "strerror", None) or str(error)


def _run(arguments: Sequence[str]) -> int:
    """Take options up to the first other argument, the command; the rest is the command's own."""
    if not arguments or arguments[0] not in COMMANDS:
        from .parser import from_command

        arguments = from_command(arguments, COMMANDS)
    command, *rest = arguments
    place = ".".join(filter(None, ("commands", _TOGETHER.get(command), command.replace("-", "_"))))
    module = import_module(f"{__name__}.{place}")
    status: int
    if hasattr(module, "main"):
        status = module.main(rest)
        return status
    from .parser import Parser

    parser = Parser(prog=f"virtxml {command}", description=module.__doc__)
    module.configure(parser)
    status = module.run(parser.parse_args(rest))
    return status
