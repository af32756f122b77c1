"""Tell the operating system on an installation medium by the labels that the image of a CD or DVD begins with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .finding import find_os, look_up, machine_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from lxml import etree

    from .facts import OsFacts

_DESCRIPTOR_AT = 16 * 2048
_DESCRIPTOR_START = b"\x01CD001"
_LABELS = {
    "system-id": slice(8, 40),
    "volume-id": slice(40, 72),
    "publisher-id": slice(318, 446),
    "application-id": slice(574, 702),
}
"""Where ISO 9660 has the labels that osinfo-db knows systems by, in the primary volume descriptor."""


_SIZE = "volume-size"
"""What osinfo-db calls the size of a volume in bytes, by which it tells media with the same labels apart."""


class _Known(NamedTuple):
    """Volumes that are known without osinfo-db: what their names look like, and whose they are."""

    pattern: str
    short_id: str


_KNOWN = (
    _Known(r"AlmaLinux-(\d+)-", "almalinux{0}"),
    _Known(r"alpine-\S+ (\d+\.\d+)", "alpinelinux{0}"),
    _Known(r"ARCH_\d{6}$", "archlinux"),
    _Known(r"CentOS-Stream-(\d+)-", "centos-stream{0}"),
    _Known(r"CentOS[ _](\d\.\d+)", "centos{0}"),
    _Known(r"CentOS 7 ", "centos7.0"),
    _Known(r"CentOS-8-", "centos8"),
    _Known(r"(?:Debian|d-live) (\d+)\.", "debian{0}"),
    _Known(r"Fedora-.*?-(\d\d)(?:-\d|$)", "fedora{0}"),
    _Known(r"(\d+)_(\d+)_RELEASE_", "freebsd{0}.{1}"),
    _Known(r"nixos-\S*?-(\d\d\.\d\d)", "nixos-{0}"),
    _Known(r"OpenBSD/\S+\s+(\d+\.\d)", "openbsd{0}"),
    _Known(r"openSUSE-Leap-(\d+\.\d)-", "opensuse{0}"),
    _Known(r"openSUSE-Tumbleweed-", "opensusetumbleweed"),
    _Known(r"RHEL-(\d+)[-.](\d+)", "rhel{0}.{1}"),
    _Known(r"Rocky-(\d+)-", "rocky{0}"),
    _Known(r"Ubuntu(?:-Server)? (\d\d\.\d\d)", "ubuntu{0}"),
)


def detect_os(path: str | PathLike[str]) -> OsFacts | None:
    """Return the system that the image of a CD or DVD installs, None if its labels do not tell.

    Common systems are known by the names of their volumes. For all others, such as Windows, the osinfo-db of this
    machine is asked. Raises OSError if the image cannot be read.
    """
    labels = _read_labels(path)
    if labels is None:
        return None
    return _known(labels["volume-id"]) or _in_database(labels)


def is_live(path: str | PathLike[str]) -> bool:
    """Return whether an image starts a system that is ready, by the name of its volume. Raises OSError as above."""
    labels = _read_labels(path)
    return labels is not None and re.search(r"(?i)(?<![a-z])live(?![a-z])", labels["volume-id"]) is not None


def _read_labels(path: str | PathLike[str]) -> dict[str, str] | None:
    """Return the labels of an image, None if it is none."""
    with open(path, "rb") as file:
        file.seek(_DESCRIPTOR_AT)
        descriptor = file.read(2048)
    if not descriptor.startswith(_DESCRIPTOR_START):
        return None
    labels = {name: descriptor[place].decode("ascii", "replace").rstrip(" \0") for name, place in _LABELS.items()}
    blocks = int.from_bytes(descriptor[80:84], "little")
    return {**labels, _SIZE: str(blocks * int.from_bytes(descriptor[128:130], "little"))}


def _known(volume: str) -> OsFacts | None:
    for pattern, short_id in _KNOWN:
        found = re.match(pattern, volume)
        if found is not None:
            # A version that is newer than the facts is the unknown one of its distribution.
            unknown = f"{short_id.partition('{')[0].rstrip('-')}-unknown"
            names = (short_id.format(*found.groups()), unknown)
            return next((facts for facts in map(look_up, names) if facts is not None), None)
    return None


def _in_database(labels: dict[str, str]) -> OsFacts | None:
    """Return the system whose medium has the most in common with the labels, None if several have as much."""
    fitting: dict[int, set[str]] = {}
    for id_, medium in _media():
        fitting.setdefault(_fitting(medium, labels), set()).add(id_)
    fitting.pop(0, None)
    best = fitting[max(fitting)] if fitting else set()
    return find_os(best.pop()) if len(best) == 1 else None


def _media() -> Iterator[tuple[str, etree._Element]]:
    database = machine_database()
    for id_ in database.ids():
        for element in database.system(id_):
            for medium in element.iterfind("media/iso"):
                yield id_, medium


def _fitting(medium: etree._Element, labels: dict[str, str]) -> int:
    """Return how many labels fit those of a medium, 0 if one does not."""
    wanted = [(str(child.tag), child.text or "") for child in medium if child.tag in labels]
    return len(wanted) if all(_fits(name, pattern, labels[name]) for name, pattern in wanted) else 0


def _fits(name: str, pattern: str, label: str) -> bool:
    if name == _SIZE:
        return pattern == label
    try:
        return re.search(pattern, label) is not None
    except re.error:
        # Perl's syntax, which libosinfo reads, has more than Python's.
        return False
