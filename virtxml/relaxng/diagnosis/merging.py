"""One mistake told once: what is missing in one place and stands in another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .finding import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .finding import Finding
    from .view import View

_MOVED = {Kind.ELEMENT_ELSEWHERE: Kind.MISSING_ELEMENT, Kind.ATTRIBUTE_ELSEWHERE: Kind.MISSING_ATTRIBUTE}
"""For what is in the wrong place, the finding about its missing in the right one."""

_Key = tuple[Kind, "View | str", str]
"""A finding about something missing: its kind, the element that lacks it or the name of one, and what is missing."""


def merged(findings: Sequence[Finding[View]]) -> list[Finding[View]]:
    """Return findings without those about something missing that is there in another place, or in another form.

    One thing in the wrong place can be missing in one place.
    """
    astray = Counter(key for one in findings for key in _missed(one))
    return list(_remaining(findings, astray)) if astray else list(findings)


def _missed(one: Finding[View]) -> Iterator[_Key]:
    """Iterate over what may well be missing elsewhere because of a finding."""
    around = one.element.getparent()
    if one.kind in _MOVED:
        for holder in one.holders:
            yield _MOVED[one.kind], holder, one.attribute or one.element.tag
            if around is not None and not one.attribute:
                yield Kind.MISSING_ELEMENT, around, holder  # what it belongs in
    for name in one.as_attributes:
        lacking = one.element if one.text is not None else around
        if lacking is not None:
            yield Kind.MISSING_ATTRIBUTE, lacking, name
    for name in one.as_elements:
        yield (Kind.MISSING_ELEMENT if name else Kind.MISSING_TEXT), one.element, name


def _remaining(findings: Sequence[Finding[View]], astray: Counter[_Key]) -> Iterator[Finding[View]]:
    for one in findings:
        keys: list[_Key] = [(one.kind, at, name) for at in (one.element, one.element.tag) for name in one.missing]
        if one.kind is Kind.MISSING_TEXT:
            keys.append((one.kind, one.element, ""))
        found = next((key for key in keys if astray[key]), None)
        if found is None:
            yield one
        else:
            astray[found] -= 1
