"""Devices of any kind, as the documents of devices say them, or by their aliases."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, cast

from ...difference import apply, changes
from ...kinds.reading import read_text
from ...node import Node
from ...schema.domain import (
    Channel,
    Console,
    Controller,
    Disk,
    Domain,
    Filesystem,
    Graphics,
    Hostdev,
    Input,
    Interface,
    Lease,
    MemoryDevice,
    Parallel,
    Redirdev,
    Rng,
    Serial,
    Shmem,
    Sound,
    Vsock,
    Watchdog,
)
from ..command import DOMAIN, PERSISTENT, WHEN, Command, Option, flag
from ..errors import VirshError
from ..finding import devices_of, mac_of, same_mac, take_out, target_of
from ..new_devices import add_disk, check_valid, fill_in_disk, fill_in_interface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..said import Said

_LISTS: dict[type[Node], str] = {
    Disk: "disks",
    Interface: "interfaces",
    Sound: "sounds",
    Hostdev: "hostdevs",
    Lease: "leases",
    Controller: "controllers",
    Serial: "serials",
    Parallel: "parallels",
    Console: "consoles",
    Channel: "channels",
    Filesystem: "filesystems",
    Rng: "rngs",
    MemoryDevice: "memories",
    Redirdev: "redirdevs",
    Shmem: "shmems",
    Watchdog: "watchdogs",
    Input: "inputs",
}
"""Devices that libvirt lets come and go in what is defined, with the lists that they are in. Vsock is alone."""
_ONCE = (Hostdev, Lease, Shmem, Channel)
"""Devices that there cannot be two equal ones of."""


def _said_device(said: Said) -> Node:
    """Return the device in the file that is said. Raises OSError and ParseError for what cannot be read."""
    source = said.read(said.text("file"))
    found = cast("Node", read_text(source, None))
    # What is no device by itself may be one by its name, as interfaces of hosts and of guests are called alike.
    kinds: list[type[Node]] = [*_LISTS, Graphics, Vsock]
    named = next((kind for kind in kinds if kind.xml_name == found.xml_name), type(found))
    return found if isinstance(found, named) else named.from_xml(source)


def _attach(said: Said, domain: Domain) -> str | None:
    device, devices = _said_device(said), devices_of(domain)
    if isinstance(device, Disk):
        add_disk(domain, device)
        return None
    if isinstance(device, Interface):
        fill_in_interface(device)
    check_valid(device)
    if isinstance(device, Vsock):
        if devices.vsock is not None:
            raise VirshError("there is a vsock already")
        devices.vsock = device
        return None
    _refuse_second(domain, device)
    _list_of(domain, device, "attached").append(device)
    return None


def _list_of(domain: Domain, device: Node, done: str) -> list[Any]:
    """Return the list of devices that a device belongs into. Raises VirshError if it is none that comes and goes."""
    name = _LISTS.get(type(device))
    if name is None:
        raise VirshError(f"<{device.xml_name}> is nothing that can be {done}")
    found: list[Any] = getattr(devices_of(domain), name)
    return found


def _refuse_second(domain: Domain, device: Node) -> None:
    devices = devices_of(domain)
    if isinstance(device, Controller) and device.index is not None:
        place = (device.type, device.index)
        if place in [(one.type, one.index) for one in devices.controllers]:
            raise VirshError(f"there is a controller {device.type} {device.index} already")
    if isinstance(device, Filesystem) and any(_is_meant(device, one) for one in devices.filesystems):
        raise VirshError("there is a file system with this target already")
    if isinstance(device, _ONCE) and any(_is_meant(device, one) for one in getattr(devices, _LISTS[type(device)])):
        raise VirshError(f"there is such a <{device.xml_name}> already")


def _is_meant(said: Node, found: Node) -> bool:
    """Tell whether a device is the one that another one says."""
    if isinstance(said, Disk) and isinstance(found, Disk):
        return target_of(said) == target_of(found)
    if isinstance(said, Interface) and isinstance(found, Interface) and said.mac is not None:
        return same_mac(mac_of(said), mac_of(found)) and (said.address is None or _says(found.address, said.address))
    if isinstance(said, Controller) and isinstance(found, Controller):
        return (said.type, said.index) == (found.type, found.index)
    if isinstance(said, Filesystem) and isinstance(found, Filesystem) and said.target is not None:
        return found.target is not None and said.target.dir == found.target.dir
    return _says(found, said)


def _says(found: object, said: object) -> bool:
    """Tell whether a value says all that another one says."""
    if isinstance(said, Node):
        if type(said) is not type(found):
            return False
        return all(_says(getattr(found, field.name), getattr(said, field.name)) for field in fields(said))
    if said is None or said is False or said == []:
        return True
    if isinstance(said, list) and isinstance(found, list):
        return all(any(_says(one, wanted) for one in found) for wanted in said)
    return found == said


def _meant(candidates: list[Any], device: Node) -> Any:
    """Return the device among some that another one says. Raises VirshError unless there is one."""
    found = [one for one in candidates if _is_meant(device, one)]
    if not found:
        raise VirshError(f"there is no such <{device.xml_name}>")
    if len(found) > 1:
        raise VirshError(f"{len(found)} devices are such a <{device.xml_name}>: say more of it, such as its address")
    return found[0]


def _detach(said: Said, domain: Domain) -> str | None:
    device, devices = _said_device(said), devices_of(domain)
    if isinstance(device, Vsock):
        _meant([] if devices.vsock is None else [devices.vsock], device)
        devices.vsock = None
        return None
    candidates = _list_of(domain, device, "detached")
    take_out(candidates, _meant(candidates, device))
    return None


def _update(said: Said, domain: Domain) -> str | None:
    device = _said_device(said)
    found = _to_update(domain, device)
    if isinstance(device, Disk):
        fill_in_disk(domain, device)
    if isinstance(device, Interface):
        fill_in_interface(device)
    check_valid(device)
    apply(found, changes(found, device))
    return None


def _to_update(domain: Domain, device: Node) -> Node:
    """Return the device that another one is to replace. Raises VirshError if there is none."""
    devices = devices_of(domain)
    if isinstance(device, Disk):
        return cast("Node", _meant(devices.disks, device))
    if isinstance(device, Interface):
        return cast("Node", _meant(devices.interfaces, device))
    if not isinstance(device, Graphics):
        raise VirshError(f"<{device.xml_name}> is nothing that can be updated: only disks, interfaces and graphics")
    found = next((one for one in devices.graphics if one.type == device.type), None)
    if found is None:
        raise VirshError(f"there are no graphics of the type {device.type}")
    return found


def _with_aliases(domain: Domain) -> Iterator[tuple[str, Node]]:
    """Iterate over all devices of a domain, with the fields that they are in."""
    devices = devices_of(domain)
    for field in fields(devices):
        value = getattr(devices, field.name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Node):
                yield field.name, one


def _detach_alias(said: Said, domain: Domain) -> str | None:
    name, devices = said.text("alias"), devices_of(domain)
    for field, device in _with_aliases(domain):
        alias = getattr(device, "alias", None)
        if alias is None or alias.name != name:
            continue
        if field not in (*_LISTS.values(), "vsock"):
            raise VirshError(f"the device {name}, <{device.xml_name}>, is nothing that can be detached")
        if field == "vsock":
            devices.vsock = None
        else:
            take_out(getattr(devices, field), device)
        return None
    raise VirshError(f"no device has the alias {name!r}")


_FILE = Option("file", "the document of the device", "FILE", required=True)

COMMANDS = (
    Command("attach-device", "add a device to a domain", (DOMAIN, _FILE, PERSISTENT, *WHEN), _attach, Domain),
    Command("detach-device", "take a device out of a domain", (DOMAIN, _FILE, PERSISTENT, *WHEN), _detach, Domain),
    Command(
        "detach-device-alias",
        "take the device of an alias out of a domain",
        (DOMAIN, Option("alias", "the alias: ua-…", required=True), *WHEN),
        _detach_alias,
        Domain,
    ),
    Command(
        "update-device",
        "change a disk, an interface or graphics of a domain",
        (DOMAIN, _FILE, PERSISTENT, *WHEN, flag("force", "change it even if the guest has locked the drive")),
        _update,
        Domain,
    ),
)
