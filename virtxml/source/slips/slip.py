"""Slips: what is not well-formed in a text, and how to write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..edits import Edit
    from ..elements import Span


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake against XML itself.

    Attributes:
        kind: what kind it is, in a word or two.
        span: the culprit in the text.
        message: what is wrong, in one line. No values of the document are in it; names are, if they are short.
        help: what to write, in one line.
        edits: what makes the text well-formed there, so that the rest can be judged.
        doubt: pieces of the text of which nothing else can be said, as part of them had to be guessed.
        first: the other place that the mistake is about, None if there is none.
        said: what is to be said of that place.
    """

    kind: str
    span: Span
    message: str
    help: str
    edits: tuple[Edit, ...] = ()
    doubt: tuple[Span, ...] = ()
    first: Span | None = None
    said: str = ""
