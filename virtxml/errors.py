"""The exceptions that virtxml raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .diagnostics.diagnostic import Diagnostic


class VirtXMLError(Exception):
    """Base of all errors of this package."""


class ParseError(VirtXMLError, ValueError):
    """Text that is not a well-formed document of a known kind.

    Attributes:
        reason: what is wrong, without the place.
        line: the line, from 1; None if there is none.
        column: the column, from 1; None if it is not known.
        path: the file that was read, if it was a file.
    """

    def __init__(
        self, reason: str, line: int | None = None, column: int | None = None, path: str | None = None
    ) -> None:
        super().__init__(reason, line, column, path)
        self.reason = reason
        self.line = line
        self.column = column
        self.path = path

    def __str__(self) -> str:
        place = [str(part) for part in (self.path, self.line, self.column) if part is not None]
        return f"{':'.join(place)}: {self.reason}" if self.path else self._located()

    def _located(self) -> str:
        if self.line is None:
            return self.reason
        column = "" if self.column is None else f", column {self.column}"
        return f"line {self.line}{column}: {self.reason}"


class ValidationError(VirtXMLError, ValueError):
    """A document that is not valid.

    Attributes:
        diagnostics: all that is wrong with it, in its order.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        first = self.diagnostics[0]
        place = first.path if first.line is None else f"line {first.line}, column {first.column}"
        more = len(self.diagnostics) - 1
        return f"{place}: {first.message}{f' (and {more} more)' if more else ''}"


class DataError(VirtXMLError, ValueError):
    """Plain data, as of JSON or YAML, that is not that of a document.

    Attributes:
        reason: what is wrong, without the place.
        steps: the keys and the numbers of items that lead to the place, from the outside.
    """

    def __init__(self, reason: str, steps: Sequence[str | int] = ()) -> None:
        super().__init__(reason, steps)
        self.reason = reason
        self.steps = tuple(steps)

    @property
    def place(self) -> str:
        """The place as it is written in Python: `devices.disks[1].target`; "" for the whole."""
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.steps).removeprefix(".")

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" if self.steps else self.reason
