"""What differs in what belongs to no field: attributes and elements that no schema knows, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.content import AnyElement, Comment, full_names, meaning
from virtxml.source.layout import is_layout

if TYPE_CHECKING:
    from virtxml.content import Extra


class Part(NamedTuple):
    """One part that differs.

    Attributes:
        step: where it is in its object: `@name` or the element's name; "" for texts, and if only the order differs.
        old: what it was, None for nothing.
        new: what it is, None for nothing.
    """

    step: str
    old: Any
    new: Any


def parts(old: Extra | None, new: Extra | None) -> list[Part]:
    """Return what differs in what belongs to no field; nothing if it is only where something stands."""
    had, has = _attributes(old), _attributes(new)
    found = [
        Part(f"@{name.rpartition('}')[2]}", had.get(name), has.get(name))
        for name in sorted({*had, *has})
        if had.get(name) != has.get(name)
    ]
    gone, come = _only(old, new), _only(new, old)
    for name in sorted({*gone, *come}):
        before, after = gone.get(name, []), come.get(name, [])
        both = min(len(before), len(after))
        found += [Part(name, *pair) for pair in zip(before[:both], after[:both], strict=True)]
        found += [Part(name, item, None) for item in before[both:]]
        found += [Part(name, None, item) for item in after[both:]]
    text, other = _text(old), _text(new)
    if text != other:
        found.append(Part("", text or None, other or None))
    return found


def _attributes(extra: Extra | None) -> dict[str, str]:
    return {} if extra is None else full_names(extra.attributes, extra.namespaces)


def _elements(extra: Extra | None) -> list[tuple[str, AnyElement]]:
    """Return the elements that no class knows, each with what it says as text."""
    if extra is None:
        return []
    found = [item for _, item in extra.content if isinstance(item, AnyElement)]
    return [(repr(meaning(item, extra.namespaces)), item) for item in found]


def _only(one: Extra | None, other: Extra | None) -> dict[str, list[AnyElement]]:
    """Return the elements by their names that are in one, and not in another."""
    left: dict[str, int] = {}
    for said, _ in _elements(other):
        left[said] = left.get(said, 0) + 1
    found: dict[str, list[AnyElement]] = {}
    for said, item in _elements(one):
        if left.get(said):
            left[said] -= 1
        else:
            found.setdefault(item.name, []).append(item)
    return found


def _text(extra: Extra | None) -> str:
    """Return the texts beside elements, without layout."""
    texts = [] if extra is None else [item for _, item in extra.content if isinstance(item, str)]
    return "".join(item for item in texts if not isinstance(item, Comment) and not is_layout(item))
