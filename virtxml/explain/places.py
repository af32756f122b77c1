"""Where the culprits of findings stand: paths, and spans of the source."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from virtxml.diagnostics.display import shortened
from virtxml.relaxng.diagnosis.finding import Kind

from .wordings.names import spelled, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.etree import _Element

    from virtxml.relaxng.diagnosis.finding import Finding
    from virtxml.source.places import Positions, Span

_ON_START_TAG = (Kind.MISSING_ATTRIBUTE, Kind.MISSING_ELEMENT, Kind.MISSING_TEXT)
"""Mistakes that have no place of their own: something is missing in an element."""


class Places:
    """The places in one document that findings are about.

    Making one takes time linear in the document, and so do all paths together.
    """

    def __init__(self, findings: Sequence[Finding], positions: Positions | None) -> None:
        self._positions = positions
        self._paths: dict[_Element, str] = {}
        self._indexes: dict[_Element, dict[_Element, int]] = {}
        self._numbers = _numbers(findings) if positions is not None else {}

    def span(self, finding: Finding) -> Span | None:
        """Return where a finding's culprit is; None if there is no source."""
        if self._positions is None:
            return None
        number = self._numbers[finding.element]
        if finding.kind in _ON_START_TAG:
            return self._positions.start(number)
        if finding.attribute:
            where = self._positions.value if is_about_value(finding) else self._positions.attribute
            return where(number, finding.attribute)
        if finding.text is not None:
            return self._positions.content(number, finding.text)
        return self._positions.name(number)

    def name(self, element: _Element) -> Span | None:
        """Return where the name of an element is that a finding has; None if there is no source."""
        return None if self._positions is None else self._positions.name(self._numbers[element])

    def path(self, finding: Finding) -> str:
        """Return the XPath of a finding's culprit, names as they are written."""
        path = self.path_to(finding.element)
        if finding.attribute:
            return f"{path}/@{shortened(spelled(finding.attribute, finding.element, attribute=True))}"
        return f"{path}/text()" if finding.kind is Kind.STRAY_TEXT else path

    def path_to(self, element: _Element) -> str:
        """Return the path of an element, with its number where there are several of its name."""
        steps = []
        at: _Element | None = element
        while at is not None and at not in self._paths:
            steps.append(at)
            at = at.getparent()
        path = "" if at is None else self._paths[at]
        for step in reversed(steps):
            path = self._paths[step] = f"{path}/{shortened(written(step))}{self._index(step)}"
        return path

    def _index(self, element: _Element) -> str:
        parent = element.getparent()
        if parent is None:
            return ""
        if parent not in self._indexes:
            self._indexes[parent] = _indexes(parent)
        index = self._indexes[parent].get(element)
        return "" if index is None else f"[{index}]"


def paths() -> Callable[[_Element], str]:
    """Return what tells the XPath of any element of one document, names as they are written.

    All paths together take time linear in the document.
    """
    return Places((), None).path_to


def is_about_value(finding: Finding) -> bool:
    """Tell whether a finding is about an attribute's value, and not its name."""
    return bool(finding.attribute) and bool(finding.accepted or finding.kind in (Kind.WRONG_VALUE, Kind.WRONG_FORM))


def _numbers(findings: Sequence[Finding]) -> dict[_Element, int]:
    """Return the places of the elements that findings are about in the order of the document."""
    wanted = {it for one in findings for it in (one.element, one.first, one.behind) if it is not None}
    if not wanted:
        return {}
    root = findings[0].element.getroottree().getroot()
    return {element: number for number, element in enumerate(root.iter("*")) if element in wanted}


def _indexes(parent: _Element) -> dict[_Element, int]:
    """Return the numbers of children among those of the same name, where there are several."""
    several = {name for name, count in Counter(child.tag for child in parent.iterchildren("*")).items() if count > 1}
    seen: Counter[str] = Counter()
    found = {}
    for child in parent.iterchildren("*"):
        if child.tag in several:
            seen[child.tag] += 1
            found[child] = seen[child.tag]
    return found
