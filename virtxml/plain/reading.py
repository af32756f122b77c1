"""From plain data to objects: what `Node.from_dict` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from virtxml.content.depth import MAX_DEPTH
from virtxml.fields import ANY, ELEMENT, FLAG, Variants
from virtxml.scalars import INTEGER, MOST, STRING, from_text

from .documents import KIND, SCHEMA, kind_of, target_of, unknown_kind
from .problems import Path, named, not_told, problem, unknown_key, unknown_name, wrong_type
from .unions import discriminator, union_of
from .unknown.keys import ELEMENT as NAME
from .writing import EXTRA

if TYPE_CHECKING:
    from virtxml.codec.shape import Shape
    from virtxml.content import Extra
    from virtxml.element import Element
    from virtxml.fields import Field


def from_data(cls: type[Element], data: Any) -> Element:
    """Return the object of a class that plain data stands for; of any class if it is the base of all.

    Raises DataError for data of another shape.
    """
    if not isinstance(data, dict):
        raise problem(f"an object with keys is taken, not {named(data)}", None)
    cls = _class_for(cls, data)
    work = _Work()
    root = work.later(cls, {key: value for key, value in data.items() if key not in (KIND, SCHEMA)}, None)
    # Objects may be nested 256 deep: nothing here calls itself.
    while work.pending:
        node, found, path, work.depth = work.pending.pop()
        _fill(node, found, path, work)
    # From the inside out: an object looks for the neighbours of what belongs to no field.
    for node, extra in reversed(work.kept):
        node.extra = extra
    return root


class _Work:
    """What is to be done yet.

    Attributes:
        pending: objects that are to be filled, with what of, where that is, and how deep.
        kept: objects, the outer ones first, and what belongs to no field of theirs.
        depth: how deep the object is that is filled now, from 1; 0 before the first.
    """

    __slots__ = ("depth", "kept", "pending")

    def __init__(self) -> None:
        self.pending: list[tuple[Element, dict[str, Any], Path, int]] = []
        self.kept: list[tuple[Element, Extra]] = []
        self.depth = 0

    def later(self, cls: type[Element], data: dict[str, Any], path: Path) -> Element:
        """Return an object that is empty yet, and is to be filled."""
        if self.depth >= MAX_DEPTH:
            raise problem(f"elements are nested more than {MAX_DEPTH} deep", None)
        made = cls.__new__(cls)
        self.pending.append((made, data, path, self.depth + 1))
        return made


def _class_for(cls: type[Element], data: dict[str, Any]) -> type[Element]:
    """Return the class that reads plain data: the one that is asked for, or that which the data names."""
    kind = data.get(KIND)
    if kind is None:
        if cls.xml_fields:
            return cls
        raise problem(f'the key "{KIND}" has to tell what it is, such as "domain"', None)
    if not isinstance(kind, str):
        raise problem(f"text is taken here, not {named(kind)}", (None, KIND))
    if kind == kind_of(cls):
        return cls
    found = target_of(kind)
    if found is None:
        raise problem(unknown_kind(kind), (None, KIND))
    if isinstance(found, Variants):
        found = _told(found, data, None)
    if not issubclass(found, cls) and not issubclass(cls, found):
        raise problem(f"{cls.__name__} is not of this kind", (None, KIND))
    return cls if issubclass(cls, found) else found


def _fill(node: Element, data: Any, path: Path, work: _Work) -> None:
    """Set the fields of an object that is empty yet; objects in it are left to do."""
    from virtxml.codec.shape import shape_of

    _empty(node, shape_of(type(node)))
    fields = type(node).xml_fields
    for key, value in data.items():
        field = fields.get(key) if isinstance(key, str) else None
        if field is not None:
            setattr(node, field.slot, _field(field, value, (path, key), work))
        elif key == EXTRA:
            from .unknown.reading import extra_from_data  # most objects have nothing unknown in them

            work.kept.append((node, extra_from_data(value, (path, key))))
        else:
            raise unknown_key(key, type(node), path)


def _empty(node: Element, shape: Shape) -> None:
    node.extra = None
    for slot, nothing in shape.unset.items():
        setattr(node, slot, nothing)


def _field(field: Field, value: Any, path: Path, work: _Work) -> Any:
    if not field.many:
        return _one(field, value, path, work)
    if not isinstance(value, list | tuple):
        raise problem(f"a list is taken here, not {named(value)}", path)
    return [_one(field, item, (path, index), work) for index, item in enumerate(value)] or None


def _one(field: Field, value: Any, path: Path, work: _Work) -> Any:
    """Return one value of a field."""
    if field.role == FLAG:
        if type(value) is not bool or (field.many and not value):
            raise wrong_type(field, value, path)
        return value
    if field.role == ANY:
        from .unknown.reading import any_from_data

        return any_from_data(value, path, named=field.xml)
    if field.role == ELEMENT:
        return _object(field, value, path, work)
    if isinstance(value, str):
        return from_text(str.__str__(value), field.kind)
    if isinstance(value, bool):
        if field.kind not in (STRING, INTEGER):
            return value
    elif isinstance(value, int) and field.kind in (STRING, INTEGER):
        if not -MOST < value < MOST:
            raise problem("the number has more digits than any of libvirt's", path)
        return int(value) if field.kind == INTEGER else str(int(value))
    raise wrong_type(field, value, path)


def _object(field: Field, value: Any, path: Path, work: _Work) -> Any:
    """Return an object that a field holds, which is empty yet."""
    if not isinstance(value, dict):
        raise wrong_type(field, value, path)
    if len(field.names()) > 1:
        return _of_several(field, value, path, work)
    union = union_of(field)
    if union is None:
        return work.later(field.target, value, path)
    if NAME in value:
        from .unknown.reading import any_from_data

        return any_from_data(value, path)
    return work.later(_told(union, value, path), value, path)


def _told(union: Variants, data: dict[str, Any], path: Path) -> type[Element]:
    """Return the class of a union that plain data is of."""
    by = discriminator(union)
    told = data.get(by)
    if not isinstance(told, str) or told not in union.classes:
        raise not_told(by, union.classes, path)
    return union.classes[told]


def _of_several(field: Field, value: dict[Any, Any], path: Path, work: _Work) -> Any:
    """Return an item of a list of elements of several names: in plain data, an object whose only key is the name."""
    names = sorted(field.names())
    if len(value) != 1:
        raise problem(f"an object with one key is taken here: {' or '.join(names)}", path)
    ((name, inner),) = value.items()
    if name not in names:
        raise unknown_name(name, names, path)
    if not isinstance(inner, dict):
        raise wrong_type(field, inner, (path, name))
    return work.later(cast("type[Element]", field.classes()[name]), inner, (path, name))
