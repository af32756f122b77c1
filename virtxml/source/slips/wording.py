"""How slips speak of names and values: shortly, and never of secrets."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from ..secrets.spans import secret_spans

_LONGEST = 40


class Wording:
    """Names and values of one text as they may be shown."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _secrets(self) -> list[tuple[int, int]]:
        return list(secret_spans(self._text))

    def hidden(self, start: int, end: int) -> bool:
        """Tell whether a piece of the text is a secret, or a part of one."""
        index = bisect_right(self._secrets, (end, -1)) - 1
        return index >= 0 and self._secrets[index][1] > start and self._secrets[index][0] < end

    def piece(self, start: int, end: int) -> str:
        """Return a piece as it may be shown: dots for a secret, or in a long one."""
        shown = self._text[start:end]
        if self.hidden(start, end) or not shown.isprintable():
            return "…"
        return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"

    def name(self, span: tuple[int, int]) -> str:
        """Return a name in quotes."""
        return f'"{self.piece(*span)}"'

    def tag(self, span: tuple[int, int]) -> str:
        """Return a name of an element in angle brackets."""
        return f"<{self.piece(*span)}>"
