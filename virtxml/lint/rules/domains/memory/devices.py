"""Which memory can be plugged in, and where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....schema.domain import DimmAddress
from ....guest import whole
from ....rule import Problem, rule
from ....values import MEBIBYTE, bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Devices, MemoryDevice
    from ....guest import Guest

_PLUGGED = ("dimm", "nvdimm")
"""The models that take a slot."""
_IN_CELLS = ("dimm", "nvdimm", "virtio-mem")
"""The models that belong to a NUMA cell."""
_EXAMPLE = """
<maxMemory slots='{slots}' unit='GiB'>8</maxMemory>
<memory unit='GiB'>{total}</memory>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'/>
  </numa>
</cpu>
<devices>{devices}
</devices>
"""
_DIMM = """
  <memory model='dimm'>
    <target>
      <size unit='GiB'>1</size>
      <node>{node}</node>
    </target>
  </memory>"""
_VIRTIO = """
  <memory model='virtio-mem'>
    <target>
      <size unit='GiB'>1</size>
      <node>0</node>
      <block unit='MiB'>2</block>
      <requested unit='GiB'>1</requested>
      <address base='{base}'/>
    </target>
  </memory>"""


@rule(
    "VX625",
    "memory-device-node",
    "domain/devices/memory",
    words="can't add memory backend for guest node '1' as the guest has only '1' NUMA nodes configured",
    bad=_EXAMPLE.format(slots=2, total=3, devices=_DIMM.format(node=1)),
    good=_EXAMPLE.format(slots=2, total=3, devices=_DIMM.format(node=0)),
)
def memory_device_node(device: MemoryDevice, guest: Guest) -> Iterator[Problem]:
    """A memory device belongs to a NUMA cell that is not there, or to none.

    The number in `<node>` is that of a cell in `<cpu><numa>`. Where there are cells, all memory belongs to one, but for
    what virtio-pmem maps and for enclaves.
    """
    target, count = device.target, len(guest.cells)
    if target is None or not count:
        return
    number = whole(target.node)
    if number is None:
        if target.node is None and device.model in _IN_CELLS and guest.driver == "qemu":
            yield Problem(target, "node", "which NUMA cell does the memory belong to?", help="add <node>0</node>")
    elif number >= count:
        says = "there is no NUMA cell {number}: the guest has {count}, numbered from 0"
        yield Problem(target, "node", says, number=number, count=count)


@rule(
    "VX649",
    "memory-device-slots",
    "domain/devices",
    drivers=("qemu",),
    words="cannot use/hotplug a memory device when domain 'maxMemory' is not defined",
    when="memories",
    bad=_EXAMPLE.format(slots=1, total=4, devices=_DIMM.format(node=0) * 2),
    good=_EXAMPLE.format(slots=2, total=4, devices=_DIMM.format(node=0) * 2),
)
def memory_device_slots(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """There are memory devices, and no place for them.

    `<maxMemory>` says how much memory there can be, with the devices, and how many slots there are for modules.
    """
    if not devices.memories:
        return
    plugged = [device for device in devices.memories if device.model in _PLUGGED]
    most = guest.model.max_memory
    if most is None:
        for device in devices.memories:
            if device.model in (*_IN_CELLS, "virtio-pmem"):
                says = "memory is plugged in, and the guest has no <maxMemory>"
                yield Problem(device, "", says, help="add <maxMemory slots='16' unit='GiB'>…</maxMemory>")
                return
        return
    slots = whole(most.slots)
    if not slots or slots < 0:
        return
    if len(plugged) > slots:
        yield Problem(
            plugged[slots],
            "",
            "there are {slots} slots for memory, and {count} modules",
            other=most,
            there="so many slots are there",
            slots=slots,
            count=len(plugged),
        )
        return
    for device in plugged:
        address = device.address
        slot = whole(address.slot) if isinstance(address, DimmAddress) else None
        if slot is not None and slot >= slots and isinstance(address, DimmAddress):
            says = "there is no slot {slot}: there are {slots}, numbered from 0"
            yield Problem(address, "slot", says, other=most, there="they are here", slot=slot, slots=slots)


@rule(
    "VX626",
    "memory-device-overlap",
    "domain/devices",
    words="memory device address [0x140000000:0x180000000] overlaps with other memory device (0x170000000)",
    since="9.8.0",
    when="memories",
    bad=_EXAMPLE.format(
        slots=2, total=4, devices=_VIRTIO.format(base="0x140000000") + _VIRTIO.format(base="0x170000000")
    ),
    good=_EXAMPLE.format(
        slots=2, total=4, devices=_VIRTIO.format(base="0x140000000") + _VIRTIO.format(base="0x180000000")
    ),
)
def memory_device_overlap(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """Two memory devices are at one address.

    A device takes as many addresses as it is large. Without an address, QEMU finds a place for it.
    """
    del guest
    if len(devices.memories) < 2:
        return
    placed = sorted((place for device in devices.memories if (place := _place(device))), key=lambda place: place[0])
    end, first = 0, None
    for start, behind, device in placed:
        if first is not None and start < end:
            yield Problem(
                device,
                "target" if device.model not in _PLUGGED else "address",
                "at {start} there is another memory device, up to {end}",
                other=first,
                start=hex(start),
                end=hex(end),
            )
        if behind > end:
            end, first = behind, device


def _place(device: MemoryDevice) -> tuple[int, int, MemoryDevice] | None:
    """Return the first address of a device, that behind it, and the device; None if QEMU finds a place for it."""
    target = device.target
    if target is None or (size := bytes_of(target.size)) is None:
        return None
    if device.model in _PLUGGED:
        base = whole(device.address.base) if isinstance(device.address, DimmAddress) else None
        label = bytes_of(target.label.size) if target.label is not None else None
        # The label of a module is not mapped.
        size -= -(-(label or 0) // MEBIBYTE) * MEBIBYTE
    else:
        base = whole(target.address.base) if target.address is not None else None
    return (base, base + size, device) if base else None
