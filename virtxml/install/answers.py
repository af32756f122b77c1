"""How installers of Red Hat's family are told where their answers are: a Kickstart file in the initial RAM disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..guests.osinfo import OsFacts

_FEDORAS = ("fedora", "silverblue")
_NEW_NAMES = {True: 33, False: 8}
"""The first version of Fedora, and of RHEL, whose installer takes no `ks=` any more."""
_NEW_SOURCE = {True: 19, False: 7}
"""The first version of Fedora, and of RHEL, whose installer finds its packages by `inst.repo=`."""


def script_name(system: OsFacts) -> str:
    """Return the name that osinfo-db's scripts give the file with the answers."""
    return f"{'fedora' if system.distro in _FEDORAS else 'rhel'}.ks"


def boot_words(system: OsFacts, source: str | None) -> list[str]:
    """Return what the kernel of an installer is told: where the answers are, and the packages, a URL."""
    is_fedora = system.distro in _FEDORAS
    number = re.match(r"\d+", system.version or "")
    # What has no number is newer than all that have one.
    version = int(number[0]) if number is not None else max(_NEW_NAMES.values())
    words = [f"{'inst.ks' if version >= _NEW_NAMES[is_fedora] else 'ks'}=file:/{script_name(system)}"]
    if source is not None:
        words.append(f"{'inst.repo' if version >= _NEW_SOURCE[is_fedora] else 'method'}={source}")
    return words
