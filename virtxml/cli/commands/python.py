"""Print the Python program that builds a document with virtxml's classes, or with its builders.

The program holds all that the document holds, passwords too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.documents import parse
from virtxml.errors import ParseError

from .. import streams
from ..files import STANDARD_INPUT, read_input
from ..kinds import add_kind, is_kind
from ..status import BAD_INPUT, GOOD
from ..terminal import complain, located

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--builders", action="store_true", help="use virtxml.builders, where that makes the program shorter"
    )
    add_kind(parser)
    parser.add_argument("file", metavar="FILE", help="a document, or - for standard input")


def run(options: argparse.Namespace) -> int:
    """Print the program; return `BAD_INPUT` if the file is no document that can be read."""
    from virtxml.python_code import python_program

    if not is_kind(options.kind, "virtxml python"):
        return BAD_INPUT
    place = "<stdin>" if options.file == STANDARD_INPUT else options.file
    try:
        program = python_program(parse(read_input(options.file), options.kind), builders=options.builders)
    except OSError as error:
        complain(f"{place}: error: {error.strerror}")
    except ParseError as error:
        complain(f"{located(place, error.line, error.column)}: error: {error.reason}")
    else:
        # Python reads UTF-8, whatever the terminal has.
        streams.write(program.encode())
        return GOOD
    return BAD_INPUT
