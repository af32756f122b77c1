"""Diagnostics of a piece of a text as diagnostics of the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from virtxml.diagnostics.diagnostic import Diagnostic, Related

if TYPE_CHECKING:
    from virtxml.source.pieces import Piece


def moved(diagnostic: Diagnostic, piece: Piece, around: str = "") -> Diagnostic:
    """Return a diagnostic of a piece as one of the text that the piece is in; ``around`` is the path to it there."""
    line, column = _place(diagnostic.line, diagnostic.column, piece)
    end_line, end_column = _place(diagnostic.end_line, diagnostic.end_column, piece)
    related = tuple(Related(*_place(one.line, one.column, piece), one.message) for one in diagnostic.related)
    path = f"{around}{diagnostic.path}" if diagnostic.path else ""
    return replace(
        diagnostic, line=line, column=column, end_line=end_line, end_column=end_column, path=path, related=related
    )


def _place(line: int | None, column: int | None, piece: Piece) -> tuple[int | None, int | None]:
    return (None, None) if line is None else piece.place(line, column)
