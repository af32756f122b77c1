"""The words in which generated classes say what their fields stand for.

For example: `name: str | None = attribute("name")` is an attribute, `metadata_cache: MetadataCache | None =
element("metadata_cache", MetadataCache)` a child element with a class of its own.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from .scalars import STRING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from .node import Node

    Behind: TypeAlias = tuple[str, str, str] | tuple[()]

ATTRIBUTE = "attribute"
TEXT = "text"
VALUE = "value"
FLAG = "flag"
ANY = "any"
ELEMENT = "element"

SITE = "https://libvirt.org/"
"""Where the pages are that classes name; one of another site is named in full."""

DUMPED = "dumped"
"""The kind of an ANY field that libvirt leaves to libxml2 to write, with double quotes."""


class Variants:
    """A union of classes for one element's name, told apart by the value of an attribute."""

    __slots__ = ("by", "classes")

    def __init__(self, by: str, classes: dict[str, type[Node]]) -> None:
        self.by = by
        self.classes = classes


class Field:
    """One field: where it stands in XML, and what its values are.

    Attributes:
        name: the name in the class.
        role: one of ATTRIBUTE, TEXT (the element's own text), VALUE (a child with nothing but text), FLAG (a child
            that is there or not), ANY (a child with anything in it), ELEMENT (a child with a class of its own).
        xml: the attribute's or child's name, with its namespace as `{uri}name`.
        kind: the kind of text (`virtxml.scalars`) of an attribute, a text or a VALUE; of an ANY,
            DUMPED or not.
        many: whether the value is a list.
        since: the first schema release that knows the field; None for the oldest one.
        secret: whether the value may not be shown.
        default: the value that a new object starts with.
        behind: for a list whose items are written right behind those of another one that they name: that list, which
            is declared before it, the field there with the name, and their own; empty for others.
        target: the class of an ELEMENT, a union (`Variants`), a dictionary of classes by the child's name, or a
            class's name where the class holds itself.
        owner: the class.
    """

    __slots__ = ("behind", "default", "kind", "many", "name", "owner", "role", "secret", "since", "target", "xml")
    name: str
    owner: type[Node]

    def __init__(
        self,
        role: str,
        xml: str,
        kind: str = STRING,
        many: bool = False,
        since: str | None = None,
        secret: bool = False,
        default: str | None = None,
        target: Any = None,
    ) -> None:
        self.role = role
        self.xml = xml
        self.kind = kind
        self.many = many
        self.since = since
        self.secret = secret
        self.default: Any = False if role == FLAG and not many else default
        self.target = target
        self.behind: Behind = ()

    def classes(self) -> dict[str, type[Node] | Variants]:
        """Return the class or union for each child's name that belongs to the field."""
        target = self.target
        if isinstance(target, str):
            target = getattr(sys.modules[self.owner.__module__], target)
        return target if isinstance(target, dict) else {self.xml: target}

    def targets(self) -> Iterator[type[Node]]:
        """Iterate over the classes of the objects that an ELEMENT may hold, those of a union too."""
        for target in self.classes().values():
            yield from target.classes.values() if isinstance(target, Variants) else [target]


def attribute(
    xml: str, kind: str = STRING, *, since: str | None = None, secret: bool = False, default: str | None = None
) -> Any:
    """Declare an attribute."""
    return Field(ATTRIBUTE, xml, kind, since=since, secret=secret, default=default)


def text(kind: str = STRING, *, since: str | None = None, secret: bool = False) -> Any:
    """Declare the text of the element itself."""
    return Field(TEXT, "", kind, since=since, secret=secret)


def leaf(xml: str, kind: str = STRING, *, since: str | None = None, secret: bool = False) -> Any:
    """Declare a child with nothing but text."""
    return Field(VALUE, xml, kind, since=since, secret=secret)


def leaves(xml: str, kind: str = STRING, *, since: str | None = None, secret: bool = False) -> Any:
    """Declare any number of children with nothing but text."""
    return Field(VALUE, xml, kind, many=True, since=since, secret=secret)


def flag(xml: str, *, since: str | None = None) -> Any:
    """Declare an empty child that says something by being there."""
    return Field(FLAG, xml, since=since)


def anything(xml: str, kind: str = STRING, *, since: str | None = None) -> Any:
    """Declare a child that may hold anything; ``kind`` may be DUMPED."""
    return Field(ANY, xml, kind, since=since)


def element(xml: str, target: Any, *, since: str | None = None) -> Any:
    """Declare a child with a class of its own, or a union of classes."""
    return Field(ELEMENT, xml, since=since, target=target)


def elements(xml: str, target: Any, *, since: str | None = None, behind: Behind = ()) -> Any:
    """Declare any number of children with a class of their own.

    A dictionary of classes by name makes one list of children of several names. ``behind`` is as in `Field`.
    """
    field = Field(ELEMENT, xml, many=True, since=since, target=target)
    field.behind = behind
    return field
