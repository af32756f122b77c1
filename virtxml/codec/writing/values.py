"""What the fields of an object may hold, and how it is written: the rules of compiled writers and of the general one.

The functions are the rules. The general writer calls them for all values. Compiled writers hold expressions that come
to the same for the usual values, and call the functions for all others.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from virtxml.codec.names import written
from virtxml.fields import ANY, ELEMENT, Field, Variants
from virtxml.scalars import INTEGER, ON_OFF, STRING, YES_NO, Int, attribute_text, element_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from virtxml.element import Element


def listed(value: Any) -> Sequence[Any]:
    """Return the values of a field that holds a list: what is empty has none. Raises TypeError for what is no list."""
    if issubclass(type(value), (list, tuple)):
        found: Sequence[Any] = value
        return found
    if value is None or (value is not NotImplemented and not value):
        return ()
    raise TypeError(f"{type(value).__name__} is no list")


def check_flag(value: object) -> None:
    """Raise TypeError for what does not say whether an element is there."""
    if value is not True:
        raise TypeError(f"{type(value).__name__} is not True or False")


def check_object(value: Any, field: Field) -> None:
    """Raise TypeError for an object that a field does not hold, ValueError for one of another element."""
    cls = type(value)
    if cls in own_classes(field):
        return
    if not issubclass(cls, tuple(classes_of(field))):
        raise TypeError(f"{cls.__name__} is no value of this field")
    names = field.names()
    # Where elements of one name are wanted, an object gets that name; `write_any` looks at that of an element.
    if len(names) > 1 and value.xml_name not in names:
        raise ValueError(f"<{written(value.xml_name)}> stands where {' or '.join(map(written, names))} belongs")


def attribute_of(node: Element, field: Field) -> str:
    """Return the attribute of a field that is set."""
    return f" {field.xml}='{attribute_text(getattr(node, field.slot), field.kind)}'"


def tag_with(attributes: Iterable[str], namespaces: dict[str, str]) -> str:
    """Return what stands behind the name in a start tag: attributes, and the namespaces that it declares."""
    return "".join([*attributes, *(f" xmlns:{key}='{attribute_text(uri, STRING)}'" for key, uri in namespaces.items())])


@cache
def own_classes(field: Field) -> frozenset[type[Element]]:
    """Return the classes of the objects that a field holds, but for `AnyElement`, which is looked at more closely."""
    return frozenset(field.targets() if field.role == ELEMENT else ())


def classes_of(field: Field) -> frozenset[type]:
    """Return the classes of all objects that an ELEMENT or ANY field holds."""
    from virtxml.content import AnyElement  # most objects have nothing unknown in them

    is_any = field.role == ANY or any(isinstance(target, Variants) for target in field.classes().values())
    return own_classes(field).union([AnyElement] if is_any else [])


_SHORT = 1 << 60
"""Numbers up to here are surely not too long, and Python compares them quickly."""
_LONGEST = 64
"""Up to how many characters a text is remembered."""
_MOST = 4096
"""How many texts are remembered."""


class Texts(dict[Any, str]):
    """Texts as they are written in one place, by their values: documents say the same things again and again.

    What is not remembered goes by the rule of the place, and nothing is remembered but text.
    """

    __slots__ = ("rule",)

    def __init__(self, rule: Callable[[object, str], str]) -> None:
        super().__init__()
        self.rule = rule

    def __missing__(self, value: object) -> str:
        written = self.rule(value, STRING)
        if type(value) is str and len(value) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[value] = written
        return written


RULES: dict[str, Any] = {
    "attribute_text": attribute_text,
    "attribute_texts": Texts(attribute_text),
    "element_text": element_text,
    "element_texts": Texts(element_text),
    "listed": listed,
    "check_flag": check_flag,
    "check_object": check_object,
    "Int": Int,
}
"""What the expressions use."""


def text_expression(kind: str, place: str) -> str:
    """Return the expression for the text of `value` in its place: "attribute" or "element"."""
    rule = f"{place}_text(value, {kind!r})"
    if kind == INTEGER:
        usual = f"value if type(value) is int and -{_SHORT} < value < {_SHORT}"
        return f"value.text if type(value) is Int else {usual} else {rule}"
    if kind in (YES_NO, ON_OFF):
        yes, no = ("yes", "no") if kind == YES_NO else ("on", "off")
        return f"'{yes}' if value is True else '{no}' if value is False else {rule}"
    assert kind == STRING
    return f"{place}_texts[value]"
