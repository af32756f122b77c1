"""What goes along with a change of a domain: what was right for what was there, and nobody wants.

libvirt derives some things from others, and refuses those that do not go together. Where a document says only one of
two, the other is left to libvirt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.compare.satisfying import all_devices
from virtxml.schema.domain import Devices, Domain, PciAddress

from .gaps import counterpart

if TYPE_CHECKING:
    from collections.abc import Hashable

_ALWAYS_HEARD = frozenset(["none", "alsa", "coreaudio", "dbus", "file", "jack", "oss", "pipewire", "pulseaudio", "sdl"])
"""The types of audio that stand on no graphics."""


def settle(made: Domain, actual: Domain, wanted: Domain) -> None:
    """Leave to libvirt what follows from something that is another one in a domain now, and what nobody says."""
    if made.memory != actual.memory and wanted.current_memory is None:
        made.current_memory = None
    _settle_cpus(made, actual, wanted)
    has, wants = made.devices or Devices(), wanted.devices or Devices()
    if not wants.audios:
        # libvirt makes one of the type of graphics that there are.
        shown = {one.type for one in has.graphics}
        has.audios = [one for one in has.audios if one.type in shown | _ALWAYS_HEARD]
    _settle_boot(made, wanted, has, wants)
    _make_room(has, wants)


def _settle_cpus(made: Domain, actual: Domain, wanted: Domain) -> None:
    """Leave it to libvirt how CPUs and memory are spread, and how many CPUs there are at first, if there are others."""
    vcpu, before = made.vcpu, actual.vcpu
    if vcpu is None or before is None:
        return
    others = vcpu.value != before.value
    if others and isinstance(vcpu.current, int) and isinstance(vcpu.value, int) and vcpu.current > vcpu.value:
        vcpu.current = None
    if made.cpu is None:
        return
    if others and (wanted.cpu is None or wanted.cpu.topology is None):
        made.cpu.topology = None
    # What is plugged in needs a node to belong to.
    spread = made.max_memory is None and (others or made.memory != actual.memory)
    if spread and (wanted.cpu is None or wanted.cpu.numa is None):
        made.cpu.numa = None
        if made.numatune is not None and wanted.numatune is None:
            made.numatune.memnodes = []


def _settle_boot(made: Domain, wanted: Domain, has: Devices, wants: Devices) -> None:
    """Leave one way in which it is said what a guest boots from: by kinds of devices, or device by device."""
    in_devices = any(getattr(one, "boot", None) is not None for one in all_devices(wants))
    in_os = bool(wanted.os and wanted.os.boots)
    if in_devices and not in_os and made.os is not None:
        made.os.boots = []
    if in_os and not in_devices:
        for device in all_devices(has):
            if getattr(device, "boot", None) is not None:
                device.boot = None


def _make_room(has: Devices, wants: Devices) -> None:
    """Move devices from PCI addresses at which others are wanted."""
    taken: dict[Hashable, set[int]] = {}
    for field in wants.xml_fields.values():
        value, there = getattr(wants, field.name), getattr(has, field.name)
        for item in value if isinstance(value, list) else [value]:
            place = _place(item)
            if place is not None:
                owner = counterpart(there, value, item) if field.many else there
                taken.setdefault(place, set()).add(id(owner))
    # The first console is the first serial port once more.
    owners = {id(console) for console in has.consoles}
    for device in all_devices(has):
        if id(device) not in owners | taken.get(_place(device), {id(device)}):
            device.address = None


def _place(device: Any) -> Hashable:
    """Return where a device is on the PCI buses, None if it is on none, or nobody says."""
    address = getattr(device, "address", None)
    if not isinstance(address, PciAddress) or address.slot is None:
        return None
    parts = [getattr(address, name) or 0 for name in ("domain", "bus", "slot", "function")]
    return tuple(parts) if all(isinstance(part, int) for part in parts) else None
