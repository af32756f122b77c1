"""How differences are shown: lines for people, in colours where they are wanted; data; lines of both documents."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.compare.differences import ARROW, PLAIN_ARROW, described
from virtxml.compare.differences.report import as_data
from virtxml.compare.differences.unified import unified
from virtxml.compare.satisfying import is_active
from virtxml.diagnostics.display import can_show, escape

from .. import streams
from ..terminal import colours_wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from virtxml.compare.differences import Difference, Differences
    from virtxml.compare.differences.matching import Placed

FORMATS = ("text", "json", "unified")
_COLOURS = {"+": "32", "-": "31", ">": "36", "~": "33", "@": "36"}
"""The terminal's code for the colour of a line, by its first character."""
_BOLD = "1"


class Compared(NamedTuple):
    """All that was compared.

    Attributes:
        pairs: the documents of both sides, and what differs.
        removed: documents only on the first side.
        added: documents only on the second side.
        is_single: whether one document was given on each side, so that there is no need to tell which it is.
    """

    pairs: list[tuple[Placed, Placed, Differences]]
    removed: list[Placed]
    added: list[Placed]
    is_single: bool

    @property
    def differs(self) -> bool:
        """Whether anything differs."""
        return bool(self.removed or self.added or any(found for _, _, found in self.pairs))


def show(compared: Compared, form: str, *, plain: bool) -> None:
    """Write what differs to standard output in one of `FORMATS`; with nothing but ASCII, if ``plain``."""
    if form == "json":
        text = json.dumps(_as_json(compared), indent=2, ensure_ascii=False)
        streams.write(f"{text}\n".encode())
        return
    encoding = sys.stdout.encoding or "utf-8"
    if form == "unified":
        lines = _as_unified(compared)
    else:
        lines = _as_text(compared, PLAIN_ARROW if plain or not can_show(ARROW, encoding) else ARROW)
    coloured = colours_wanted(sys.stdout)
    encoding = "ascii" if plain else encoding
    streams.write("".join(f"{_coloured(escape(line, encoding), coloured)}\n" for line in lines))


def _coloured(line: str, wanted: bool) -> str:
    """Return a line in its colour: by its sign, which is further in below a heading; a heading without one is bold."""
    start = line.removeprefix("  ")[:1]
    if not wanted or start in ("", " "):
        return line
    code = _BOLD if line.startswith(("--- ", "+++ ")) else _COLOURS.get(start, _BOLD)
    return f"\033[{code}m{line}\033[0m"


def _as_text(compared: Compared, arrow: str) -> Iterator[str]:
    """Iterate over lines for people: one for each difference, under a heading for each of several documents."""
    for old, new, found in compared.pairs:
        indent = "" if compared.is_single else "  "
        if found and not compared.is_single:
            places = old.file if old.file == new.file else f"{old.file} {arrow} {new.file}"
            yield f"{_title(old)} ({places})"
        yield from (f"{indent}{one.line(arrow)}" for one in found)
    for sign, documents in (("-", compared.removed), ("+", compared.added)):
        for one in documents:
            yield f"{sign} {_title(one)} ({one.file}): {described(one.model)}"


def _title(document: Placed) -> str:
    """Return what a document is, and what it is called."""
    return f"{document.kind} {document.name}" if document.name is not None else document.kind


def _as_unified(compared: Compared) -> Iterator[str]:
    """Iterate over the lines of both forms of all documents."""
    for old, new, found in compared.pairs:
        yield from unified(old.model, found, new.model, (old.file, new.file))
    for one in compared.removed:
        yield from unified(one.model, None, None, (one.file, "/dev/null"))
    for one in compared.added:
        yield from unified(None, None, one.model, ("/dev/null", one.file))


def _as_json(compared: Compared) -> dict[str, Any]:
    """Return all of it as plain data."""
    return {
        "documents": [_document(*one) for one in compared.pairs],
        "removed": [_named(one) for one in compared.removed],
        "added": [_named(one) for one in compared.added],
    }


def _document(old: Placed, new: Placed, found: Iterable[Difference]) -> dict[str, Any]:
    return {
        "kind": old.kind,
        "name": new.name,
        "old": {"file": old.file, "active": is_active(old.model)},
        "new": {"file": new.file, "active": is_active(new.model)},
        "differences": [as_data(one) for one in found],
    }


def _named(document: Placed) -> dict[str, Any]:
    return {"kind": document.kind, "name": document.name, "file": document.file}
