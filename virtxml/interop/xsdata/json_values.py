"""From JSON values to our objects: what stands in which place, and what is refused there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xsdata.exceptions import ParserError

from virtxml.codec.kept.outside import checked_outside
from virtxml.codec.names import written
from virtxml.codec.writing.misfits import taken
from virtxml.content import AnyElement, Comment, Extra
from virtxml.content.elements import write_any
from virtxml.content.wellformed import UndeclaredPrefixError, checked_name, checked_namespace, comment
from virtxml.fields import ANY, ELEMENT, FLAG, Field, Variants
from virtxml.scalars import INTEGER, STRING, attribute_text, from_text

from .meta import EXTRA, EXTRA_LISTS, EXTRA_TEXTS

if TYPE_CHECKING:
    from virtxml.element import Element

ELEMENT_KEYS = ("element", "attributes", "namespaces", "content")
"""What the JSON object of an element without a class has."""


class ShapeError(ParserError):
    """A JSON value that does not fit where it stands.

    Attributes:
        place: where, such as `Domain.devices.disks[1].readonly`.
    """

    def __init__(self, place: str, reason: object) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place


def read_field(field: Field, value: Any, place: str) -> Any:
    """Return the value of a field. Raises ShapeError for what it does not take."""
    if not field.many:
        return _read_one(field, value, place)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _misfit(field, value, place, None)
    return [_read_one(field, item, f"{place}[{index}]", index) for index, item in enumerate(value)]


def _read_one(field: Field, value: Any, place: str, index: int | None = None) -> Any:
    if value is None and index is None:
        return False if field.role == FLAG else None
    if field.role in (ANY, ELEMENT):
        if not isinstance(value, dict):
            raise _misfit(field, value, place, index)
        return _read_any(value, place, field.xml) if field.role == ANY else _read_object(field, value, place)
    if not _fits(field, value):
        raise _misfit(field, value, place, index)
    if field.role == FLAG:
        return value
    try:
        attribute_text(value, field.kind)
    except ValueError as error:
        raise ShapeError(place, error) from None
    if field.kind == INTEGER:
        return from_text(value, INTEGER) if isinstance(value, str) else value
    return str(value) if field.kind == STRING else value


def _fits(field: Field, value: object) -> bool:
    """Tell whether a JSON value may stand for a plain one. Numbers and switches may have a form of their own."""
    if field.role == FLAG:
        return isinstance(value, bool)
    if field.kind in (STRING, INTEGER):
        return isinstance(value, str | int) and not isinstance(value, bool)
    return isinstance(value, str | bool)


def _misfit(field: Field, value: object, place: str, index: int | None) -> ShapeError:
    return ShapeError(place, f"it {taken(field, value, index)}")


def _read_object(field: Field, value: dict[str, Any], place: str) -> Any:
    """Read the object of a class: the only one that there is, or the one that its element or an attribute tells."""
    classes = field.classes()
    if len(classes) > 1:
        return _read_named(classes, value, place)
    ((name, target),) = classes.items()
    if not isinstance(target, Variants):
        return read_node(target, value, place)
    for by, cls in target.classes.items():
        teller = next(inner.name for inner in cls.xml_fields.values() if inner.xml == target.by)
        if value.get(teller) == by:
            return read_node(cls, value, place)
    if "element" in value:
        return _read_any(value, place, name)
    known = ", ".join(map(repr, target.classes))
    raise ShapeError(place, f"Failed to bind object: its {target.by} is none of {known}")


def _read_named(classes: dict[str, Any], value: dict[str, Any], place: str) -> Element:
    """Read an object in a list of several names: `element` says which; without it, the first that has all the keys."""
    inner = {name: found for name, found in value.items() if name != "element"}
    names = [name for name, cls in classes.items() if inner.keys() <= {*cls.xml_fields, EXTRA}]
    name = value.get("element", names[0] if names else "")
    if name not in names:
        raise ShapeError(place, f"Failed to bind object: it is none of {', '.join(map(written, classes))}")
    return read_node(classes[name], inner, place)


def read_node(cls: type[Element], found: dict[str, Any], place: str) -> Element:
    """Read an object of a class. Raises ShapeError for keys that it does not have, and for values that do not fit."""
    values: dict[str, Any] = {}
    for name, value in found.items():
        if name == EXTRA:
            values[name] = read_extra(value, f"{place}.{name}")
        elif name in cls.xml_fields:
            values[name] = read_field(cls.xml_fields[name], value, f"{place}.{name}")
        else:
            raise ShapeError(place, f"Unknown property {cls.__qualname__}.{name}")
    return cls(**values)


def _read_any(value: dict[str, Any], place: str, name: str = "") -> AnyElement:
    """Read an element without a class; ``name`` is the one that it has to have, as `{uri}name`."""
    element = _any_element(value, place)
    try:
        write_any(element, [], "", written(name))
    except UndeclaredPrefixError:
        # It may be declared further out.
        pass
    except ValueError as error:
        raise ShapeError(place, error) from None
    return element


def _any_element(value: Any, place: str) -> AnyElement:
    if not isinstance(value, dict) or not isinstance(value.get("element"), str):
        raise ShapeError(place, "an element without a class has a name, as 'element'")
    unknown = value.keys() - set(ELEMENT_KEYS)
    if unknown:
        raise ShapeError(place, f"an element without a class has no {min(unknown)!r}")
    attributes, namespaces = (_texts(value, name, place) for name in ("attributes", "namespaces"))
    content = [_item(item, f"{place}.content[{index}]") for index, item in enumerate(_list(value, "content", place))]
    return AnyElement(value["element"], attributes, content, namespaces)


def _item(item: Any, place: str) -> AnyElement | str:
    if isinstance(item, str):
        return item
    if isinstance(item, dict) and item.keys() == {"comment"} and isinstance(item["comment"], str):
        return Comment(item["comment"])
    return _any_element(item, place)


def _texts(found: dict[str, Any], name: str, place: str) -> dict[str, str]:
    texts = {} if found.get(name) is None else found[name]
    if not isinstance(texts, dict) or not all(isinstance(value, str) for value in texts.values()):
        raise ShapeError(f"{place}.{name}", "it takes texts by name")
    return texts


def _list(found: dict[str, Any], name: str, place: str) -> list[Any]:
    values = [] if found.get(name) is None else found[name]
    if not isinstance(values, list):
        raise ShapeError(f"{place}.{name}", "it takes a list")
    return values


def read_extra(found: Any, place: str) -> Extra | None:
    """Read unknown content. Raises ShapeError for what is none."""
    if found is None:
        return None
    known = {"attributes", "namespaces", "content", *EXTRA_LISTS, *EXTRA_TEXTS}
    if not isinstance(found, dict) or found.keys() - known:
        raise ShapeError(place, f"it takes an object with {', '.join(sorted(known))}")
    attributes, namespaces = (_texts(found, name, place) for name in ("attributes", "namespaces"))
    items = enumerate(_list(found, "content", place))
    content = [_placed(item, f"{place}.content[{index}]") for index, item in items]
    details: dict[str, Any] = {name: _list(found, name, place) for name in EXTRA_LISTS}
    for name, names in details.items():
        if not all(isinstance(one, str) for one in names):
            raise ShapeError(f"{place}.{name}", "it takes a list of names")
    for name in EXTRA_TEXTS:
        text = details[name] = "" if found.get(name) is None else found[name]
        if not isinstance(text, str):
            raise ShapeError(f"{place}.{name}", "it takes text")
    extra = Extra(attributes, content, namespaces, **details)
    _check_extra(extra, place)
    return extra


def _check_extra(extra: Extra, place: str) -> None:
    """Raise ShapeError for what XML could not hold."""
    try:
        for name, value in extra.attributes.items():
            checked_name(name)
            attribute_text(value, STRING)
        for prefix, uri in extra.namespaces.items():
            checked_namespace(prefix, uri)
        for _, item in extra.content:
            if isinstance(item, Comment):
                comment(item)
            elif isinstance(item, str):
                attribute_text(item, STRING)
        for name in EXTRA_TEXTS:
            checked_outside(getattr(extra, name))
    except ValueError as error:
        raise ShapeError(place, error) from None


def _placed(item: Any, place: str) -> tuple[int, AnyElement | str]:
    position = item.get("position") if isinstance(item, dict) else None
    if not isinstance(position, int) or isinstance(position, bool):
        raise ShapeError(place, "each element and text of 'extra' has its 'position'")
    inner = {name: value for name, value in item.items() if name != "position"}
    for name, kind in (("text", str), ("comment", Comment)):
        if inner.keys() == {name} and isinstance(inner[name], str):
            return position, kind(inner[name])
    return position, _read_any(inner, place)
