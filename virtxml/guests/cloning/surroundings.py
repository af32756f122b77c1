"""What is on a host that a clone of a guest must not run into."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from ...editing.cloning import Surroundings
from ..formats import kind_by_name, kind_of_file
from ..hosts import pool_kind

if TYPE_CHECKING:
    from collections.abc import Collection

    from ...editing.cloning.surroundings import Kind
    from ...schema.domain import Domain
    from ..hosts import Host


class HostSurroundings(Surroundings):
    """The guests, volumes and files of a host; files only if it is this machine."""

    def __init__(self, host: Host, *, replaced: str | None = None, check_macs: bool = True) -> None:
        """Take a host, without the guest of a name that is to be replaced.

        ``check_macs`` tells whether addresses of network cards may be those of others.
        """
        self._host = host
        self._replaced = replaced
        self._check_macs = check_macs

    @cached_property
    def _guests(self) -> list[Domain]:
        return [guest for guest in self._host.domains if self._replaced is None or guest.name != self._replaced]

    @cached_property
    def names(self) -> Collection[str]:  # type: ignore[override] # pyright: ignore[reportIncompatibleVariableOverride]
        """The names of guests."""
        return {guest.name for guest in self._guests if guest.name}

    @cached_property
    def uuids(self) -> Collection[str]:  # type: ignore[override] # pyright: ignore[reportIncompatibleVariableOverride]
        """The UUIDs of guests."""
        return {guest.uuid.lower() for guest in self._guests if guest.uuid}

    @cached_property
    def macs(self) -> Collection[str]:  # type: ignore[override] # pyright: ignore[reportIncompatibleVariableOverride]
        """The addresses of the network cards of guests."""
        interfaces = [each for guest in self._guests if guest.devices for each in guest.devices.interfaces]
        found = (interface.mac.address for interface in interfaces if interface.mac is not None)
        return {mac.lower() for mac in found if mac} if self._check_macs else ()

    def is_volume(self, path: str) -> bool:
        """Tell whether a path is that of a volume of a storage pool."""
        return self._host.volume_at(path) is not None

    def is_there(self, path: str) -> bool:
        """Tell whether something that is no volume is at a path of this machine."""
        return not self._host.is_remote and os.path.lexists(path)

    def volume_path(self, pool: str, volume: str) -> str | None:
        """Return the path of a volume, None if it is not known."""
        found = self._host.volume(pool, volume)
        return None if found is None or found.target is None else found.target.path

    def kind(self, path: str) -> Kind:
        """Return what an image at a path is, or would be."""
        found = self._host.volume_at(path)
        pool = self._host.pool_of(path) if found is None else found[0]
        if pool is not None:
            return "block" if pool_kind(pool) == "block" else "file"
        found_kind = kind_of_file(path, remote=self._host.is_remote)
        return kind_by_name(path) if found_kind is None else found_kind
