"""Which devices libvirt adds to a domain by itself; any other one is somebody's.

It adds what a guest cannot do without: the controllers that its devices stand on, a keyboard and a mouse, a screen
where there are graphics, the serial port that is its console, and few more, each once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.node import Node
from virtxml.schema.domain import Devices, Domain

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

_ROOTS = ("pci-root", "pcie-root")
_DRIVE_BUSES = ("ide", "sata", "scsi", "fdc", "nvme")
_EMULATED = ("qemu", "kvm", "hvf")
_BUSES = {"isa": "bhyve", "xenbus": "xen"}
"""Controllers that a guest has by its hypervisor alone."""
_PCS = ("x86_64", "i686", "")
_PLUG_NOTHING = ("s390", "riscv", "loongarch")
"""Architectures on which there is no USB before somebody asks for it."""
_USB_KEYS = ("ppc", "loongarch")
"""Architectures on which the keyboard and the mouse of a guest with a screen are those of USB."""
_WITHOUT_USB = ("virt", "none", "isapc", "vexpress")
"""Machines of other architectures on which there is none."""
_MANY_CPUS = 255
"""More CPUs than these need an IOMMU."""


class OwnDevices:
    """What libvirt adds by itself to one domain.

    ``wanted`` is the domain as it was given to libvirt, ``actual`` what libvirt made of it.
    """

    def __init__(self, wanted: Domain, actual: Domain) -> None:
        self._wants = wanted.devices or Devices()
        self._has = actual.devices or Devices()
        self._vcpus = actual.vcpu.value if actual.vcpu else 0
        system = actual.os.type if actual.os else None
        self._arch = (system and system.arch) or ""
        self._machine = str((system and system.machine) or "")
        self._type = str(actual.type)
        ps2 = actual.features.ps2 if actual.features else None
        self._keys = ps2 is None or ps2.state is not False
        self._seen: set[Hashable] = set()
        self._controllers: set[tuple[str, int]] | None = None
        self._ports: set[tuple[int, str]] | None = None

    def adds(self, device: Any) -> bool:
        """Tell whether libvirt adds a device that nobody wants; each of which it adds one, only the first time."""
        if isinstance(device, str):
            # The emulator is the only device that is a text.
            return True
        place = _PLACES.get(device.xml_name) if isinstance(device, Node) else None
        found = None if place is None else place(self, device)
        if found is None or (device.xml_name, found) in self._seen:
            return False
        self._seen.add((device.xml_name, found))
        return True

    def _controller(self, device: Any) -> Hashable:
        """Take a controller that something stands on, or that the machine has anyway."""
        kind, index = device.type, device.index or 0
        # Those of USB that are companions of each other have one number.
        wanted = {
            one.index or 0 if kind == "usb" or one.model in _ROOTS else one.index
            for one in self._wants.controllers
            if one.type == kind
        }
        if index in wanted:
            return None
        if kind == "pci" and (kind, index) not in self._used():
            return self._bridge(device, index)
        own = (
            (kind, index) in self._used()
            or (self._type == _BUSES.get(kind) and index == 0 and not wanted)
            or (kind == "usb" and index == 0 and not wanted and self._has_usb())
            or (kind == "sata" and index == 0 and self._arch in _PCS and self._is_express())
        )
        # USB 2 comes with companions for what is slower, all of them of one number.
        companion = device.model if str(device.model).startswith("ich9-uhci") and self._has_ehci(index) else None
        return (kind, index, companion) if own else None

    def _has_ehci(self, index: int) -> bool:
        """Tell whether a USB controller is one that has companions."""
        return any(one.model == "ich9-ehci1" and (one.index or 0) == index for one in self._has.controllers)

    def _is_emulated(self) -> bool:
        """Tell whether it is a guest of QEMU's driver."""
        return self._type in _EMULATED

    def _has_usb(self) -> bool:
        """Tell whether the machine has USB though nothing is plugged into it."""
        board = self._machine.partition("-")[0]
        return self._is_emulated() and not self._arch.startswith(_PLUG_NOTHING) and board not in _WITHOUT_USB

    def _is_express(self) -> bool:
        """Tell whether the machine's first bus is PCI Express."""
        return any(one.model == "pcie-root" for one in self._has.controllers)

    def _bridge(self, device: Any, index: int) -> Hashable:
        """Take a PCI bus that nothing stands on: the first, those before one that is needed, one port to spare."""
        if device.model in _ROOTS and index == 0:
            # QEMU's machines have it, be there anything on it or not.
            return index if self._is_emulated() else None
        buses = [one.index or 0 for one in self._has.controllers if one.type == "pci"]
        needed = {one.index or 0 for one in self._wants.controllers if one.type == "pci"}
        needed.update(number for kind, number in self._used() if kind == "pci")
        if index < max(needed, default=0):
            return index
        # A port to spare comes with those that libvirt adds for what is there.
        wanted = {one.index or 0 for one in self._wants.controllers if one.type == "pci"}
        own = any(one.model == "pcie-root-port" and one.index in needed - wanted for one in self._has.controllers)
        return "spare" if device.model == "pcie-root-port" and index == max(buses) and own else None

    def _used(self) -> set[tuple[str, int]]:
        """Return the controllers that devices stand on, by type and index."""
        if self._controllers is None:
            self._controllers = {used for device in all_devices(self._has) if (used := _stands_on(device)) is not None}
        return self._controllers

    def _hub(self, device: Any) -> Hashable:
        """Take a USB hub that something is plugged into."""
        if self._ports is None:
            addresses = map(_address, all_devices(self._has))
            usb = [(one.bus, str(one.port)) for one in addresses if one and one.type == "usb" and one.port is not None]
            self._ports = {(bus, port.rpartition(".")[0]) for bus, port in usb}
        address = device.address
        place = None if address is None or address.type != "usb" else (address.bus, str(address.port))
        return place if place in self._ports else None

    def _input(self, device: Any) -> Hashable:
        """Take a keyboard or a mouse if none is on its bus: a PC has them, others with a screen may."""
        if device.type not in ("keyboard", "mouse"):
            return None
        # Others than QEMU's have them for what is on their screen.
        has_keys = self._keys and (self._is_emulated() or bool(self._has.graphics))
        own = (
            (device.bus == "ps2" and self._arch in _PCS and has_keys)
            or (
                device.bus == "usb"
                and self._has.graphics
                and self._arch.startswith(_USB_KEYS)
                and not self._wants.inputs
            )
            or (device.bus == "xen" and self._type == "xen")
        )
        wants = any(one.type == device.type and one.bus in (device.bus, None) for one in self._wants.inputs)
        return device.type if own and not wants else None

    def _audio(self, device: Any) -> Hashable:
        """Take what the guest's sound goes to: nothing, or what its graphics are."""
        kinds = {"none", "alsa", "oss", "sdl", "pulseaudio", *(one.type for one in self._has.graphics)}
        own = device == type(device)(id=1, type=device.type) and device.type in kinds
        return "" if own and self._is_emulated() and not self._wants.audios else None

    def _console(self, device: Any) -> Hashable:
        """Take the console that is the first serial port, or that of what is no machine of its own."""
        if self._wants.consoles:
            return None
        first = next(iter(self._has.serials), None)
        if first is None:
            kind = device.target and device.target.type
            return "" if self._type in ("lxc", "xen") and kind in (None, "serial", self._type) else None
        return "" if device.target and device.target.type == "serial" and device.type == first.type else None

    def _serial(self, device: Any) -> Hashable:
        """Take the serial port that a wanted console is."""
        wants = any(
            (one.type or "pty") == device.type and (one.target is None or one.target.type in (None, "serial"))
            for one in self._wants.consoles
        )
        return "" if wants and not self._wants.serials else None

    def _video(self, _: Any) -> Hashable:
        """Take what shows the graphics."""
        return "" if self._has.graphics and not self._wants.videos else None

    def _panic(self, device: Any) -> Hashable:
        """Take what the firmware of s390 and pSeries tells of a crash."""
        own = {"s390": self._arch.startswith("s390"), "pseries": self._machine.startswith("pseries")}
        return "" if own.get(device.model) and not self._wants.panics else None

    def _watchdog(self, device: Any) -> Hashable:
        """Take the watchdog in the chip set of Q35."""
        wants = any(one.model == device.model for one in self._wants.watchdogs)
        return "" if device.model == "itco" and "q35" in self._machine and not wants else None

    def _memballoon(self, device: Any) -> Hashable:
        """Take what takes memory from a guest and gives it back."""
        own = device.model == "virtio" if self._is_emulated() else device.model == self._type == "xen"
        return "" if own else None

    def _iommu(self, _: Any) -> Hashable:
        """Take what remaps interrupts, which many CPUs cannot do without."""
        return "" if (self._vcpus or 0) > _MANY_CPUS and not self._wants.iommus else None


_PLACES: dict[str, Callable[[OwnDevices, Any], Hashable]] = {
    "controller": OwnDevices._controller,
    "hub": OwnDevices._hub,
    "input": OwnDevices._input,
    "audio": OwnDevices._audio,
    "console": OwnDevices._console,
    "serial": OwnDevices._serial,
    "video": OwnDevices._video,
    "panic": OwnDevices._panic,
    "watchdog": OwnDevices._watchdog,
    "memballoon": OwnDevices._memballoon,
    "iommu": OwnDevices._iommu,
}
"""By the name of the element: as which one libvirt adds a device, None if it does not."""


def all_devices(devices: Devices) -> Iterator[Any]:
    """Iterate over all devices of a domain, its emulator among them."""
    for field in type(devices).xml_fields.values():
        value = getattr(devices, field.name)
        yield from value if isinstance(value, list) else () if value is None else (value,)


def _address(device: Any) -> Any:
    """Return where a device is on a bus, None if nobody says; of graphics on D-Bus, the address is a text."""
    address = getattr(device, "address", None)
    return address if isinstance(address, Node) else None


def _stands_on(device: Any) -> tuple[str, int] | None:
    """Return the type and the index of the controller that a device stands on, None if it stands on none."""
    address = _address(device)
    if address is None:
        return ("virtio-serial", 0) if _is_virtio_serial(device) else None
    kind = address.type
    if kind == "drive":
        bus = getattr(getattr(device, "target", None), "bus", None)
        kind, index = (bus if bus in _DRIVE_BUSES else "scsi"), address.controller
    elif kind in ("pci", "usb"):
        index = address.bus
    elif kind in ("virtio-serial", "ccid"):
        index = address.controller
    else:
        return None
    return (str(kind), int(index or 0)) if isinstance(index, int | None) else None


def _is_virtio_serial(device: Any) -> bool:
    """Tell whether a device is a port of a virtio-serial controller."""
    return getattr(getattr(device, "target", None), "type", None) == "virtio"
