"""Compare, copy, show and pickle objects, however deeply they are nested, and however deep in calls the caller is.

Elements may be nested 256 deep, and Python allows some 1,000 calls inside calls. Nothing here calls itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.fields import ELEMENT, FLAG

from .kept.places import meaning, settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.content import Extra
    from virtxml.element import Element
    from virtxml.fields import Field


def _is_node(value: object) -> bool:
    return hasattr(value, "xml_fields")


def kept(node: Element, field: Field) -> Any:
    """Return the value of a field, without making a list that nobody has touched."""
    value = getattr(node, field.slot)
    return [] if value is None and field.many else value


def equal(one: Element, other: Element) -> bool:
    """Tell whether two objects say the same. Unknown content does if it stands between the same children."""
    pending: list[tuple[Any, Any]] = [(one, other)]
    # Objects may hold themselves: what is being compared already need not be again.
    seen: set[tuple[int, int]] = set()
    while pending:
        mine, theirs = pending.pop()
        if mine is theirs:
            continue
        if isinstance(mine, list):
            if not isinstance(theirs, list) or len(mine) != len(theirs):
                return False
            pending.extend(zip(mine, theirs, strict=True))
        elif _is_node(mine) and mine.__class__ is theirs.__class__:
            if (id(mine), id(theirs)) in seen:
                continue
            seen.add((id(mine), id(theirs)))
            if not _same_extra(mine, theirs):
                return False
            pending.extend((kept(mine, field), kept(theirs, field)) for field in mine.xml_fields.values())
        elif _is_node(mine) or mine != theirs:
            return False
    return True


def _same_extra(one: Element, other: Element) -> bool:
    return (meaning(one) if one.extra else ({}, [])) == (meaning(other) if other.extra else ({}, []))


def deep_copy(root: Element, memo: dict[int, Any]) -> Any:
    """Return a copy that shares nothing with an object; ``memo`` is that of `copy.deepcopy`."""
    from copy import deepcopy

    pending: list[tuple[Element, Element]] = []

    def copied(value: Any) -> Any:
        if value is None or isinstance(value, str | int):
            return value
        if not _is_node(value):
            return deepcopy(value, memo)
        if id(value) not in memo:
            cls: type[Element] = type(value)
            memo[id(value)] = made = cls.__new__(cls)
            pending.append((value, made))
        return memo[id(value)]

    made = copied(root)
    done = 0
    while done < len(pending):
        original, copy = pending[done]
        done += 1
        for field in original.xml_fields.values():
            value = getattr(original, field.slot)
            setattr(copy, field.slot, [copied(item) for item in value] if isinstance(value, list) else copied(value))
        # Last: it finds its neighbours among the copies.
        copy.extra = deepcopy(original.extra, memo)
    return made


def shown(root: Element, is_hidden: Callable[[Element, Field, object], bool]) -> str:
    """Return the `repr` of an object: what is set, without what ``is_hidden`` of a field and its value."""
    from virtxml.source.secrets.hiding import HIDDEN

    pieces: list[str] = []
    pending: list[Any] = [root]
    opened: set[int] = set()
    # Strings to be shown as they are, and values; lists and objects are taken apart.
    while pending:
        value = pending.pop()
        if isinstance(value, _End):
            opened.remove(value.of)
        elif isinstance(value, _Piece):
            pieces.append(value)
        elif isinstance(value, list):
            _push(pending, "[", [[item] for item in value], "]")
        elif not _is_node(value):
            pieces.append(repr(value))
        elif id(value) in opened:
            pieces.append("...")
        else:
            opened.add(id(value))
            pending.append(_End(id(value)))
            fields = [(field, getattr(value, field.slot)) for field in value.xml_fields.values()]
            parts: list[list[Any]] = [
                [_Piece(f"{field.name}="), _Piece(HIDDEN) if is_hidden(value, field, inner) else inner]
                for field, inner in fields
                if not (inner is None or inner == [] or (field.role == FLAG and not inner))
            ]
            if value.extra:
                parts.append([_Piece("extra="), value.extra])
            _push(pending, f"{type(value).__name__}(", parts, ")")
    return "".join(pieces)


class _Piece(str):
    """Text of a `repr` itself."""

    __slots__ = ()


class _End(NamedTuple):
    """The end of an object in its `repr`."""

    of: int


def _push(pending: list[Any], start: str, parts: list[list[Any]], end: str) -> None:
    pending.append(_Piece(end))
    for index in range(len(parts) - 1, -1, -1):
        pending.extend(reversed(parts[index]))
        if index:
            pending.append(_Piece(", "))
    pending.append(_Piece(start))


_STEP = 16
"""How many objects, each inside another, are pickled by calls inside calls."""


def state(node: Element) -> tuple[list[Any], dict[str, Any], Extra | None]:
    """Return what is pickled of an object: objects far inside, first; the fields that are set; unknown content."""
    values = {name: getattr(node, field.slot) for name, field in node.xml_fields.items()}
    is_set = {name: value for name, value in values.items() if value is not None and value != []}
    return _far_inside(node), is_set, settled(node)


def restore(node: Element, found: tuple[list[Any], dict[str, Any], Extra | None]) -> None:
    """Set an object that is new to what was pickled."""
    _, values, extra = found
    for name, field in node.xml_fields.items():
        setattr(node, field.slot, values.get(name, False if field.role == FLAG and not field.many else None))
    node.extra = extra


def _far_inside(node: Element) -> list[Any]:
    """Return objects that may be so far inside that they have to be pickled before what is around them."""
    found: list[list[Any]] = []
    level: list[Any] = [node] if node._nesting else []
    depth = 0
    seen: set[int] = set()
    # Every object of a chain looks along the rest of it: there are no calls here, which would take most of the time.
    while level:
        if depth and depth % _STEP == 0:
            found.append(level)
        depth += 1
        below: list[Any] = []
        for outer in level:
            if id(outer) in seen:
                continue
            seen.add(id(outer))
            for slot in getattr(outer, "_nesting", ()):
                value = getattr(outer, slot)
                if value is not None:
                    below += value if isinstance(value, list) else (value,)
        level = below
    return [inner for level in reversed(found) for inner in level]


def nesting(cls: type[Element]) -> tuple[str, ...]:
    """Return the slots of the fields by which an object may hold another of its class, at any depth."""
    return tuple(
        field.slot
        for field in cls.xml_fields.values()
        if field.role == ELEMENT and any(cls in _reachable(target) for target in field.targets())
    )


def _reachable(cls: type[Element]) -> set[type[Element]]:
    """Return a class and all that its objects may hold, at any depth."""
    found = {cls}
    pending = [cls]
    while pending:
        for field in pending.pop().xml_fields.values():
            for target in field.targets() if field.role == ELEMENT else ():
                if target not in found:
                    found.add(target)
                    pending.append(target)
    return found
