"""virtxml install's options: a module for each group, and an option is a declaration of its sub-options.

Which options have sub-options stands here, with the module of each, which is loaded when one of its options is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..language.declaring import Option

_MODULES = {
    "metadata": ("metadata", "memory", "vcpus"),
    "cpu": ("cpu",),
    "tuning": ("cputune", "numatune", "memtune", "blkiotune", "memorybacking", "iothreads"),
    "boot": ("boot",),
    "machine": (
        "idmap",
        "features",
        "clock",
        "pm",
        "events",
        "resource",
        "sysinfo",
        "seclabel",
        "keywrap",
        "launchSecurity",
        "qemu_commandline",
    ),
    "disks": ("disk",),
    "networks": ("network",),
    "display": ("graphics", "video"),
    "characters": ("serial", "parallel", "channel", "console", "smartcard", "redirdev", "rng"),
    "devices": (
        "controller",
        "input",
        "hostdev",
        "filesystem",
        "sound",
        "audio",
        "watchdog",
        "memballoon",
        "tpm",
        "panic",
        "shmem",
        "memdev",
        "vsock",
        "iommu",
        "pstore",
    ),
    "media": ("location", "install", "unattended", "cloud_init", "osinfo", "check", "xml"),
}

_CONSTANTS = {"launchSecurity": "LAUNCH_SECURITY"}

DESTINATIONS = {destination: module for module, found in _MODULES.items() for destination in found}
"""Options with sub-options by their destinations, in the order in which they are applied, and the module of each."""


def find_option(destination: str) -> Option:
    """Return the declaration of an option. Raises KeyError for a destination that has none."""
    module = import_module(f".{DESTINATIONS[destination]}", __name__)
    option: Option = getattr(module, _CONSTANTS.get(destination, destination.upper()))
    return option
