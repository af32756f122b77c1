"""Which commands there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics.suggest import did_you_mean, nearest
from .commands import (
    cpus,
    descriptions,
    devices,
    disks,
    interfaces,
    iothreads,
    memory,
    networks,
    pins,
    snapshots,
    storage,
    tuning,
)
from .errors import UsageError

if TYPE_CHECKING:
    from .command import Command

GROUPS: dict[str, tuple[Command, ...]] = {
    "disks": disks.COMMANDS,
    "interfaces": interfaces.COMMANDS,
    "devices of any kind": devices.COMMANDS,
    "virtual CPUs": cpus.COMMANDS,
    "CPUs of the host": pins.COMMANDS,
    "I/O threads": iothreads.COMMANDS,
    "memory": memory.COMMANDS,
    "shares and limits": tuning.COMMANDS,
    "what a domain says of itself": descriptions.COMMANDS,
    "networks": networks.COMMANDS,
    "storage": storage.COMMANDS,
    "snapshots and checkpoints": snapshots.COMMANDS,
}
"""All commands, by what they are about."""

COMMANDS: dict[str, Command] = {command.name: command for group in GROUPS.values() for command in group}
"""All commands, by their names."""


def command_named(name: str) -> Command:
    """Return the command of a name. Raises UsageError if there is none."""
    if name not in COMMANDS:
        hint = did_you_mean(*nearest(name, COMMANDS, limit=1), lead=": ") or "; `virtxml virsh help` lists them"
        raise UsageError(f"there is no command {name!r}{hint}")
    return COMMANDS[name]
