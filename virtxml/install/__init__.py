"""virt-install's arguments to libvirt's documents, on any machine.

    from virtxml.install import translate

    translation = translate("--osinfo debian12 --memory 2048 --disk size=20 --pxe")
    print(translation.domain.to_xml())

No host is needed: its facts come from files, from a live connection, or are built in.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..guests.hosts import Host as Host
    from ..guests.osinfo import OsFacts as OsFacts
    from .changes.changing import Outcome as Outcome
    from .changes.changing import change as change
    from .errors import InstallError as InstallError
    from .facts import builtin_host as builtin_host
    from .facts import find_os as find_os
    from .facts import read_host as read_host
    from .translation import Translation as Translation
    from .translation import translate as translate

_HOMES = {
    "InstallError": ".errors",
    "Host": "..guests.hosts.host",
    "builtin_host": ".facts",
    "read_host": ".facts",
    "OsFacts": "..guests.osinfo",
    "find_os": ".facts",
    "Outcome": ".changes.changing",
    "Translation": ".translation",
    "change": ".changes.changing",
    "translate": ".translation",
}

__all__ = [
    "Host",
    "InstallError",
    "OsFacts",
    "Outcome",
    "Translation",
    "builtin_host",
    "change",
    "find_os",
    "read_host",
    "translate",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home, __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
