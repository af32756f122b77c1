"""Take attributes and elements of a document away, by the paths to them: devices/disk[target.dev=vda]/driver/@cache.

What is not there is no error. Only what changes is written anew: comments and form of the document stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.editing.paths import unset

from . import add_changing, change, show_paths

if TYPE_CHECKING:
    import argparse

    from virtxml.node import Node

_EXAMPLES = """examples:
  virtxml unset vm.xml 'devices/disk[target.dev=vdb]'
  virtxml unset --all vm.xml devices/disk/address devices/interface/address
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    show_paths(parser, _EXAMPLES)
    add_changing(parser)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="what to take away")


def run(options: argparse.Namespace) -> int:
    """Take away all that is asked for, or nothing."""

    def work(model: Node) -> None:
        for path in options.paths:
            unset(model, path, every=options.all)

    return change("virtxml unset", options, work)
