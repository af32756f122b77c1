"""What a change takes along: the order of booting, and what only SPICE is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...guests.defaults.boot import bootable, put_at_places
from ...guests.defaults.graphics import set_sound, set_spice_devices
from ...guests.guest import Guest
from ...schema.domain import Features, FeaturesVmport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ...guests.defaults.boot import Bootable
    from ...node import Node
    from ...schema.domain import Devices, Domain, Serial

_SPICE = "spice"
_CHANNEL = "spicevmc"


class Before:
    """What a domain was like before a change, as far as a change of it takes something along."""

    def __init__(self, domain: Domain) -> None:
        self._places = {id(device): _place(device) for device in self._bootable(domain)}
        self._had_spice = has_spice(domain)

    @staticmethod
    def _bootable(domain: Domain) -> list[Bootable]:
        return [] if domain.devices is None else list(bootable(domain.devices))

    def settle(self, domain: Domain, guest: Callable[[], Guest]) -> None:
        """Do what goes along with all that has changed since then; ``guest`` returns a copy, with its host."""
        moved = [one for one in self._bootable(domain) if _place(one) not in (None, self._places.get(id(one)))]
        if moved and domain.devices is not None:
            put_at_places(domain.devices, moved)
            if domain.os is not None:
                # libvirt takes either an order of devices or a list of kinds.
                domain.os.boots = []
        if has_spice(domain) and not self._had_spice:
            _serve_spice(Guest(domain, guest().host, guest().system))


def _place(device: Bootable) -> object:
    return None if device.boot is None else device.boot.order


def has_spice(domain: Domain) -> bool:
    """Tell whether a guest is looked at by SPICE."""
    return domain.devices is not None and any(one.type == _SPICE for one in domain.devices.graphics)


def _serve_spice(guest: Guest) -> None:
    """Give a guest that is looked at by SPICE what SPICE makes possible, as new guests have it."""
    set_spice_devices(guest)
    set_sound(guest)
    if guest.is_x86:
        # VMware's port for the mouse gets into the way of the agent.
        features = guest.domain.features = guest.domain.features or Features()
        features.vmport = features.vmport or FeaturesVmport(state=False)


def drop_companions(domain: Domain, removed: Iterable[Node], first_serial: Serial | None) -> None:
    """Take out what nothing is any more without devices that have been removed.

    Args:
        domain: the domain, without them.
        removed: the devices.
        first_serial: the serial port that was the first one: libvirt writes it as a console too.
    """
    devices = domain.devices
    if devices is None:
        return
    gone = list(removed)
    had_spice = any(getattr(one, "type", None) == _SPICE and one.xml_name == "graphics" for one in gone)
    if had_spice and not has_spice(domain):
        _drop_spice(devices)
    if any(one is first_serial for one in gone) and devices.consoles:
        target = devices.consoles[0].target
        if target is None or target.type in (None, "serial"):
            del devices.consoles[0]


def _drop_spice(devices: Devices) -> None:
    devices.channels[:] = [one for one in devices.channels if one.type != _CHANNEL]
    devices.redirdevs[:] = [one for one in devices.redirdevs if one.type != _CHANNEL]
    devices.audios[:] = [one for one in devices.audios if one.type != _SPICE]
