"""Names for guests and for their volumes, as virt-install chooses them."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from .hardware import ARM

if TYPE_CHECKING:
    from collections.abc import Container

    from .guest import Guest

_ANY_VERSION = re.compile(r"-(unknown|rawhide)$")


def default_name(guest: Guest) -> str:
    """Return a name that tells system and architecture, and that no guest of the host has."""
    base = "vm"
    if guest.is_container:
        base = "container"
    elif not guest.system.is_generic:
        base = _ANY_VERSION.sub("", guest.system.short_id)
    numbered = base in ("vm", "container")
    if guest.host.arch and guest.arch != guest.host.arch and guest.host.driver != "test" and not guest.is_container:
        # A PC of 64 bits runs guests of 32 bits as its own: still, they are told apart.
        base = f"{base}-{'arm' if guest.arch in ARM and guest.arch != 'aarch64' else guest.arch}"
        numbered = False
    taken = {domain.name for domain in guest.host.domains}
    if numbered:
        return unique_name(base, taken, start=1, separator="")
    return base if base not in taken else unique_name(base, taken, start=2, separator="-")


def unique_name(base: str, taken: Container[str | None], *, start: int, separator: str, suffix: str = "") -> str:
    """Return the first of the names with a number from ``start`` that is not taken."""
    number = start
    while f"{base}{separator}{number}{suffix}" in taken:
        number += 1
    return f"{base}{separator}{number}{suffix}"


def random_uuid() -> str:
    """Return a UUID that nobody else has: version 4, without the module that knows all versions."""
    value = bytearray(os.urandom(16))
    value[6] = value[6] & 0x0F | 0x40
    value[8] = value[8] & 0x3F | 0x80
    digits = value.hex()
    return "-".join(digits[start:end] for start, end in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))
