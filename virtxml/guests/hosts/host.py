"""What is known about a host: what it can run, and what is already there."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Literal, Protocol

from ...records import Record, made
from .documents import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from virtxml.schema.capabilities import Capabilities
    from virtxml.schema.domain import Domain
    from virtxml.schema.domaincaps import DomainCapabilities
    from virtxml.schema.interface import HostInterface
    from virtxml.schema.network import Network
    from virtxml.schema.nodedev import NodeDevice
    from virtxml.schema.storagepool import StoragePool
    from virtxml.schema.storagevol import StorageVolume

_BLOCK_POOLS = ("disk", "logical", "iscsi", "scsi", "mpath", "zfs")
_NETWORK_POOLS = ("rbd", "gluster", "sheepdog", "iscsi-direct")


class DomainCapabilitiesSource(Protocol):
    """What tells the domain capabilities for a kind of guest; None stands for the hypervisor's own choice."""

    def __call__(
        self, arch: str | None, machine: str | None, virttype: str | None, emulator: str | None
    ) -> DomainCapabilities | None:
        """Return the document, or None if the hypervisor gives none."""


def no_domain_capabilities(
    arch: str | None, machine: str | None, virttype: str | None, emulator: str | None
) -> DomainCapabilities | None:
    """Return None, as hypervisors do that have no domain capabilities."""
    return None


class Host(Record, frozen=True):
    """A host as libvirt tells of it. Its documents are not to be changed.

    Attributes:
        capabilities: what `virsh capabilities` prints.
        driver: the hypervisor driver: "qemu", "test", "lxc", "xen", "bhyve", "vz" and so on.
        is_session: whether guests belong to a user (`qemu:///session`), not to the system.
        is_remote: whether files are those of another machine than this one.
        networks: the virtual networks.
        pools: the storage pools.
        volumes: the volumes of each pool, by the pool's name, with their paths.
        node_devices: the devices of the host.
        interfaces: the host's own network interfaces.
        domains: the guests that are there already.
        domain_capabilities_source: gives what `virsh domcapabilities` prints; use `domain_capabilities`.
        is_told: whether somebody told what is on the host, a file or the host itself; else it is what hosts begin with.
    """

    capabilities: Capabilities
    driver: str = "qemu"
    is_session: bool = False
    is_remote: bool = False
    networks: Sequence[Network] = ()
    pools: Sequence[StoragePool] = ()
    volumes: Mapping[str, Sequence[StorageVolume]] = made(factory=dict)
    node_devices: Sequence[NodeDevice] = ()
    interfaces: Sequence[HostInterface] = ()
    domains: Sequence[Domain] = ()
    domain_capabilities_source: DomainCapabilitiesSource = no_domain_capabilities
    is_told: bool = False

    @property
    def tells_storage(self) -> bool:
        """Whether pools and volumes that are not listed are not there."""
        return self.is_told or any(self.volumes.values())

    @property
    def tells_devices(self) -> bool:
        """Whether node devices that are not listed are not there."""
        return self.is_told or bool(self.node_devices)

    @property
    def arch(self) -> str:
        """The architecture of the host itself, such as "x86_64"; empty if the capabilities do not tell."""
        host = self.capabilities.host
        return (host and host.cpu and host.cpu.arch) or ""

    def domain_capabilities(
        self,
        arch: str | None = None,
        machine: str | None = None,
        virttype: str | None = None,
        emulator: str | None = None,
    ) -> DomainCapabilities | None:
        """Return what guests of a kind can have, None if the hypervisor does not tell.

        A host that was read from a file of domain capabilities gives that one for every kind of guest.
        """
        return self.domain_capabilities_source(arch, machine, virttype, emulator)

    def domain(self, name: str) -> Domain | None:
        """Return the guest of a name or UUID, None if there is none."""
        return find(self.domains, name)

    def network(self, name: str) -> Network | None:
        """Return the virtual network of a name or UUID, None if there is none."""
        return find(self.networks, name)

    def pool(self, name: str) -> StoragePool | None:
        """Return the storage pool of a name or UUID, None if there is none."""
        return find(self.pools, name)

    def node_device(self, name: str) -> NodeDevice | None:
        """Return the host device of a name such as `pci_0000_00_1f_2`, None if there is none."""
        return find(self.node_devices, name)

    def volume(self, pool: str, name: str) -> StorageVolume | None:
        """Return a volume by the names of its pool and its own, None if there is none."""
        return find(self.volumes.get(pool, ()), name)

    def volume_at(self, path: str) -> tuple[StoragePool, StorageVolume] | None:
        """Return the volume whose target is a path, with its pool; None if no pool has it."""
        wanted = clean_path(path)
        for pool in self._likely_pools(wanted):
            for volume in self.volumes.get(pool.name or "", ()):
                if volume.target is not None and clean_path(volume.target.path or "") == wanted:
                    return pool, volume
        return None

    def pool_of(self, path: str) -> StoragePool | None:
        """Return the pool whose directory directly holds a path, None if there is none."""
        parent = posixpath.dirname(clean_path(path))
        return self.pool_at(parent)

    def pool_at(self, path: str) -> StoragePool | None:
        """Return the pool whose directory is a path, None if there is none."""
        wanted = clean_path(path)
        return next((pool for pool in self.pools if pool_path(pool) == wanted), None)

    def _likely_pools(self, path: str) -> Iterator[StoragePool]:
        """Yield all pools, those first that have the path in their directories: most volumes are found in these."""
        near = [pool for pool in self.pools if path.startswith(f"{pool_path(pool)}/")]
        yield from near
        yield from (pool for pool in self.pools if pool not in near)


def pool_path(pool: StoragePool) -> str:
    """Return the directory of a pool; empty if it has none."""
    return clean_path((pool.target and pool.target.path) or "")


def pool_kind(pool: StoragePool | None) -> Literal["file", "block", "network"]:
    """Return what disks from a pool are."""
    kind = pool.type if pool is not None else "dir"
    return "block" if kind in _BLOCK_POOLS else "network" if kind in _NETWORK_POOLS else "file"


def clean_path(path: str) -> str:
    """Return a path without slashes that say nothing, as libvirt keeps it; URLs are as they are."""
    if "://" in path:
        return path
    start = "/" if path.startswith("/") else ""
    return start + "/".join(part for part in path.split("/") if part)
