"""Where in a model a path leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.codec.names import written
from virtxml.codec.shape import shape_of
from virtxml.content import AnyElement, write_any
from virtxml.element import ELEMENT, FLAG, Element, Variants
from virtxml.scalars import to_text

from .errors import PathError
from .steps import Equal, Number, Path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.element import Field
    from virtxml.node import Node

    from .steps import Choice, Step


class Place(NamedTuple):
    """A child element of an object that is there.

    Attributes:
        owner: the object; None for the root.
        field: the field that holds the child; None for the root.
        value: what stands for the child.
        way: the way to it, for messages.
        at: where it is in the list of the field; 0 if that is none.
    """

    owner: Any
    field: Any
    value: Any
    way: str
    at: int = 0

    @property
    def name(self) -> str:
        """The name of the element as it is shown."""
        return written(getattr(self.value, "xml_name", "") or self.field.xml)

    @property
    def union(self) -> Variants | None:
        """What tells which class the object has; None if there is only one."""
        if self.field is None or self.field.role != ELEMENT:
            return None
        found = self.field.classes().get(getattr(self.value, "xml_name", self.field.xml))
        return found if isinstance(found, Variants) else None

    def object(self) -> Element:
        """Return the object, which has attributes and elements. Raises PathError if that is none."""
        if isinstance(self.value, AnyElement):
            raise PathError(f"{self.way}: paths do not lead into <{self.value.name}>, which may hold anything")
        if not isinstance(self.value, Element):
            raise PathError(f"{self.way}: <{self.name}> has no elements and attributes")
        return self.value


def get(model: Node, path: Path | str, *, every: bool = False) -> list[str]:
    """Return what stands at a path: values of attributes, texts of elements, and elements without a text as XML.

    Args:
        model: the model that the path leads into.
        path: the way.
        every: whether it may lead to several places, even if its steps do not say so.

    Raises PathError if it leads nowhere.
    """
    path = read_path(model, path)
    places = walk(model, path, every=every)
    if path.attribute is None:
        found = [_shown(place) for place in places]
    else:
        fields = [(place.object(), attribute_of(place, path.attribute)) for place in places]
        found = [to_text(value, one.kind) for owner, one in fields if (value := getattr(owner, one.slot)) is not None]
    if not found:
        raise nothing_at(path)
    return found


def read_path(model: Node, path: Path | str) -> Path:
    """Return a path into a model. Raises PathError for one into another kind of document."""
    found = Path.parse(path) if isinstance(path, str) else path
    if found.root not in (None, written(model.xml_name)):
        raise PathError(f"{found}: the root element is <{written(model.xml_name)}>")
    return found


def walk(model: Node, path: Path, *, every: bool) -> list[Place]:
    """Return the elements at the end of the steps of a path, as far as they are there. Raises PathError."""
    places = [Place(None, None, model, "")]
    for step in path.steps:
        places = [child for place in places for child in one_or_many(place, step, existing(place, step), every=every)]
    return places


def one_or_many(place: Place, step: Step, found: list[Place], *, every: bool) -> list[Place]:
    """Return what was found for a step. Raises PathError if that is more than it says."""
    if len(found) > 1 and not (step.is_many or every):
        way = joined(place.way, step)
        raise PathError(
            f"{way}: there are {len(found)}; [1] to [{len(found)}] or [NAME=VALUE] tells which, and [*] means all"
        )
    return found


def existing(place: Place, step: Step) -> list[Place]:
    """Return the elements that a step means, as far as they are there. Raises PathError for a name that is unknown."""
    found = children(place, field_of(place, step), step)
    for choice in step.choices:
        found = _chosen(found, choice)
    return found


def field_of(place: Place, step: Step) -> Field:
    """Return the field of the elements that a step names. Raises PathError for a name that is unknown."""
    shape = shape_of(type(place.object()))
    rule = shape.children.get(step.full_name)
    if rule is None:
        also = [f"@{step.name}"] if step.name in shape.attributes else []
        raise _unknown(place, f"no element {step.name!r}", step.name, map(written, shape.children), also)
    return rule.field


def attribute_of(place: Place, name: str) -> Field:
    """Return the field of an attribute. Raises PathError for a name that is unknown."""
    shape = shape_of(type(place.object()))
    field = shape.attributes.get(name)
    if field is None:
        also = [name] if name in map(written, shape.children) else []
        raise _unknown(place, f"no attribute {name!r}", name, shape.attributes, also, mark="@")
    return field


def children(place: Place, field: Field, step: Step) -> list[Place]:
    """Return the elements of a field that a step names, whatever it says of which."""
    owner, way, name = place.value, joined(place.way, step), step.full_name
    value = getattr(owner, field.slot)
    if value is None or (field.role == FLAG and value is False):
        return []
    if not field.many:
        return [Place(owner, field, value, way)]
    is_mixed = len(field.names()) > 1
    return [
        Place(owner, field, item, way, index)
        for index, item in enumerate(value)
        if not is_mixed or getattr(item, "xml_name", None) == name or getattr(item, "name", None) == step.name
    ]


def text_of(place: Place) -> str | None:
    """Return the text of an element; None if it has none."""
    value = place.value
    if isinstance(value, Element):
        field = shape_of(type(value)).text
        text = None if field is None else getattr(value, field.slot)
        return None if field is None or text is None else to_text(text, field.kind)
    if isinstance(value, AnyElement) or value is True:
        return None
    return to_text(value, place.field.kind)


def joined(way: str, step: Step | str) -> str:
    """Return the way to a step from a place."""
    return f"{way}/{step}" if way else str(step)


def nothing_at(path: Path) -> PathError:
    """Return the error for a path at whose end nothing is."""
    return PathError(f"{path}: nothing is there", nothing=True)


def _chosen(places: list[Place], choice: Choice) -> list[Place]:
    """Return those of some elements that a choice means."""
    if isinstance(choice, Number):
        index = choice.number - 1 if choice.number > 0 else choice.number + len(places)
        return [places[index]] if 0 <= index < len(places) else []
    return (
        [place for place in places if choice.value in _values(place, choice)] if isinstance(choice, Equal) else places
    )


def _values(place: Place, choice: Equal) -> Iterator[str]:
    """Iterate over what an element says at the way of a choice. Raises PathError for a name that is unknown."""
    places = [place]
    for number, name in enumerate(choice.way):
        path = Path.parse(name)
        step = path.steps[0]
        is_last = number + 1 == len(choice.way)
        if is_last and (choice.attribute or any(_has_attribute(one, name) for one in places)):
            for one in places:
                field = attribute_of(one, name)
                value = getattr(one.value, field.slot)
                if value is not None:
                    yield to_text(value, field.kind)
            return
        places = [child for one in places for child in children(one, field_of(one, step), step)]
    yield from (text for one in places if (text := text_of(one)) is not None)


def _has_attribute(place: Place, name: str) -> bool:
    return isinstance(place.value, Element) and name in shape_of(type(place.value)).attributes


def _shown(place: Place) -> str:
    """Return the text of an element, or the whole element if it has none."""
    text = text_of(place)
    if text is not None:
        return text
    if isinstance(place.value, AnyElement):
        out: list[str] = []
        write_any(place.value, out, "")
        return "".join(out).rstrip("\n")
    if place.value is True:
        return f"<{place.name}/>"
    xml: str = place.value.to_xml()
    return xml.rstrip("\n")


def _unknown(place: Place, what: str, name: str, names: Any, also: list[str], *, mark: str = "") -> PathError:
    """Return the error for a name that an element does not know."""
    from virtxml.diagnostics.suggest import did_you_mean, nearest

    meant = also or [f"{mark}{one}" for one in nearest(name, names)]
    where = f"{place.way}: " if place.way else ""
    return PathError(f"{where}<{place.name}> has {what}{did_you_mean(*(f'{one!r}' for one in meant), lead=': ')}")
