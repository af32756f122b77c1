"""What the commands have in common that read and change a document by paths into it: `get`, `set` and `unset`."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from virtxml.editing import Document
from virtxml.editing.paths import PathError
from virtxml.errors import ParseError, VirtXMLError

from ... import streams
from ...files import STANDARD_INPUT, read_input
from ...kinds import add_kind, is_kind
from ...status import BAD_INPUT, FINDINGS, GOOD
from ...terminal import complain, located, width

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.node import Node

_PATHS = """paths, from the root element on:
  devices/emulator                 elements by their names: its text
  cpu/@mode                        @ before an attribute
  devices/disk[target.dev=vda]     which of several: a value inside of it
  devices/disk[@device=cdrom]      an attribute of its own
  devices/disk[2], [-1]            a number from 1, or from -1 for the last one
  devices/disk[*]                  all of them
  devices/disk[+]                  a new one
  cpu/feature[@name='vmx']         quotation marks around what has brackets in it
  os/initarg[--verbose]            the one whose text that is

"""


def show_paths(parser: argparse.ArgumentParser, examples: str) -> None:
    """Put the forms of paths, and examples, behind the help."""
    parser.formatter_class = partial(argparse.RawDescriptionHelpFormatter, width=width() - 2)  # pyright: ignore[reportAttributeAccessIssue]
    parser.epilog = f"{_PATHS}{examples}"


def add_document(parser: argparse.ArgumentParser) -> None:
    """Declare the document."""
    parser.add_argument("file", metavar="FILE", help="a document, or - for standard input")
    add_kind(parser)


def add_every(parser: argparse.ArgumentParser) -> None:
    """Declare the option for paths that lead to several places."""
    parser.add_argument("--all", action="store_true", help="take all elements of a name, if a path does not say which")


def add_changing(parser: argparse.ArgumentParser) -> None:
    """Declare the document that changes, and whether it is written."""
    add_document(parser)
    add_every(parser)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the document would change")
    mode.add_argument("--diff", action="store_true", help="write nothing; show what would change")


def change(program: str, options: argparse.Namespace, work: Callable[[Node], None]) -> int:
    """Change the model of a document and write it; return the exit status."""

    def changed() -> int:
        is_file = options.file != STANDARD_INPUT
        document = Document.read(options.file, options.kind) if is_file else _from_standard_input(options.kind)
        work(document.model)
        if options.diff:
            difference = document.diff()
            streams.write(difference)
            return FINDINGS if difference else GOOD
        if options.check:
            return FINDINGS if document.changes() else GOOD
        if is_file:
            document.save()
        else:
            streams.write(document.to_bytes())
        return GOOD

    return guarded(program, options, changed)


def _from_standard_input(kind: str | None) -> Document[Node]:
    document = Document.parse(read_input(STANDARD_INPUT), kind)
    document.path = "<stdin>"
    return document


def guarded(program: str, options: argparse.Namespace, work: Callable[[], int]) -> int:
    """Return what the work does; or say in one line what is wrong, and return the exit status for that."""
    if not is_kind(options.kind, program):
        return BAD_INPUT
    place = "<stdin>" if options.file == STANDARD_INPUT else options.file
    try:
        return work()
    except PathError as error:
        complain(f"{place}: error: {error}")
        return FINDINGS if error.nothing else BAD_INPUT
    except ParseError as error:
        complain(f"{located(place, error.line, error.column)}: error: {error.reason}")
    except OSError as error:
        complain(f"{place}: error: {error.strerror}")
    except (VirtXMLError, ValueError) as error:
        complain(f"{place}: error: {' '.join(str(error).split())}")
    return BAD_INPUT
