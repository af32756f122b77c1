"""Controllers: USB, SCSI, and the ports of PCI Express."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema.domain import Controller, ControllerMaster
from ..hardware import EHCI, ROOT_PORTS, UHCI_COMPANIONS, XHCI_PORTS

if TYPE_CHECKING:
    from ..guest import Guest


def set_controllers(guest: Guest, *, root_ports: int | None = None) -> None:
    """Add the controllers that the guest needs and that are not there.

    Args:
        guest: the guest.
        root_ports: how many ports of PCI Express it gets, if it has any; `ROOT_PORTS` by default.
    """
    for controller in guest.devices.controllers:
        if controller.type == "usb" and controller.model is None and controller.ports is not None:
            controller.model = "qemu-xhci" if guest.is_qemu else "nec-xhci"
    if "controller" in guest.without:
        return
    _add_usb(guest)
    add_scsi(guest)
    add_root_ports(guest, ROOT_PORTS if root_ports is None else root_ports)


def has_usb(guest: Guest) -> bool:
    """Return whether the guest has USB, if nothing more is said."""
    return not any(one.type == "usb" and one.model == "none" for one in guest.devices.controllers)


def _has(guest: Guest, kind: str) -> bool:
    return any(controller.type == kind for controller in guest.devices.controllers)


def _add_usb(guest: Guest) -> None:
    if guest.is_s390 or not guest.has_usual_machine or _has(guest, "usb") or not guest.is_qemu_like:
        return
    if guest.is_qemu and (guest.system.supports_usb3 or not guest.is_x86):
        guest.devices.controllers.append(Controller(type="usb", model="qemu-xhci", ports=XHCI_PORTS))
    else:
        controller = Controller()
        guest.devices.controllers += [controller, *usb2_companions(controller)]


def usb2_companions(controller: Controller) -> list[Controller]:
    """Make a controller one of USB 2, and return its companions for USB 1."""
    controller.type, controller.model = "usb", EHCI
    return [
        Controller(type="usb", model=model, index=controller.index, master=ControllerMaster(startport=port))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
        for model, port in UHCI_COMPANIONS.items()
    ]


def add_scsi(guest: Guest) -> None:
    """Add a SCSI controller if there are disks for one, and the system has a driver for the one of virtio."""
    wanted = any(disk.target is not None and disk.target.bus == "scsi" for disk in guest.devices.disks)
    if wanted and not _has(guest, "scsi") and guest.has_virtio("virtioscsi"):
        guest.devices.controllers.append(Controller(type="scsi", model="virtio-scsi"))


def add_root_ports(guest: Guest, ports: int = ROOT_PORTS) -> None:
    """Add the root of PCI Express with ports for devices, where a guest has PCI Express and nothing is said of it."""
    if not guest.has_pci_express or not guest.is_qemu or _has(guest, "pci") or ports <= 0:
        return
    root = Controller(type="pci", model="pcie-root")
    guest.devices.controllers += [root, *(Controller(type="pci", model="pcie-root-port") for _ in range(ports))]
