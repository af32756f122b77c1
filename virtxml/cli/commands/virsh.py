"""Do to documents what virsh does to domains, networks and volumes, from its own arguments.

Exit status: 0 if it was done, 1 if it cannot be done to the document, 2 for wrong arguments and unreadable input.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from virtxml.errors import ParseError

from .. import streams
from ..files import STANDARD_INPUT, read_input
from ..status import BAD_INPUT, FINDINGS, GOOD
from ..terminal import complain, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from virtxml.editing import Document
    from virtxml.node import Node
    from virtxml.virsh.command import Command

_PROGRAM = "virtxml virsh"
_USAGE = f"""usage: {_PROGRAM} COMMAND FILE ARGUMENTS OF VIRSH

Do to a document what virsh does to a domain, network or volume: FILE stands where virsh takes its name. Only what
changes is written: comments, layout and order stay. With --print-xml, the element is printed, and nothing is written.

  {_PROGRAM} attach-disk vm.xml /srv/data.qcow2 vdb --subdriver qcow2
  {_PROGRAM} setmem vm.xml 4G
  {_PROGRAM} net-update lab.xml add ip-dhcp-host "<host mac='52:54:00:aa:bb:03' ip='10.7.7.3'/>"
  {_PROGRAM} setvcpus - 4 <vm.xml      from standard input to standard output
  {_PROGRAM} pool-define-as images dir --target /srv/images
  {_PROGRAM} help COMMAND              what a command takes

"""


def main(arguments: Sequence[str]) -> int:
    """Run a command of virsh's on a document; return its status. Raises SystemExit after `--help`."""
    from virtxml.virsh.errors import UsageError, VirshError

    about = _PROGRAM
    try:
        if not arguments:
            raise UsageError(f"a command is missing; `{_PROGRAM} help` lists them")
        if arguments[0] in ("-h", "--help"):
            streams.write(_help([]))
            sys.exit(GOOD)
        if arguments[0] == "help":
            streams.write(_help(arguments[1:]))
            return GOOD
        about = f"{_PROGRAM} {arguments[0]}"
        return _run(arguments[0], arguments[1:])
    except UsageError as error:
        complain(f"{_PROGRAM}: error: {' '.join(str(error).split())}")
    except VirshError as error:
        complain(f"{about}: error: {' '.join(str(error).split())}")
        return FINDINGS
    except ParseError as error:
        complain(f"{about}: error: {' '.join(str(error).split())}")
    except OSError as error:
        place = "" if error.filename is None else f"{error.filename}: "
        complain(f"{about}: error: {place}{error.strerror or error}")
    except (ValueError, TypeError) as error:
        # What a model cannot say in XML, such as a character that has no place there.
        complain(f"{about}: error: {' '.join(str(error).split())}")
    return BAD_INPUT


def _help(names: Sequence[str]) -> str:
    from virtxml.virsh.help import help_of, overview
    from virtxml.virsh.registry import GROUPS, command_named

    if names:
        return "\n".join(help_of(command_named(name), width()) for name in names)
    return f"{_USAGE}{overview(GROUPS)}"


def _run(name: str, arguments: Sequence[str]) -> int:
    from virtxml.virsh.arguments import read_arguments
    from virtxml.virsh.registry import command_named

    command = command_named(name)
    if any(argument in ("-h", "--help") for argument in arguments):
        streams.write(_help([name]))
        return GOOD
    said = read_arguments(command, arguments, read_input)
    if command.kind is None:
        _print(command.act(said, None))
        return GOOD
    file = said.text(command.document)
    document = _document(command, file)
    printed = command.act(said, document.model)
    if printed is not None:
        _print(printed)
    elif file == STANDARD_INPUT:
        streams.write(document.to_bytes())
    else:
        document.save()
    return GOOD


def _document(command: Command, file: str) -> Document[Node]:
    """Return the document that a command is about. Raises OSError and ParseError for what cannot be read."""
    from virtxml.editing import Document

    assert command.kind is not None
    try:
        document = Document.parse(read_input(file), command.kind)
    except ParseError as error:
        place = "<stdin>" if file == STANDARD_INPUT else file
        raise ParseError(error.reason, error.line, error.column, place) from None
    if file != STANDARD_INPUT:
        document.path = file
    return document


def _print(text: str | None) -> None:
    """Print a text. XML without a declaration is UTF-8, whatever the terminal has."""
    streams.write((text or "").encode())
