"""What the fields of a class say of its element: the one description that both ways to read and to write go by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.fields import ATTRIBUTE, FLAG, TEXT, VALUE

from .names import namespace_of

if TYPE_CHECKING:
    from virtxml.element import Element
    from virtxml.fields import Field


class ChildRule(NamedTuple):
    """What a child of some name has to be, to be read into its field; else it is kept as unknown.

    Attributes:
        field: the field.
        name: the child's name.
        once: whether it may be there once only.
        bare: whether it may hold nothing but text. Once one of its name does not, all later ones are kept as unknown.
        empty: whether it may not even hold text.
    """

    field: Field
    name: str
    once: bool
    bare: bool
    empty: bool

    @property
    def target(self) -> Any:
        """The class or the union of an ELEMENT, which is loaded when a document has one; None for others."""
        return self.field.classes()[self.name]


class Shape:
    """The fields of a class by what they stand for.

    Attributes:
        attributes: the fields of attributes by name.
        text: the field of the element's own text, if it has one.
        children: what children have to be, by name.
        holders: the fields of children, in the order in which they are written.
        lists: the fields with lists.
        behind: the fields with lists of children that are written behind others.
        unset: what an object holds for each slot of a field of which nothing is there.
        prefixed: the fields of children in other namespaces than the element, by namespace.
    """

    __slots__ = ("attributes", "behind", "children", "holders", "lists", "prefixed", "text", "unset")

    def __init__(self, cls: type[Element]) -> None:
        self.attributes: dict[str, Field] = {}
        self.text: Field | None = None
        self.children: dict[str, ChildRule] = {}
        self.holders: list[Field] = []
        self.lists: list[Field] = []
        self.behind: list[Field] = []
        self.unset: dict[str, Any] = {}
        self.prefixed: dict[str, list[Field]] = {}
        own = namespace_of(cls.xml_name)
        # In one turn: a process that reads one document makes as many shapes as it reads elements.
        for field in cls.xml_fields.values():
            self.unset[field.slot] = False if field.role == FLAG else None
            if field.many:
                self.lists.append(field)
            if field.behind:
                self.behind.append(field)
            if field.role == ATTRIBUTE:
                self.attributes[field.xml] = field
            elif field.role == TEXT:
                self.text = field
            else:
                self._hold(field, own)

    def _hold(self, field: Field, own: str) -> None:
        """Take a field of children; ``own`` is the namespace of the element."""
        self.holders.append(field)
        bare = field.role in (VALUE, FLAG)
        for name in field.names():
            self.children[name] = ChildRule(field, name, not field.many, bare, field.role == FLAG)
        uri = namespace_of(field.xml)
        if uri and uri != own:
            self.prefixed.setdefault(uri, []).append(field)


_shapes: dict[type[Element], Shape] = {}


def shape_of(cls: type[Element]) -> Shape:
    """Return the shape of a class, which is made once."""
    found = _shapes.get(cls)
    if found is None:
        found = _shapes[cls] = Shape(cls)
    return found
