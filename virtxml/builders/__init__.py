"""Build libvirt's documents step by step.

    from virtxml import builders

    vm = (builders.domain("web01").kvm().memory("4 GiB").vcpus(4).uefi(secure_boot=True)
          .disk("/var/lib/libvirt/images/web01.qcow2", size="20 GiB")
          .network("default").tpm().vnc().build())
    print(vm.to_xml())

Builders return the models of `virtxml.schema`, with what libvirt wants filled in. What cannot work is refused where it
is written, by `BuildError`.
"""

# Modules are named in the plural: `virtxml.builders.network` is the function.

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .errors import BuildError

if TYPE_CHECKING:
    from ..schema.domain import Domain
    from .backups import BackupBuilder as BackupBuilder
    from .domains import DomainBuilder as DomainBuilder
    from .networks import NetworkBuilder as NetworkBuilder
    from .nwfilters import NWFilterBuilder as NWFilterBuilder
    from .pools import PoolBuilder as PoolBuilder
    from .secrets import SecretBuilder as SecretBuilder
    from .snapshots import CheckpointBuilder as CheckpointBuilder
    from .snapshots import SnapshotBuilder as SnapshotBuilder
    from .volumes import VolumeBuilder as VolumeBuilder

_HOMES = {
    "BackupBuilder": "backups",
    "CheckpointBuilder": "snapshots",
    "DomainBuilder": "domains",
    "NWFilterBuilder": "nwfilters",
    "NetworkBuilder": "networks",
    "PoolBuilder": "pools",
    "SecretBuilder": "secrets",
    "SnapshotBuilder": "snapshots",
    "VolumeBuilder": "volumes",
}

__all__ = [
    "BackupBuilder",
    "BuildError",
    "CheckpointBuilder",
    "DomainBuilder",
    "NWFilterBuilder",
    "NetworkBuilder",
    "PoolBuilder",
    "SecretBuilder",
    "SnapshotBuilder",
    "VolumeBuilder",
    "backup",
    "checkpoint",
    "domain",
    "network",
    "nwfilter",
    "pool",
    "secret",
    "snapshot",
    "volume",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


def domain(start: str | Domain) -> DomainBuilder:
    """Start a guest, or go on from one that is there.

    Args:
        start: the name of a new guest; or the model of one, into which `build` puts what the steps bring.

    Raises BuildError for what is no name of a guest, for guests of other hypervisors, and for those that cannot work.
    """
    from .domains import DomainBuilder

    return DomainBuilder(start)


def network(name: str) -> NetworkBuilder:
    """Start a virtual network. Raises BuildError for what is no name of a network."""
    from .networks import NetworkBuilder

    return NetworkBuilder(name)


def pool(name: str) -> PoolBuilder:
    """Start a storage pool. Raises BuildError for what is no name of a pool."""
    from .pools import PoolBuilder

    return PoolBuilder(name)


def volume(name: str) -> VolumeBuilder:
    """Start a volume of a storage pool. Raises BuildError for what is no name of a volume."""
    from .volumes import VolumeBuilder

    return VolumeBuilder(name)


def snapshot(name: str) -> SnapshotBuilder:
    """Start a snapshot of a guest. Raises BuildError for what is no name of a snapshot."""
    from .snapshots import SnapshotBuilder

    return SnapshotBuilder(name)


def checkpoint(name: str) -> CheckpointBuilder:
    """Start a checkpoint of a guest. Raises BuildError for what is no name of a checkpoint."""
    from .snapshots import CheckpointBuilder

    return CheckpointBuilder(name)


def backup() -> BackupBuilder:
    """Start a backup of a guest's disks."""
    from .backups import BackupBuilder

    return BackupBuilder()


def secret() -> SecretBuilder:
    """Start a secret: what it is for, without its value."""
    from .secrets import SecretBuilder

    return SecretBuilder()


def nwfilter(name: str) -> NWFilterBuilder:
    """Start a network filter. Raises BuildError for what is no name of a filter."""
    from .nwfilters import NWFilterBuilder

    return NWFilterBuilder(name)
