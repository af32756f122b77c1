"""Write what belongs to no field: unknown attributes and the namespaces that they need, stray text and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.codec.kept.attributes import in_order
from virtxml.codec.shape import shape_of
from virtxml.content import Comment
from virtxml.content.extra import shaped
from virtxml.content.wellformed import check_once, check_prefixes, checked_name, checked_namespace, comment
from virtxml.scalars import STRING, attribute_text, element_text

from .values import attribute_of, tag_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from virtxml.content import Extra
    from virtxml.element import Element


def start_with(
    node: Element, spaces: dict[str, str], fixed: dict[str, str], outer: Mapping[str, str]
) -> tuple[str, Mapping[str, str]]:
    """Return what stands in the start tag of a node that has unknown content, and the namespaces declared in it.

    ``spaces`` are declared for children of its fields, ``fixed`` are all that cannot be others. Raises ValueError if
    its unknown attributes could not be read again, and TypeError for unknown content of another shape.
    """
    extra = shaped(node.extra)
    scope = _scope(node, extra, fixed, outer)
    return tag_with(_attributes(node, extra), {**spaces, **extra.namespaces}), scope


def stray(text: str) -> str:
    """Return a text or comment between elements as it is written."""
    return comment(text) if isinstance(text, Comment) else element_text(text, STRING)


def _attributes(node: Element, extra: Extra) -> Iterator[str]:
    """Iterate over the attributes as text, the unknown ones where they were found."""
    for one in in_order(node, extra):
        if isinstance(one, str):
            yield f" {checked_name(one)}='{attribute_text(extra.attributes[one], STRING)}'"
        else:
            yield attribute_of(node, one)


def _scope(node: Element, extra: Extra, fixed: dict[str, str], outer: Mapping[str, str]) -> Mapping[str, str]:
    """Return the namespaces that are declared in a node."""
    if not extra.namespaces and not extra.attributes:
        return {**outer, **fixed} if fixed else outer
    scope = {**outer, **extra.namespaces, **fixed}
    for prefix, uri in extra.namespaces.items():
        checked_namespace(prefix, uri)
        if not prefix or fixed.get(prefix, uri) != uri:
            raise ValueError(f'the prefix "{prefix}" stands for another namespace here')
    fields = shape_of(type(node)).attributes.values()
    known = [field.xml for field in fields if getattr(node, field.slot) is not None]
    check_prefixes(extra.attributes, scope)
    check_once([*known, *extra.attributes], scope)
    if any(name[:5] == "xmlns" and name[5:6] in ("", ":") for name in extra.attributes):
        raise ValueError("namespaces are declared in namespaces, not among the attributes")
    return scope
