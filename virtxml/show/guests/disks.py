"""The disks of a guest with the images that are in them, and those behind these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..screen import Row, table
from ..words import of_device, parts, said

if TYPE_CHECKING:
    from virtxml.schema.domain import Disk

    from ..screen import Block

_PLACE = ("file", "dev", "dir", "pool", "volume", "protocol", "name", "hosts", "type", "path", "address", "index")
"""The fields of a source that say where it is, and the number that libvirt gives it."""
_DEEPEST = 20
"""How many images behind each other are shown."""


def disks(found: list[Disk]) -> list[Block]:
    """Return a table of the disks."""
    return table(["disk", "bus", "kind", "format", "image"], [_row(disk) for disk in found])


def _row(disk: Disk) -> Row:
    source = disk.source
    device = said(disk, "device")
    image = place_of(source, said(disk, "type")) if source is not None else ""
    more = [*(["readonly"] if disk.readonly else []), *of_device(disk, ("type", "device", "readonly", *_SHOWN))]
    more += parts(disk.target, ("dev", "bus")) if disk.target is not None else []
    more += parts(disk.driver, ("name", "type")) if disk.driver is not None else []
    more += parts(source, _PLACE) if source is not None else []
    return Row(
        [
            said(disk.target, "dev") or "?",
            said(disk.target, "bus"),
            device or "disk",
            said(disk.driver, "type"),
            image or ("no image" if device in ("cdrom", "floppy") else "no source"),
        ],
        more,
        _chain(disk),
    )


_SHOWN = ("driver", "source", "target", "backing_store", "mirror")


def _chain(disk: Disk) -> list[list[str]]:
    """Return the images behind that of a disk, and the one that it is copied to."""
    lines: list[list[str]] = []
    store = disk.backing_store
    while store is not None and len(lines) < _DEEPEST:
        if store.source is not None or store.type is not None:
            place = place_of(store.source, said(store, "type")) or "?"
            kind = said(store.format, "type")
            rest = [*parts(store.format, ("type",))] if store.format is not None else []
            rest += parts(store.source, _PLACE) if store.source is not None else []
            lines.append([f"← {place}" + (f" ({kind})" if kind else ""), *rest])
        store = store.backing_store
    if store is not None:
        lines.append(["← …"])
    mirror = disk.mirror
    if mirror is not None:
        twice = ("format",) if mirror.format_element is not None else ()
        place = said(mirror, "file") or place_of(mirror.source, said(mirror, "type"))
        lines.append([f"→ {place or '?'}", *parts(mirror, ("type", "file", "source", "backing_store", *twice))])
    return lines


def place_of(source: Any, kind: str = "") -> str:
    """Return where an image is: a path, a volume of a pool, a URL as people write it; "" if nothing says it."""
    if source is None:
        return ""
    if said(source, "pool") or said(source, "volume"):
        return f"{said(source, 'pool')}/{said(source, 'volume')}"
    protocol = said(source, "protocol")
    if protocol:
        hosts = ",".join(_host(host) for host in source.hosts)
        return f"{protocol}://{hosts}/{said(source, 'name').lstrip('/')}"
    for name in ("file", "dev", "dir", "path"):
        if said(source, name):
            return said(source, name)
    address = getattr(source, "address", None)
    if address is not None:
        return f"{said(source, 'type') or kind} {' '.join(parts(address))}"
    return said(source, "type") or (kind if kind not in ("file", "block") else "")


def _host(host: Any) -> str:
    name, port = said(host, "name"), said(host, "port")
    return (f"[{name}]" if ":" in name else name) + (f":{port}" if port else "") or said(host, "socket")
