"""What differs as plain data, for programs: the shape does not change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement
from virtxml.node import Node

from .unified import without_secrets

if TYPE_CHECKING:
    from .difference import Difference


def as_data(difference: Difference) -> dict[str, Any]:
    """Return a difference as plain data: `kind`, `path`, `new_path`, `old` and `new`.

    An object is its XML. Secrets are not shown.
    """
    return {
        "kind": difference.kind,
        "path": difference.path,
        "new_path": difference.new_path,
        "old": _plain(difference.old, difference.shown_old),
        "new": _plain(difference.new, difference.shown_new),
    }


def _plain(value: Any, shown: str) -> Any:
    """Return a value as plain data; ``shown`` is what people see of it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Node):
        return without_secrets(value.to_xml()).rstrip("\n")
    if isinstance(value, AnyElement):
        out: list[str] = []
        value._write(out, "")
        return without_secrets("".join(out)).rstrip("\n")
    return shown
