"""Pools and volumes on a screen: what they are, where, and how full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..screen import Screen, facts, section
from ..words import parts, said, sized
from .anything import fields

if TYPE_CHECKING:
    from virtxml.schema.storagepool import StoragePool
    from virtxml.schema.storagevol import StorageVolume

_PERCENT = 100


def pool(found: StoragePool) -> Screen:
    """Return the screen of a pool of storage."""
    source, target = found.source, found.target
    shown = ("type", "name", "uuid", "capacity", "allocation", "available", "source", "target")
    return Screen(
        "storage pool",
        said(found, "name"),
        [said(found, "type")],
        [
            *section(
                "",
                facts(
                    ("uuid", [said(found, "uuid")]),
                    ("size", _sizes(found, "available")),
                    ("from", parts(source) if source is not None else []),
                    ("at", [said(target, "path"), *(parts(target, ("path",)) if target is not None else [])]),
                ),
                fields(found, shown),
            )
        ],
    )


def volume(found: StorageVolume) -> Screen:
    """Return the screen of a volume."""
    target, behind = found.target, found.backing_store
    kind = said(target.format, "type") if target is not None else ""
    name = said(found, "name")
    key = said(found, "key")
    path = said(target, "path")
    return Screen(
        "storage volume",
        name,
        [part for part in (said(found, "type"), kind) if part],
        [
            *section(
                "",
                facts(
                    ("size", _sizes(found, "physical")),
                    ("at", [path]),
                    ("key", [key if key != path else ""]),
                    ("image", _rest(target)),
                    ("on top of", [said(behind, "path"), *_rest(behind)]),
                ),
                fields(found, ("type", "name", "key", "capacity", "allocation", "physical", "target", "backing_store")),
            )
        ],
    )


def _rest(image: Any) -> list[str]:
    """Return what is said of an image beside its path."""
    return parts(image, ("path",)) if image is not None else []


def _sizes(found: Any, third: str) -> list[str]:
    """Return the sizes of a pool or volume, with the part of it that is taken."""
    if found.xml_name == "pool" and said(found.capacity, "value") == "0":
        # Which it is before it has been started.
        return []
    words = [sized(found.capacity)]
    taken = sized(found.allocation)
    if taken:
        words.append(f"{taken} taken{_part(found)}")
    last = sized(getattr(found, third))
    return [*words, f"{last} {third}" if last else ""]


def _part(found: Any) -> str:
    """Return how much of the whole is taken, " (25 %)"; "" if that is not known."""
    try:
        whole, taken = found.capacity.bytes, found.allocation.bytes
    except (AttributeError, ValueError):
        return ""
    part = taken * _PERCENT // whole if whole and taken else 0
    return f" ({part} %)" if part else ""
