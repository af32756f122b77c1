"""Guests for tests of rules, and what the rules find in them."""

from __future__ import annotations

import virtxml
from virtxml.lint import Host, Linter

MACHINES = {
    "q35": "x86_64",
    "pc": "x86_64",
    "isapc": "x86_64",
    "pseries": "ppc64",
    "s390-ccw-virtio": "s390x",
    "virt": "aarch64",
}


def found(
    devices: str,
    machine: str = "q35",
    *,
    beside: str = "",
    libvirt: str = "12.8.0",
    kind: str = "kvm",
    codes: str = "VX4",
) -> list[str]:
    """Return the names of the rules that find something in a guest with these devices, without those of other areas.

    ``machine`` may be empty for a guest that says neither machine nor architecture; ``beside`` is what stands beside
    the devices; ``codes`` is what the codes of the area begin with.
    """
    attributes = f" arch='{MACHINES[machine]}' machine='{machine}'" if machine else ""
    text = (
        f"<domain type='{kind}'><name>guest</name><memory>1048576</memory><os><type{attributes}>hvm</type></os>"
        f"{beside}<devices>{devices}</devices></domain>"
    )
    linter = Linter(Host(libvirt=libvirt))
    return [rule.name for rule, _ in linter.problems(virtxml.parse(text)) if rule.code.startswith(codes)]


def rng(place: str) -> str:
    """Return a device that is in a place on PCI: "bus='1' slot='0'"."""
    return f"<rng model='virtio'><backend model='random'>/dev/urandom</backend><address type='pci' {place}/></rng>"


def pci(index: int, model: str, place: str = "", target: str = "") -> str:
    """Return a PCI controller."""
    address = f"<address type='pci' {place}/>" if place else ""
    return f"<controller type='pci' index='{index}' model='{model}'>{target}{address}</controller>"


def tablet(bus: int, port: str) -> str:
    """Return a USB tablet in a port."""
    return f"<input type='tablet' bus='usb'><address type='usb' bus='{bus}' port='{port}'/></input>"


def disk(name: str, bus: str = "virtio", address: str = "", more: str = "", image: str = "") -> str:
    """Return a disk; its image is its own if none is named."""
    return (
        f"<disk type='file'><source file='{image or f'/images/{name}-{bus}.img'}'/><target dev='{name}' bus='{bus}'/>"
        f"{more}{f'<address {address}/>' if address else ''}</disk>"
    )
