"""See what of a document would not come back from the model, before anything is written.

Texts are compared, not models as `virtxml.difference` does: what a model does not hold is what would be lost.
Elements may be nested 256 deep: nothing here takes frames for each.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from lxml import etree

from virtxml.catalogue import COLLECTIONS, WILDCARDS, WRAPPERS
from virtxml.source.decoding import decode
from virtxml.source.layout import is_layout

from .places import line_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)

_MAY_BE_MIXED = etree.XPath("boolean(descendant-or-self::*[*]/text()[normalize-space()])")
"""Whether there is text beside elements, in `<metadata>` too: most documents, which have none, need no closer look."""

_TEXT = "text between elements, such as a template's: elements would be moved across it"
_TEMPLATE = "an expression of a template, which would be written with escapes"
_FAULT = "virtxml would change the content, which is a fault of virtxml"

_EXPRESSIONS = re.compile(
    r"<!--.*?-->"
    r"|(<!\[CDATA\[(?:(?!\]\]>|\{\{|\{%|\$\{).)*(?:\{\{|\{%|\$\{).*?\]\]>"
    r"|\{\{(?:(?!\{\{)[^<])*?\}\}|\{%(?:(?!\{%)[^<])*?%\}|\$\{[^<{}]*\})",
    re.DOTALL,
)
"""Comments, and as a group the expressions of Jinja, Go, shells and Terraform, or a CDATA section with one in it."""


class LossError(Exception):
    """Something of a document would be lost.

    Attributes:
        line: the line where it begins, from 1.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def read_tree(source: bytes) -> etree._Element:
    """Parse a document that `virtxml.parse` has accepted, with all that is in it."""
    return etree.fromstring(source, _PARSER)


def has_remarks(root: etree._Element) -> bool:
    """Tell whether comments or processing instructions stand inside an element."""
    return next(root.iter(etree.Comment, etree.PI), None) is not None


def comments_in(source: bytes) -> int:
    """Return how many comments are in a document that `virtxml.parse` has accepted, before and behind it too."""
    root = read_tree(source)
    around = [*root.itersiblings(preceding=True), *root.itersiblings()]
    return sum(isinstance(one, etree._Comment) for one in (*around, *root.iter(etree.Comment)))


def check_loss(before: bytes, after: bytes, root: etree._Element, *, drop_comments: bool = False) -> None:
    """Raise LossError if a document, and the one that is to replace it, differ in more than layout and order of names.

    ``root`` is what was read of the first. Comments may be gone if ``drop_comments``. Text between elements is refused
    even if nothing would change: whether it does should not depend on the rest of the document.
    """
    if before == after and not _MAY_BE_MIXED(root):
        return
    _check_wrapper(root)
    for number, (node, free) in enumerate(_elements(root)):
        if not free and _has_text_between(node):
            raise LossError(_TEXT, line_of_text(before, number))
    if before != after:
        check_same(root, after, drop_comments=drop_comments)
        _check_expressions(before, after)


def check_same(root: etree._Element, after: bytes, *, drop_comments: bool = False) -> None:
    """Raise LossError if a document that is to be written differs from what was read: `check_loss` says in what."""
    written = read_tree(after)
    kinds = (etree.PI,) if drop_comments else (etree.PI, etree.Comment)
    lost = _remarks(root, kinds) != _remarks(written, kinds)
    if lost or _around(root) != _around(written) or _differ(root, written):
        raise LossError(_FAULT, _line(root))


def _remarks(root: etree._Element, kinds: tuple[Any, ...]) -> Counter[bytes]:
    return Counter(etree.tostring(node, encoding="utf-8", with_tail=False) for node in root.iter(*kinds))


def _check_wrapper(root: etree._Element) -> None:
    """Raise LossError for what is around documents: only what is inside is read."""
    if root.tag in COLLECTIONS:
        raise LossError(f"<{root.tag}> is around documents: it would be lost", _line(root))
    if root.tag in WRAPPERS:
        inside = WRAPPERS[root.tag]
        raise LossError(f"<{root.tag}> is a status file of libvirt: all but its <{inside}> would be lost", _line(root))


def _elements(root: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Iterate over an element and all inside it, and whether each is in one that may hold anything, or is one."""
    pending = [(root, root.tag in WILDCARDS)]
    while pending:
        element, free = pending.pop()
        yield element, free
        inside = [child for child in element if isinstance(child.tag, str)]
        pending.extend((child, free or child.tag in WILDCARDS) for child in reversed(inside))


def _has_text_between(element: etree._Element) -> bool:
    if not any(isinstance(child.tag, str) for child in element):
        return False
    return any(piece and not is_layout(piece) for piece in _pieces(element))


def _differ(before: etree._Element, after: etree._Element) -> bool:
    """Tell whether an element of a document says something else in the other one."""
    pending = [(before, after, before.tag in WILDCARDS)]
    while pending:
        one, other, free = pending.pop()
        children, others = _children(one, free), _children(other, free)
        same = one.tag == other.tag and dict(one.items()) == dict(other.items()) and len(children) == len(others)
        if not same or _texts(one, free) != _texts(other, free):
            return True
        pairs = zip(children, others, strict=True)
        pending.extend((child, mate, free or child.tag in WILDCARDS) for child, mate in pairs)
    return False


def _around(root: etree._Element) -> list[tuple[Any, str | None]]:
    """Return the comments and instructions before and behind a root element."""
    nodes: list[Any] = [*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings()]
    return [(node.tag, None if node is root else node.text) for node in nodes]


def _children(element: etree._Element, free: bool) -> list[etree._Element]:
    """Return the elements in an element; where not anything may be, differently named ones have no order."""
    children = [child for child in element if isinstance(child.tag, str)]
    return children if free else sorted(children, key=lambda child: str(child.tag))


def _texts(element: etree._Element, free: bool) -> list[str]:
    """Return what an element says in texts: white space alone says nothing there."""
    pieces = list(_pieces(element))
    if not free:
        pieces = ["".join(pieces)]
    return ["" if is_layout(piece) else piece for piece in pieces]


def _pieces(element: etree._Element) -> Iterator[str]:
    """Iterate over the texts between the elements in an element; no comment ends a piece."""
    piece = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            yield "".join(piece)
            piece.clear()
        piece.append(child.tail or "")
    yield "".join(piece)


def _check_expressions(before: bytes, after: bytes) -> None:
    """Raise LossError for a template's expression that is not written as it was: escapes say something else there."""
    text = decode(before)
    left = Counter(match[1] for match in _EXPRESSIONS.finditer(decode(after)))
    for match in _EXPRESSIONS.finditer(text):
        if match[1]:
            left[match[1]] -= 1
            if left[match[1]] < 0:
                raise LossError(_TEMPLATE, text.count("\n", 0, match.start()) + 1)


def _line(element: Any) -> int:
    """Return the line of an element."""
    line: int = element.sourceline or 1
    return line
