"""Which values of a document may not be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.node import Node, is_hidden
from virtxml.source.secrets.names import hides, may_hold_secret_text

if TYPE_CHECKING:
    from virtxml.element import Field


def is_secret(owner: Node, field: Field | None, value: Any, name: str) -> bool:
    """Tell whether a value may be a secret, by what it is a value of.

    Without a field it is that of an attribute of a ``name`` that no schema knows, or a text without one.
    """
    if field is not None:
        return is_hidden(owner, field, value)
    return isinstance(value, str) and (hides(value, (name,)) or may_hold_secret_text(owner.xml_name))
