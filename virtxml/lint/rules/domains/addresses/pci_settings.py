"""Settings that only PCI devices have: their ROM, their index of ACPI, their numbers on mainframes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....guests.disk_names import bus_of
from ....fixes import drop
from ....guest import whole
from ....rule import Problem, rule
from .placed import placed
from .types import is_unchecked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .....schema.domain import Devices
    from ....guest import Guest

_ACPI_INDEXES = range(1, 16384)
"""The indexes that QEMU takes."""


@rule(
    "VX438",
    "zpci-uid-zero",
    "domain/devices",
    words="Invalid PCI address uid='0x0000', must be > 0x0000 and <= 0xffff",
    drivers=("qemu",),
    early=True,
    bad="""
<os>
  <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
</os>
<devices>
  <hostdev mode='subsystem' type='pci'>
    <source>
      <address domain='1' bus='0' slot='0' function='0'/>
    </source>
    <address type='pci'>
      <zpci uid='0x0000'/>
    </address>
  </hostdev>
</devices>
""",
    good="""
<os>
  <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
</os>
<devices>
  <hostdev mode='subsystem' type='pci'>
    <source>
      <address domain='1' bus='0' slot='0' function='0'/>
    </source>
    <address type='pci'>
      <zpci uid='0x0001'/>
    </address>
  </hostdev>
</devices>
""",
)
def zpci_uid_zero(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A PCI device of a mainframe has the uid 0.

    The numbers begin with 1, other than those of `fid`. Without one, libvirt finds a free one.
    """
    for device, address in guest.view(placed).get("pci", ()):
        zpci = address.zpci
        if zpci is not None and whole(zpci.uid) == 0 and not is_unchecked(device):
            yield Problem(zpci, "uid", "the uid is at least 1", fix=drop(zpci, "uid"))


_BUSES: dict[str, Callable[[Any], object]] = {
    "disk": bus_of,
    "input": lambda one: one.bus,
    "hostdev": lambda one: one.type,
}
_OTHER_BUSES = {
    "disk": ("ide", "fdc", "scsi", "sata", "usb"),
    "input": ("usb", "ps2"),
    "hostdev": ("usb", "scsi"),
}
"""Which devices are on other buses than PCI."""


def _is_elsewhere(device: Any) -> bool:
    """Tell whether a device is on another bus than PCI."""
    name = device.xml_name
    return name in _BUSES and _BUSES[name](device) in _OTHER_BUSES[name]


@rule(
    "VX440",
    "pci-only-settings",
    "domain/devices",
    words="ACPI index is only supported for PCI devices",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <hostdev mode='subsystem' type='usb'>
    <source>
      <vendor id='0x046d'/>
      <product id='0xc52b'/>
    </source>
    <rom bar='off'/>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <hostdev mode='subsystem' type='usb'>
    <source>
      <vendor id='0x046d'/>
      <product id='0xc52b'/>
    </source>
  </hostdev>
</devices>
""",
)
def pci_only_settings(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A device has settings that only PCI devices have.

    A ROM, and an index that guests name the device by, are of PCI devices. Where the ROM is off, nothing more can be
    said of it.
    """
    for device in guest.all_devices:
        acpi: Any = getattr(device, "acpi", None)
        rom: Any = getattr(device, "rom", None)
        if acpi is not None and acpi.index is not None and _is_elsewhere(device):
            says = "only PCI devices have an index of ACPI"
            yield Problem(acpi, "index", says, fix=drop(device, "acpi"))
        if rom is None:
            continue
        if _is_elsewhere(device):
            yield Problem(device, "rom", "only PCI devices have a ROM", fix=drop(device, "rom"))
        elif rom.enabled is False and (rom.bar is not None or rom.file is not None):
            says = "the ROM is off, so nothing can be said of it"
            fields = [field for field in ("bar", "file") if getattr(rom, field) is not None]
            yield Problem(rom, fields[0], says, fix=drop(rom, *fields))


@rule(
    "VX446",
    "acpi-index-zero",
    "domain/devices",
    words="Invalid value for attribute 'index' in element 'acpi': Zero is not permitted",
    early=True,
    bad="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <acpi index='0'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <acpi index='1'/>
  </interface>
</devices>
""",
)
def acpi_index_zero(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A device has the index 0 of ACPI.

    Indexes are counted from 1: 0 is what firmware says of a device without one.
    """
    for device in guest.all_devices:
        acpi: Any = getattr(device, "acpi", None)
        if acpi is not None and whole(acpi.index) == 0:
            yield Problem(acpi, "index", "indexes are counted from 1", fix=drop(device, "acpi"))


@rule(
    "VX445",
    "acpi-index-range",
    "domain/devices",
    words="acpi-index should be less or equal to 16383",
    phase="start",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <acpi index='20000'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <acpi index='16383'/>
  </interface>
</devices>
""",
)
def acpi_index_range(_: Devices, guest: Guest) -> Iterator[Problem]:
    """An index of ACPI is larger than QEMU takes.

    It is at most 16383: guests name an interface by it, `eno16383`.
    """
    for device in guest.all_devices:
        acpi: Any = getattr(device, "acpi", None)
        if acpi is None:
            continue
        index = whole(acpi.index)
        if index is not None and index >= _ACPI_INDEXES.stop:
            yield Problem(acpi, "index", "the index is at most 16383, not {index}", index=index)
