"""From our objects to what xsdata's serializers ask for.

A serializer gets everything from an object by `getattr`, under a name that is the same for all objects of a class. What
it may ask for here is a `View`: attributes, content and JSON, with the rules that a value alone does not tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree
from xsdata.formats.converter import Converter, converter
from xsdata.formats.dataclass.models.elements import XmlType
from xsdata.formats.dataclass.models.generics import AnyElement as GenericElement

from virtxml.catalogue import WILDCARDS
from virtxml.codec.reading.document import parse_text
from virtxml.node import Node
from virtxml.source.layout import is_layout

from .json_writing import extra_value, field_value
from .meta import EXTRA, Meta, variable

if TYPE_CHECKING:
    from collections.abc import ItemsView, Iterator

    from xsdata.formats.dataclass.models.elements import XmlVar

    from virtxml.fields import Field

VIEW = "_xsdata"


class View:
    """An object as xsdata's serializers see it."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    def items(self) -> ItemsView[str, str]:
        """Return attributes, each with its `{uri}name` and text."""
        return _generic(_tree(self.node)).attributes.items()

    def __iter__(self) -> Iterator[object]:
        """Iterate over texts and elements inside."""
        found = _generic(_tree(self.node))
        if found.text:
            yield found.text
        yield from found.children

    def json(self, field: Field | None) -> Any:
        """Return the JSON value of a field, or of unknown content; None if it is not set."""
        return extra_value(self.node) if field is None else field_value(self.node, field)


# This is how xsdata finds the view of an object.
setattr(Node, VIEW, property(View))


class _ViewConverter(Converter):
    """Gives the JSON serializer a field's value, as it converts what it knows no other way to encode."""

    def deserialize(self, value: Any, **_kwargs: Any) -> Any:
        return value

    def serialize(self, value: Any, **kwargs: Any) -> Any:
        return value.json(kwargs["format"])


converter.register_converter(View, _ViewConverter())

_ATTRIBUTES = variable(VIEW, XmlType.ATTRIBUTES)
_CONTENT = variable(VIEW, XmlType.WILDCARD, mixed=True)


class WritingMeta(Meta):
    """What xsdata's serializers ask about one of our classes."""

    __slots__ = ("_json",)

    def __init__(self, cls: type[Node]) -> None:
        super().__init__(cls, cls.xml_name, wildcards=(_CONTENT,), any_attributes=(_ATTRIBUTES,))
        fields = {**cls.xml_fields, EXTRA: None}
        # xsdata passes `format` on to the converter.
        self._json = [variable(VIEW, XmlType.ELEMENT, local_name=name, format=field) for name, field in fields.items()]

    def get_all_vars(self) -> list[XmlVar]:
        """Return the variables that the JSON serializer goes through, the fields; for XML there are others."""
        return self._json


def namespaces(node: Node) -> dict[str | None, str]:
    """Return the namespace URIs of an object by prefix, for the ``ns_map`` of `XmlSerializer.render`.

    Raises ValueError and TypeError as `to_xml` does.
    """
    found: dict[str | None, str] = {}
    for _event, (prefix, uri) in etree.iterwalk(_tree(node), events=("start-ns",)):
        if prefix and uri:
            found.setdefault(prefix, uri)
    return found


def _tree(node: Node) -> Any:
    # What our own writer makes of it is right, wherever unknown content has to stand.
    return parse_text(node.to_xml(), comments=False)


def _generic(element: Any, keep: bool = False) -> GenericElement:
    """Return an element as xsdata has it, without white space that lays elements out: xsdata is asked for its own."""
    keep = keep or element.tag in WILDCARDS
    laid_out = len(element) > 0 and not keep
    found = GenericElement(qname=element.tag, text=_text(element.text, laid_out), attributes=dict(element.attrib))
    for child in element:
        if isinstance(child.tag, str):
            inner = _generic(child, keep)
            inner.tail = _text(child.tail, laid_out)
            found.children.append(inner)
    return found


def _text(text: str | None, laid_out: bool) -> str | None:
    return None if laid_out and text and is_layout(text) else text
