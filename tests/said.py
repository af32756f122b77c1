"""Compare two documents as text, element by element, with nothing of virtxml's: what `nothing is lost` means.

Two documents say the same if their elements do:

- names and attributes, with namespaces, are equal as strings; attributes have no order;
- children of one name are equal, in order; libvirt gives differently named ones no order among each other;
- the text of an element without children is equal, every character; but text that is only white space counts as none,
  because only the schema could tell `<name> </name>` from `<devices> </devices>`;
- text beside children is equal but for white space around it;
- below an element that may hold anything (`<metadata>`) everything is equal, in order, comments too.

Comments elsewhere, processing instructions, and the quotes and references that text is written with, say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

ANYTHING = frozenset(["metadata", "cookie"])
"""Names of elements that may hold anything."""

WHITE_SPACE = " \t\r\n"
"""What XML takes for white space."""

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_pis=True, huge_tree=True)


def canonical(source: str | bytes) -> Any:
    """Return what a document says, as nested tuples that are equal if two documents say the same."""
    data = source.encode() if isinstance(source, str) else source
    return _element(etree.fromstring(data, _PARSER))


def same(one: str | bytes, other: str | bytes) -> bool:
    """Tell whether two documents say the same."""
    return bool(canonical(one) == canonical(other))


def _element(element: etree._Element) -> Any:
    if element.tag in ANYTHING:
        return _anything(element, laid_out=not any(text.strip(WHITE_SPACE) for text in _beside_elements(element)))
    children = [child for child in element if isinstance(child.tag, str)]
    by_name: dict[str, list[Any]] = {}
    for child in children:
        by_name.setdefault(child.tag, []).append(_element(child))
    texts = list(_runs(element))
    strip = children or not "".join(texts).strip(WHITE_SPACE)
    own = [text.strip(WHITE_SPACE) for text in texts] if strip else texts
    return (
        element.tag,
        frozenset(element.attrib.items()),
        tuple(filter(None, own)),
        frozenset((k, tuple(v)) for k, v in by_name.items()),
    )


def _runs(element: etree._Element) -> Iterator[str]:
    """Iterate over the pieces of text between child elements; a comment does not end a piece."""
    run = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield run
            run = ""
        run += child.tail or ""
    yield run


def _beside_elements(element: etree._Element) -> Iterator[str]:
    """Iterate over texts that have an element beside them, at any depth."""
    for below in element.iter():
        if isinstance(below.tag, str) and any(isinstance(child.tag, str) for child in below):
            yield from _runs(below)


def _anything(element: etree._Element, laid_out: bool) -> Any:
    """Return all that an element holds, in order; without white space if that only lays elements out."""
    items: list[Any] = [element.text or ""]
    for child in element:
        items.append(("comment", child.text) if child.tag is etree.Comment else _anything(child, laid_out))
        items.append(child.tail or "")
    if laid_out and len(items) > 1:
        items = [item for item in items if not (isinstance(item, str) and not item.strip(WHITE_SPACE))]
    return element.tag, frozenset(element.attrib.items()), tuple(item for item in items if item != "")
