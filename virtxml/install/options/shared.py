"""Sub-options that many devices share: addresses, aliases, boot order, drivers of virtio devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language.declaring import Sub

if TYPE_CHECKING:
    from ..language.work import Work

MEBI = 1024
"""How many KiB a MiB is: users say MiB, XML has KiB."""


def address() -> list[Sub]:
    """Return the sub-options of `<address>` and `<alias>`."""
    numbers = ("domain", "bus", "slot")
    return [
        Sub("address.type"),
        *(Sub(f"address.{name}") for name in numbers),
        Sub("address.multifunction", switch=True),
        *(Sub(f"address.{name}") for name in ("function", "controller", "unit", "port", "target")),
        *(Sub(f"address.{name}", verbatim=True) for name in ("reg", "cssid", "ssid", "devno", "iobase", "irq", "base")),
        *(Sub(f"address.zpci.{name}", verbatim=True) for name in ("uid", "fid")),
        Sub("alias.name"),
    ]


def unknown_address() -> list[Sub]:
    """Return the sub-options of `<address>` and `<alias>` for a device that has none in libvirt's schemas."""
    subs = address()
    for sub in subs:
        sub.foreign = True
    return subs


def virtio_driver() -> list[Sub]:
    """Return the sub-options of the `<driver>` of virtio devices."""
    return [Sub(f"driver.{name}", switch=True) for name in ("ats", "iommu", "packed", "page_per_vq")]


def boot_order() -> Sub:
    """Return the sub-option of a device's place in the boot order."""
    return Sub("boot.order", "boot_order")


def to_kibi(work: Work, value: str) -> str:
    """Return a number of MiB in KiB. Raises InstallError for what is no positive whole number."""
    digits = value.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15 and int(digits)):
        raise work.error("not a whole number of MiB", value)
    return str(int(digits) * MEBI)
