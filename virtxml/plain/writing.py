"""From objects to plain data: what `Node.to_dict` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.codec.writing.values import check_flag, check_object, listed
from virtxml.content.depth import MAX_DEPTH, too_deep
from virtxml.element import Element
from virtxml.fields import ANY, DUMPED, ELEMENT, FLAG, Field
from virtxml.scalars import STRING, Int, from_text, to_text

from .documents import KIND, kind_of
from .unions import told_by, union_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .unknown.writing import Data

EXTRA = "extra"
"""The key of what belongs to no field. No field has that name."""
LARGEST = 2**53 - 1
"""The largest number that every reader of JSON takes exactly (RFC 7493); those beyond are texts."""


def to_data(root: Element) -> Data:
    """Return the plain data of an object; that of a document says its kind.

    Raises ValueError and TypeError, which name the place, for what `to_xml` could not write.
    """
    kind = kind_of(type(root))
    data: Data = {} if kind is None else {KIND: kind}
    # Objects may be nested 256 deep: nothing here calls itself.
    pending: list[tuple[Element, Data, int]] = [(root, data, 1)]
    while pending:
        node, into, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise too_deep()
        for field in node.xml_fields.values():
            if getattr(node, field.slot) is not None:
                _add(node, field, into, depth, pending)
        if node.extra is not None:
            _add_extra(node, into)
    return data


def _add_extra(node: Element, into: Data) -> None:
    """Add what belongs to no field of an object to its data."""
    from .unknown.writing import extra_to_data  # most objects have nothing unknown in them

    try:
        extra = extra_to_data(node)
    except (TypeError, ValueError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise kind(f"{type(node).__name__}.{EXTRA}: {error}") from None
    if extra:
        into[EXTRA] = extra


def _add(node: Element, field: Field, into: Data, depth: int, pending: list[tuple[Element, Data, int]]) -> None:
    """Add the value of a field to the data of an object; objects in it are left to ``pending``."""
    try:
        values = [_value(field, value, depth, pending) for value in _values(node, field)]
    except (TypeError, ValueError) as error:
        from virtxml.codec.writing.misfits import check_field

        check_field(node, field)  # which tells the place
        raise ValueError(f"{type(node).__name__}.{field.name}: {error}") from None
    if values:
        into[field.name] = values if field.many else values[0]


def _values(node: Element, field: Field) -> Sequence[Any]:
    value = getattr(node, field.slot)
    if field.many:
        return listed(value)
    return () if field.role == FLAG and value is False else (value,)


def _value(field: Field, value: Any, depth: int, pending: list[tuple[Element, Data, int]]) -> Any:
    """Return the plain data of one value of a field."""
    if field.role == FLAG:
        check_flag(value)
        return True
    if field.role not in (ELEMENT, ANY):
        return scalar(value, field.kind)
    check_object(value, field)
    if not isinstance(value, Element):
        from .unknown.writing import any_to_data

        dumped_at = depth if field.kind == DUMPED else None
        return any_to_data(value, named="" if field.role == ELEMENT else field.xml, dumped_at=dumped_at)
    union = union_of(field)
    if union is not None:
        told_by(union, value)
    data: Data = {}
    pending.append((value, data, depth + 1))
    return {value.xml_name: data} if len(field.names()) > 1 else data


def scalar(value: object, kind: str) -> str | int | bool:
    """Return a value of a field as plain data has it: what would be read of it in XML, a number in its only form.

    A decimal number in its usual form is a number, any other the text that it is written as. Raises as
    `virtxml.scalars.to_text` does.
    """
    if type(value) is str and kind == STRING:
        return value
    found = from_text(to_text(value, kind), kind)
    if type(found) is Int:
        return found.text
    if type(found) is int and not -LARGEST <= found <= LARGEST:
        return str(found)
    return found
