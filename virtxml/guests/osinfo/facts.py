"""What is known about a guest operating system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records import Record, made

if TYPE_CHECKING:
    from collections.abc import Mapping

WINDOWS_FAMILIES = ("win16", "win9x", "winnt")
LOCAL_TIME_FAMILIES = (*WINDOWS_FAMILIES, "solaris")
"""The families whose systems take the clock of a machine for local time."""


class Resources(Record, frozen=True):
    """What a system needs; None for what is not known.

    Attributes:
        ram: memory in bytes.
        cpus: number of virtual CPUs.
        storage: size of the first disk in bytes.
    """

    ram: int | None = None
    cpus: int | None = None
    storage: int | None = None


UNKNOWN_RESOURCES = Resources()


class OsFacts(Record, frozen=True):
    """A guest operating system, as osinfo-db describes it.

    Attributes:
        short_id: the name that people use: "fedora40".
        names: all such names, the short id among them, sorted.
        id: its URI in osinfo-db; None for "generic".
        family: "linux", "winnt", "freebsd" and so on; None if it is not known.
        distro: "fedora", "win", "ubuntu" and so on; empty for a system of no distribution.
        version: its version, None if it has none.
        netmodels: the emulated network cards that it has drivers for, the likeliest first. virtio is not among them.
        efi_archs: the architectures on which it boots by UEFI only.
        minimum: what it needs at least, by architecture, "all" for any.
        recommended: what it should have, likewise.
        network_install: what its installer needs at least if it loads everything from a network, likewise.
        supports_…: whether it has a driver.
        is_generic: whether nothing is known of it.
        linux_generic: whether it is one of "linux2022" and the like, which stand for any Linux of a year.
    """

    short_id: str
    names: tuple[str, ...] = ()
    id: str | None = None
    family: str | None = None
    distro: str = ""
    version: str | None = None
    netmodels: tuple[str, ...] = ()
    efi_archs: frozenset[str] = frozenset()
    minimum: Mapping[str, Resources] = made(factory=dict)
    recommended: Mapping[str, Resources] = made(factory=dict)
    network_install: Mapping[str, Resources] = made(factory=dict)
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
        return self.family in WINDOWS_FAMILIES

    @property
    def clock(self) -> str:
        """What it takes the clock of a machine for: "utc" or "localtime"."""
        return "localtime" if self.family in LOCAL_TIME_FAMILIES else "utc"

    def efi_required(self, arch: str) -> bool:
        """Return whether it boots by UEFI only on an architecture."""
        return arch in self.efi_archs

    def minimum_resources(self, arch: str) -> Resources:
        """Return what it needs at least on an architecture."""
        return _for_arch(self.minimum, arch)

    def network_install_resources(self, arch: str) -> Resources:
        """Return what its installer needs at least on an architecture if it loads everything from a network."""
        return _for_arch(self.network_install, arch)

    def default_resources(self, arch: str) -> Resources:
        """Return what a new guest gets on an architecture: what is recommended, else twice the least."""
        least = self.minimum_resources(arch)
        best = _for_arch(self.recommended, arch)
        return Resources(
            _recommended(best.ram, least.ram),
            _recommended(best.cpus, least.cpus),
            _recommended(best.storage, least.storage),
        )


def _for_arch(resources: Mapping[str, Resources], arch: str) -> Resources:
    """Return what holds for an architecture; what is not said of it itself holds as for all."""
    own = resources.get(arch, UNKNOWN_RESOURCES)
    general = resources.get("all", UNKNOWN_RESOURCES)
    return Resources(
        general.ram if own.ram is None else own.ram,
        general.cpus if own.cpus is None else own.cpus,
        general.storage if own.storage is None else own.storage,
    )


def _recommended(best: int | None, least: int | None) -> int | None:
    if best is None and least is not None:
        return 2 * least
    return best


GENERIC = OsFacts("generic", ("generic",), is_generic=True)
"""A system of which nothing is known."""
