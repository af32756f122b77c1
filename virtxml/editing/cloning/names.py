"""What clones are called: guests, images, logs, network cards."""

from __future__ import annotations

import os
import posixpath
import re
from itertools import count
from typing import TYPE_CHECKING

from .surroundings import CloneError

if TYPE_CHECKING:
    from collections.abc import Callable, Container

_CLONE = re.compile(r"(.*-clone)([0-9]{0,9})", re.DOTALL)
_LONGEST_EXTENSION = 7
"""How many characters behind a dot are still taken for an extension."""
_UUID = re.compile(r"([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})", re.IGNORECASE)
_MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}", re.IGNORECASE)
_QEMU = ("qemu", "kvm", "kqemu", "hvf")
_PREFIXES = {**dict.fromkeys(_QEMU, "52:54:00"), "vmware": "00:0c:29"}
_OTHER_PREFIX = "00:16:3e"
"""The numbers of makers with which addresses of guests begin: QEMU's, VMware's, Xen's."""


def next_name(name: str, taken: Container[str]) -> str:
    """Return what the clone of a guest is called: WEB-clone, WEB-clone1 and so on; that of WEB-clone2, WEB-clone3."""
    found = _CLONE.fullmatch(name)
    base, number = (f"{name}-clone", 0) if found is None else (found[1], int(found[2] or 0) + 1)
    names = (f"{base}{each or ''}" for each in count(number))
    return next(each for each in names if each not in taken)


def split_path(path: str) -> tuple[str, str, str]:
    """Return the directory of a path with its slash, the name in it, and the extension of that with its dot."""
    name = posixpath.basename(path)
    stem, extension = posixpath.splitext(name)
    if len(extension) > 1 + _LONGEST_EXTENSION:
        stem, extension = name, ""
    return path[: len(path) - len(name)], stem, extension


def path_beside(path: str, names: tuple[str, str], is_taken: Callable[[str], bool]) -> str:
    """Return the path of the copy of an image, in the same directory, at which nothing is yet.

    What is called as the guest is gets the name of the clone, all else "-clone" behind its own; ``names`` are both.
    """
    directory, stem, extension = split_path(path)
    old, new = names
    return free_path(directory, new if stem == old else f"{stem}-clone", extension, is_taken)


def free_path(directory: str, stem: str, extension: str, is_taken: Callable[[str], bool]) -> str:
    """Return a path at which nothing is yet, with a number if that is needed: STEM.EXT, STEM-1.EXT and so on."""
    paths = (f"{directory}{stem}{f'-{each}' if each else ''}{extension}" for each in count())
    return next(each for each in paths if not is_taken(each))


def checked_name(name: str, taken: Container[str]) -> str:
    """Return a name for a guest. Raises CloneError for one that libvirt refuses, and for one that a guest has."""
    if not name.strip() or "/" in name or "\n" in name:
        raise CloneError(f"{name!r} is no name for a guest")
    if name in taken:
        raise CloneError(f"there is a guest with the name {name!r} already")
    return name


def checked_uuid(uuid: str, taken: Container[str]) -> str:
    """Return a UUID with its dashes. Raises CloneError for what is none, and for one that a guest has."""
    found = _UUID.fullmatch(uuid.strip())
    if found is None:
        raise CloneError(f"{uuid!r} is no UUID: 32 hexadecimal digits, dashes between them")
    if "-".join(found.groups()).lower() in taken:
        raise CloneError(f"there is a guest with the UUID {uuid} already")
    return "-".join(found.groups())


def checked_mac(mac: str, taken: Container[str]) -> str:
    """Return the address of a network card. Raises CloneError for what is none, and for one that a card has."""
    if _MAC.fullmatch(mac) is None:
        raise CloneError(f"{mac!r} is no address of a network card, such as 52:54:00:12:34:56")
    if int(mac[:2], 16) & 1:
        raise CloneError(f"{mac} is the address of a group, not of one network card")
    if mac.lower() in taken:
        raise CloneError(f"there is a network card with the address {mac} already")
    return mac


def random_mac(domain_type: str | None, taken: Container[str]) -> str:
    """Return an address that no network card has, as hypervisors of a type give it."""
    prefix = _PREFIXES.get(domain_type or "", _OTHER_PREFIX)
    while True:
        # Xen's cards of the host have the upper half.
        digits = os.urandom(3)
        mac = f"{prefix}:{digits[0] & 0x7F:02x}:{digits[1]:02x}:{digits[2]:02x}"
        if mac not in taken:
            return mac
