"""Set attributes and texts of a document by the paths to them: devices/disk[target.dev=vda]/driver/@cache=none.

Elements on the way that are not there are made. Only what changes is written anew: comments and form stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.editing.paths import Assignment, set_

from . import add_changing, change, show_paths

if TYPE_CHECKING:
    import argparse

    from virtxml.node import Node

_EXAMPLES = """examples:
  virtxml set vm.xml memory=4 memory/@unit=GiB
  virtxml set vm.xml 'devices/disk[target.dev=vda]/driver/@cache=none'
  virtxml set vm.xml 'os/boot[+]/@dev=network' features/acpi
  virsh dumpxml web01 | virtxml set - 'devices/interface[*]/link/@state=down'
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    show_paths(parser, _EXAMPLES)
    add_changing(parser)
    parser.add_argument("--force", action="store_true", help="take words that the schema does not have, too")
    parser.add_argument(
        "assignments",
        nargs="+",
        metavar="PATH[=VALUE]",
        help="what to set; without a value, an element to have",
    )


def run(options: argparse.Namespace) -> int:
    """Set all that is asked for, or nothing."""

    def work(model: Node) -> None:
        for text in options.assignments:
            path, value = Assignment.parse(text)
            set_(model, path, value, every=options.all, force=options.force)

    return change("virtxml set", options, work)
