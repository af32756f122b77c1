"""Find the page of libvirt's documentation about an element.

The element classes know it. They are loaded when the first page is asked for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from virtxml.relaxng.diagnosis.finding import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from virtxml.element import Element
    from virtxml.relaxng.diagnosis.finding import Finding

_NAMES = (Kind.UNKNOWN_ROOT, Kind.UNKNOWN_ELEMENT, Kind.ELEMENT_ELSEWHERE, Kind.WRONG_NAMESPACE)
"""Mistakes with names near the wrong one; other mistakes have values."""


class Links:
    """The pages about the elements of one document. What has been asked for is kept.

    ``kind`` is the name of the root element of a fragment, with that of its parent where it is ambiguous:
    `devices/interface`.
    """

    def __init__(self, kind: str | None = None) -> None:
        self._kind = kind
        self._classes: dict[_Element, type[Element] | None] = {}

    def page(self, finding: Finding) -> str:
        """Return the address of the page about the element at fault, or the one that was meant or is missing.

        It is that of the nearest around it if there is no such page, and "" if there is none at all.
        """
        cls = self._meant(finding) or self._class(finding.element)
        return "" if cls is None else cls.xml_page

    def _meant(self, finding: Finding) -> type[Element] | None:
        """Return the class of the element that was meant, or is missing."""
        if finding.kind is Kind.MISSING_ELEMENT:
            return _child(self._class(finding.element), finding.missing[0]) if finding.missing else None
        if finding.attribute or finding.kind not in _NAMES or not finding.nearest:
            return None
        around, name = finding.element.getparent(), finding.nearest[0]
        return _document(name, self._kind) if around is None else _child(self._class(around), name)

    def _class(self, element: _Element) -> type[Element] | None:
        """Return the class of an element, or of the nearest one around it that has a class."""
        steps = []
        at: _Element | None = element
        while at is not None and at not in self._classes:
            steps.append(at)
            at = at.getparent()
        found = None if at is None else self._classes[at]
        for step in reversed(steps):
            found = _root(step, self._kind) if step.getparent() is None else _child(found, step.tag) or found
            self._classes[step] = found
        return found


def _root(root: _Element, kind: str | None) -> type[Element] | None:
    """Return the class of a document by its root element, or the first class of an element that is a fragment."""
    from virtxml.kinds.roots import document_of

    return (document_of(root) if kind in (None, root.tag) else None) or _document(root.tag, kind)


def _document(tag: str, kind: str | None) -> type[Element] | None:
    """Return the first class of documents, or of fragments of a kind, by the name of the root element."""
    from virtxml.codec.names import steps
    from virtxml.kinds.known import parts_at
    from virtxml.kinds.roots import ROOTS, document_class

    if tag in ROOTS and kind in (None, tag):
        return document_class(ROOTS[tag][0])
    if not kind or steps(kind)[-1] != tag:
        return None
    return next((cls for found in parts_at(kind) for cls in found.classes), None)


@lru_cache(maxsize=4096)
def _child(cls: type[Element] | None, child: str) -> type[Element] | None:
    """Return the class of a child of an element of some class; None if it has none, or is not known there."""
    for name, found in _children(cls) if cls is not None else ():
        if name == child:
            return found
    return None


def _children(cls: type[Element]) -> Iterator[tuple[str, type[Element]]]:
    """Iterate over the names of the children that have classes of their own, and the classes."""
    from virtxml.fields import ELEMENT, Variants

    for field in cls.xml_fields.values():
        if field.role == ELEMENT:
            for name, target in field.classes().items():
                # All classes of a union are about the same element, and on the same page.
                classes = target.classes.values() if isinstance(target, Variants) else (target,)
                yield from ((name, found) for found in classes)
