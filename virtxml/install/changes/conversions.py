"""Changes of a whole guest: to a machine with PCI Express, to VNC in the place of SPICE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...guests.defaults.controllers import add_root_ports
from ...guests.defaults.disks import set_targets
from ...guests.guest import Guest
from ...guests.hardware import ROOT_PORTS
from ...schema.domain import Graphics
from ..command_line.splitting import split
from ..errors import InstallError
from ..language.paths import elements_of, switch

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...schema.domain import Domain

_SUCCESSORS = {"e1000": "e1000e"}
"""Network cards by those that they are replaced by."""
_AGENT_TYPES = {True: "qemu-vdagent"}


def convert(domain: Domain, conversions: dict[str, str], guest: Guest) -> None:
    """Convert a guest.

    Args:
        domain: the domain; it is changed.
        conversions: what is wanted, with its sub-options, by destination.
        guest: a copy of the guest, with its host.

    Raises InstallError for sub-options that there are not, and for a guest that cannot be converted.
    """
    own = Guest(domain, guest.host, guest.system, guest.without)
    for destination, text in conversions.items():
        _CONVERSIONS[destination](own, _Said(destination, text))


class _Said:
    """The sub-options of a conversion."""

    def __init__(self, destination: str, text: str) -> None:
        self.option = f"--{destination.replace('_', '-')}"
        try:
            self._values = dict(split(text))
        except ValueError as error:
            raise InstallError(str(error), option=self.option) from None

    def of(self, key: str) -> str | None:
        """Return the value of the only sub-option. Raises InstallError for others."""
        for other in self._values:
            if other != key:
                raise InstallError(f"there is no sub-option {other!r}, only: {key}", option=self.option)
        return self._values.get(key)


def _to_q35(guest: Guest, said: _Said) -> None:
    """Give a PC the machine with PCI Express; libvirt finds new places for its devices."""
    text = said.of("num_pcie_root_ports")
    if text is not None and not (text.isascii() and text.isdigit() and len(text) < 4):
        raise InstallError("not a number of ports", option=said.option, key="num_pcie_root_ports", value=text)
    kind = guest.os.type
    if not (guest.is_hvm and guest.is_x86) or kind is None or guest.is_q35:
        reason = "it has this machine" if guest.is_q35 else "only a PC can have this machine"
        raise InstallError(reason, option=said.option)
    kind.machine = "q35"
    devices = guest.devices
    for element in list(elements_of(devices)):
        address: Any = getattr(element, "address", None)
        if getattr(address, "type", None) == "pci" and element.xml_name != "source":
            element.address = None  # type: ignore[attr-defined]
    devices.controllers[:] = [one for one in devices.controllers if one.type not in ("pci", "ide")]
    _disks_to_sata(guest)
    for interface in devices.interfaces:
        if interface.model is not None and interface.model.type in _SUCCESSORS:
            interface.model.type = _SUCCESSORS[interface.model.type]
    for sound in devices.sounds:
        if sound.model == "ich6":
            sound.model = "ich9"
    add_root_ports(guest, ROOT_PORTS if text is None else int(text))


def _disks_to_sata(guest: Guest) -> None:
    """Put disks on the bus that takes the place of IDE, with names and places of that."""
    moved = [disk for disk in guest.devices.disks if disk.target is not None and disk.target.bus == "ide"]
    for disk in moved:
        assert disk.target is not None
        disk.target.bus, disk.target.dev, disk.address = "sata", None, None
    if moved:
        set_targets(guest, fill_gaps=True)


def _to_vnc(guest: Guest, said: _Said) -> None:
    """Let VNC take the place of SPICE, with what only SPICE is for; QEMU's own agent may do what its agent did."""
    text = said.of("qemu-vdagent")
    try:
        agent = text is not None and switch(text)
    except ValueError as error:
        raise InstallError(str(error), option=said.option, key="qemu-vdagent", value=text) from None
    devices = guest.devices
    graphics = [one for one in devices.graphics if one.type == "vnc"][:1]
    devices.graphics[:] = graphics or [Graphics(type="vnc", port=-1)]
    devices.redirdevs[:] = [one for one in devices.redirdevs if one.type != "spicevmc"]
    devices.smartcards[:] = [one for one in devices.smartcards if one.type != "spicevmc"]
    devices.audios[:] = [one for one in devices.audios if one.type != "spice"]
    agents = [one for one in devices.channels if one.type == "spicevmc"]
    for channel in agents:
        if agent:
            channel.type = "qemu-vdagent"
        else:
            devices.channels.remove(channel)


_CONVERSIONS: dict[str, Callable[[Guest, _Said], None]] = {"convert_to_q35": _to_q35, "convert_to_vnc": _to_vnc}
