"""The characters and colours that a screen is drawn with."""

from __future__ import annotations

from virtxml.diagnostics.display import cells
from virtxml.records import Record

_CODES = {"title": "1", "name": "2", "head": "1;36", "aside": "2"}
"""The colours of the kinds of texts: the name of a document, names of facts, titles of sections, what is beside."""
_END = "\033[0m"
_PLAIN = {"…": "...", "─": "-", "←": "<-", "→": "->", "·": ".", "■": "#"}


class Marks(Record, frozen=True):
    """What is drawn with.

    Attributes:
        ascii: whether only characters of ASCII are used.
        coloured: whether there are colours.
        encoding: that of the output; characters that it lacks are shown as escapes.
    """

    ascii: bool = False
    coloured: bool = False
    encoding: str = "utf-8"

    @property
    def dots(self) -> str:
        """What stands in the place of what is left out."""
        return "..." if self.ascii else "…"

    @property
    def dash(self) -> str:
        """What stands between a place and what is plugged in there."""
        return "--" if self.ascii else "──"

    @property
    def branches(self) -> tuple[str, str, str, str]:
        """What stands before a branch, the last one, what is below a branch, below the last one."""
        return ("|- ", "`- ", "|  ", "   ") if self.ascii else ("├─ ", "└─ ", "│  ", "   ")

    @property
    def rule(self) -> str:
        """What a line is drawn with."""
        return "-" if self.ascii else "─"

    def shown(self, text: str) -> str:
        """Return a text of the screen with nothing in it that the output cannot show."""
        if self.ascii:
            text = "".join(_PLAIN.get(char, char) for char in text)
        return "".join(cells(text, "ascii" if self.ascii else self.encoding))

    def paint(self, text: str, kind: str) -> str:
        """Return a text in the colour of its kind."""
        return f"\033[{_CODES[kind]}m{text}{_END}" if self.coloured and text and kind in _CODES else text
