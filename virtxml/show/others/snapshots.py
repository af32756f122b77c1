"""Snapshots, checkpoints and backups of a guest on a screen: when, of which disks, into what."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from ..guests.disks import place_of
from ..guests.resources import about
from ..screen import Row, Screen, facts, section, table
from ..words import amount, parts, said
from .anything import fields

if TYPE_CHECKING:
    from ..screen import Block

_KINDS = {"domainsnapshot": "snapshot", "domaincheckpoint": "checkpoint", "domainbackup": "backup"}
_ALREADY = ("name", "parent", "creation_time", "disks", "revert_disks", "domain", "inactive_domain", "cookie", "memory")


def snapshot(found: Any) -> Screen:
    """Return the screen of a snapshot, a checkpoint or a backup."""
    memory = getattr(found, "memory", None)
    return Screen(
        _KINDS[found.xml_name],
        said(found, "name"),
        [said(found, "state")] if said(found, "state") else [],
        [
            *section(
                "",
                facts(
                    ("made", [_time(said(found, "creation_time"))]),
                    ("after", [said(getattr(found, "parent", None), "name")]),
                    ("memory", parts(memory) if memory is not None else []),
                ),
                fields(found, (*_ALREADY, "state")),
            ),
            *section("Disks", _disks(found.disks)),
            *section("Disks to go back to", _disks(getattr(found, "revert_disks", None))),
            *section("Guest", _guest(getattr(found, "domain", None)), _guest(getattr(found, "inactive_domain", None))),
        ],
    )


def _time(written: str) -> str:
    """Return a time that is a number of seconds since 1970 as a date; as it is written, where it is none."""
    try:
        return datetime.fromtimestamp(int(written), timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (ValueError, OverflowError, OSError):
        return written


def _disks(disks: Any) -> list[Block]:
    """Return the table of disks: what is made of each, and where that goes."""
    rows = []
    for disk in disks.disks if disks is not None else []:
        name = next((field for field in ("source", "target", "scratch") if getattr(disk, field, None) is not None), "")
        image = getattr(disk, name) if name else None
        how = next((said(disk, field) for field in ("snapshot", "checkpoint", "backup") if said(disk, field)), "")
        rest = parts(disk, ("name", "snapshot", "checkpoint", "backup", "type", *([name] if name else [])))
        rows.append(Row([said(disk, "name"), how, said(disk, "type"), place_of(image)], rest))
    return table(["disk", "how", "kind", "image"], rows)


def _guest(domain: Any) -> list[Block]:
    """Return what the guest was, in a line."""
    if domain is None:
        return []
    devices = domain.devices
    number = amount(len(devices.disks), "disk") if devices is not None and devices.disks else ""
    return facts((said(domain, "name") or domain.xml_name, [*about(domain), said(domain, "uuid"), number]))
