"""Put devices that options describe into a guest: those of the host, and network interfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import InstallError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..guests.guest import Guest
    from .language.applied import HostdevRequest, NetworkRequest


def place_hostdevs(guest: Guest, requests: Sequence[HostdevRequest]) -> None:
    """Give a guest devices of its host. Raises GuestError for one that the host does not have."""
    for request in requests:
        if request.name is not None:
            from ..guests.host_devices import set_source

            set_source(guest, request.hostdev, request.name)
        guest.devices.hostdevs.append(request.hostdev)


def place_interfaces(guest: Guest, requests: Sequence[NetworkRequest], checks: Mapping[str, bool]) -> None:
    """Give a guest network interfaces.

    Args:
        guest: the guest.
        requests: what is asked for, in order.
        checks: what is not to be checked: "mac_in_use".

    Raises InstallError for an address that another interface has, GuestError for a device that the host does not have.
    """
    from ..guests.defaults.networks import mac_addresses

    taken = mac_addresses(guest)
    for request in requests:
        if request.hostdev is not None:
            from ..guests.host_devices import set_interface_device

            set_interface_device(guest, request.interface, request.hostdev)
        _take_mac(request, taken, checks)
        guest.devices.interfaces.append(request.interface)


def _take_mac(request: NetworkRequest, taken: set[str], checks: Mapping[str, bool]) -> None:
    """Note the address of an interface. Raises InstallError if another one has it."""
    mac = request.interface.mac
    if mac is None or mac.address is None:
        return
    if mac.address.lower() in taken and checks.get("mac_in_use", True):
        reason = "another interface has this address (--check mac_in_use=off accepts that)"
        raise InstallError(reason, option="--network", key="mac", value=mac.address)
    taken.add(mac.address.lower())
