"""Say what would have to change so that a host has what documents want: guests, networks, storage, filters, secrets.

Nothing is changed: `virtxml apply` does it. What libvirt adds to documents by itself is no change. Exit status: 0 if
there is nothing to do, 1 if there is, 2 if a document is refused, or the host cannot be asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .planned import add_planning, planned, say, status_of

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_planning(parser)
    parser.add_argument(
        "--against", metavar="DIR", help="files that libvirt's documents were written to, in place of a connection"
    )
    parser.add_argument("--all", action="store_true", help="also tell what is there, but in no file")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="the form; default: text")


def run(options: argparse.Namespace) -> int:
    """Print the plan, and return the status that it stands for."""
    with planned("virtxml plan", options, every=options.all) as found:
        if found.plan is None:
            return found.status
        say(found.plan, options.format)
        return status_of(found.plan, prune=False)
