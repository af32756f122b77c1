"""How mistakes that the schema tells of go away: names and values are spelled right, elements moved to their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from ...source.edits import Edit
from ...source.lines import Lines
from ...source.tree import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...diagnostics.diagnostic import Diagnostic
    from ...source.elements import Element, Span

_VALUE, _FORM, _ATTRIBUTE, _ELEMENT, _ORDER = "VX201", "VX202", "VX102", "VX101", "VX305"


_REMARKS = re.compile(r"\s*(<!--(?:(?!-->).)*-->\s*)*")
_QUOTES = {'"': "&quot;", "'": "&apos;"}


class Mending(NamedTuple):
    """How a mistake goes away.

    Attributes:
        mistake: the mistake.
        says: what is done, in the imperative.
        edits: the edits of the text that do it.
        safe: whether there is only one right answer.
    """

    mistake: Diagnostic
    says: str
    edits: list[Edit]
    safe: bool


def mendings(text: str, mistakes: Sequence[Diagnostic]) -> Iterator[Mending]:
    """Iterate over how mistakes in a text go away, those of which that is known.

    The text is well-formed; there are lines and columns in the mistakes.
    """
    told = [
        one for one in mistakes if one.code in (_VALUE, _FORM, _ATTRIBUTE, _ELEMENT, _ORDER) and one.line is not None
    ]
    if not told:
        return
    lines = Lines(text)
    elements = {element.start[0]: element for element in parsed(text).elements}
    for one in told:
        start = lines.offset(one.line or 1, one.column or 1)
        if one.code == _ORDER:
            edits = _moved(text, start, one, lines, elements)
            if edits:
                yield Mending(one, one.help, edits, safe=True)
        elif one.suggestions:
            end = lines.offset(one.end_line or 1, one.end_column or 1)
            right = one.suggestions[0]
            edits = [
                Edit(start, end, right if one.code == _ATTRIBUTE else escape(right, {'"': "&quot;", "'": "&apos;"}))
            ]
            if one.code == _ELEMENT:
                closing = elements[start - 1].end_name_span
                edits = [Edit(*span, right) for span in ((start, end), closing) if span is not None]
            yield Mending(one, f'write "{right}"', edits, safe=len(one.suggestions) == 1)


def _moved(text: str, start: int, mistake: Diagnostic, lines: Lines, elements: dict[int, Element]) -> list[Edit]:
    """Return the edits that move an element to the other side of the one that it has to be before, or behind."""
    place = mistake.related[0] if mistake.related else None
    if place is None or place.line is None:
        return []
    element, other = elements[start - 1], elements[lines.offset(place.line, place.column or 1) - 1]
    span, beside = element.span, other.span
    if _has_lines(text, span) and _has_lines(text, beside):
        span, beside = _lines(text, span), _lines(text, beside)
    piece = text[slice(*span)]
    at = beside[0] if beside[0] < span[0] else beside[1]
    return [Edit(*span, ""), Edit(at, at, piece)]


def _has_lines(text: str, span: Span) -> bool:
    """Tell whether nothing else is in the lines of an element but comments."""
    start, end = _lines(text, span)
    return bool(_REMARKS.fullmatch(text, start, span[0]) and _REMARKS.fullmatch(text, span[1], end))


def _lines(text: str, span: Span) -> Span:
    behind = text.find("\n", span[1])
    return text.rfind("\n", 0, span[0]) + 1, len(text) if behind < 0 else behind + 1
