"""See what of a document would not come back from the model, before anything is written."""

from __future__ import annotations

from collections import Counter
from typing import Any

from lxml import etree

from virtxml.catalogue import COLLECTIONS, WILDCARDS, WRAPPERS

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)

_INSTRUCTIONS = etree.XPath("descendant::processing-instruction()")


class LossError(Exception):
    """Something of a document would be lost.

    Attributes:
        line: the line where it stands, from 1.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def read_tree(source: bytes) -> etree._Element:
    """Parse a document that `virtxml.parse` has accepted, with all that is in it."""
    return etree.fromstring(source, _PARSER)


def check_comments(before: etree._Element, after: etree._Element) -> None:
    """Raise LossError if there is a comment in a document that is not in what is written of it."""
    kept = Counter(comment.text for comment in after.iter(etree.Comment))
    for comment in before.iter(etree.Comment):
        kept[comment.text] -= 1
        if kept[comment.text] < 0:
            reason = "a comment, which would be lost: --drop-comments goes on without comments"
            raise LossError(reason, _line(comment))


def check_wrapper(root: etree._Element) -> None:
    """Raise LossError for one of libvirt's status files: only the document inside is read."""
    if root.tag in COLLECTIONS:
        raise LossError(f"<{root.tag}> is around documents: it would be lost", _line(root))
    if root.tag in WRAPPERS:
        inside = WRAPPERS[root.tag]
        raise LossError(f"<{root.tag}> is a status file of libvirt: all but its <{inside}> would be lost", _line(root))


def check_content(before: etree._Element, after: etree._Element) -> None:
    """Raise LossError if the documents differ in more than comments, layout and the order of names."""
    found: Any = _INSTRUCTIONS(before)
    if found:
        raise LossError("a processing instruction, which would be lost", _line(found[0]))
    if _content(before) != _content(after):
        raise LossError("virtxml would change the content, which is a fault of virtxml", _line(before))


def _content(element: etree._Element, free: bool = False) -> tuple[Any, ...]:
    """Return what an element says. ``free`` is whether it is inside one that may hold anything: order counts there."""
    free = free or element.tag in WILDCARDS
    children = [child for child in element if isinstance(child.tag, str)]
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            pieces.append("")
        pieces[-1] += child.tail or ""
    if not free:
        children.sort(key=lambda child: child.tag)
        pieces = ["".join(pieces)]
    if children or pieces[0].isspace():
        pieces = [" ".join(piece.split()) for piece in pieces]
    return element.tag, dict(element.items()), pieces, [_content(child, free) for child in children]


def _line(node: Any) -> int:
    """Return the line of an element, comment or instruction."""
    line: int = node.sourceline or 1
    return line
