"""How xsdata's JSON parser is led through a JSON document, so that `json_values` can read it.

xsdata looks up each key of a JSON object among the variables of a class, and calls the class with what it has found
there. For the outermost object, that is our class: its variables read their values. Below it, a `Shape` takes the place
of each class, and hands on what it was called with as it is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from xsdata.formats.converter import Converter, converter
from xsdata.formats.dataclass.models.elements import XmlType, XmlVar

from virtxml.fields import ANY, ELEMENT, FLAG, Field, Variants
from virtxml.scalars import INTEGER, STRING, from_text

from .json_values import ELEMENT_KEYS, read_extra, read_field
from .meta import DETAILS, EXTRA, EXTRA_LISTS, EXTRA_TEXTS, Meta, variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from virtxml.element import Element


class Shape:
    """What xsdata may read a JSON object as, besides a class.

    Attributes:
        meta: the variables, for each key.
    """

    __slots__ = ("__qualname__", "make", "meta")

    def __init__(
        self, name: str, variables: Callable[[], list[XmlVar]], make: Callable[[dict[str, Any]], Any] = dict
    ) -> None:
        self.__qualname__ = name
        self.make = make
        self.meta = JsonMeta(self, variables)

    def __call__(self, /, **found: Any) -> Any:
        """Return what is made of the values that were found under the keys: by default, they are handed on."""
        return self.make(found)


class JsonMeta(Meta):
    """What xsdata's JSON parser asks about a class or shape."""

    __slots__ = ("_variables",)

    def __init__(self, owner: Any, variables: Callable[[], list[XmlVar]]) -> None:
        super().__init__(owner, owner.__qualname__)
        self._variables = variables

    def get_all_vars(self) -> list[XmlVar]:
        """Return the variables that keys are looked up in."""
        return self._variables()


@cache
def json_meta(cls: type[Element]) -> JsonMeta:
    """Return what xsdata's JSON parser has to know of one of our classes, for outermost objects."""
    return JsonMeta(cls, cache(lambda: [*_outermost(cls)]))


class Number:
    """The type of a value that is a number, or text that may be one in a form of its own."""


class Presence:
    """The type of a value that says whether an element is there."""


class _NumberConverter(Converter):
    def deserialize(self, value: Any, **_kwargs: Any) -> Any:
        return from_text(value, INTEGER)

    def serialize(self, value: Any, **_kwargs: Any) -> str:
        return str(value)


class _PresenceConverter(_NumberConverter):
    def deserialize(self, value: Any, **_kwargs: Any) -> bool:
        return bool(value == "true")


converter.register_converter(Number, _NumberConverter())
converter.register_converter(Presence, _PresenceConverter())

_AS_IT_IS = variable("any", XmlType.ELEMENT, any_type=True)
_TYPES: dict[str, type] = {INTEGER: Number, STRING: str}


class _Variable(XmlVar):
    """The variable of a JSON value, which looks at it as it is.

    xsdata hands values that are no objects to variables with a choice, to choose how to go on with them.
    """

    __slots__ = ("_check", "_then")

    def __init__(
        self,
        name: str,
        shape: Any = None,
        check: Callable[[Any], object] | None = None,
        then: XmlVar = _AS_IT_IS,
        factory: Callable[[Iterable[Any]], Any] | None = None,
    ) -> None:
        details: dict[str, Any] = DETAILS | {"local_name": name}
        super().__init__(name=name, xml_type=XmlType.ELEMENTS, **details)
        self.clazz, self.factory, self.list_element = shape, factory, factory is not None
        self._check = check
        self._then = then

    def find_value_choice(self, value: Any, is_class: bool) -> XmlVar | None:
        """Return the variable that converts a value. Raises ShapeError if the field does not take it."""
        if self._check is not None:
            self._check(value)
        return self._then


def _outermost(cls: type[Element]) -> Iterator[XmlVar]:
    """Iterate over the variables of a class's fields and of its unknown content, which read their values."""
    for field in cls.xml_fields.values():
        yield from _read(field, f"{cls.__name__}.{field.name}")
    extra = f"{cls.__name__}.{EXTRA}"
    yield from _reading(EXTRA, Shape(extra, _extra_variables, lambda value: read_extra(value, extra)))


def _read(field: Field, place: str) -> Iterator[XmlVar]:
    """Iterate over the variables that read the value of a field."""

    def read(value: Any) -> Any:
        return read_field(field, value, place)

    if field.many:
        yield _Variable(field.name, _inner((field,)), factory=lambda items: read([*items]))
    kind = Presence if field.role == FLAG else _TYPES.get(field.kind)
    then = _AS_IT_IS
    if kind and not field.many and field.role not in (ANY, ELEMENT):
        then = variable(field.name, XmlType.ELEMENT, types=(kind,), default=False if field.role == FLAG else None)
    yield from _reading(field.name, Shape(place, _inner((field,)).meta.get_all_vars, read), then)


def _reading(name: str, shape: Shape, then: XmlVar = _AS_IT_IS) -> Iterator[XmlVar]:
    """Iterate over variables that read one value, of which no list is one; ``then`` converts it if it is no object."""
    yield _Variable(name, shape, shape.make, then)
    refused = _Variable(name, None, shape.make)
    refused.tokens = True
    yield refused


@cache
def _inner(fields: tuple[Field, ...]) -> Shape:
    """Return the shape of an object in some fields, of classes that have one of these fields each."""
    targets = [target for field in fields if field.role == ELEMENT for target in field.targets()]
    name = targets[0].__qualname__ if len(targets) == 1 else f"{fields[0].owner.__qualname__}.{fields[0].name}"
    return Shape(name, cache(lambda: [*_inner_variables(fields, targets)]))


def _inner_variables(fields: tuple[Field, ...], targets: list[type[Element]]) -> Iterator[XmlVar]:
    known: dict[str, list[Field]] = {}
    for target in targets:
        for name, field in target.xml_fields.items():
            known.setdefault(name, []).append(field)
    for name, found in known.items():
        yield from _handed_on(name, _inner(tuple(found)))
    if targets:
        yield from _handed_on(EXTRA, Shape(EXTRA, _extra_variables))
    if any(isinstance(field.target, dict) for field in fields):
        yield from _handed_on("element", None)
    if any(field.role == ANY or _is_union(field) for field in fields):
        yield from _element_variables()


def _is_union(field: Field) -> bool:
    return field.role == ELEMENT and any(isinstance(target, Variants) for target in field.classes().values())


def _handed_on(name: str, shape: Shape | None) -> Iterator[XmlVar]:
    """Iterate over the variables of a key whose values are handed on as they are."""
    shape = shape or Shape(name, list)
    yield _Variable(name, shape)
    yield _Variable(name, shape, factory=list)


@cache
def _element_variables() -> list[XmlVar]:
    """Return the variables of an element without a class, of which many are in each other."""
    keys = (*ELEMENT_KEYS, "comment", "text", "position")
    element = Shape("AnyElement", _element_variables)
    shapes = {"attributes": _MAPPING, "namespaces": _MAPPING, "content": element}
    return [made for key in keys for made in _handed_on(key, shapes.get(key))]


@cache
def _extra_variables() -> list[XmlVar]:
    """Return the variables of unknown content."""
    names = (*EXTRA_LISTS, *EXTRA_TEXTS)
    return [*_element_variables(), *(made for name in names for made in _handed_on(name, None))]


class _AnyKey(_Variable):
    """The variable of any key of a JSON object: the last one that it was compared with."""

    __slots__ = ("_key",)

    def __init__(self, factory: Callable[[Iterable[Any]], Any] | None = None) -> None:
        super().__init__("any", _MAPPING, factory=factory)
        self.local_name = _Anything(self)

    @property
    def name(self) -> str:
        """The key."""
        return self._key

    @name.setter
    def name(self, key: str) -> None:
        self._key = key


class _Anything(str):
    """A name that is equal to any other."""

    __slots__ = ("owner",)
    owner: _AnyKey

    def __new__(cls, owner: _AnyKey) -> _Anything:
        made = super().__new__(cls, "")
        made.owner = owner
        return made

    def __eq__(self, other: object) -> bool:
        self.owner.name = str(other)
        return True

    __hash__ = str.__hash__


_MAPPING = Shape("attributes", lambda: [_AnyKey(), _AnyKey(list)])
"""A JSON object with any keys."""
