"""Random small schemas, and documents that use their names."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from lxml import etree

from tests.relaxng.schemas import element, schema

NAMES = "abc"
VALUES = ("x", "y", "1", " 1 ", "", " ")
LEAVES = [
    "<empty/>",
    "<text/>",
    "<notAllowed/>",
    "<value>x</value>",
    "<data type='int'/>",
    "<data type='string'><except><value type='string'>y</value></except></data>",
    "<list><oneOrMore><data type='int'/></oneOrMore></list>",
    *[f"<ref name='{name}'/>" for name in NAMES],
    *[
        f"<attribute name='{name}'>{content}</attribute>"
        for name in NAMES
        for content in ("", "<value>x</value>", "<data type='int'/>")
    ],
]


def _composites(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def wrapped(tags: tuple[str, ...], least: int, most: int) -> st.SearchStrategy[str]:
        items = st.lists(children, min_size=least, max_size=most).map("".join)
        return st.builds(lambda tag, content: f"<{tag}>{content}</{tag}>", st.sampled_from(tags), items)

    return wrapped(("optional", "zeroOrMore", "oneOrMore", "mixed"), 1, 2) | wrapped(
        ("choice", "group", "interleave"), 1, 3
    )


CONTENTS = st.recursive(st.sampled_from(LEAVES), _composites, max_leaves=8)
DOCUMENTS: st.SearchStrategy[Any] = st.recursive(
    st.builds(lambda name, text: (name, {}, text, []), st.sampled_from(NAMES), st.sampled_from(VALUES)),
    lambda inner: st.tuples(
        st.sampled_from(NAMES),
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=2),
        st.sampled_from(("", " ", "x")),
        st.lists(inner, max_size=4),
    ),
    max_leaves=6,
)


def tree_of(document: Any) -> etree._Element:
    """Return the tree of a document of `DOCUMENTS`."""
    name, attributes, text, children = document
    found = etree.Element(name, attributes)
    found.text = text
    for child in children:
        found.append(tree_of(child))
    return found


def schema_of(contents: list[str]) -> str:
    """Return a schema with an element per name; a name may also stand for an element with another content."""
    *contents, other = contents
    named = zip(NAMES, contents, strict=True)
    defines = [f"<define name='{name}'>{element(name, content)}</define>" for name, content in named]
    return schema(f"<choice><ref name='a'/><ref name='b'/>{element('a', other)}</choice>", "".join(defines))
