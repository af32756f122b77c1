"""Random changes of models, with values that documents have."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from virtxml import Node
from virtxml.editing.origins import objects
from virtxml.element import ATTRIBUTE, FLAG, TEXT, VALUE, Field

_MOST = 20


def nodes(model: Node) -> list[Node]:
    """Return all objects of a model."""
    return [item for item in objects(model) if isinstance(item, Node)]


class Changing:
    """Changes models at random, with what was seen in others."""

    def __init__(self, models: Iterable[Node]) -> None:
        self._seen: defaultdict[Field, list[Any]] = defaultdict(list)
        for model in models:
            for node in nodes(model):
                for field, value in _set(node):
                    if len(self._seen[field]) < _MOST:
                        self._seen[field] += value[:_MOST] if field.many else [value]

    def change(self, model: Node, choose: random.Random) -> None:
        """Change one field: set it, unset it, or add, remove, move, replace what is in its list."""
        node = choose.choice(nodes(model))
        if not node.xml_fields:
            return
        name, field = choose.choice([*node.xml_fields.items()])
        new = deepcopy(choose.choice(self._seen[field])) if self._seen[field] else None
        if field.many:
            _change_list(getattr(node, name), new, choose)
        elif new is None or choose.random() < 0.35:
            setattr(node, name, False if field.role == FLAG else None)
        else:
            setattr(node, name, new)

    def set_one(self, model: Node, choose: random.Random) -> tuple[Node, str] | None:
        """Set one attribute or text that is there to another value; return where, None if there is none to set."""
        places = [(node, name, field) for node in nodes(model) for name, field in _plain(node)]
        choose.shuffle(places)
        for node, name, field in places:
            others = [value for value in self._seen[field] if value not in (getattr(node, name), "")]
            if others:
                setattr(node, name, choose.choice(others))
                return node, name
        return None


def _set(node: Node) -> Iterator[tuple[Field, Any]]:
    """Iterate over the fields of an object that are set, and their values."""
    for name, field in node.xml_fields.items():
        value = getattr(node, name)
        if value is not None and value is not False and value != []:
            yield field, value


def _plain(node: Node) -> Iterator[tuple[str, Field]]:
    """Iterate over the fields of an object that hold a value of an attribute or a text."""
    for field, value in _set(node):
        if field.role in (ATTRIBUTE, TEXT, VALUE) and not field.many and value != "":
            yield field.name, field


def _change_list(items: list[Any], new: Any, choose: random.Random) -> None:
    place = choose.randrange(len(items) + 1)
    what = choose.choice(["remove", "shuffle", "repeat", "replace", "rotate", "add"])
    if what == "remove" and items:
        del items[place % len(items)]
    elif what == "shuffle":
        choose.shuffle(items)
    elif what == "repeat" and items:
        items.insert(place, deepcopy(choose.choice(items)))
    elif what == "replace" and items and new is not None:
        items[place % len(items)] = new
    elif what == "rotate" and items:
        items.append(items.pop(0))
    elif new is not None:
        items.insert(place, new)
