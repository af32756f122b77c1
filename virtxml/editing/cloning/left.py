"""What a clone has in common with its original although no two guests should, and what its own is not yet."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from .disks import disks_of, is_empty, is_shared_by_nature, name_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from virtxml.schema.domain import CharSource, Devices, Disk, Domain, Interface, Tpm

_LISTENS = "is that of the original: only one of the guests can listen"
_DEVICE = "the device of the host is that of the original: only one of the guests can have it"


class Left(NamedTuple):
    """Something that is in a clone as it is in its original.

    Attributes:
        place: what it is part of, such as "disk vda" or "vsock".
        reason: what it is, and what comes of it; one line.
    """

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def left(domain: Domain, copied: Collection[int], uuid: str | None) -> list[Left]:
    """Return what a clone has in common with its original.

    Args:
        domain: the clone, which already is one.
        copied: the `id` of each disk that got an image of its own.
        uuid: the UUID of the original.
    """
    found = [*_identity(domain, uuid), *_labels(domain)]
    devices = domain.devices
    if devices is not None:
        for disk in disks_of(domain):
            found += _disk(disk, id(disk) in copied)
        for number, interface in enumerate(devices.interfaces, 1):
            found += _interface(f"interface {number}", interface)
        found += [*_characters(devices), *_graphics(devices), *_of_host(devices), *_aliases(devices)]
        for tpm in devices.tpms:
            found += _tpm(tpm)
    if domain.qemu_commandline is not None:
        found.append(Left("qemu:commandline", "the arguments are those of the original, names and paths in them too"))
    return found


def _identity(domain: Domain, uuid: str | None) -> Iterator[Left]:
    if domain.genid:
        yield Left("genid", "the generation ID is that of the original, so the system sees no change; leave it empty")
    if domain.hwuuid:
        yield Left("hwuuid", "what the system sees as its UUID is that of the original")
    for info in domain.sysinfos:
        for entry in () if info.system is None else info.system.entries:
            if entry.name in ("serial", "uuid") and entry.value and entry.value != domain.uuid:
                yield Left("sysinfo", f"the {entry.name} {entry.value} of the system is that of the original")
    if uuid and domain.metadata is not None:
        for element in domain.metadata.iter():
            if any(uuid in value for value in (element.text, *element.attributes.values())):
                yield Left("metadata", f"the UUID of the original is in <{element.name.rpartition('}')[2]}>")


def _labels(domain: Domain) -> Iterator[Left]:
    for label in domain.seclabels:
        if label.type == "static" and label.label:
            yield Left("seclabel", f"the label {label.label} is fixed, so the guests are not kept apart")


def _disk(disk: Disk, copied: bool) -> Iterator[Left]:
    place = f"disk {name_of(disk)}"
    if not (copied or is_empty(disk) or is_shared_by_nature(disk)):
        yield Left(place, "it is that of the original: what one guest writes, the other does not expect")
    for name, value in (("serial number", disk.serial), ("world wide name", disk.wwn)):
        if value:
            yield Left(place, f"the {name} {value} is that of the original")
    if copied and disk.source is not None and disk.source.data_store is not None:
        yield Left(place, "the data store is that of the original")


def _interface(place: str, interface: Interface) -> Iterator[Left]:
    if interface.type == "hostdev":
        yield Left(place, _DEVICE)
    parameters = None if interface.virtualport is None else interface.virtualport.parameters
    for name in ("interfaceid", "instanceid"):
        value = getattr(parameters, name, None)
        if value:
            yield Left(place, f"the {name} {value} of its port is that of the original")


def _characters(devices: Devices) -> Iterator[Left]:
    for number, serial in enumerate(devices.serials, 1):
        yield from _sources(f"serial {number}", serial.type, serial.sources)
    for number, parallel in enumerate(devices.parallels, 1):
        yield from _sources(f"parallel {number}", parallel.type, parallel.sources)
    for number, console in enumerate(devices.consoles, 1):
        yield from _sources(f"console {number}", console.type, console.sources)
    for number, channel in enumerate(devices.channels, 1):
        yield from _sources(f"channel {number}", channel.type, channel.sources)


def _sources(place: str, kind: str | None, sources: Sequence[CharSource]) -> Iterator[Left]:
    for source in sources:
        if kind in ("file", "pipe", "dev") and source.path:
            yield Left(place, f"{source.path} is that of the original")
        if source.mode == "bind" and (source.path or source.service):
            yield Left(place, f"{source.path or f'port {source.service}'} {_LISTENS}")


def _graphics(devices: Devices) -> Iterator[Left]:
    for number, graphics in enumerate(devices.graphics, 1):
        fixed = {"tlsPort": graphics.tls_port, "websocket": graphics.websocket}
        told = [f"{name} {port}" for name, port in fixed.items() if port is not None and port > 0]
        sockets = [graphics.socket, *(listen.socket for listen in graphics.listens)]
        for where in [*told, *dict.fromkeys(socket for socket in sockets if socket)]:
            yield Left(f"graphics {number}", f"{where} {_LISTENS}")


def _of_host(devices: Devices) -> Iterator[Left]:
    for number, hostdev in enumerate(devices.hostdevs, 1):
        if not hostdev.shareable:
            yield Left(f"hostdev {number}", _DEVICE)
    if devices.vsock is not None and devices.vsock.cid is not None and not devices.vsock.cid.auto:
        cid = devices.vsock.cid.address
        if cid is not None:
            yield Left("vsock", f"the CID {cid} is that of the original: only one of the guests can have it")
    for number, filesystem in enumerate(devices.filesystems, 1):
        if not filesystem.readonly:
            yield Left(f"filesystem {number}", "it is that of the original, and both guests can write to it")
    for number, memory in enumerate(devices.memories, 1):
        if memory.source is not None and memory.source.path:
            yield Left(f"memory {number}", f"{memory.source.path} is that of the original")
    if devices.pstore is not None and devices.pstore.path:
        yield Left("pstore", f"{devices.pstore.path} is that of the original")
    for number, _lease in enumerate(devices.leases, 1):
        yield Left(f"lease {number}", "it is that of the original: only one of the guests can have it")


def _tpm(tpm: Tpm) -> Iterator[Left]:
    backend = tpm.backend
    if backend is None:
        return
    if backend.type == "emulator" and (backend.source is None or not backend.source.path):
        yield Left("tpm", "the state is not copied: the clone begins with an empty one, and cannot read what needs it")
    else:
        yield Left("tpm", "it is that of the original: only one of the guests can have it")


def _aliases(devices: Devices) -> Iterator[Left]:
    """Tell of the names that people gave: libvirt gives all others anew."""
    names = []
    for field in fields(devices):
        value = getattr(devices, field.name)
        for device in value if isinstance(value, list) else [value]:
            name = getattr(getattr(device, "alias", None), "name", None)
            if name and name.startswith("ua-"):
                names.append(name)
    if names:
        yield Left("aliases", f"{', '.join(names)} are those of the original")
