"""Where expat finds things in bytes: it knows nothing of how our trees are made."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from virtxml.source.elements import Tree

Event = tuple[str, int, str]
"""What was found, at which byte, and the name or text."""
EVENTS = ("start", "end", "section", "comment", "instruction", "declaration")
"""The kinds of events but texts, of which expat makes several at will."""


def expat_events(source: bytes) -> list[Event]:
    """Return what stands in a document, texts as expat cuts them."""
    found: list[Event] = []
    parser = expat.ParserCreate()

    def add(kind: str, name: str) -> None:
        found.append((kind, parser.CurrentByteIndex, name))

    handlers: dict[str, Any] = {
        "StartElementHandler": lambda name, _: add("start", name),
        "EndElementHandler": lambda name: add("end", name),
        "CharacterDataHandler": lambda text: add("text", text),
        "StartCdataSectionHandler": lambda: add("section", ""),
        "CommentHandler": lambda text: add("comment", text.replace("\n", "")),
        "ProcessingInstructionHandler": lambda target, _: add("instruction", target),
        "XmlDeclHandler": lambda *_: add("declaration", "xml"),
    }
    for name, handler in handlers.items():
        setattr(parser, name, handler)
    parser.Parse(source, True)
    return found


def expat_attributes(source: bytes) -> list[list[str]]:
    """Return the names and values of the attributes of each element, one after the other."""
    found: list[list[str]] = []
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler = lambda _, attributes: found.append(attributes)
    parser.Parse(source, True)
    return found


def tree_events(tree: Tree) -> list[tuple[str, int, str]]:
    """Return what stands in a tree as expat tells it, by offsets of characters; no texts but CDATA sections."""
    text = tree.text
    found = []
    for element in tree.elements:
        found += [("start", element.start[0], element.name), ("end", element.end[0], element.name)]
        found += [("section", start, "") for start, end in element.texts if text.startswith("<![CDATA[", start, end)]
    for start, end in tree.comments:
        found.append(("comment", start, text[start + 4 : end - 3].replace("\r", "").replace("\n", "")))
    for start, end in tree.instructions:
        target = text[start + 2 : end - 2].split(maxsplit=1)[0]
        found.append(("declaration" if target == "xml" else "instruction", start, target))
    return found
