"""Devices of the host that a guest gets, and directories that it shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.pci import PciLocation, pci_text
from virtxml.python_code.calls.values import get, items
from virtxml.python_code.chains import Call, call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema.domain import Domain, Filesystem, Hostdev


def groups(domain: Domain) -> Iterator[Group]:
    """Iterate over groups of calls."""
    yield from items(domain, "devices.hostdevs", _hostdev, add=True)
    yield from items(domain, "devices.filesystems", _share, add=True)


def pci_name(address: object) -> str | None:
    """Return the address of a PCI device as `lspci -D` shows it; None for what is none."""
    # A builder says the function in any case.
    said = isinstance(address, PciLocation) and get(address, "function") is not None
    return pci_text(address) if said else None


def _hostdev(hostdev: Hostdev) -> list[Call]:
    address, boot = get(hostdev, "source.address"), get(hostdev, "boot.order")
    if hostdev.type == "pci":
        managed = None if hostdev.managed is True else False
        rom = hostdev.rom
        name = pci_name(address)
        return [
            call("hostdev_pci", name, managed=managed, boot=boot, rom_file=get(rom, "file"), rom_bar=get(rom, "bar"))
        ]
    if hostdev.type == "usb":
        vendor, product = get(hostdev, "source.vendor.id"), get(hostdev, "source.product.id")
        place = f"{get(address, 'bus')}.{get(address, 'device')}"
        is_model = isinstance(vendor, int) and isinstance(product, int)
        name = f"{vendor:04x}:{product:04x}" if is_model else place
        optional = True if get(hostdev, "source.startup_policy") == "optional" else None
        return [call("hostdev_usb", name, optional=optional, boot=boot)]
    if hostdev.type == "mdev":
        model = None if hostdev.model == "vfio-pci" else hostdev.model
        return [call("hostdev_mdev", get(address, "uuid"), model=model, display=hostdev.display, boot=boot)]
    return []


def _share(filesystem: Filesystem) -> list[Call]:
    driver = {"virtiofs": None, "path": "9p"}.get(str(get(filesystem, "driver.type")), "9p")
    access = filesystem.accessmode
    return [
        call(
            "share",
            get(filesystem, "source.dir"),
            tag=get(filesystem, "target.dir"),
            driver=driver,
            readonly=filesystem.readonly or None,
            accessmode=None if driver is None and access == "passthrough" else access,
            cache=get(filesystem, "binary.cache.mode"),
            queue=get(filesystem, "driver.queue"),
        )
    ]
