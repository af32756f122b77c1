"""What objects say, without how it is laid out and which prefixes stand for namespaces: xsdata keeps neither."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from virtxml import AnyElement, Extra, Node
from virtxml.content import Comment

Scope = Mapping[str, str]


def meaning(value: Any) -> Any:
    """Return plain values that are equal for two objects that say the same."""
    if isinstance(value, Node):
        values = {name: getattr(value, name) for name in value.xml_fields}
        # Comments around a document are no part of what it says.
        return type(value), {name: meaning(value) for name, value in values.items()}, meaning(value.extra or None)
    if isinstance(value, list):
        return [meaning(item) for item in value]
    if isinstance(value, Extra):
        # White space around text between elements lays them out.
        content = [(place, item.strip() if isinstance(item, str) else meaning(item)) for place, item in value.content]
        return _attributes(value, value.namespaces), content
    if isinstance(value, AnyElement):
        return _element(value, {})
    return type(value), value


def _element(element: AnyElement, outer: Scope) -> Any:
    scope = {**outer, **element.namespaces}
    content: list[Any] = [""]
    for item in element.content:
        if isinstance(item, AnyElement):
            content += [_element(item, scope), ""]
        elif not isinstance(item, Comment):
            content[-1] += item
    laid_out = len(content) > 1
    content = [item for item in content if item != "" and not (laid_out and isinstance(item, str) and item.isspace())]
    return _expanded(element.name, scope), _attributes(element, scope), content


def _attributes(found: AnyElement | Extra, scope: Scope) -> dict[Any, str]:
    # Without a prefix, an attribute is in no namespace, whatever the default is.
    return {_expanded(name, {**scope, "": ""}): text for name, text in found.attributes.items()}


def _expanded(name: str, scope: Scope) -> tuple[str, str]:
    prefix, _, local = name.rpartition(":")
    return scope.get(prefix, prefix), local
