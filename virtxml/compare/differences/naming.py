"""Where something is in a document, in its own words: items by what tells them from others, else by their position."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from virtxml.compare.paths import joined, step, told_by
from virtxml.content import AnyElement
from virtxml.node import Node

if TYPE_CHECKING:
    from virtxml.difference import Path
    from virtxml.element import Field

WHOLE = "."
"""The path to a document itself."""


class Naming:
    """Names places in one document."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._items: dict[int, list[str]] = {}
        # Each path goes on from that of what it is in.
        self._known: dict[tuple[str | int, ...], tuple[Any, str]] = {(): (root, "")}

    def __call__(self, path: Path) -> str:
        """Return the text of a path to something that is there, or is the field of an object that is."""
        return self._found(path)[1]

    def _found(self, path: tuple[str | int, ...]) -> tuple[Any, str]:
        """Return what is at the end of a path, and the text of it."""
        done = len(path)
        while path[:done] not in self._known:
            done -= 1
        value, text = self._known[path[:done]]
        while done < len(path):
            name = str(path[done])
            owner = cast("Node", value)
            field = owner.xml_fields.get(name)
            value = getattr(owner, name)
            done += 1
            if field is not None and field.many and done < len(path):
                index = int(path[done])
                text = joined(text, self._steps(field, value)[index])
                value = value[index]
                done += 1
            elif field is not None:
                text = joined(text, _step(field, value))
            if done < len(path):
                self._known[path[:done]] = value, text
        return value, text

    def _steps(self, field: Field, items: list[Any]) -> list[str]:
        """Return the steps to the items of a list."""
        found = self._items.get(id(items))
        if found is None:
            names = [local(item) if isinstance(item, Node) else _step(field, item) for item in items]
            keys = [told_by(item) for item in items]
            times = Counter(zip(names, keys, strict=True))
            places: Counter[str] = Counter()
            found = self._items[id(items)] = []
            for name, key in zip(names, keys, strict=True):
                places[name] += 1
                is_told = key is not None and times[name, key] == 1
                found.append(f"{name}[{key if is_told else places[name]}]")
        return found


def _step(field: Field, value: Any) -> str:
    """Return the step to the value of a field; what may be any element has its own name."""
    return local(value) if isinstance(value, AnyElement) else step(field)


def local(element: Node | AnyElement) -> str:
    """Return the name of an element as it is told: without its namespace, with the prefix that somebody gave it."""
    return element.name if isinstance(element, AnyElement) else element.xml_name.rpartition("}")[2]
