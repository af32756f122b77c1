"""The words in which generated classes say what their fields stand for.

For example: `name: str | None = attribute("name")` is an attribute, `metadata_cache: MetadataCache | None =
element("metadata_cache", MetadataCache)` a child element with a class of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .element import ANY, ATTRIBUTE, DUMPED, ELEMENT, FLAG, SITE, TEXT, VALUE, Field, Variants
from .scalars import STRING

if TYPE_CHECKING:
    from .element import Behind

__all__ = [
    "ANY",
    "ATTRIBUTE",
    "DUMPED",
    "ELEMENT",
    "FLAG",
    "SITE",
    "TEXT",
    "VALUE",
    "Field",
    "Variants",
    "anything",
    "attribute",
    "element",
    "elements",
    "flag",
    "leaf",
    "leaves",
    "text",
]


# They hand on by position what they are given by name, which takes half as long: a process makes a thousand fields.
def attribute(
    xml: str,
    kind: str = STRING,
    *,
    since: str | None = None,
    secret: bool = False,
    default: str | None = None,
    values: tuple[str, ...] = (),
    free: bool = False,
) -> Any:
    """Declare an attribute; ``values`` are the words that it chooses among, ``free`` numbers are other text too."""
    return Field(ATTRIBUTE, xml, kind, False, since, secret, default, None, values, free)


def text(
    kind: str = STRING,
    *,
    since: str | None = None,
    secret: bool = False,
    values: tuple[str, ...] = (),
    free: bool = False,
) -> Any:
    """Declare the text of the element itself."""
    return Field(TEXT, "", kind, False, since, secret, None, None, values, free)


def leaf(
    xml: str,
    kind: str = STRING,
    *,
    since: str | None = None,
    secret: bool = False,
    values: tuple[str, ...] = (),
    free: bool = False,
) -> Any:
    """Declare a child with nothing but text."""
    return Field(VALUE, xml, kind, False, since, secret, None, None, values, free)


def leaves(
    xml: str,
    kind: str = STRING,
    *,
    since: str | None = None,
    secret: bool = False,
    values: tuple[str, ...] = (),
    free: bool = False,
) -> Any:
    """Declare any number of children with nothing but text."""
    return Field(VALUE, xml, kind, many=True, since=since, secret=secret, values=values, free=free)


def flag(xml: str, *, since: str | None = None) -> Any:
    """Declare an empty child that says something by being there."""
    return Field(FLAG, xml, since=since)


def anything(xml: str, kind: str = STRING, *, since: str | None = None) -> Any:
    """Declare a child that may hold anything; ``kind`` may be DUMPED."""
    return Field(ANY, xml, kind, since=since)


def element(xml: str, target: Any, *, since: str | None = None) -> Any:
    """Declare a child with a class of its own, or a union of classes."""
    return Field(ELEMENT, xml, STRING, False, since, False, None, target)


def elements(xml: str, target: Any, *, since: str | None = None, behind: Behind = ()) -> Any:
    """Declare any number of children with a class of their own.

    A dictionary of classes by name makes one list of children of several names. ``behind`` is as in `Field`.
    """
    field = Field(ELEMENT, xml, many=True, since=since, target=target)
    field.behind = behind
    return field
