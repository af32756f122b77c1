"""Which devices of osinfo-db stand for which fact about a system."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_PCI = "http://pcisig.com/pci/"
_VIRTIO = f"{_PCI}1af4/"

SUPPORTING = {
    "virtiodisk": (f"{_VIRTIO}1001", f"{_VIRTIO}1042"),
    "virtioscsi": (f"{_VIRTIO}1004", f"{_VIRTIO}1048"),
    "virtionet": (f"{_VIRTIO}1000", f"{_VIRTIO}1041"),
    "virtiorng": (f"{_VIRTIO}1005", f"{_VIRTIO}1044"),
    "virtiogpu": (f"{_VIRTIO}1050",),
    "virtioballoon": (f"{_VIRTIO}1002", f"{_VIRTIO}1045"),
    "virtioserial": (f"{_VIRTIO}1003", f"{_VIRTIO}1043"),
    "virtioinput": (f"{_VIRTIO}1052",),
    "usb3": (f"{_PCI}1033/0194", f"{_PCI}1b36/0004", f"{_PCI}1b36/000d"),
    "virtio1": (f"{_VIRTIO}1041",),
    "chipset_q35": ("http://qemu.org/chipset/x86/q35",),
}
"""The devices that show that a system has a driver, by the fact: virtio devices before and since virtio 1.0."""

NETWORK_CARDS = {
    f"{_PCI}8086/100e": "e1000",
    f"{_PCI}1022/2000": "pcnet",
    f"{_PCI}10ec/8029": "ne2k_pci",
    f"{_PCI}10ec/8139": "rtl8139",
}
"""The emulated network cards that any machine can have, and their names in libvirt."""


def supported_by(devices: Collection[str]) -> dict[str, bool]:
    """Return the `supports_…` facts of a system with drivers for devices, given by their ids."""
    found = {f"supports_{name}": any(device in devices for device in ids) for name, ids in SUPPORTING.items()}
    if found["supports_virtionet"] and not found["supports_virtio1"]:
        # Q35 puts virtio devices behind PCI Express, where they follow virtio 1.0.
        found["supports_chipset_q35"] = False
    return found


def network_cards(devices: Collection[str]) -> tuple[str, ...]:
    """Return the emulated network cards among devices, in alphabetical order."""
    return tuple(sorted(NETWORK_CARDS[device] for device in devices if device in NETWORK_CARDS))
