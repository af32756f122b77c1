"""Which settings devices of the host have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Hostdev, HostdevSource
    from ....guest import Guest


@rule(
    "VX756",
    "hostdev-settings",
    "domain/devices/hostdev",
    words="Write filtering of PCI device configuration space is not supported by qemu",
    since="7.0.0",
    early=True,
    bad="""
<devices>
  <hostdev mode='subsystem' type='pci' managed='yes'>
    <source writeFiltering='no'>
      <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
    </source>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <hostdev mode='subsystem' type='pci' managed='yes'>
    <source>
      <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
    </source>
  </hostdev>
</devices>
""",
)
def hostdev_settings(hostdev: Hostdev, guest: Guest) -> Iterator[Problem]:
    """An assigned device has a setting that its kind, or QEMU's driver, does not have.

    Filtered writes to a PCI device's configuration are Xen's, host devices by their capabilities are for containers,
    and only mediated devices of the model vfio-pci have a display; other models are of mainframes. Only USB devices
    may be missing at start, and iSCSI devices have one server.
    """
    source = hostdev.source
    if source is not None:
        yield from _told_of_source(hostdev, source)
    if guest.driver != "qemu":
        return
    if hostdev.mode == "capabilities":
        yield Problem(hostdev, "mode", "guests of QEMU have no host devices by capabilities")
        return
    if hostdev.type == "pci" and source is not None and source.write_filtering is not None:
        yield Problem(source, "write_filtering", "QEMU does not filter writes", fix=drop(source, "write_filtering"))
    elif hostdev.type == "mdev" and hostdev.model != "vfio-pci":
        if guest.arch and not guest.is_s390:
            says = "{arch} has no devices of the model {model}, which are of mainframes"
            yield Problem(hostdev, "model", says, arch=guest.arch, model=hostdev.model)
        if hostdev.display is not None:
            yield Problem(hostdev, "display", "only the model vfio-pci has a display", fix=drop(hostdev, "display"))


def _told_of_source(hostdev: Hostdev, source: HostdevSource) -> Iterator[Problem]:
    """Iterate over what libvirt refuses of a device's source, whatever runs the guest."""
    if source.startup_policy is not None and hostdev.type not in (None, "usb"):
        yield Problem(
            source, "startup_policy", "only USB devices may be missing at start", fix=drop(source, "startup_policy")
        )
    if source.vendor is not None and whole(source.vendor.id) == 0:
        yield Problem(source.vendor, "id", "no vendor has the number 0")
    if hostdev.type == "scsi" and source.protocol == "iscsi" and len(source.hosts) > 1:
        yield Problem(source.hosts[1], "", "an iSCSI device has one server", other=source.hosts[0])


@rule(
    "VX757",
    "hostdev-vfio-ap-only-one",
    "domain/devices/hostdev",
    words="Only one hostdev of model vfio-ap is supported",
    drivers=("qemu",),
    since="7.0.0",
    early=True,
    when="model",
    bad="""
<os>
  <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
</os>
<devices>
  <hostdev mode='subsystem' type='mdev' model='vfio-ap'>
    <source>
      <address uuid='90c6c135-ad44-41d0-b1b7-bae47de48627'/>
    </source>
  </hostdev>
  <hostdev mode='subsystem' type='mdev' model='vfio-ap'>
    <source>
      <address uuid='90c6c135-ad44-41d0-b1b7-bae47de48628'/>
    </source>
  </hostdev>
</devices>
""",
    good="""
<os>
  <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
</os>
<devices>
  <hostdev mode='subsystem' type='mdev' model='vfio-ap'>
    <source>
      <address uuid='90c6c135-ad44-41d0-b1b7-bae47de48627'/>
    </source>
  </hostdev>
</devices>
""",
)
def hostdev_vfio_ap_only_one(hostdev: Hostdev, guest: Guest) -> Iterator[Problem]:
    """A guest has two sets of cryptographic adapters.

    One mediated device of the model vfio-ap holds all adapters that a guest has.
    """
    if hostdev.model == "vfio-ap":
        first = guest.first("vfio-ap", "", hostdev)
        if first is not None:
            yield Problem(hostdev, "model", "there is another device of the model vfio-ap", other=first)


@rule(
    "VX758",
    "hostdev-teaming",
    "domain/devices/hostdev",
    words="teaming hostdev devices must have type='transient'",
    since="7.1.0",
    early=True,
    when="teaming",
    bad="""
<devices>
  <hostdev mode='subsystem' type='pci' managed='yes'>
    <source>
      <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
    </source>
    <teaming type='persistent'/>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <hostdev mode='subsystem' type='pci' managed='yes'>
    <source>
      <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
    </source>
    <teaming type='transient' persistent='ua-backup'/>
  </hostdev>
</devices>
""",
)
def hostdev_teaming(hostdev: Hostdev, guest: Guest) -> Iterator[Problem]:
    """An assigned device is the one of a team that stays.

    It is the virtio card that stays when the guest moves to another host; assigned devices come and go.
    """
    teaming = hostdev.teaming
    if teaming is not None and teaming.type != "transient":
        yield Problem(teaming, "type", "assigned devices are the transient ones of a team")


@rule(
    "VX759",
    "hostdev-sgio-unfiltered",
    "domain/devices/hostdev",
    words="unfiltered sgio is no longer supported",
    since="9.0.0",
    early=True,
    when="sgio",
    bad="""
<devices>
  <hostdev mode='subsystem' type='scsi' sgio='unfiltered'>
    <source>
      <adapter name='scsi_host0'/>
      <address bus='0' target='0' unit='0'/>
    </source>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <hostdev mode='subsystem' type='scsi'>
    <source>
      <adapter name='scsi_host0'/>
      <address bus='0' target='0' unit='0'/>
    </source>
  </hostdev>
</devices>
""",
)
def hostdev_sgio_unfiltered(hostdev: Hostdev, guest: Guest) -> Iterator[Problem]:
    """A SCSI device is to take all commands, which no kernel can be told any more.

    Only kernels of RHEL could have the filter switched off.
    """
    if hostdev.sgio == "unfiltered":
        yield Problem(hostdev, "sgio", "commands cannot go unfiltered any more", fix=drop(hostdev, "sgio"))
