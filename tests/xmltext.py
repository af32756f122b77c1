"""Random well-formed XML under known root elements: known and unknown names, in every way to write them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.strategies import CHARACTERS, COMMENTS, NAMES
from virtxml import Node
from virtxml.fields import ATTRIBUTE, ELEMENT, TEXT, Variants

QEMU = "http://libvirt.org/schemas/domain/qemu/1.0"
NAMESPACES = {"qemu": QEMU, "q": QEMU, "v": "http://example.org/vendor", "w": "http://example.org/vendor"}
VALUES = ["yes", "no", "on", "off", "0x10", "007", "1", "KiB", "pci", "drive", "system", "file", "", " ", "\n"]

Names = list[tuple[str, Any]]


@st.composite
def documents(draw: st.DrawFn, cls: type[Node], depth: int = 4) -> str:
    """Write a document whose root element is that of a class."""
    head = draw(st.sampled_from(["", "<?xml version='1.0'?>", "<!-- before -->\n", "<?php x ?>"]))
    tail = draw(st.sampled_from(["", "\n", "<!-- behind -->"]))
    return head + draw(elements(cls.xml_name, cls, depth, root=True)) + tail


@st.composite
def elements(draw: st.DrawFn, name: str, cls: Any, depth: int, root: bool = False) -> str:
    """Write an element; ``cls`` tells which names are likely in it, and may be None for what nobody knows."""
    if isinstance(cls, Variants):
        variant = draw(st.sampled_from(sorted(cls.classes)) | st.just("no-such"))
        known, fixed = cls.classes.get(variant), {cls.by: variant} if draw(st.booleans()) else {}
    else:
        known, fixed = cls, {}
    declared, tag = draw(_tags(name, root))
    attributes = fixed | draw(st.dictionaries(_attribute_names(known), VALUE_TEXTS, max_size=3))
    content = ""
    if draw(st.integers(0, 4)):
        pieces = PIECES | _children(known, depth - 1) if depth else PIECES
        content = "".join(draw(st.lists(pieces, max_size=5)))
    words = [tag, *declared, *(f"{key}={_quoted(value, draw(QUOTES))}" for key, value in attributes.items())]
    if any(key.startswith("v:") for key in attributes) and not tag.startswith("v:"):
        words.append(f"xmlns:v='{NAMESPACES['v']}'")
    return f"<{' '.join(words)}>{content}</{tag}>" if content else f"<{' '.join(words)}/>"


@st.composite
def _tags(draw: st.DrawFn, name: str, root: bool) -> tuple[list[str], str]:
    """Return the namespaces to declare, and the name as written: in its own namespace or, seldom, in another one."""
    uri, _, local = name.rpartition("}")
    uri = uri.lstrip("{")
    if uri:
        prefix = draw(st.sampled_from(["p", "qemu", ""]))
        return [f"xmlns{':' if prefix else ''}{prefix}='{uri}'"], f"{prefix}:{local}" if prefix else local
    if not (uri or root) and draw(st.integers(0, 9)) == 0:
        prefix = draw(st.sampled_from(sorted(NAMESPACES)))
        return [f"xmlns:{prefix}='{NAMESPACES[prefix]}'"], f"{prefix}:{local}"
    # Without a namespace, whatever is the default around it.
    return ["xmlns=''"], local


def _attribute_names(cls: Any) -> st.SearchStrategy[str]:
    unknown = NAMES.filter(lambda name: not name.lower().startswith("xml")) | st.sampled_from(
        ["xml:lang", "v:a", "v:type"]
    )
    known = [field.xml for field in cls.xml_fields.values() if field.role == ATTRIBUTE] if cls else []
    return st.sampled_from(known) | unknown if known else unknown


def _children(cls: Any, depth: int) -> st.SearchStrategy[str]:
    """Return a strategy for one child: one that the class knows, or any."""
    names: Names = []
    for field in cls.xml_fields.values() if cls else ():
        if field.role == ELEMENT:
            names += field.classes().items()
        elif field.role not in (ATTRIBUTE, TEXT):
            names.append((field.xml, None))
    unknown = NAMES.flatmap(lambda name: elements(name, None, depth))
    if not names:
        return unknown
    known = st.sampled_from(names).flatmap(lambda name: elements(*name, depth))
    return known | known | unknown


def _quoted(value: str, quote: str) -> str:
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace("\t", "&#9;").replace("\r", "&#xD;")
    return quote + escaped.replace("\n", "&#10;").replace(quote, "&#39;" if quote == "'" else "&quot;") + quote


QUOTES = st.sampled_from(["'", '"'])
VALUE_TEXTS = st.sampled_from(VALUES) | st.text(CHARACTERS | st.sampled_from("\t\r\n&<>'\""), max_size=4)
PIECES = st.one_of(
    st.sampled_from(
        [" ", "\n", "\n  ", "\t", "word", "0x7", "yes", "&amp;", "&lt;", "&#13;", "&#x1F600;", "]]&gt;", "é"]
    ),
    COMMENTS.map(lambda text: f"<!--{text}-->"),
    st.just("<?target data?>"),
    st.sampled_from(["<![CDATA[<&]]>", "<![CDATA[]]>", "<![CDATA[ ]]>"]),
)
"""Pieces of content that are no elements."""
