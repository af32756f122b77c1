"""Find the page of libvirt's documentation about an element.

The element classes have it in their docstrings. They are loaded when the first page is asked for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from virtxml.node import Node
    from virtxml.relaxng.finding import Finding

_START = "https://"
_NAMES = ("VX002", "VX101", "VX103", "VX106")
"""Mistakes with names near the wrong one; other mistakes have values."""


class Links:
    """The pages about the elements of one document. What has been asked for is kept.

    ``kind`` is the name of the root element of a fragment, with that of its parent where it is ambiguous:
    `devices/interface`.
    """

    def __init__(self, kind: str | None = None) -> None:
        self._kind = kind
        self._classes: dict[_Element, type[Node] | None] = {}
        self._pages: dict[type[Node], str] = {}

    def page(self, finding: Finding) -> str:
        """Return the address of the page about the element at fault, or the one that was meant or is missing.

        It is that of the nearest around it if there is no such page, and "" if there is none at all.
        """
        cls = self._meant(finding) or self._class(finding.element)
        if cls is None:
            return ""
        if cls not in self._pages:
            self._pages[cls] = _page(cls)
        return self._pages[cls]

    def _meant(self, finding: Finding) -> type[Node] | None:
        """Return the class of the element that was meant, or is missing."""
        if finding.code == "VX302":
            return _child(self._class(finding.element), finding.missing[0]) if finding.missing else None
        if finding.attribute or finding.code not in _NAMES or not finding.nearest:
            return None
        around, name = finding.element.getparent(), finding.nearest[0]
        return _root(name, self._kind) if around is None else _child(self._class(around), name)

    def _class(self, element: _Element) -> type[Node] | None:
        """Return the class of an element, or of the nearest one around it that has a class."""
        steps = []
        at: _Element | None = element
        while at is not None and at not in self._classes:
            steps.append(at)
            at = at.getparent()
        found = None if at is None else self._classes[at]
        for step in reversed(steps):
            found = _root(step.tag, self._kind) if step.getparent() is None else _child(found, step.tag) or found
            self._classes[step] = found
        return found


def _page(cls: type[Node]) -> str:
    lines = [line.strip() for line in (cls.__doc__ or "").splitlines()]
    return next((line for line in lines if line.startswith(_START)), "")


def _root(tag: str, kind: str | None) -> type[Node] | None:
    """Return the class of a document by its root element, or the first class of an element that is a fragment."""
    from virtxml.catalogue import DOCUMENTS

    around = kind.rpartition("/")[0] if kind else ""
    name = next((name for name, (_, root) in DOCUMENTS.items() if root == tag), None)
    if name and not around and kind in (None, tag):
        return _document(name)
    return _fragment(tag, around) if kind and kind.rpartition("/")[2] == tag else None


def _fragment(name: str, around: str) -> type[Node] | None:
    """Return the first class of an element inside any document, or inside an element of a name."""
    from virtxml.catalogue import DOCUMENTS

    for document in DOCUMENTS:
        for cls in _within(_document(document)):
            found = _child(cls, name) if around in ("", cls.xml_name) else None
            if found is not None:
                return found
    return None


def _document(name: str) -> type[Node]:
    from importlib import import_module

    from virtxml.catalogue import DOCUMENTS

    found: type[Node] = getattr(import_module(f"virtxml.schema.{DOCUMENTS[name][0]}"), name)
    return found


@lru_cache(maxsize=4096)
def _child(cls: type[Node] | None, child: str) -> type[Node] | None:
    """Return the class of a child of an element of some class; None if it has none, or is not known there."""
    for name, found in _children(cls) if cls is not None else ():
        if name == child:
            return found
    return None


def _children(cls: type[Node]) -> Iterator[tuple[str, type[Node]]]:
    """Iterate over the names of the children that have classes of their own, and the classes."""
    from virtxml.fields import ELEMENT, Variants

    for field in cls.xml_fields.values():
        if field.role == ELEMENT:
            for name, target in field.classes().items():
                # All classes of a union are about the same element, and on the same page.
                classes = target.classes.values() if isinstance(target, Variants) else (target,)
                yield from ((name, found) for found in classes)


def _within(root: type[Node]) -> Iterator[type[Node]]:
    """Iterate over a class and all those inside, the outer ones first."""
    pending, seen = [root], {root}
    for cls in pending:
        yield cls
        for _, found in _children(cls):
            if found not in seen:
                seen.add(found)
                pending.append(found)
