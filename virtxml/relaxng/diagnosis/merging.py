"""One mistake told once: what is missing in one place and stands in another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from .finding import Finding

_MOVED = {"VX103": "VX302", "VX104": "VX301"}
"""For what is in the wrong place, the finding about its missing in the right one."""

_Key = tuple[str, "_Element | str", str]
"""A finding about something missing: its code, the element that lacks it or the name of one, and what is missing."""


def merged(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings without those about something missing that is there in another place, or in another form.

    One thing in the wrong place can be missing in one place.
    """
    astray = Counter(key for one in findings for key in _missed(one))
    return list(_remaining(findings, astray)) if astray else list(findings)


def _missed(one: Finding) -> Iterator[_Key]:
    """Iterate over what may well be missing elsewhere because of a finding."""
    around = one.element.getparent()
    if one.code in _MOVED:
        for holder in one.holders:
            yield _MOVED[one.code], holder, one.attribute or one.element.tag
            if around is not None and not one.attribute:
                yield "VX302", around, holder  # what it belongs in
    for name in one.as_attributes:
        lacking = one.element if one.text is not None else around
        if lacking is not None:
            yield "VX301", lacking, name
    for name in one.as_elements:
        yield ("VX302" if name else "VX306"), one.element, name


def _remaining(findings: Sequence[Finding], astray: Counter[_Key]) -> Iterator[Finding]:
    for one in findings:
        keys: list[_Key] = [(one.code, at, name) for at in (one.element, one.element.tag) for name in one.missing]
        if one.code == "VX306":
            keys.append((one.code, one.element, ""))
        found = next((key for key in keys if astray[key]), None)
        if found is None:
            yield one
        else:
            astray[found] -= 1
