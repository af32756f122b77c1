"""Print attributes and texts of a document by the paths to them, a line for each; elements without a text as XML.

Exit status: 0 if all are there, 1 if one is not, 2 for paths that lead to several places or are wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.documents import parse
from virtxml.editing.paths import get

from ... import streams
from ...files import read_input
from ...status import GOOD
from . import add_document, add_every, guarded, show_paths

if TYPE_CHECKING:
    import argparse

_EXAMPLES = """examples:
  virtxml get vm.xml name 'devices/disk[target.dev=vda]/source/@file'
  virtxml get --all vm.xml devices/interface/mac/@address
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    show_paths(parser, _EXAMPLES)
    add_document(parser)
    add_every(parser)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="what to print")


def run(options: argparse.Namespace) -> int:
    """Print all that is asked for, or nothing."""

    def work() -> int:
        model = parse(read_input(options.file), options.kind)
        found = [line for path in options.paths for line in get(model, path, every=options.all)]
        streams.write("".join(f"{line}\n" for line in found))
        return GOOD

    return guarded("virtxml get", options, work)
