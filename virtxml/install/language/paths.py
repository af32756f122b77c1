"""Model paths, such as `driver.discard_no_unref` or `vcpus.vcpu2.id`: the names of elements and attributes in XML.

Digits at the end of an element's name choose one of several, from 0: `vcpus.vcpu2` is the third `<vcpu>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...content import AnyElement, Extra
from ...element import Element
from ...fields import ATTRIBUTE, ELEMENT, FLAG, TEXT, VALUE, Field, Variants
from ...scalars import INTEGER, ON_OFF, YES_NO, escape_text, read_integer
from ...sizes import Size

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

MOST = 1000
"""The greatest index: whoever asks for more elements has made a mistake, or wants all memory."""

_ON = frozenset(["y", "yes", "1", "true", "t", "on"])
_OFF = frozenset(["n", "no", "0", "false", "f", "off"])


class Step(NamedTuple):
    """One part of a path: a field, which of its values, and the classes that a child may have for the rest of it."""

    field: Field
    number: int
    classes: tuple[type[Element], ...]


def local_name(field: Field) -> str:
    """Return the name of a field in paths: that of XML, or the field's own for other namespaces."""
    return field.name if field.xml[:1] == "{" else field.xml


def locate(cls: type[Element], path: str) -> list[Step]:
    """Return the steps to what a path leads to; the last one is no child element, or one with text or to be there.

    Raises LookupError for a path that leads nowhere.
    """
    names = path.split(".")
    found = _steps(cls, names)
    if found is None:
        raise LookupError(path)
    if len(found) > len(names):
        return found
    last = found[-1]
    if last.field.role == ELEMENT:
        text = next((field for field in last.classes[0].xml_fields.values() if field.role == TEXT), None)
        if text is not None:
            return [*found, Step(text, 0, ())]
    return found


def _steps(cls: type[Element], names: list[str]) -> list[Step] | None:
    """Return a step for each name, None if there is no such way."""
    for field, index in _candidates(cls, names[0], last=len(names) == 1):
        if field.role != ELEMENT:
            return [Step(field, index, ())]
        classes = _classes(field)
        if len(names) == 1:
            return [Step(field, index, classes)] if classes else None
        rests = [(each, _steps(each, names[1:])) for each in classes]
        fitting = [(each, rest) for each, rest in rests if rest is not None]
        if fitting:
            return [Step(field, index, tuple(each for each, _ in fitting)), *fitting[0][1]]
    return None


def _candidates(cls: type[Element], name: str, last: bool) -> Iterator[tuple[Field, int]]:
    """Iterate over the fields of a name, attributes first, each with the index that the name ends with."""
    stem = name.rstrip("0123456789")
    roles = (ATTRIBUTE, VALUE, FLAG, ELEMENT) if last else (ELEMENT,)
    fields = list(cls.xml_fields.values())
    for role in roles:
        for field in fields:
            if field.role == role and local_name(field) == name:
                yield field, 0
        for field in fields:
            if stem != name and field.role == role and field.many and local_name(field) == stem:
                yield field, int(name[len(stem) :][:6])


def _classes(field: Field) -> tuple[type[Element], ...]:
    """Return the classes that a child in a field may have."""
    found: list[type[Element]] = []
    for target in field.classes().values():
        found += target.classes.values() if isinstance(target, Variants) else [target]
    return tuple(each for each in found if isinstance(each, type) and issubclass(each, Element))


def variants(field: Field) -> Variants | None:
    """Return the union of a field that has one."""
    return field.target if isinstance(field.target, Variants) else None


def get_path(node: Element, path: str) -> Any:
    """Return what stands at a path, None if it or anything on the way is not there.

    Raises LookupError for a path that leads nowhere.
    """
    value: Any = node
    for step in locate(type(node), path):
        if not isinstance(value, Element) or step.field.name not in value.xml_fields:
            return None
        value = getattr(value, step.field.name)
        if step.field.many:
            value = value[step.number] if step.number < len(value) else None
    return value


def set_path(node: Element, path: str, value: str | bool, *, plain: bool = False) -> None:
    """Set what a path leads to, making the elements on the way.

    ``plain`` writes a number as libvirt does, whatever its form was: 16 for 0x10, and KiB where libvirt writes KiB.
    Raises LookupError for a path that leads nowhere, ValueError for a value that its type cannot be.
    """
    steps = locate(type(node), path)
    *way, last = steps
    if any(step.number > MOST for step in steps):
        raise ValueError(f"numbers go up to {MOST}")
    wanted = convert(last.field, value, plain=plain)
    holder = node
    for place, step in enumerate(way):
        union = variants(step.field)
        if union is not None and place == len(way) - 1 and last.field.xml == union.by:
            _choose_variant(holder, step, union, str(wanted))
            return
        holder = _child(holder, step)
    _store(holder, last, wanted)
    if plain and isinstance(holder, Size):
        holder.take_as_kibi(last.field.name)


def is_presence(node: Element, path: str) -> bool:
    """Tell whether what a path leads to says something by being there."""
    return locate(type(node), path)[-1].field.role in (FLAG, ELEMENT)


def _choose_variant(holder: Element, step: Step, union: Variants, wanted: str) -> None:
    """Make a child of the class that its deciding attribute asks for, with what the old child had in common with it."""
    cls = union.classes.get(wanted)
    if cls is None:
        raise ValueError(f"not one of {', '.join(sorted(union.classes))}")
    old = getattr(holder, step.field.name)
    if type(old) is cls:
        return
    new = cls()
    for name, field in cls.xml_fields.items():
        if old is not None and field.xml != union.by and name in getattr(old, "xml_fields", ()):
            setattr(new, name, getattr(old, name))
    setattr(new, next(name for name, field in cls.xml_fields.items() if field.xml == union.by), wanted)
    setattr(holder, step.field.name, new)


def _child(holder: Element, step: Step) -> Element:
    """Return the child element at a step, made if it is not there."""
    name = step.field.name
    if step.field.many:
        children: list[Any] = getattr(holder, name)
        while len(children) <= step.number:
            children.append(step.classes[0]())
        found = children[step.number]
    else:
        found = getattr(holder, name)
        if found is None:
            found = step.classes[0]()
            setattr(holder, name, found)
    if not isinstance(found, step.classes):
        kind = getattr(found, "type", None)
        raise ValueError(f"<{step.field.xml}> of type {str(kind)!r} has no such part")
    return found


def _store(holder: Element, step: Step, value: Any) -> None:
    field = step.field
    if field.role == ELEMENT:
        if not isinstance(value, bool):
            raise LookupError(field.xml)
        if value:
            _child(holder, step)
        else:
            setattr(holder, field.name, [] if field.many else None)
    elif field.many:
        values: list[Any] = getattr(holder, field.name)
        values.extend("" for _ in range(step.number + 1 - len(values)))
        values[step.number] = value
    else:
        setattr(holder, field.name, value)


def set_unknown(node: Element, path: str, value: str) -> None:
    """Set what the schemas do not know, but virt-install does: an attribute, on elements that may be unknown too.

    Raises ValueError for text that XML cannot hold.
    """
    escape_text(value)
    *elements, attribute = path.split(".")
    holder = node
    while elements:
        steps = _steps(type(holder), elements[:1])
        if steps is None or steps[0].field.role != ELEMENT:
            break
        holder = _child(holder, steps[0])
        del elements[0]
    if holder.extra is None:
        holder.extra = Extra()
    if not elements:
        holder.extra.attributes[attribute] = value
        return
    inner = next((each for each in holder.extra.elements if each.name == elements[0]), None)
    if inner is None:
        inner = AnyElement(elements[0])
        holder.extra.content.append((len(holder.xml_fields), inner))
    for name in elements[1:]:
        outer = inner
        inner = next((each for each in outer.children if each.name == name), None)
        if inner is None:
            inner = AnyElement(name)
            outer.content.append(inner)
    inner.attributes[attribute] = value


def unset_path(node: Element, path: str) -> None:
    """Remove what a path leads to, and elements on the way that hold nothing after that.

    Raises LookupError for a path that leads nowhere.
    """
    holders: list[tuple[Element, Step]] = []
    value: Any = node
    for step in locate(type(node), path):
        if not isinstance(value, Element) or step.field.name not in value.xml_fields:
            return
        holders.append((value, step))
        value = getattr(value, step.field.name)
        if step.field.many:
            if step.number >= len(value):
                return
            value = value[step.number]
    while holders:
        holder, step = holders.pop()
        _remove(holder, step)
        if not is_empty(holder):
            return


def _remove(holder: Element, step: Step) -> None:
    if step.field.many:
        del getattr(holder, step.field.name)[step.number]
    else:
        setattr(holder, step.field.name, False if step.field.role == FLAG else None)


def is_empty(node: Element) -> bool:
    """Return whether an element holds nothing at all."""
    if node.extra:
        return False
    values = ((getattr(node, name), field) for name, field in node.xml_fields.items())
    return all(value is None or value == [] or (value is False and field.role == FLAG) for value, field in values)


def elements_of(node: Element) -> Iterator[Element]:
    """Iterate over a node and all elements below it."""
    yield node
    for name, field in node.xml_fields.items():
        value = getattr(node, name) if field.role == ELEMENT else None
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, Element):
                yield from elements_of(child)


def prune(node: Element, names: tuple[str, ...] | None = None, spared: Container[int] = ()) -> None:
    """Drop elements of lists below a node that hold nothing: they were only counted past, as in `timer2.name=pit`.

    ``names`` are the children to look at; all by default. ``spared`` are the ids of objects that stay, whatever is in
    them.
    """
    for name, field in node.xml_fields.items():
        if field.role != ELEMENT or (names is not None and field.xml not in names):
            continue
        value = getattr(node, name)
        for child in value if field.many else [value]:
            if isinstance(child, Element):
                prune(child, None, spared)
        if field.many:
            value[:] = [one for one in value if not isinstance(one, Element) or id(one) in spared or not is_empty(one)]


def convert(field: Field, value: str | bool, *, plain: bool = False) -> Any:
    """Return the value of a field that a word of the command line stands for.

    Raises ValueError for a word that is none. A word that is not among a field's choices is taken as it is: libvirt may
    know it, and validation tells.
    """
    if field.role in (FLAG, ELEMENT) or field.kind in (YES_NO, ON_OFF):
        return value if isinstance(value, bool) else switch(value)
    if isinstance(value, bool):
        words = field.values
        yes, no = ("on", "off") if "on" in words or "off" in words else ("yes", "no")
        return yes if value else no
    escape_text(value)
    if field.kind == INTEGER:
        number = read_integer(value)
        if isinstance(number, int):
            return int(number) if plain else number
        if not (field.free or field.values):
            raise ValueError("not a whole number")
    return value


def switch(word: str) -> bool:
    """Return what a word says of a switch. Raises ValueError if it says nothing."""
    lower = word.lower()
    if lower in _ON:
        return True
    if lower in _OFF:
        return False
    raise ValueError("must be 'yes' or 'no'")


def accepted_words(cls: type[Element], path: str) -> tuple[str, ...]:
    """Return the words that may stand at a path below a class, beside numbers; nothing if others may, too.

    Raises LookupError for a path that leads nowhere.
    """
    *way, last = locate(cls, path)
    union = variants(way[-1].field) if way else None
    if union is not None and union.by == last.field.xml:
        return tuple(union.classes)
    return last.field.values


def all_paths(
    cls: type[Element], prefix: str = "", inside: tuple[type[Element], ...] = ()
) -> Iterator[tuple[str, Field]]:
    """Iterate over the paths below a class with the field that each leads to; a class inside of itself is left out."""
    for field in cls.xml_fields.values():
        path = f"{prefix}{local_name(field)}"
        if field.role in (ATTRIBUTE, VALUE, FLAG):
            yield path, field
        elif field.role == ELEMENT:
            for child in _classes(field):
                text = next((each for each in child.xml_fields.values() if each.role == TEXT), None)
                if text is not None:
                    yield path, text
                if child is not cls and child not in inside:
                    yield from all_paths(child, f"{path}.", (*inside, cls))
