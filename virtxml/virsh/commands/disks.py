"""Disks and what is in their drives."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ...guests.formats import kind_of_file
from ...scalars import Int
from ...schema.domain import (
    Alias,
    CcwAddress,
    Disk,
    DiskDriver,
    DiskSource,
    DiskSourceHost,
    DiskTarget,
    Domain,
    DriveAddress,
    PciAddress,
    UsbAddress,
)
from ..command import CONFIG, CURRENT, DOMAIN, LIVE, NUMBER, PERSISTENT, PRINT, WHEN, Command, Option, flag
from ..errors import VirshError
from ..finding import devices_of, find_disk, sources_of, take_out
from ..new_devices import add_disk
from ..said import one_of

if TYPE_CHECKING:
    from ...schema.domain import Address
    from ..said import Said

_ADDRESSES = {
    "pci": re.compile(r"pci:(?:0x)?([0-9a-f]{1,8})\.(?:0x)?([0-9a-f]{1,2})\.(?:0x)?([0-9a-f]{1,2})\.(?:0x)?([0-7])"),
    "ccw": re.compile(r"ccw:(?:0x)?([0-9a-f]{1,2})\.(?:0x)?([0-9a-f])\.(?:0x)?([0-9a-f]{1,4})"),
    "usb": re.compile(r"usb:(\d{1,5})\.(\d{1,5})"),
    "scsi": re.compile(r"scsi:(\d{1,9})\.(\d{1,9})\.(\d{1,9})"),
    "sata": re.compile(r"sata:(\d{1,9})\.(\d{1,9})\.(\d{1,9})"),
    "ide": re.compile(r"ide:(\d{1,9})\.(\d{1,9})\.(\d{1,9})"),
}
"""How addresses are written, by their types."""
_ADDRESSES_OF = {"vd": ("pci", "ccw"), "sd": ("scsi", "usb", "sata"), "hd": ("ide",)}
"""Which types of addresses disks may have, by what their names begin with."""
_WWN = re.compile(r"(0x)?[0-9a-fA-F]{16}")


def _attach(said: Said, domain: Domain) -> str | None:
    disk = _said_disk(said)
    if said.on("print-xml"):
        return disk.to_xml()
    add_disk(domain, disk)
    return None


def _said_disk(said: Said) -> Disk:
    """Return the disk that is said. Raises VirshError for what virsh makes no disk of."""
    mode = said.text("mode")
    if mode is not None:
        one_of(mode, ("readonly", "shareable"), "--mode")
    wwn = said.text("wwn")
    if wwn is not None and not _WWN.fullmatch(wwn):
        raise VirshError(f"--wwn: {wwn!r} does not have 16 hexadecimal digits")
    kind, source = _said_source(said)
    disk = Disk(type=kind, device=said.text("type"), source=source)
    driver = {"name": "driver", "type": "subdriver", "cache": "cache", "io": "io", "iothread": "iothread"}
    if said.has(*driver.values()):
        disk.driver = DiskDriver(**{field: said.text(option) for field, option in driver.items()})
        if said.has("iothread") and said.text("iothread").isdecimal():
            disk.driver.iothread = said.number("iothread")
    disk.target = DiskTarget(dev=said.text("target"), bus=said.text("targetbus"))
    disk.rawio = True if said.on("rawio") else None
    disk.readonly, disk.shareable = mode == "readonly", mode == "shareable"
    disk.serial, disk.wwn = said.text("serial"), wwn
    if said.has("alias"):
        disk.alias = Alias(name=said.text("alias"))
    disk.address = _said_address(said)
    return disk


def _said_source(said: Said) -> tuple[Any, DiskSource]:
    """Return the type of a disk, and its source."""
    path = said.text("source")
    if said.has("source-protocol"):
        return "network", _network_source(said)
    kind = said.text("sourcetype")
    if kind is None:
        kind = "block" if path and kind_of_file(path, remote=False) == "block" else "file"
    if kind == "network":
        raise VirshError("--sourcetype network: say which protocol with --source-protocol")
    one_of(kind, ("file", "block", "network"), "--sourcetype")
    return kind, DiskSource(dev=path) if kind == "block" else DiskSource(file=path)


def _network_source(said: Said) -> DiskSource:
    if said.text("sourcetype") not in (None, "network"):
        raise VirshError("--source-protocol: the source type is network then")
    source = DiskSource(protocol=said.text("source-protocol"), name=said.text("source"))
    transport, socket, server = (said.text(f"source-host-{name}") for name in ("transport", "socket", "name"))
    if (transport, socket, server) != (None, None, None):
        name, colon, port = (server or "").rpartition(":") if ":" in (server or "") else (server, "", "")
        bare = name[1:-1] if name is not None and name.startswith("[") and name.endswith("]") else name
        host = DiskSourceHost(name=bare, transport=transport, socket=socket)
        if colon:
            host.port = port  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
        source.hosts.append(host)
    return source


def _said_address(said: Said) -> Address | None:
    """Return the address that is said. Raises VirshError for one that is none, or that the disk cannot have."""
    text = said.text("address")
    if text is None:
        return None
    kind = text.partition(":")[0]
    match = _ADDRESSES[kind].fullmatch(text.lower()) if kind in _ADDRESSES else None
    if match is None:
        forms = "pci:0000.00.00.0, ccw:fe.0.0000, usb:0.0, scsi:0.0.0, sata:0.0.0, ide:0.0.0"
        raise VirshError(f"--address: {text!r} is no address; the forms are {forms}")
    name = said.text("target")
    allowed = next((kinds for prefix, kinds in _ADDRESSES_OF.items() if name.startswith(prefix)), (kind,))
    if kind not in allowed:
        raise VirshError(f"--address: {name} has an address of the type {' or '.join(allowed)}")
    parts = match.groups()
    if kind == "pci":
        domain, bus, slot, function = (int(part, 16) for part in parts)
        address = PciAddress.parse(f"{domain:04x}:{bus:02x}:{slot:02x}.{function:x}", type="pci")
        address.multifunction = True if said.on("multifunction") else None
        return address
    if kind == "ccw":
        cssid, ssid, devno = (int(part, 16) for part in parts)
        return CcwAddress(type="ccw", cssid=Int(f"{cssid:#x}"), ssid=Int(f"{ssid:#x}"), devno=Int(f"{devno:#06x}"))
    if kind == "usb":
        return UsbAddress(type="usb", bus=int(parts[0]), port=parts[1])
    controller, bus, unit = map(int, parts)
    return DriveAddress(type="drive", controller=controller, bus=bus, unit=unit)


def _detach(said: Said, domain: Domain) -> str | None:
    disk = find_disk(domain, said.text("target"))
    if said.on("print-xml"):
        return disk.to_xml()
    take_out(devices_of(domain).disks, disk)
    return None


def _change_media(said: Said, domain: Domain) -> str | None:
    name, path = said.text("path"), said.text("source")
    disk = find_disk(domain, name, ("cdrom", "floppy"))
    has_media = bool(sources_of(disk))
    if said.on("eject") and not has_media:
        raise VirshError(f"there is no medium in {name}")
    if path is None and not said.on("eject"):
        raise VirshError("no medium is said: say --source, or --eject")
    if said.on("insert") and has_media:
        raise VirshError(f"there is a medium in {name} already: say --update, or --eject it first")
    if said.on("print-xml"):
        disk = deepcopy(disk)
    if said.on("eject"):
        disk.source = None
        if disk.type == "block":
            disk.type = "file"
    else:
        kept = disk.source.startup_policy if disk.source is not None else None
        block = said.on("block")
        disk.type = "block" if block else "file"
        disk.source = DiskSource(dev=path, startup_policy=kept) if block else DiskSource(file=path, startup_policy=kept)
    return disk.to_xml() if said.on("print-xml") else None


COMMANDS = (
    Command(
        "attach-disk",
        "add a disk to a domain",
        (
            DOMAIN,
            Option("source", "its file, device, or name on the network", required=True, empty=True),
            Option("target", "its name in the guest: vdb", required=True),
            Option("targetbus", "its bus; the name tells it otherwise"),
            Option("driver", "its driver: qemu"),
            Option("subdriver", "its format: raw, qcow2 …"),
            Option("iothread", "the number of the I/O thread that serves it", NUMBER),
            Option("cache", "how it is cached: none, writeback …"),
            Option("io", "how it is read and written: threads, native, io_uring"),
            Option("type", "what it is: disk, cdrom, floppy, lun"),
            Option("mode", "readonly or shareable"),
            Option("sourcetype", "what the source is: file, block, network"),
            Option("serial", "its serial number"),
            Option("wwn", "its world wide name, 16 hexadecimal digits"),
            Option("alias", "its alias: ua-…"),
            flag("rawio", "allow raw I/O"),
            Option("address", "its address: pci:0000.00.00.0, scsi:0.0.0, ide:0.0.0, usb:0.0, sata:0.0.0, ccw:fe.0.0"),
            flag("multifunction", "the PCI address has several functions"),
            PRINT,
            Option("source-protocol", "the protocol of a source on the network"),
            Option("source-host-name", "its host: NAME or NAME:PORT"),
            Option("source-host-transport", "how the host is reached: tcp, rdma, unix"),
            Option("source-host-socket", "the socket of the host"),
            PERSISTENT,
            *WHEN,
        ),
        _attach,
        Domain,
        synonyms=(("shareable", "mode=shareable"),),
        needs=(
            ("source-host-name", "source-protocol"),
            ("source-host-transport", "source-protocol"),
            ("source-host-socket", "source-protocol"),
            ("source-host-socket", "source-host-transport"),
        ),
    ),
    Command(
        "detach-disk",
        "take a disk out of a domain",
        (DOMAIN, Option("target", "its name in the guest, or its path", required=True), PERSISTENT, *WHEN, PRINT),
        _detach,
        Domain,
    ),
    Command(
        "change-media",
        "put a medium into a drive, change it, take it out",
        (
            DOMAIN,
            Option("path", "the name of the drive in the guest, or the path of its medium", required=True),
            Option("source", "the path of the new medium"),
            flag("eject", "take the medium out"),
            flag("insert", "put a medium into an empty drive"),
            flag("update", "change the medium that there is"),
            CURRENT,
            LIVE,
            CONFIG,
            flag("force", "change it even if the guest has locked the drive"),
            PRINT,
            flag("block", "the new medium is a device of the host"),
        ),
        _change_media,
        Domain,
        exclusive=(("eject", "insert"), ("eject", "update"), ("insert", "update"), ("eject", "block")),
    ),
)
