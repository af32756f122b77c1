"""A guest's disks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.python_code.calls.values import get, items
from virtxml.python_code.chains import Call, call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema.common import DiskSourceHost
    from virtxml.schema.domain import Disk, Domain


def groups(domain: Domain) -> Iterator[Group]:
    """Iterate over groups of calls."""
    yield from items(domain, "devices.disks", _disk, add=True)


def _disk(disk: Disk) -> list[Call]:
    """Return calls for a disk: one that leaves its bus, name and format to the builder, and one that says all."""
    said = {"bus": get(disk, "target.bus"), "target": get(disk, "target.dev")}
    boot = get(disk, "boot.order")
    path = get(disk, "source.file") or get(disk, "source.dev")
    if disk.device == "cdrom":
        return [call("cdrom", path, **more, boot=boot) for more in ({}, said)]
    if disk.device == "floppy":
        return [call("floppy", path, readonly=disk.readonly or None, boot=boot)]
    common = {
        "boot": boot,
        "cache": get(disk, "driver.cache"),
        "serial": disk.serial,
        "readonly": disk.readonly or None,
    }
    said["format"] = get(disk, "driver.type")
    if disk.type in ("file", "block"):
        common |= {name: get(disk, f"driver.{name}") for name in ("io", "discard", "iothread")}
        if disk.shareable:
            common["shareable"] = True
        return [call("disk", path, **more, **common) for more in ({}, said)]
    if disk.type == "volume":
        place = get(disk, "source.pool"), get(disk, "source.volume")
        return [call("volume_disk", *place, **more, **common) for more in ({}, said)]
    if disk.type == "network":
        common |= _remote(disk)
        place = get(disk, "source.protocol"), get(disk, "source.name")
        return [call("network_disk", *place, **more, **common) for more in ({}, said)]
    return []


def _remote(disk: Disk) -> dict[str, Any]:
    """Return where a disk of another machine is, and as whom to log in."""
    secret = get(disk, "source.auth.secret.uuid")
    hosts = [_host(host) for host in get(disk, "source.hosts") or []]
    return {"hosts": hosts, "user": get(disk, "source.auth.username"), "secret": secret}


def _host(host: DiskSourceHost) -> str | None:
    if host.socket is not None or host.name is None:
        return host.socket
    name = f"[{host.name}]" if ":" in host.name else host.name
    return name if host.port is None else f"{name}:{host.port}"
