"""Random documents: objects built from the classes' own fields, and XML text that may hold anything."""

from __future__ import annotations

import typing
from functools import cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.corpus import root_classes
from virtxml import AnyElement, Node
from virtxml.content import Comment
from virtxml.fields import ANY, ELEMENT, FLAG, TEXT, Field, Variants
from virtxml.scalars import Int, read_integer

RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For machines that are busy: neither an example nor making one has a time limit."""

TRICKY = [
    "&",
    "<",
    ">",
    "'",
    '"',
    "]]>",
    "&amp;",
    "&#10;",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\x85",
    "\u2028",
    "\U0001f600",
    "é",
]
CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXT_VALUES = st.lists(CHARACTERS | st.sampled_from(TRICKY), max_size=6).map("".join)
"""Any text that XML can hold."""
NAMES = st.from_regex(r"[a-zA-Z_é][a-zA-Z0-9._-]{0,3}", fullmatch=True)
COMMENTS = st.text("ab -\n", max_size=5).map(lambda text: f" {text.replace('--', '- ')} ")


def all_classes() -> list[type[Node]]:
    """Return every element class that a document of any kind can hold."""
    pending = list(root_classes().values())
    found: dict[type[Node], None] = {}
    while pending:
        cls = pending.pop()
        if cls not in found:
            found[cls] = None
            for field in cls.xml_fields.values():
                for target in field.classes().values() if field.role == ELEMENT else ():
                    pending += target.classes.values() if isinstance(target, Variants) else [target]
    return list(found)


@st.composite
def any_elements(draw: st.DrawFn, name: str = "", depth: int = 2, comments: bool = False) -> AnyElement:
    """Build an element that no class knows. Elements in it have text beside them, so that they are not laid out."""
    names = NAMES.filter(lambda name: not name.lower().startswith("xml"))
    attributes = draw(st.dictionaries(names, TEXT_VALUES, max_size=2))
    namespaces: dict[str, str] = {}
    own = name or draw(names)
    if draw(st.booleans()) and not name:
        # Another prefix at each depth: what is declared around an element is not declared on it again.
        own = f"p{depth}:{own}"
        namespaces[f"p{depth}"] = "http://example.org/p"
    content: list[AnyElement | str] = []
    if depth and draw(st.booleans()):
        content = ["x"]
        inner = any_elements("", depth - 1, comments)
        for item in draw(st.lists(inner | COMMENTS.map(Comment) if comments else inner, max_size=2)):
            content += [item, draw(TEXT_VALUES.filter(bool))]
    elif text := draw(TEXT_VALUES):
        content = [text]
    return AnyElement(own, attributes, content, namespaces)


_hints = cache(typing.get_type_hints)


@st.composite
def objects(draw: st.DrawFn, cls: type[Node], depth: int = 3) -> Node:
    """Build an object of a class with some of its fields set, and objects inside, ``depth`` deep."""
    hints = _hints(cls)
    fields = [field for field in cls.xml_fields.values() if depth or field.role != ELEMENT]
    chosen = draw(st.lists(st.sampled_from(fields), max_size=6, unique_by=id)) if fields else []
    values = {}
    for field in chosen:
        one = _value(field, hints[field.name], depth)
        values[field.name] = draw(st.lists(one, min_size=1, max_size=3) if field.many else one)
    return cls(**values)


def _value(field: Field, hint: Any, depth: int) -> st.SearchStrategy[Any]:
    """Return a strategy for one value of a field."""
    if field.role == ELEMENT:
        return st.one_of([_element(field, xml, target, depth) for xml, target in field.classes().items()])
    if field.role == ANY:
        return any_elements(field.xml, depth, comments=True)
    if field.role == FLAG:
        return st.just(True)
    if field.default is not None:
        return st.just(field.default)
    options = [option for option in _options(hint) if option is not type(None)]
    found: st.SearchStrategy[Any] = st.one_of([_scalar(option, options) for option in options])
    # An empty text is none, and white space beside children lays them out.
    return found.filter(lambda value: value != "") if field.role == TEXT else found


def _element(field: Field, xml: str, target: Any, depth: int) -> st.SearchStrategy[Any]:
    if not isinstance(target, Variants):
        return objects(target, depth - 1)
    unknown = any_elements(xml, depth - 1).filter(lambda found: found.attributes.get(target.by) not in target.classes)
    return st.sampled_from(list(target.classes.values())).flatmap(lambda cls: objects(cls, depth - 1)) | unknown


def _options(hint: Any) -> list[Any]:
    """Return the alternatives of a type: those of a union, of a list's items, of a `Literal`."""
    arguments = typing.get_args(hint)
    return [option for argument in arguments for option in _options(argument)] if arguments else [hint]


def _scalar(option: Any, options: list[Any]) -> st.SearchStrategy[Any]:
    if isinstance(option, str):
        return st.just(option)
    if option is bool:
        return st.booleans()
    if option is int:
        written = st.from_regex(r"[+-]?(0[xX][0-9a-fA-F]{1,8}|0?[0-9]{1,20})", fullmatch=True)
        return st.integers(-(10**38), 10**38) | written.map(Int)
    assert option is str
    # Where a number may stand, text that looks like one reads as one.
    return TEXT_VALUES.filter(lambda text: isinstance(read_integer(text), str)) if int in options else TEXT_VALUES
