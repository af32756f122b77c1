"""Beside what each comment and instruction of a document stands, as lxml tells it: with nothing of virtxml's."""

from __future__ import annotations

from typing import Any

from lxml import etree

Anchor = tuple[str, str, tuple[Any, ...]]
"""A remark as it is written, how it stands to an element, and the way to that: names, and numbers among those."""


def anchors(source: str | bytes) -> list[Anchor]:
    """Return where each remark inside the root element stands: at the end of a line, above an element, or in one."""
    data = source.encode() if isinstance(source, str) else source
    root = etree.fromstring(data)
    return sorted(_anchor(node) for node in root.iter(etree.Comment, etree.PI))


def _anchor(node: Any) -> Anchor:
    shown = etree.tostring(node, encoding="unicode", with_tail=False)
    parent = node.getparent()
    if parent.find("*") is None:
        return shown, "in", _way(parent)
    before = _before_on_its_line(node)
    if before is not None and _ends_its_line(node):
        return shown, "at the head of" if before is parent else "behind", _way(before)
    following = next(node.itersiblings(etree.Element), None)
    return (shown, "in", _way(parent)) if following is None else (shown, "above", _way(following))


def _way(element: Any) -> tuple[Any, ...]:
    steps = []
    while element is not None:
        steps.append((str(element.tag), sum(1 for _ in element.itersiblings(element.tag, preceding=True))))
        element = element.getparent()
    return tuple(reversed(steps))


def _ends_its_line(node: Any) -> bool:
    while node is not None and not isinstance(node.tag, str):
        line, line_end, _ = (node.tail or "").partition("\n")
        if line.strip(" \t\r"):
            return False
        if line_end:
            return True
        node = node.getnext()
    return False


def _before_on_its_line(node: Any) -> Any:
    """Return the element, or the one around it, whose tag is before a remark on its line; None if there is none."""
    while True:
        previous = node.getprevious()
        text = node.getparent().text if previous is None else previous.tail
        if (text or "").strip(" \t\r"):
            return None
        if previous is None:
            return node.getparent()
        if isinstance(previous.tag, str):
            return previous
        node = previous
