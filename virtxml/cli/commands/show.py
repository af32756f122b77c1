"""Show what is in documents, each on one screen: a guest with its disks, network cards, buses and where it runs.

Passwords are not shown. No line is wider than the terminal; what is too long for it loses its middle.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from virtxml.diagnostics.display import can_show
from virtxml.documents import parse_all
from virtxml.errors import ParseError

from .. import streams
from ..files import NOTHING_FOUND, STANDARD_INPUT, find_files, read_input
from ..kinds import add_kind, is_kind
from ..status import BAD_INPUT, GOOD
from ..terminal import colours_wanted, columns, complain, located

if TYPE_CHECKING:
    import argparse

    from virtxml.node import Node

_DRAWN = "─│├└…←→·■"
"""What screens are drawn with where --ascii does not forbid it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--format",
        choices=["text", "json", "dot", "svg"],
        default="text",
        help="how to show it: as text, as JSON with its parts, or as a picture (DOT or SVG): of a guest's buses, or of "
        "networks with the guests on them if there are several documents",
    )
    parser.add_argument("--ascii", action="store_true", help="draw with nothing but characters of ASCII")
    parser.add_argument(
        "--width", type=int, metavar="COLUMNS", help="how wide lines may be, by default as wide as the terminal"
    )
    add_kind(parser)
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a document, a directory with documents, or - for standard input"
    )


def run(options: argparse.Namespace) -> int:
    """Show the documents; return `BAD_INPUT` if one cannot be read, and show the others."""
    if not is_kind(options.kind, "virtxml show"):
        return BAD_INPUT
    status = GOOD
    found: list[Node] = []
    named = list(find_files(options.files))
    if not named:
        complain(f"virtxml show: error: {NOTHING_FOUND}")
        return BAD_INPUT
    for name in named:
        documents = _read(name, options.kind)
        if documents is None:
            status = BAD_INPUT
        else:
            found.extend(documents)
    shown = _shown(found, options) if found else ""
    if shown is None:
        complain("virtxml show: error: guests, networks and interfaces of hosts have a picture, nothing else has")
        return BAD_INPUT
    # Browsers and Graphviz take a picture for UTF-8, and so does JSON, whatever the terminal has.
    streams.write(shown if options.format == "text" else shown.encode())
    return status


def _read(name: str | OSError, kind: str | None) -> list[Node] | None:
    """Return the documents of a file; None if it cannot be read, which is said."""
    place = "<stdin>" if name == STANDARD_INPUT else name if isinstance(name, str) else str(name.filename)
    try:
        if isinstance(name, OSError):
            raise name
        return parse_all(read_input(name), kind)
    except OSError as error:
        complain(f"{place}: error: {error.strerror}")
    except ParseError as error:
        complain(f"{located(place, error.line, error.column)}: error: {error.reason}")
    return None


def _shown(found: list[Node], options: argparse.Namespace) -> str | None:
    """Return what is written of the documents; None if there is no picture of them."""
    if options.format in ("dot", "svg"):
        return _drawn(found, options.format)
    from virtxml.show import screen_of

    if options.format == "json":
        from virtxml.show.rendering.data import json_of

        return json_of([screen_of(node) for node in found])
    from virtxml.show.rendering.marks import Marks
    from virtxml.show.rendering.text import text_of

    encoding = sys.stdout.encoding or "utf-8"
    marks = Marks(options.ascii or not can_show(_DRAWN, encoding), colours_wanted(sys.stdout), encoding)
    width = options.width or columns(sys.stdout)
    return "\n".join(text_of(screen_of(node), width, marks) for node in found)


def _drawn(found: list[Node], form: str) -> str | None:
    """Return the picture of the documents; None if there is none."""
    from virtxml.schema.domain import Domain
    from virtxml.show.pictures.dot import dot_of
    from virtxml.show.pictures.svg import svg_of

    if len(found) == 1 and isinstance(found[0], Domain):
        from virtxml.show.pictures.buses import of_buses

        picture = of_buses(found[0])
    else:
        from virtxml.show.pictures.networks import of_networks

        picture = of_networks(found)
    if not picture.boxes:
        return None
    return dot_of(picture) if form == "dot" else svg_of(picture)
