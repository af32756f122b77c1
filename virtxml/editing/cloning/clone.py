"""Make another guest of a domain."""

from __future__ import annotations

import uuid as uuids
from typing import TYPE_CHECKING, Literal, NamedTuple

from virtxml.records import Record
from virtxml.schema.domain import InterfaceMac, InterfaceTarget

from .disks import disks_of, moves, name_of, path_of
from .firmware import firmware_path, set_firmware_path
from .images import Images
from .left import Left, left
from .names import checked_mac, checked_name, checked_uuid, next_name, random_mac
from .surroundings import CloneError, Surroundings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from virtxml.schema.domain import CharLog, Domain, Interface

    from .disks import Move


class Copy(Record, frozen=True):
    """An image that has to be copied before a clone can start.

    Attributes:
        role: whose image it is: a "disk", or the "firmware", which remembers what to boot.
        device: the name of the disk, such as "vda"; "" for the firmware.
        source: the path of the original, or POOL/VOLUME where the document names it so and nobody knows the path.
        target: where the copy is to be, in the same way.
    """

    role: Literal["disk", "firmware"]
    device: str
    source: str
    target: str


class Clone(Record, frozen=True):
    """What `clone` has made of a domain.

    Attributes:
        domain: the clone: the object that was given.
        original: the name that it had.
        copies: what has to be copied before it can start, each image once.
        left: what it has in common with the original although no two guests should.
    """

    domain: Domain
    original: str
    copies: tuple[Copy, ...]
    left: tuple[Left, ...]


def clone(  # noqa: PLR0913 - all that can be said of it
    domain: Domain,
    *,
    name: str | None = None,
    uuid: str | None = None,
    macs: Sequence[str | None] = (),
    files: Sequence[str] = (),
    nvram: str | None = None,
    skip: Collection[str] = (),
    force: Collection[str] = (),
    choose_files: bool = True,
    preserve_data: bool = False,
    overwrite: bool = False,
    around: Surroundings | None = None,
) -> Clone:
    """Make another guest of a domain: the object that is given becomes the clone.

    It gets a name, a UUID, addresses of network cards, images and logs of its own; it loses its title and the names of
    its host's network devices; ports that were fixed are chosen when it starts. All else is as it was, objects too, so
    that what `Document` writes differs only in that. No file is looked at and none is copied.

    Args:
        domain: the guest to clone.
        name: the name of the clone; else NAME-clone, NAME-clone1 and so on.
        uuid: the UUID; else a random one.
        macs: the addresses of the network cards, in their order; None is a random one, and so is what is missing.
        files: the places of the copied images, in their order; else IMAGE-clone.EXT beside the original, or NAME.EXT
            if the image has the name of the guest.
        nvram: the place of what the firmware remembers; else NAME_VARS.EXT beside the original.
        skip: disks, such as "vda", whose images are shared.
        force: disks whose images are copied although they are only read, or are made to be shared.
        choose_files: whether to choose places for images that no file is said for.
        preserve_data: whether nothing is copied: what is at the places that are said is used as it is.
        overwrite: whether something may be at the places that are said; volumes may not.
        around: what the clone must not run into.

    Raises CloneError for what cannot be so; the domain is as it was then.
    """
    around = around or Surroundings()
    if not domain.name:
        raise CloneError("the domain has no name, so nothing can be named after it")
    old, old_uuid = domain.name, domain.uuid
    new = next_name(old, {old, *around.names}) if name is None else checked_name(name, around.names)
    own_uuids = {*around.uuids, (old_uuid or "").lower()}
    new_uuid = str(uuids.uuid4()) if uuid is None else checked_uuid(uuid, own_uuids)
    cards = list(_addresses(domain, macs, around))
    images = Images(around, (old, new), _places(domain), keep=preserve_data, overwrite=overwrite)
    moved = list(moves(domain, images, files, skip, force, around, choose=choose_files))
    firmware = firmware_path(domain)
    remembered = None if firmware is None else nvram or images.firmware(firmware)
    logs = [(log, images.chosen(log.file)) for log in _logs(domain) if log.file]
    moved = [move for move in moved if move.source != move.target]
    copies = [Copy("disk", name_of(move.disk), move.source, move.target) for move in moved]
    if firmware and remembered and not around.is_volume(remembered) and not around.is_there(remembered):
        copies.append(Copy("firmware", "", firmware, remembered))
    _Plan(new, new_uuid, moved, remembered, cards, logs).carry_out(domain)
    once = {(copy.source, copy.target): copy for copy in reversed(copies)}
    kept = left(domain, {id(move.disk) for move in moved}, old_uuid)
    return Clone(domain, old, () if preserve_data else tuple(reversed(once.values())), tuple(kept))


class _Plan(NamedTuple):
    """All that is to be changed in a domain, once nothing can be refused any more.

    Attributes:
        name: the name of the clone.
        uuid: its UUID.
        moved: the disks that get images of their own.
        remembered: where its firmware remembers things; None if the domain says nothing of that.
        cards: the network cards with their addresses.
        logs: the logs with their files.
    """

    name: str
    uuid: str
    moved: list[Move]
    remembered: str | None
    cards: list[tuple[Interface, str]]
    logs: list[tuple[CharLog, str]]

    def carry_out(self, domain: Domain) -> None:
        """Make the domain the clone."""
        if self.remembered is not None:
            set_firmware_path(domain, self.remembered)
        for move in self.moved:
            move.make()
        for interface, mac in self.cards:
            _give_address(interface, mac)
        for log, file in self.logs:
            log.file = file
        _rename(domain, self.name, self.uuid)
        _free_ports(domain)


def _places(domain: Domain) -> Iterator[str]:
    """Iterate over all places that a guest has something at."""
    for disk in disks_of(domain):
        source = disk.source
        below = None if source is None else disk.backing_store
        while source is not None:
            yield path_of(source) or f"{source.pool or ''}/{source.volume or ''}"
            source = None if below is None else below.source
            below = None if below is None else below.backing_store
    firmware = firmware_path(domain)
    if firmware is not None:
        yield firmware
    yield from (log.file for log in _logs(domain) if log.file)


def _addresses(domain: Domain, macs: Sequence[str | None], around: Surroundings) -> Iterator[tuple[Interface, str]]:
    """Find an address for each network card. Raises CloneError for those that are none, or taken."""
    interfaces = [] if domain.devices is None else domain.devices.interfaces
    own = {mac.address.lower() for mac in (each.mac for each in interfaces) if mac is not None and mac.address}
    taken = {*around.macs, *own}
    said = [None if mac is None else checked_mac(mac, taken) for mac in macs]
    taken.update(mac.lower() for mac in said if mac is not None)
    for number, interface in enumerate(interfaces):
        mac = said[number] if number < len(said) else None
        if mac is None:
            mac = random_mac(domain.type, taken)
            taken.add(mac)
        yield interface, mac


def _give_address(interface: Interface, mac: str) -> None:
    """Give a network card an address, and take the name of the host's device behind it away."""
    if interface.mac is None:
        interface.mac = InterfaceMac(address=mac)
    else:
        interface.mac.address = mac
    if interface.target is not None and interface.target.dev is not None:
        interface.target.dev = None
        if interface.target == InterfaceTarget():
            interface.target = None


def _logs(domain: Domain) -> Iterator[CharLog]:
    """Iterate over the logs of what a guest's devices send."""
    devices = domain.devices
    if devices is None:
        return
    logs = [each.log for each in devices.serials]
    logs += [each.log for each in devices.parallels]
    logs += [each.log for each in devices.consoles]
    logs += [each.log for each in devices.channels]
    logs += [each.log for each in devices.smartcards]
    logs += [each.log for each in devices.redirdevs]
    logs += [rng.backend.log for rng in devices.rngs if rng.backend is not None]
    yield from (log for log in logs if log is not None)


def _rename(domain: Domain, name: str, uuid: str) -> None:
    """Give a guest a name and a UUID, and take away what was only true of the one before."""
    for info in domain.sysinfos:
        for entry in () if info.system is None else info.system.entries:
            if entry.name == "uuid" and domain.uuid and (entry.value or "").strip().lower() == domain.uuid.lower():
                entry.value = uuid
    domain.id = domain.title = None
    domain.name, domain.uuid = name, uuid


def _free_ports(domain: Domain) -> None:
    """Let ports that are fixed, and the agents' sockets, be chosen when the guest starts."""
    if domain.devices is None:
        return
    for graphics in domain.devices.graphics:
        if graphics.port is not None and graphics.port > 0:
            graphics.port, graphics.autoport = -1, None
    for channel in domain.devices.channels:
        target = channel.target and channel.target.name
        for source in channel.sources:
            # libvirt names the sockets of channels after the guest and the channel.
            if channel.type == "unix" and target and target in (source.path or ""):
                source.path = None
