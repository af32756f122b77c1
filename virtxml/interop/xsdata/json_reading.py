"""From JSON values to our objects.

xsdata's JSON parser looks up each key of a JSON object among the variables of a class, and calls the class with what it
has read. A `Shape` takes the place of a class where there is more to say: a member of a union, unknown content.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from xsdata.exceptions import ParserError
from xsdata.formats.converter import Converter, converter
from xsdata.formats.dataclass.models.elements import XmlType

from virtxml.content import AnyElement, Comment, Extra
from virtxml.fields import ANY, ELEMENT, FLAG, Field, Variants
from virtxml.scalars import INTEGER, STRING, from_text

from .meta import EXTRA, EXTRA_LISTS, EXTRA_TEXTS, Meta, variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from xsdata.formats.dataclass.models.elements import XmlVar

    from virtxml.node import Node


class Shape:
    """What xsdata may read a JSON object as, besides a class.

    Attributes:
        meta: the variables, one for each key.
    """

    __slots__ = ("__qualname__", "make", "meta")

    def __init__(self, name: str, variables: Iterable[XmlVar], make: Callable[..., Any]) -> None:
        self.__qualname__ = name
        self.make = make
        self.meta = JsonMeta(self, variables)

    def __call__(self, /, **found: Any) -> Any:
        """Return the object for what was found under the keys. Raises ParserError if it does not fit."""
        return self.make(**found)


class JsonMeta(Meta):
    """What xsdata's JSON parser asks about a class or shape."""

    __slots__ = ("_variables",)

    def __init__(self, owner: Any, variables: Iterable[XmlVar]) -> None:
        super().__init__(owner, owner.__qualname__)
        self._variables = list(variables)

    def get_all_vars(self) -> list[XmlVar]:
        """Return the variables that keys are looked up in."""
        return self._variables


@cache
def json_meta(cls: type[Node]) -> JsonMeta:
    """Return what xsdata's JSON parser has to know of one of our classes."""
    return JsonMeta(cls, class_variables(cls))


class Number:
    """The type of a value that is a number, or text that may be one in a form of its own."""


class Presence:
    """The type of a value that says whether an element is there."""


class Inner:
    """The type of a value that is an object, or a list of objects: no other is one."""


class _NumberConverter(Converter):
    def deserialize(self, value: Any, **_kwargs: Any) -> Any:
        return from_text(value, INTEGER)

    def serialize(self, value: Any, **_kwargs: Any) -> str:
        return str(value)


class _PresenceConverter(_NumberConverter):
    def deserialize(self, value: Any, **_kwargs: Any) -> bool:
        if value not in ("true", "false"):
            raise ParserError(f"{value!r} stands where true or false belongs")
        return bool(value == "true")


class _InnerConverter(_NumberConverter):
    def deserialize(self, value: Any, **_kwargs: Any) -> Any:
        raise ParserError(f"{value!r} stands where an object or a list belongs")


converter.register_converter(Number, _NumberConverter())
converter.register_converter(Presence, _PresenceConverter())
converter.register_converter(Inner, _InnerConverter())


def class_variables(cls: type[Node]) -> list[XmlVar]:
    """Return the variables of a class's fields and of its unknown content."""
    found = [made for field in cls.xml_fields.values() for made in _field(field)]
    return [*found, _object(EXTRA, EXTRA_SHAPE)]


def _field(field: Field) -> list[XmlVar]:
    if not field.many:
        return [_one(field)]
    # `null` stands for an empty list; anything else that is no list is refused.
    no_list = Shape(f"{field.owner.__name__}.{field.name}", (), _refuse)
    return [_one(field, factory=list), _object(field.name, no_list)]


def _one(field: Field, **details: Any) -> XmlVar:
    if field.role == ANY:
        return _object(field.name, ANY_SHAPE, **details)
    if field.role == ELEMENT:
        return _object(field.name, *_members(field), **details)
    if field.role == FLAG:
        return variable(field.name, XmlType.ELEMENT, types=(Presence,), default=False, **details)
    if field.kind in _TYPES:
        return variable(field.name, XmlType.ELEMENT, types=(_TYPES[field.kind],), **details)
    return _plain(field.name, **details)


_TYPES: dict[str, type] = {INTEGER: Number, STRING: str}


def _plain(name: str, **details: Any) -> XmlVar:
    """Return the variable of a JSON value that is taken as it is."""
    return variable(name, XmlType.ELEMENT, any_type=True, **details)


def _object(name: str, first: Any, *others: Any, **details: Any) -> XmlVar:
    """Return the variable of a JSON object that is one of some classes."""
    # With several types, xsdata tries all that it takes for classes.
    types = (Inner, first, *others) if others else (Inner,)
    return variable(name, XmlType.ELEMENT, types=types, clazz=first, **details)


def _members(field: Field) -> list[Any]:
    """Return the classes of a field; of several, as shapes that refuse what is another's."""
    classes = field.classes()
    found: list[Any] = []
    for name, target in classes.items():
        if isinstance(target, Variants):
            found += [_variant(cls, target.by, by) for by, cls in target.classes.items()]
            found.append(ANY_SHAPE)
        else:
            found.append(target if len(classes) == 1 else _named(target, name))
    return found


@cache
def _variant(cls: type[Node], by: str, value: str) -> Shape:
    """Return the shape of a member of a union, told by the value of an attribute."""
    name = next(field.name for field in cls.xml_fields.values() if field.xml == by)

    def make(**found: Any) -> Node:
        if found.get(name) != value:
            raise ParserError(f"{cls.__name__}.{name} is not {value!r}")
        return cls(**found)

    return Shape(cls.__qualname__, class_variables(cls), make)


@cache
def _named(cls: type[Node], name: str) -> Shape:
    """Return the shape of a class in a list of several names."""

    def make(element: str = name, **found: Any) -> Node:
        if element != name:
            raise ParserError(f"{cls.__name__} is not of the element {element!r}")
        return cls(**found)

    return Shape(cls.__qualname__, [*class_variables(cls), _plain("element")], make)


def _refuse(**_found: Any) -> Any:
    raise ParserError("an object stands where a list belongs")


def _any_element(**found: Any) -> AnyElement:
    unknown = found.keys() - {"element", "attributes", "namespaces", "content"}
    if unknown or not isinstance(found.get("element"), str):
        wrong = f"no {min(unknown)!r}" if unknown else "a name, as 'element'"
        raise ParserError(f"an element without a class has {wrong}")
    content = [_item(item) for item in found.get("content") or ()]
    return AnyElement(found["element"], _texts(found, "attributes"), content, _texts(found, "namespaces"))


def _texts(found: dict[str, Any], name: str) -> dict[str, str]:
    texts = found.get(name) or {}
    if not isinstance(texts, dict) or not all(isinstance(value, str) for value in texts.values()):
        raise ParserError(f"{name!r} holds texts by name")
    return texts


def _item(item: Any) -> AnyElement | str:
    if isinstance(item, str):
        return item
    if not isinstance(item, dict):
        raise ParserError("the content of an element is text, elements and comments")
    return Comment(item["comment"]) if item.keys() == {"comment"} else _any_element(**item)


def _extra(**found: Any) -> Extra:
    content = [_placed(item) for item in found.get("content") or ()]
    extra = Extra(_texts(found, "attributes"), content, _texts(found, "namespaces"))
    for name in EXTRA_LISTS:
        setattr(extra, name, found.get(name) or [])
    for name in EXTRA_TEXTS:
        text = found.get(name) or ""
        if not isinstance(text, str):
            raise ParserError(f"{name!r} of 'extra' is a text")
        setattr(extra, name, text)
    return extra


def _placed(item: Any) -> tuple[int, AnyElement | str]:
    if not isinstance(item, dict) or not isinstance(item.get("position"), int):
        raise ParserError("each element and text of 'extra' has its 'position'")
    inner = {name: value for name, value in item.items() if name != "position"}
    return item["position"], inner["text"] if inner.keys() == {"text"} else _any_element(**inner)


def _mapping(name: str) -> XmlVar:
    return variable(name, XmlType.ATTRIBUTES)


def _list(name: str) -> XmlVar:
    # As tokens, a list of anything is handed on as it is.
    return _plain(name, tokens_factory=list)


_KNOWN = [_mapping("attributes"), _mapping("namespaces"), _list("content")]
ANY_SHAPE = Shape("AnyElement", [_plain("element"), *_KNOWN], _any_element)
EXTRA_SHAPE = Shape("Extra", [*map(_list, EXTRA_LISTS), *map(_plain, EXTRA_TEXTS), *_KNOWN], _extra)
