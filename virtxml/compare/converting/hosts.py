"""What a guest has to have of the host that it goes to: the program that runs it, and a machine that there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from virtxml.lint import facts_of
from virtxml.lint.rules.domains.hosts.offers import kind_of_machine, kinds_of_guest, machine, machines
from virtxml.schema.domain import Domain

from .report import Entry

if TYPE_CHECKING:
    from virtxml.lint import Host
    from virtxml.lint.guest import Guest
    from virtxml.node import Node
    from virtxml.schema.capabilities import Machine


def fitted(model: Node, host: Host) -> list[Entry]:
    """Change a guest so that it names what the host has, as far as its capabilities tell; return what was changed."""
    if not isinstance(model, Domain) or host.capabilities is None:
        return []
    entries: list[Entry] = []
    for change in (_emulator, _machine):  # which machines there are depends on the emulator
        entries += change(model, cast("Guest", facts_of(model, host)))
    return entries


def _emulator(model: Domain, guest: Guest) -> list[Entry]:
    """Let the host's own program run the guest: it has another name on other systems."""
    offered = [
        domain.emulator or arch.emulator
        for arch in kinds_of_guest(guest)
        for domain in arch.domains
        if domain.type == model.type
    ]
    if model.devices is None or model.devices.emulator is None or not offered or model.devices.emulator in offered:
        return []
    old, model.devices.emulator = model.devices.emulator, offered[0]
    return [
        _changed("/domain/devices/emulator", f"the host runs such guests by another program than {old}", offered[0])
    ]


def _machine(model: Domain, guest: Guest) -> list[Entry]:
    """Let a guest have the host's machine of the same kind, if the host has none of its version any more."""
    kind = model.os.type if model.os is not None else None
    if kind is None or kind.machine is None or machine(guest) is not None:
        return []
    wanted = kind_of_machine(guest, kind.machine)
    same = [one for one in machines(guest) if one.value and kind_of_machine(guest, one.value) == wanted]
    if not same:
        return []
    old, kind.machine = kind.machine, _newest(same)
    return [_changed("/domain/os/type/@machine", f"the host has no machine {old}", f"machine='{kind.machine}'")]


def _newest(same: list[Machine]) -> str:
    """Return the name of the machine that an alias stands for, or else of the newest version."""
    meant = next((one.canonical for one in same if one.canonical), None)
    return meant or max((one.value or "" for one in same), key=lambda name: [*map(int, re.findall(r"\d+", name))])


def _changed(path: str, says: str, new: str | None) -> Entry:
    return Entry(action="changed", path=path, says=says, libvirt="refused", new=new or "")
