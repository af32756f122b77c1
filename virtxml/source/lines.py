"""Offsets in a text as lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right


class Lines:
    """The lines of a text. Only line feeds end them, as for parsers of XML."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of a character, both from 1; a column is a character."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def start(self, offset: int) -> int:
        """Return where the line of a character starts."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place: what `place` has told, or a column behind the end of a line."""
        return self._starts[line - 1] + column - 1

    def span(self, line: int) -> tuple[int, int]:
        """Return where a line is, from 1, without what ends it; an empty place for a line that is not there."""
        if not 1 <= line <= len(self._starts):
            return 0, 0
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self._text)
        return start, end - 1 if end > start and self._text[end - 1] == "\r" else end
