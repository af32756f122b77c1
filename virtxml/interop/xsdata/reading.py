"""From the events of xsdata's XML parser to our objects.

xsdata binds each element when it ends, children first. Which class an element is, and whether it fits its field, may
depend on what stands around it, so nothing is decided here: elements are kept as they are reported, and when the root
ends, the tree is built again and given to our own reader. That is why the two agree.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from lxml import etree
from xsdata.formats.converter import Converter, converter
from xsdata.formats.dataclass.models.elements import XmlType

from virtxml.catalogue import WILDCARDS
from virtxml.scalars import Memo
from virtxml.source.layout import is_layout

from .meta import Meta, variable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xsdata.formats.dataclass.models.elements import XmlVar

    from virtxml.node import Node

Scope: TypeAlias = "Mapping[str | None, str]"
"""Namespace URIs by the prefixes that are declared on an element and around it."""

TEXT = "#text"
CHILDREN = "#children"
"""Parameters under which xsdata hands over what it found in an element. An attribute's name is never one of these."""


class Text(NamedTuple):
    """A text or an attribute's value, every character, with the namespaces where it stands."""

    value: str
    scope: Scope


class _TextConverter(Converter):
    """The only place where xsdata tells of an element's namespaces is the conversion of a value."""

    def deserialize(self, value: Any, **kwargs: Any) -> Text:
        return Text(value, kwargs["ns_map"])

    def serialize(self, value: Any, **_kwargs: Any) -> str:
        return str(value.value)


converter.register_converter(Text, _TextConverter())


class Element(NamedTuple):
    """An element as xsdata reports it; ``scope`` is None if there was neither attribute nor text to ask about it."""

    tag: str
    attributes: dict[str, str]
    text: str | None
    children: list[Element | str]
    scope: Scope | None

    @classmethod
    def bound(cls, tag: str, found: dict[str, Any]) -> Element:
        """Make an element from the parameters that xsdata has bound."""
        children = found.pop(CHILDREN, [])
        texts: list[Text] = list(found.values())
        scope = texts[0].scope if texts else None
        text: Text | None = found.pop(TEXT, None)
        return cls(tag, {name: value.value for name, value in found.items()}, text and text.value, children, scope)

    def build(self) -> etree._Element:
        """Build the element, and all inside, with lxml. Raises ValueError for a name that XML does not allow."""
        laid_out = any(found.tag in WILDCARDS and found[1:4] != ({}, None, []) for found in self._walk())
        return self._build(None, {}, "" if laid_out else None)

    def _build(self, parent: etree._Element | None, outer: Scope, before: str | None) -> etree._Element:
        """Build the element in its parent, with the namespaces around it.

        xsdata drops white space behind elements. Where that is content, below `<metadata>`, it is put back as a regular
        layout has it: between children what is in front of the first, behind the last what is in front of the element
        itself, ``before``. That is None for a document without such content, from which our own parser drops all of it.
        """
        scope = self._scope(outer)
        declared: Any = {prefix: uri for prefix, uri in scope.items() if outer.get(prefix) != uri}
        if parent is None:
            element = etree.Element(self.tag, self.attributes, nsmap=declared)
        else:
            element = etree.SubElement(parent, self.tag, self.attributes, nsmap=declared)
        text = self.text or ""
        blank = bool(self.children) and is_layout(text)
        element.text = "" if blank and before is None else text
        between = text if blank and before is not None else None
        last = None
        for child, following in zip_longest(self.children, self.children[1:]):
            if isinstance(child, Element):
                last = child._build(element, scope, between)
                last.tail = before if following is None and between else between
            elif last is None:
                element.text = f"{text}{child}"
            else:
                last.tail = child
        return element

    def _scope(self, outer: Scope) -> Scope:
        """Return the namespaces in scope; without word of them, those around and, for its name, one from inside."""
        if self.scope is not None:
            return self.scope
        uri = self.tag[1:].rpartition("}")[0]
        if not uri or uri in outer.values():
            return outer
        inside = next((inner.scope for inner in self._walk() if inner.scope is not None), {})
        return {**outer, **{prefix: known for prefix, known in inside.items() if known == uri}}

    def _walk(self) -> Iterator[Element]:
        pending = [self]
        while pending:
            found = pending.pop()
            yield found
            pending += [child for child in reversed(found.children) if isinstance(child, Element)]


class ElementMeta(Meta):
    """What xsdata asks about an element of any name: everything may be in it.

    It takes the place of the class, too: xsdata calls it with what it found in the element.
    """

    __slots__ = ()

    def __init__(self, tag: str, nillable: bool = False) -> None:
        super().__init__(self, tag, text=_TEXT, nillable=nillable)
        # Before 26, xsdata reports text behind elements only here.
        self.mixed_content = True

    def __call__(self, /, **found: Any) -> Any:
        """Return what the element is bound to."""
        return Element.bound(self.qname, found)

    def find_attribute(self, qname: str) -> XmlVar:
        """Return the variable of an attribute of any name."""
        return _ATTRIBUTES[qname]  # type: ignore[no-any-return]

    def find_children(self, qname: str | None) -> Iterator[XmlVar]:
        """Iterate over the variables of a child of any name, or of text between children.

        xsdata takes the first for all but children with `xsi:nil='true'`.
        """
        yield _CHILDREN[qname]
        yield _NIL_CHILDREN[qname]


class DocumentMeta(ElementMeta):
    """What xsdata asks about the root, an element of one of our classes."""

    __slots__ = ("cls",)

    def __init__(self, cls: type[Node]) -> None:
        super().__init__(cls.xml_name, nillable=True)
        self.cls = cls

    def __call__(self, /, **found: Any) -> Node:
        """Return the object of our class."""
        node: Node = self.cls._read(super().__call__(**found).build())
        return node


def _attribute(name: str) -> XmlVar:
    return variable(name, XmlType.ATTRIBUTE, types=(Text,))


def _child(name: str, nillable: bool = False) -> XmlVar:
    meta = ElementMeta(name or CHILDREN, nillable)
    return variable(CHILDREN, XmlType.ELEMENT, clazz=meta, factory=list, nillable=nillable)


_TEXT = variable(TEXT, XmlType.TEXT, types=(Text,))
_ATTRIBUTES = Memo(_attribute)
_CHILDREN = Memo(_child)
_NIL_CHILDREN = Memo(lambda name: _child(name, nillable=True))
