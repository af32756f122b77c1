"""Whether documents are valid: a look at libvirt's schemas, unless nothing was asked for that they could refuse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .errors import InstallError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..diagnostics.diagnostic import Diagnostic
    from ..schema.domain import Domain
    from .arguments import Arguments
    from .guest import Guest
    from .options import Applied

_ANY = re.compile(".*", re.DOTALL)
_PATH = re.compile(r"/[\w./+-]*", re.ASCII)
_NAME = re.compile(r"\w[\w.-]*", re.ASCII)
_FREE = ("osinfo", "check", "cloud_init")
"""Options of which nothing gets into the document as it is written."""
_COUNT = re.compile("[1-9][0-9]{0,3}")
_CACHE = re.compile("none|writeback|writethrough|directsync|unsafe")
_CARD = re.compile("virtio|e1000e?|rtl8139")
_PLAIN = {
    ("metadata", "name"): _NAME,
    ("metadata", "title"): re.compile(r"[^\n]+"),
    ("metadata", "description"): _ANY,
    ("memory", "memory"): _ANY,
    ("memory", "currentMemory"): _ANY,
    ("memory", "maxmemory"): _ANY,
    ("vcpus", "vcpu"): _ANY,
    ("vcpus", "vcpus"): _ANY,
    ("vcpus", "maxvcpus"): _ANY,
    ("vcpus", "sockets"): _COUNT,
    ("vcpus", "cores"): _COUNT,
    ("vcpus", "threads"): _COUNT,
    ("cpu", "model"): re.compile("host|host-passthrough|host-model"),
    ("boot", "uefi"): re.compile("True|on|off|yes|no"),
    ("boot", "hd"): _ANY,
    ("boot", "cdrom"): _ANY,
    ("boot", "network"): _ANY,
    ("boot", "bootmenu.enable"): _ANY,
    ("disk", "path"): _PATH,
    ("disk", "size"): _ANY,
    ("disk", "format"): re.compile("qcow2|raw"),
    ("disk", "bus"): re.compile("virtio|scsi|sata|usb|ide"),
    ("disk", "device"): re.compile("disk|cdrom"),
    ("disk", "cache"): _CACHE,
    ("disk", "driver.cache"): _CACHE,
    ("disk", "driver.discard"): re.compile("unmap|ignore"),
    ("disk", "driver.io"): re.compile("native|threads"),
    ("disk", "sparse"): _ANY,
    ("network", "type"): re.compile("user|default"),
    ("network", "network"): _NAME,
    ("network", "bridge"): _NAME,
    ("network", "mac"): _ANY,
    ("network", "model"): _CARD,
    ("network", "model.type"): _CARD,
    ("graphics", "type"): re.compile("vnc|spice|default"),
    ("graphics", "listen"): re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}"),
    ("graphics", "password"): _ANY,
    ("graphics", "port"): re.compile("-1|[1-9][0-9]{3}"),
    ("video", "model.type"): re.compile("virtio|qxl|vga|cirrus|none"),
    ("sound", "model"): re.compile("ich6|ich9|ac97|none"),
    ("rng", "backend.model"): re.compile("/dev/u?random"),
    ("tpm", "backend.type"): re.compile("emulator|default|none"),
    ("console", "type"): re.compile("pty"),
    ("serial", "type"): re.compile("pty"),
    ("location", "location"): re.compile(r"/[\w./+-]*|\w+://.*", re.ASCII),
}
"""Sub-options, and what values of them are right in every document: others are either refused or looked at."""
_PLAIN_OPTIONS = frozenset(destination for destination, _ in _PLAIN)
_PLAIN_VALUES = {"cdrom": re.compile(r"/[\w./+-]*|https?://[\w./:+-]*", re.ASCII), "reinstall": re.compile("(?!)")}
_OF_VALUES = ("VX201", "VX202")
"""Codes of findings about values."""
_PLAIN_DRIVERS = ("qemu", "test")


def is_plain(guest: Guest, arguments: Arguments, applied: Applied) -> bool:
    """Return whether the arguments cannot make a document that the schemas refuse.

    To look at the schemas takes time, which nobody should wait for who asks for no more than most people do.
    """
    if guest.host.driver not in _PLAIN_DRIVERS or not guest.is_hvm or applied.late_actions:
        return False
    for name, form in _PLAIN_VALUES.items():
        value = arguments.text(name)
        if value is not None and not form.fullmatch(value):
            return False
    return all(
        destination in _PLAIN_OPTIONS and all(_is_plain_value(destination, sub, said[sub]) for sub in said)
        for destination, occurrences in applied.said.items()
        if destination not in _FREE
        for said in occurrences
    )


def _is_plain_value(destination: str, sub: str, value: str | bool | None) -> bool:
    form = _PLAIN.get((destination, sub))
    return form is not None and value is not None and form.fullmatch(str(value)) is not None


def doubts(documents: Iterable[Domain], arguments: Arguments, applied: Applied) -> Sequence[str]:
    """Return what the schemas do not allow in documents, a line each.

    What they do not allow may be virt-install's own way, and what a host says of itself is as it is; paths may be
    relative where libvirt is to find them. But another value that the user wrote is a mistake: it raises InstallError,
    unless XML was edited by XPath.
    """
    from ..validation import is_valid, validate

    words = frozenset() if applied.late_actions else _words(arguments)
    noted = {error.value: error for error in applied.doubts}
    found: dict[str, None] = {}
    for document in documents:
        for one in () if is_valid(document) else validate(document, lint=False):
            reason = f"not valid by libvirt's schemas: {one.path}: {one.message}"
            value = _value_at(document, one.path) if _is_mistake(one) else None
            if value in words:
                raise noted.get(value, InstallError(reason))
            found[reason] = None
    return list(found)


def _is_mistake(finding: Diagnostic) -> bool:
    return finding.code in _OF_VALUES and not any("path" in form for form in finding.expected)


def _words(arguments: Arguments) -> frozenset[str]:
    """Return all values that a command line has."""
    found: list[str | None] = [value for value in arguments.values.values() if isinstance(value, str)]
    for occurrences in arguments.compound.values():
        for occurrence in occurrences:
            found.append(occurrence.text)
            for key, value in occurrence.items:
                found += [key, value]
    return frozenset(word.strip() for word in found if word)


def _value_at(document: Domain, path: str) -> str:
    """Return the text or the attribute at the path of a finding."""
    from lxml import etree

    from ..codec.names import PREFIXES

    namespaces = {prefix: uri for uri, prefix in PREFIXES.items()}
    places: Any = etree.fromstring(document.to_xml()).xpath(path, namespaces=namespaces)
    found = places[0]
    return str(found if isinstance(found, str) else found.text or "").strip()
