"""Values of the wrong type: what a program without type checkers may hand to a builder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...fields import ATTRIBUTE, ELEMENT, TEXT, VALUE
from ...node import Node
from ...scalars import INTEGER, STRING
from ...source.secrets.hiding import HIDDEN
from ..errors import BuildError

if TYPE_CHECKING:
    from ...fields import Field


def check_kinds(node: Node, *, variables: bool = False) -> None:
    """Raise BuildError if a field of an element, or of one inside it, has a value of the wrong type.

    ``variables`` is whether text may stand for numbers, as `$PORT` does in network filters.
    """
    for field in node.xml_fields.values():
        value = getattr(node, field.slot)
        for one in value if isinstance(value, list) else [value]:
            if one is None:
                continue
            if field.role == ELEMENT:
                if isinstance(one, Node):
                    check_kinds(one, variables=variables)
            elif field.role in (ATTRIBUTE, TEXT, VALUE):
                _check_kind(node, field, one, variables)


def _check_kind(node: Node, field: Field, value: object, variables: bool) -> None:
    if field.kind == STRING:
        fits, wanted = isinstance(value, str), "text"
    elif field.kind == INTEGER:
        fits = isinstance(value, int) and not isinstance(value, bool)
        fits, wanted = fits or (variables and isinstance(value, str)), "a whole number"
    else:
        fits, wanted = isinstance(value, bool), "True or False"
    place = f"{field.xml} of <{node.xml_name}>" if field.role == ATTRIBUTE else f"<{field.xml or node.xml_name}>"
    if not fits:
        raise BuildError(f"{place}: {HIDDEN if field.secret else repr(value)} is not {wanted}")
    if value == "":
        raise BuildError(f"{place}: empty text says nothing; leave it out, or write what is meant")
