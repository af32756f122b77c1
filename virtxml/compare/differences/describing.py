"""Values and objects on one line, as they may be shown: in a few words, and without secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.compare.secrecy import is_secret
from virtxml.content import AnyElement
from virtxml.difference import is_nothing, values
from virtxml.element import ELEMENT, FLAG
from virtxml.node import Node, is_hidden
from virtxml.pci import PciLocation, pci_text
from virtxml.scalars import ON_OFF
from virtxml.source.secrets.hiding import HIDDEN

from .naming import local

if TYPE_CHECKING:
    from collections.abc import Sequence

    from virtxml.element import Field

_TELLING = (
    "type",
    "device",
    "mode",
    "model",
    "model.value",
    "model.type",
    "model.name",
    "name",
    "source.file",
    "source.dev",
    "source.network",
    "source.bridge",
    "source.pool",
    "source.volume",
    "source.name",
    "source.dir",
    "source.path",
    "source.mode",
    "port",
    "bus",
    "target.type",
    "target.name",
    "target.dir",
    "target.bus",
    "backend.model",
    "value",
)
"""The ways to values that say what an object is, in the order in which they are told."""
_SWITCHES = (("no", "yes"), ("off", "on"))
_MOST = 5
"""So many words tell what an object is, at most."""
_LONGEST = 100
"""So many characters of a value are shown, at most."""


def shown(owner: Node, field: Field | None, value: Any, name: str = "") -> str:
    """Return a value of an object's field in a few words: an object by what it is, a secret as something hidden.

    Without a field it is that of an attribute of a ``name`` that no schema knows, or a text without one.
    """
    if value is None:
        return ""
    if isinstance(value, Node):
        return described(value)
    if isinstance(value, AnyElement):
        return f"<{local(value)}>"
    if is_secret(owner, field, value, name):
        return HIDDEN
    if isinstance(value, bool):
        # A flag says all by being there.
        return "" if field is None or field.role == FLAG else _SWITCHES[field.kind == ON_OFF][value]
    return shortened(str(getattr(value, "text", value)))


def shortened(text: str) -> str:
    """Return a text with dots in the place of the end of a long one."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def described(node: Node) -> str:
    """Return what an object is in a few words, as far as it says: `network default, virtio`."""
    if isinstance(node, PciLocation) and (place := pci_text(node)) is not None:
        return f"pci {place}"
    if node.xml_name == "address":
        return " ".join(_first(node))
    found: list[str] = []
    for way in _TELLING:
        text = _at(node, way.split("."))
        if text is not None and text not in found and len(found) < _MOST:
            found.append(text)
    return " ".join(found) or " ".join(_first(node))


def _at(node: Any, way: Sequence[str]) -> str | None:
    """Return the text at the end of a way from an object, None if there is none that may be shown."""
    for name in way[:-1]:
        node = getattr(node, name, None)
    field = node.xml_fields.get(way[-1]) if isinstance(node, Node) else None
    value = None if field is None else getattr(node, field.name)
    if field is None or is_nothing(value) or isinstance(value, Node | list | bool | AnyElement):
        return None
    return None if is_hidden(node, field, value) else shown(node, field, value)


def _first(node: Node) -> list[str]:
    """Return the first plain values of an object that says little else, with their names."""
    found: list[str] = []
    for field, value in zip(type(node).xml_fields.values(), values(node), strict=True):
        plain = field.role != ELEMENT and not isinstance(value, list | AnyElement)
        if plain and not is_nothing(value) and value is not False and len(found) < _MOST:
            text = shown(node, field, value)
            found.append(f"{field.xml}={text}" if field.xml and text else field.xml or text)
    return found
