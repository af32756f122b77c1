"""From objects to the expressions that build them: calls of their classes, with what is set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from virtxml.codec.kept.places import settled
from virtxml.content import AnyElement, Comment, Extra
from virtxml.node import Node
from virtxml.scalars import Int

from .expressions import Brackets, Expression, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .imports import Imports

_DEEPEST = 12
"""How deep brackets are nested at most, or there is no room for what is inside; Python itself refuses 200."""
_EXTRA = ("attributes", "content", "namespaces", "order", "siblings", "before", "after")
"""The arguments of an `Extra`."""


class ModelWriter:
    """Makes expressions that build objects.

    Attributes:
        statements: what has to be there before the last expression that was made: names and their values. There are
            none, unless elements are nested very deep.
    """

    def __init__(self, imports: Imports) -> None:
        self.statements: list[tuple[str, Expression]] = []
        self._imports = imports
        self._made: dict[int, Expression] = {}
        self._count = 0

    def expression(self, root: Node | AnyElement) -> Expression:
        """Return the expression that builds an object. Raises TypeError for a value that no document can hold."""
        found = list(elements(root))
        for element in found:
            if isinstance(element, Node):
                self._imports.of_class(type(element))
        # From the inside out, as recursion would end at documents that are nested very deep.
        for element in reversed(found):
            made = self._node(element) if isinstance(element, Node) else self._any(element)
            if made.depth >= _DEEPEST and element is not root:
                made = self._named(type(element).__name__, made)
            self._made[id(element)] = made
        return self._made[id(root)]

    def value(self, value: object, owner: Node | None = None) -> Expression:
        """Return the expression of any value; ``owner`` is the object that has it, if it is an `Extra`.

        Raises TypeError for a value that no document can hold.
        """
        if isinstance(value, Extra):
            for element in value.elements:
                self.expression(element)
            return self._extra(owner or Node(), value)
        for item in value if isinstance(value, list | tuple) else [value]:
            if isinstance(item, Node | AnyElement):
                self.expression(item)
        return self._value(value)

    def _node(self, node: Node) -> Expression:
        arguments = [
            (f"{name}=", self._value(getattr(node, name)))
            for name, field in node.xml_fields.items()
            if not _is_default(getattr(node, name), [] if field.many else field.default)
        ]
        if node.extra is not None:
            arguments.append(("extra=", self._extra(node, node.extra)))
        return Brackets(f"{self._imports.of_class(type(node))}(", arguments, ")")

    def _any(self, element: AnyElement) -> Expression:
        arguments: list[tuple[str, Expression]] = [("", Text(element.name))]
        if element.attributes:
            arguments.append(("attributes=", self._value(element.attributes)))
        if element.content:
            arguments.append(("content=", self._value(element.content)))
        if element.namespaces:
            arguments.append(("namespaces=", self._value(element.namespaces)))
        return Brackets(f"{self._imports.name('virtxml', 'AnyElement')}(", arguments, ")")

    def _extra(self, node: Node, extra: Extra) -> Expression:
        extra = (settled(node) if node.extra is extra else None) or extra
        values = [(f"{name}=", self._value(getattr(extra, name))) for name in _EXTRA if getattr(extra, name)]
        return Brackets(f"{self._imports.name('virtxml', 'Extra')}(", values, ")")

    def _named(self, kind: str, made: Expression) -> Expression:
        """Give an expression a name; return that."""
        self._count += 1
        name = f"{snake_case(kind)}_{self._count}"
        self.statements.append((name, made))
        return Expression(name)

    def _value(self, value: Any) -> Expression:
        if isinstance(value, (Node, AnyElement)):
            return self._made[id(value)]
        if isinstance(value, list):
            return Brackets("[", [("", self._value(item)) for item in value], "]")
        if isinstance(value, tuple):
            return Brackets("(", [("", self._value(item)) for item in value], ")")
        if isinstance(value, dict):
            return Brackets(
                "{", [(f"{self._value(key).flat}: ", self._value(item)) for key, item in value.items()], "}"
            )
        return self._scalar(value)

    def _scalar(self, value: object) -> Expression:
        if isinstance(value, Comment):
            return Brackets(f"{self._imports.name('virtxml.content', 'Comment')}(", [("", Text(str(value)))], ")")
        if isinstance(value, str):
            return Text(str(value))
        if isinstance(value, Int):
            return Expression(f"{self._imports.name('virtxml.scalars', 'Int')}({Text(value.text).flat})")
        if value is None or isinstance(value, bool):
            return Expression(repr(value))
        if isinstance(value, int):
            return Expression(repr(int(value)))
        raise TypeError(f"{type(value).__name__} is no value of an attribute or element")


def elements(root: Node | AnyElement) -> Iterator[Node | AnyElement]:
    """Iterate over an object and all below it, each before what is inside it."""
    pending: list[Any] = [root]
    while pending:
        value = pending.pop()
        if isinstance(value, Node):
            yield value
            pending.append(value.extra)
            pending.extend(getattr(value, name) for name in reversed(value.xml_fields))
        elif isinstance(value, AnyElement):
            yield value
            pending.extend(reversed(value.content))
        elif isinstance(value, Extra):
            pending.extend(reversed(value.elements))
        elif isinstance(value, list):
            pending.extend(reversed(value))


def _is_default(value: Any, default: Any) -> bool:
    # Int("0") would be equal to False.
    return type(value) is type(default) and bool(value == default)


def snake_case(name: str) -> str:
    """Return a name for an object of a class: `storage_pool` for `StoragePool`, `nw_filter` for `NWFilter`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
