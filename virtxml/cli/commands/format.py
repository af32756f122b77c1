"""Rewrite documents in libvirt's own form: two spaces, single quotes, libvirt's order of elements and attributes.

Files are replaced as a whole or not at all, and only if nothing but layout would change.
"""

from __future__ import annotations

import codecs
import difflib
import sys
from typing import TYPE_CHECKING

from virtxml.diagnostics.display import cells, escape
from virtxml.documents import parse
from virtxml.errors import ParseError

from .. import streams
from ..files import NOTHING_FOUND, STANDARD_INPUT, find_files, read_input, replace_file
from ..kinds import add_kind, is_kind
from ..loss import LossError, check_loss, read_tree
from ..status import BAD_INPUT, FINDINGS, GOOD
from ..terminal import colours_wanted, complain

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

_COLOURS = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}
"""How lines of a difference start, and the terminal's code for their colour."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a document, a directory to look for *.xml in, or - for standard input"
    )
    add_kind(parser)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="write nothing; list the files that would change")
    mode.add_argument("--diff", action="store_true", help="write nothing; show what would change")
    parser.add_argument("--drop-comments", action="store_true", help="go on with files whose comments would be lost")


def run(options: argparse.Namespace) -> int:
    """Format each file; return `FINDINGS` if one would change, `BAD_INPUT` if one could not be formatted."""
    if not is_kind(options.kind, "virtxml format"):
        return BAD_INPUT
    status = GOOD
    found = False
    for name in find_files(options.files, to_write=True):
        found = True
        if isinstance(name, OSError):
            _complain(name.filename, f"error: {name.strerror}")
            status = BAD_INPUT
        else:
            status = max(status, _format_file(name, options))
    if not found:
        complain(f"virtxml format: error: {NOTHING_FOUND}")
        return BAD_INPUT
    return status


def _format_file(name: str, options: argparse.Namespace) -> int:
    """Format one file, or say why it cannot be; return the status."""
    place = "<stdin>" if name == STANDARD_INPUT else name
    dry = options.check or options.diff
    try:
        before = read_input(name)
        after = formatted(before, options.drop_comments, options.kind)
        if before != after and name != STANDARD_INPUT and not dry:
            replace_file(name, before, after)
    except OSError as error:
        _complain(place, f"error: {error.strerror}")
    except ParseError as error:
        _complain(place, f"error: {error.reason}", error.line, error.column)
    except LossError as error:
        _complain(place, f"error: {error}", error.line)
    else:
        if dry:
            return _report(place, before, after, options.diff)
        if name == STANDARD_INPUT:
            streams.write(after)
        return GOOD
    return BAD_INPUT


def formatted(source: bytes, drop_comments: bool = False, kind: str | None = None) -> bytes:
    """Return a document, or a part of one, in libvirt's form, as UTF-8; ``kind`` is as for `virtxml.parse`.

    Raises ParseError for text that is no document, and LossError if anything of it would be lost.
    """
    after = parse(source, kind).to_xml().encode()
    check_loss(source, after, drop_comments=drop_comments)
    return after


def _report(place: str, before: bytes, after: bytes, as_diff: bool) -> int:
    """Print the difference, or only the name if there is one; return the status."""
    if before == after:
        return GOOD
    for_people = sys.stdout.isatty()
    shown = escape(place) if for_people else place
    lines = [shown]
    if as_diff:
        difference = difflib.unified_diff(_lines(before), _lines(after), shown, shown, lineterm="")
        lines = [part for line in difference for part in line.split("\n")]
        if for_people:
            # Nothing in a document controls the terminal. Programs get what is there.
            lines = ["".join(cells(line, tab="\t")) for line in lines]
    for line in _coloured(lines) if as_diff and colours_wanted(sys.stdout) else lines:
        streams.write(line.encode("utf-8", "surrogateescape") + b"\n")
    return FINDINGS


def _lines(document: bytes) -> list[str]:
    """Return the lines of a document, with a mark where the last one has no end, as `diff` has it."""
    lines = document.decode(_encoding(document), "replace").split("\n")
    if lines[-1]:
        lines[-1] += "\n\\ No newline at end of file"
    else:
        lines.pop()
    return lines


def _encoding(document: bytes) -> str:
    """Return the name of a document's encoding, of one that has the same ASCII if Python does not know it."""
    encoding = read_tree(document).getroottree().docinfo.encoding or "utf-8"
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "latin-1"


def _coloured(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        code = next((code for start, code in _COLOURS.items() if line.startswith(start)), None)
        yield f"\033[{code}m{line}\033[0m" if code else line


def _complain(place: str, message: str, line: int | None = None, column: int | None = None) -> None:
    """Print one line about a file to standard error."""
    where = ":".join(str(part) for part in (place, line, column) if part is not None)
    complain(f"{where}: {message}")
