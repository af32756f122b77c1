"""Offsets in a text as lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right


class Lines:
    """The lines of a text. Only line feeds end them, as for parsers of XML."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of a character, both from 1; a column is a character."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def start(self, offset: int) -> int:
        """Return where the line of a character starts."""
        return self._starts[bisect_right(self._starts, offset) - 1]
