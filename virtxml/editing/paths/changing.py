"""Set what stands at a path, and take it away."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from virtxml.codec.shape import shape_of
from virtxml.element import ANY, ELEMENT, FLAG, VALUE, Variants
from virtxml.scalars import ON_OFF, YES_NO, from_text

from .errors import PathError
from .finding import Place, attribute_of, existing, field_of, joined, nothing_at, one_or_many, read_path, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from virtxml.element import Element, Field
    from virtxml.node import Node

    from .steps import Path, Step

_SWITCHES = {YES_NO: ("yes", "no"), ON_OFF: ("on", "off")}


def set_(model: Node, path: Path | str, value: str | None, *, every: bool = False, force: bool = False) -> None:
    """Set the attribute, or the text of the element, at a path; make the elements on the way that are not there.

    Of elements that may be there several times, `[+]` adds one. Objects that are there stay the same objects.

    Args:
        model: the model that changes.
        path: the way.
        value: the value as it is written in XML, without escapes; None for an element that only is to be there.
        every: whether the path may lead to several places, even if its steps do not say so.
        force: whether words that the schema does not have are set, where it has some to choose among.

    Raises PathError for a path that leads nowhere, and a value that does not belong there; then nothing has changed.
    """
    path = read_path(model, path)
    if path.attribute is not None and value is None:
        raise PathError(f"{path}: an attribute needs a value")
    with _undone_after_errors() as undo:
        places = [Place(None, None, model, "")]
        for number, step in enumerate(path.steps):
            kind = value if path.attribute is not None and number + 1 == len(path.steps) else None
            made = _Making(step, path.attribute, kind, undo)
            places = [child for place in places for child in made.children(place, every=every)]
        if not places:
            raise nothing_at(path)
        for place in places:
            if path.attribute is not None:
                assert value is not None
                _set_attribute(place, path.attribute, value, undo, force=force)
            else:
                _set_element(place, value, undo, force=force)


def unset(model: Node, path: Path | str, *, every: bool = False) -> int:
    """Take away the attribute or element at a path; return how many there were. Raises PathError as `set_` does."""
    path = read_path(model, path)
    places = walk(model, path, every=every)
    if path.attribute is None:
        if not path.steps:
            raise PathError("the root element stays")
        for place in reversed(places):  # the places of those in front stay
            _replace(place, None)
        return len(places)
    count = 0
    for place in places:
        field = attribute_of(place, path.attribute)
        if place.union is not None and field.default is not None:
            raise PathError(f"{path}: it tells which kind of <{place.name}> it is; the element can be taken away")
        count += getattr(place.value, field.slot) is not None
        setattr(place.value, field.slot, None)
    return count


@contextmanager
def _undone_after_errors() -> Iterator[list[Callable[[], object]]]:
    """Give a list of what undoes the changes that are made in a block; it is done if the block fails."""
    undo: list[Callable[[], object]] = []
    try:
        yield undo
    except PathError:
        for back in reversed(undo):
            back()
        raise


class _Making:
    """Finds the elements of a step, and makes those that are not there.

    The value is that of the attribute of the element, if that is what is set.
    """

    def __init__(self, step: Step, attribute: str | None, value: str | None, undo: list[Callable[[], object]]) -> None:
        self._step = step
        self._attribute = attribute
        self._value = value
        self._undo = undo

    def children(self, place: Place, *, every: bool) -> list[Place]:
        """Return the children of an element that the step means."""
        step = self._step
        field = field_of(place, step)
        if not step.is_new:
            found = one_or_many(place, step, existing(place, step), every=every)
            if found:
                return found
            if step.choices:
                raise PathError(f"{joined(place.way, step)}: nothing is there", nothing=True)
            if field.many:
                raise PathError(f"{joined(place.way, step)}: there is none; {step.name}[+] adds one", nothing=True)
        elif len(step.choices) > 1 or not field.many:
            there = "" if field.many else "; it is there once at most"
            raise PathError(f"{joined(place.way, step)}: [+] stands alone, where several may be{there}")
        return [self._made(place, field)]

    def _made(self, place: Place, field: Field) -> Place:
        """Return a new child."""
        owner, way = place.value, joined(place.way, self._step)
        value: Any = True if field.role == FLAG else ""
        if field.role == ANY:
            raise PathError(f"{way}: paths do not make <{self._step.name}>, which may hold anything")
        if field.role == ELEMENT:
            value = self._class(field, way)()
        if field.many:
            items = _items(owner, field)
            items.append(value)
            self._undo.append(items.pop)
            return Place(owner, field, value, way, len(items) - 1)
        before = getattr(owner, field.slot)
        self._undo.append(lambda: setattr(owner, field.slot, before))
        setattr(owner, field.slot, value)
        return Place(owner, field, value, way)

    def _class(self, field: Field, way: str) -> Callable[[], Element]:
        """Return the class of a new element."""
        target = field.classes()[self._step.full_name]
        if not isinstance(target, Variants):
            return target
        if self._attribute == target.by and self._value in target.classes:
            return target.classes[self._value]
        if self._attribute == target.by:
            raise _refused(joined(way, f"@{target.by}"), self._value or "", tuple(target.classes), secret=False)
        kinds = ", ".join(target.classes)
        raise PathError(f"{way}: @{target.by} comes first and tells what it is: {kinds}")


def _set_attribute(place: Place, name: str, value: str, undo: list[Callable[[], object]], *, force: bool) -> None:
    union = place.union
    if union is not None and name == union.by:
        if value not in union.classes:
            raise _refused(joined(place.way, f"@{name}"), value, tuple(union.classes), secret=False)
        if type(place.value) is not union.classes[value]:
            new = _as_other_kind(place.object(), union.classes[value])
            undo.append(_replace(place, new))
        return
    field = attribute_of(place, name)
    _set_field(place.value, field, value, joined(place.way, f"@{name}"), undo, force=force)


def _set_element(place: Place, value: str | None, undo: list[Callable[[], object]], *, force: bool) -> None:
    field = place.field
    if field is None:
        raise PathError("a path names an element or an attribute")
    if field.role == VALUE:
        if value is not None:
            _check(field, value, place.way, force=force)
            undo.append(_replace(place, from_text(value, field.kind)))
        return
    if value is None:
        return
    if field.role == FLAG:
        raise PathError(f"{place.way}: <{place.name}> says something by being there, and has no value")
    owner = place.object()
    text = shape_of(type(owner)).text
    if text is None:
        names = ", ".join(f"@{one}" for one in shape_of(type(owner)).attributes)
        raise PathError(f"{place.way}: <{place.name}> has no text{names and f'; its attributes are {names}'}")
    _set_field(owner, text, value, place.way, undo, force=force)


def _set_field(
    owner: Any, field: Field, value: str, way: str, undo: list[Callable[[], object]], *, force: bool
) -> None:
    _check(field, value, way, force=force)
    before = getattr(owner, field.slot)
    undo.append(lambda: setattr(owner, field.slot, before))
    setattr(owner, field.slot, from_text(value, field.kind))


def _check(field: Field, value: str, way: str, *, force: bool) -> None:
    """Raise PathError for a value that is none of those that the schema has."""
    words = field.values or _SWITCHES.get(field.kind, ())
    if words and value not in words and not force:
        raise _refused(way, value, words, secret=field.secret)


def _refused(way: str, value: str, words: tuple[str, ...], *, secret: bool) -> PathError:
    """Return the error for a value that is not one of some words. It is not shown: it may be a secret."""
    from virtxml.diagnostics.suggest import did_you_mean, nearest

    meant = () if secret else nearest(value, words)
    hint = did_you_mean(*map(repr, meant), lead="; ")
    return PathError(f"{way}: that is none of its values, {', '.join(words)}{hint}")


def _as_other_kind(old: Element, cls: type[Element]) -> Element:
    """Return an object of another class of a union, which says what the old one does as far as it can."""
    new = cls()
    for name, field in cls.xml_fields.items():
        theirs = old.xml_fields.get(name)
        if theirs is not None and theirs.role == field.role and field.default is None:
            value = getattr(old, theirs.slot)
            if value is not None and not (field.values and value not in field.values):
                setattr(new, field.slot, value)
    return new


def _items(owner: Any, field: Field) -> list[Any]:
    """Return the list that a field holds."""
    found = getattr(owner, field.name)
    if not isinstance(found, list):
        found = list(found)
        setattr(owner, field.name, found)
    return found


def _replace(place: Place, value: Any) -> Callable[[], object]:
    """Put something in the place of an element, or nothing for None; return what undoes it."""
    owner, field = place.owner, place.field
    if not field.many:
        before = getattr(owner, field.slot)
        setattr(owner, field.slot, False if field.role == FLAG and value is None else value)
        return lambda: setattr(owner, field.slot, before)
    items = _items(owner, field)
    before = [*items]
    items[place.at : place.at + 1] = [] if value is None else [value]
    return lambda: items.__setitem__(slice(None), before)
