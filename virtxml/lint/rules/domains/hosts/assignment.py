"""Whether a host can give its PCI devices to guests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule
from ..duplicates.hostdevs import assigned
from .offers import offer, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Devices
    from ....guest import Guest


@rule(
    "VX900",
    "pci-assignment-not-on-host",
    "domain/devices",
    phase="start",
    drivers=("qemu",),
    needs=("capabilities",),
    words="unsupported configuration: host doesn't support passthrough of host PCI devices",
    bad="""
<devices>
  <hostdev mode='subsystem' type='pci' managed='yes'>
    <source>
      <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
    </source>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <hostdev mode='subsystem' type='usb' managed='yes'>
    <source>
      <vendor id='0x046d'/>
      <product id='0xc52b'/>
    </source>
  </hostdev>
</devices>
""",
)
def pci_assignment_not_on_host(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """PCI devices of the host are assigned to a guest, and the host has no IOMMU.

    VFIO needs one, so that the guest's device reaches no more than the guest's memory. Where the processor has one,
    it may be turned off in the BIOS, or need `intel_iommu=on` on the kernel's command line.
    """
    if _lacks_iommu(guest):
        yield from _each(devices, "the host has no IOMMU, which the assignment of PCI devices needs")


def _lacks_iommu(guest: Guest) -> bool:
    host = guest.host.capabilities.host if guest.host.capabilities is not None else None
    return host is not None and host.iommu is not None and host.iommu.support is False


def _each(devices: Devices, says: str) -> Iterator[Problem]:
    for device, key in assigned(devices):
        if key[0] == "pci":
            yield Problem(device, "type", says)


@rule(
    "VX956",
    "vfio-not-on-host",
    "domain/devices",
    phase="start",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="unsupported configuration: host doesn't support VFIO PCI passthrough",
    bad="""
<devices>
  <hostdev mode='subsystem' type='pci' managed='yes'>
    <source>
      <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
    </source>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <hostdev mode='subsystem' type='usb' managed='yes'>
    <source>
      <vendor id='0x046d'/>
      <product id='0xc52b'/>
    </source>
  </hostdev>
</devices>
""",
)
def vfio_not_on_host(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """PCI devices of the host are assigned to a guest, and the host has no VFIO.

    It needs an IOMMU, and the kernel's module `vfio-pci`.
    """
    if values(offer(guest), "devices.hostdev", "pciBackend") == [] and not _lacks_iommu(guest):
        yield from _each(devices, "the host has no VFIO, which the assignment of PCI devices needs")
