"""Whether two devices have the same name or number: boot orders, aliases, indexes of ACPI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ....fixes import drop
from ....guest import whole
from ....rule import Problem, rule
from ..addresses.placed import repeats_serial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Devices
    from ....guest import Guest


@rule(
    "VX407",
    "duplicate-boot-order",
    "domain/devices",
    words="boot order '1' used for more than one device",
    early=True,
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <boot order='1'/>
  </disk>
  <interface type='network'>
    <source network='default'/>
    <boot order='1'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <boot order='1'/>
  </disk>
  <interface type='network'>
    <source network='default'/>
    <boot order='2'/>
  </interface>
</devices>
""",
)
def duplicate_boot_order(_: Devices, guest: Guest) -> Iterator[Problem]:
    """Two devices have the same boot order.

    The firmware tries one device after the other, so each has a number of its own.
    """
    for device in guest.all_devices:
        boot: Any = getattr(device, "boot", None)
        if boot is None:
            continue
        order = whole(boot.order)
        if order is not None:
            first = guest.first("boot order", order, boot)
            if first is not None:
                yield Problem(boot, "order", "another device has the boot order {order}, too", other=first, order=order)


@rule(
    "VX408",
    "duplicate-alias",
    "domain/devices",
    words="non unique alias detected: ua-disk",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <alias name='ua-one'/>
  </disk>
  <interface type='network'>
    <source network='default'/>
    <alias name='ua-one'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <alias name='ua-one'/>
  </disk>
  <interface type='network'>
    <source network='default'/>
    <alias name='ua-two'/>
  </interface>
</devices>
""",
)
def duplicate_alias(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """Two devices have the same alias.

    People find devices by their aliases, which begin with `ua-`; what else an alias is, libvirt chooses itself.
    """
    for device in guest.all_devices:
        alias: Any = getattr(device, "alias", None)
        if alias is None:
            continue
        name = alias.name
        if name and name.startswith("ua-") and not _is_first_console(device, devices):
            first = guest.first("alias", name, alias)
            if first is not None:
                yield Problem(alias, "name", "another device has the alias {name}, too", other=first, name=name)


def _is_first_console(device: Element, devices: Devices) -> bool:
    """Tell whether a device is the first serial port or the console that this is, too: libvirt takes any name of it."""
    shown = bool(devices.consoles) and repeats_serial(devices.consoles[0])
    if shown and device is devices.consoles[0]:
        return True
    if not devices.serials or device is not devices.serials[0]:
        return False
    target = devices.serials[0].target
    return shown or target is None or target.type not in _NO_CONSOLE


_NO_CONSOLE = ("pci-serial", "usb-serial")
"""The serial ports that libvirt does not show as a console, too."""


@rule(
    "VX412",
    "duplicate-acpi-index",
    "domain/devices",
    words="a PCI device with acpi-index = 5 already exist",
    phase="start",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <acpi index='5'/>
  </interface>
  <interface type='network'>
    <source network='other'/>
    <model type='virtio'/>
    <acpi index='5'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='network'>
    <source network='default'/>
    <model type='virtio'/>
    <acpi index='5'/>
  </interface>
  <interface type='network'>
    <source network='other'/>
    <model type='virtio'/>
  </interface>
</devices>
""",
)
def duplicate_acpi_index(_: Devices, guest: Guest) -> Iterator[Problem]:
    """Two devices have the same index of ACPI.

    Guests name interfaces by it, `eno5`; QEMU does not start with two of them.
    """
    for device in guest.all_devices:
        acpi: Any = getattr(device, "acpi", None)
        if acpi is None:
            continue
        index = whole(acpi.index)
        if index:
            first = guest.first("acpi index", index, acpi)
            if first is not None:
                says = "another device has the ACPI index {index}, too"
                fix = drop(device, "acpi", safe=False)
                yield Problem(acpi, "index", says, other=first, fix=fix, index=index)
