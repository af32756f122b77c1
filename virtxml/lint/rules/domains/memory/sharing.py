"""Which devices need the guest's memory to be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....schema.domain import MemoryBacking, MemoryBackingAccess, MemoryBackingSource
from ....rule import Fix, Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Domain
    from ....guest import Guest


def _is_shared(domain: Domain, guest: Guest) -> bool:
    """Tell whether other programs get at all memory of a guest."""
    backing = domain.memory_backing
    usual = backing.access.mode if backing is not None and backing.access is not None else None
    if not guest.cells:
        return usual == "shared"
    return all((cell.mem_access or usual) == "shared" for cell in guest.cells)


def _needing(guest: Guest) -> tuple[Element, str] | None:
    """Return the first device that another program serves through the guest's memory, and what that is called."""
    for filesystem in guest.devices.filesystems:
        if filesystem.driver is not None and filesystem.driver.type == "virtiofs":
            return filesystem, "virtiofs"
    for disk in guest.devices.disks:
        if disk.type in ("vhostuser", "vhostvdpa"):
            return disk, str(disk.type)
    if guest.since("9.1.0"):
        for interface in guest.devices.interfaces:
            if interface.type == "vhostuser":
                return interface, "vhostuser"
    return None


@rule(
    "VX642",
    "requires-shared-memory",
    "domain",
    drivers=("qemu",),
    words="'virtiofs' requires shared memory",
    bad="""
<devices>
  <filesystem type='mount'>
    <driver type='virtiofs'/>
    <source dir='/srv'/>
    <target dir='srv'/>
  </filesystem>
</devices>
""",
    good="""
<memoryBacking>
  <source type='memfd'/>
  <access mode='shared'/>
</memoryBacking>
<devices>
  <filesystem type='mount'>
    <driver type='virtiofs'/>
    <source dir='/srv'/>
    <target dir='srv'/>
  </filesystem>
</devices>
""",
)
def requires_shared_memory(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """A device needs shared memory, and the guest's is private.

    Another program serves such a device, and reads and writes the guest's memory itself. Memory is shared for the whole
    guest, or for each NUMA cell.
    """
    devices = guest.devices
    if not (devices.filesystems or devices.disks or devices.interfaces):
        return
    found = _needing(guest)
    if found is None or _is_shared(domain, guest):
        return
    device, name = found
    yield Problem(
        device,
        "",
        "{name} needs the guest's memory, which is not shared",
        help="add <memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>",
        other=domain.memory_backing,
        there="where memory comes from is said here",
        fix=_share(domain, guest),
        name=name,
    )


def _share(domain: Domain, guest: Guest) -> Fix:
    """Return the fix that shares a guest's memory."""

    def change() -> None:
        if domain.memory_backing is None:
            domain.memory_backing = MemoryBacking()
        backing = domain.memory_backing
        backing.access = MemoryBackingAccess(mode="shared")
        if backing.source is None and backing.hugepages is None:
            backing.source = MemoryBackingSource(type="memfd")
        for cell in guest.cells:
            if cell.mem_access == "private":
                cell.mem_access = "shared"

    return Fix("share the guest's memory", change)
