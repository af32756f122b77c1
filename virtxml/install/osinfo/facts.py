"""What is known about a guest operating system."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Resources:
    """What a system needs; None for what is not known.

    Attributes:
        ram: memory in bytes.
        cpus: number of virtual CPUs.
        storage: size of the first disk in bytes.
    """

    ram: int | None = None
    cpus: int | None = None
    storage: int | None = None


@dataclass(frozen=True)
class OsFacts:
    """A guest operating system, as osinfo-db describes it.

    Attributes:
        short_id: the name that people use: "fedora40".
        names: all such names, the first one included.
        id: its URI in osinfo-db; None for "generic".
        name: what it is called: "Fedora Linux 40"; the short id where that is not known.
        family: "linux", "winnt", "freebsd" and so on; None if it is not known.
        distro: "fedora", "win", "ubuntu" and so on.
        version: its version, None if it has none.
        clock: what guests want of the clock: "utc" or "localtime".
        netmodels: its emulated network cards, such as "e1000" (virtio is a fact of its own), best first.
        efi_archs: the architectures on which it boots by UEFI only.
        minimum: what it needs at least, per architecture, "all" for any.
        recommended: what it should have, likewise.
        supports_…: whether it has a driver.
        is_generic: whether nothing is known of it.
        linux_generic: whether it is one of "linux2020" and the like, which stand for any Linux of a year.
    """

    short_id: str
    names: tuple[str, ...] = ()
    id: str | None = None
    name: str = ""
    family: str | None = None
    distro: str = ""
    version: str | None = None
    clock: str = "utc"
    netmodels: tuple[str, ...] = ()
    efi_archs: frozenset[str] = frozenset()
    minimum: Mapping[str, Resources] = field(default_factory=dict)
    recommended: Mapping[str, Resources] = field(default_factory=dict)
    supports_virtiodisk: bool = False
    supports_virtioscsi: bool = False
    supports_virtionet: bool = False
    supports_virtiorng: bool = False
    supports_virtiogpu: bool = False
    supports_virtioballoon: bool = False
    supports_virtioserial: bool = False
    supports_virtioinput: bool = False
    supports_usb3: bool = False
    supports_virtio1: bool = False
    supports_chipset_q35: bool = False
    is_generic: bool = False
    linux_generic: bool = False

    @property
    def is_windows(self) -> bool:
        """Whether it is one of Microsoft's Windows."""
        raise NotImplementedError

    def efi_required(self, arch: str) -> bool:
        """Return whether it boots by UEFI only on an architecture."""
        return arch in self.efi_archs

    def default_resources(self, arch: str) -> Resources:
        """Return what a new guest gets: what is recommended, else twice what is needed at least."""
        raise NotImplementedError


GENERIC = OsFacts("generic", ("generic",), is_generic=True)
"""A system of which nothing is known."""
