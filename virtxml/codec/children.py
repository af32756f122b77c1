"""The children of an object in libvirt's order: field after field, but for those that stand behind others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.fields import ATTRIBUTE, ELEMENT, FLAG, TEXT, Field

from .shape import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.element import Element


class Child(NamedTuple):
    """A child that belongs to a field: its name as `{uri}name`, the field, and the value that stands for it."""

    name: str
    field: Field
    value: Any


def items(node: Element, field: Field) -> Iterator[Any]:
    """Iterate over the values that stand for the children of a field; what is no list stands for one."""
    if field.role in (ATTRIBUTE, TEXT):
        return
    value = getattr(node, field.slot)
    if field.many and issubclass(type(value), list | tuple):
        yield from value
    elif field.many:
        yield from [value] if value is NotImplemented or value else []
    elif value is not None and not (field.role == FLAG and value is False):
        yield value


def field_of(cls: type[Element], name: str) -> Field | None:
    """Return the field of a class that children of a name belong to, if there is one."""
    wanted = shape_of(cls).children.get(name)
    return None if wanted is None else wanted.field


def children_of(node: Element, as_listed: bool = False) -> list[Child]:
    """Return the children of all fields in libvirt's order, or list by list."""
    found: list[Child] = []
    for field in shape_of(type(node)).holders:
        value = getattr(node, field.slot)
        if value is None or (value is False and field.role == FLAG):
            continue  # most are
        children = list(_children(node, field))
        if field.behind and children and not as_listed:
            found = _woven(found, children, field)
        else:
            found += children
    return found


def _woven(found: list[Child], followers: list[Child], field: Field) -> list[Child]:
    """Return children with others of a field behind those that they name, one behind each, in the order of their list.

    One that names none of those to come stands where the others before it do.
    """
    followed, named, by = field.behind or ("", "", "")
    left = Counter(_name_of(child, named) for child in found if child.field.name == followed)
    waiting = followers[::-1]
    done: list[Child] = []
    any_yet = False
    for child in found:
        if child.field.name != followed:
            done.append(child)
            continue
        while waiting and any_yet and not left[_name_of(waiting[-1], by)]:
            done.append(waiting.pop())
        name = _name_of(child, named)
        done.append(child)
        any_yet = True
        left[name] -= 1
        if waiting and _name_of(waiting[-1], by) == name:
            done.append(waiting.pop())
    return [*done, *reversed(waiting)]


def paired(followed: list[Any], followers: list[Any], named: str, by: str) -> list[Any] | None:
    """Return what stands right behind each item of a list, None behind those that no follower names.

    Returns None unless it is as simple as that: all items have names of their own, and followers name some of them in
    their order. It is so in all that libvirt writes, and then `_woven` comes to the same.
    """
    names = [getattr(item, named) for item in followed]
    if not all(type(name) is str for name in names) or len(set(names)) != len(names):
        return None
    waiting = iter(followers)
    follower = next(waiting, None)
    found: list[Any] = []
    for name in names:
        if follower is not None and getattr(follower, by) == name:
            found.append(follower)
            follower = next(waiting, None)
        else:
            found.append(None)
    return found if follower is None else None


def _name_of(child: Child, name: str) -> str | None:
    """Return what a child is called or names, in a field of plain text."""
    value = getattr(child.value, name, None)
    return value if isinstance(value, str) else None


def _children(node: Element, field: Field) -> Iterator[Child]:
    # A list of several names leaves the name to the class.
    own = field.role == ELEMENT and len(field.names()) > 1
    for item in items(node, field):
        yield Child(getattr(item, "xml_name", field.xml) if own else field.xml, field, item)
