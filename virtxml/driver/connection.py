"""Connections to libvirt, and what a host can do."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, cast

from virtxml.documents import parse
from virtxml.schema.capabilities import Capabilities
from virtxml.schema.cpu import GuestCPU, HostCPU
from virtxml.schema.domain import Domain
from virtxml.schema.domaincaps import DomainCapabilities
from virtxml.schema.storagepoolcaps import StoragePoolCapabilities
from virtxml.schema.sysinfo import SysInfo

from .devices import Interfaces, NodeDevices
from .domains import Domains
from .filters import Bindings, Filters
from .handles import flag_sum
from .libvirt_python.constants import VIR_CPU_COMPARE_IDENTICAL, VIR_CPU_COMPARE_INCOMPATIBLE, VIR_CPU_COMPARE_SUPERSET
from .libvirt_python.link import Link
from .libvirt_python.opening import libvirt, opened
from .networks import Networks
from .secrets import Secrets
from .storage import Pools
from .uri import ConnectionURI

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from typing_extensions import Self

    from .libvirt_python.api import Connect, Module

CPU = GuestCPU | HostCPU
Comparison = Literal["incompatible", "identical", "superset"]

_COMPARISONS: dict[int, Comparison] = {
    VIR_CPU_COMPARE_INCOMPATIBLE: "incompatible",
    VIR_CPU_COMPARE_IDENTICAL: "identical",
    VIR_CPU_COMPARE_SUPERSET: "superset",
}


class Connection:
    """A connection to libvirt; as a context manager, it closes itself."""

    def __init__(self, module: Module, raw: Connect) -> None:
        """Take a connection of libvirt-python; `connect` and `wrap` do so."""
        self._link = Link(module, raw)

    @property
    def libvirt(self) -> Any:
        """The `virConnect` of libvirt-python, for all that has nothing to do with documents."""
        return self._link.raw

    @property
    def uri(self) -> ConnectionURI:
        """The URI of the connection."""
        with self._link.errors():
            return ConnectionURI.parse(self._link.raw.getURI())

    @property
    def version(self) -> tuple[int, int, int]:
        """The version of libvirt on the host, such as (9, 0, 0)."""
        with self._link.errors():
            number = self._link.raw.getLibVersion()
        return number // 1_000_000, number // 1000 % 1000, number % 1000

    def errors(self) -> AbstractContextManager[None]:
        """Return a context manager that makes our exceptions of what libvirt-python raises inside."""
        return self._link.errors()

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._link.closed

    def close(self) -> None:
        """Close the connection; nothing happens if it is closed already."""
        if not self.closed:
            with self._link.errors():
                self._link.raw.close()
            self._link.closed = True

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._link!r}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def domains(self) -> Domains:
        """The domains."""
        return Domains(self._link)

    @cached_property
    def networks(self) -> Networks:
        """The networks."""
        return Networks(self._link)

    @cached_property
    def pools(self) -> Pools:
        """The storage pools."""
        return Pools(self._link)

    @cached_property
    def secrets(self) -> Secrets:
        """The secrets."""
        return Secrets(self._link)

    @cached_property
    def filters(self) -> Filters:
        """The network filters."""
        return Filters(self._link)

    @cached_property
    def bindings(self) -> Bindings:
        """The bindings of network filters."""
        return Bindings(self._link)

    @cached_property
    def interfaces(self) -> Interfaces:
        """The network interfaces of the host."""
        return Interfaces(self._link)

    @cached_property
    def node_devices(self) -> NodeDevices:
        """The devices of the host."""
        return NodeDevices(self._link)

    def capabilities(self) -> Capabilities:
        """Return what the host has and can do."""
        return self._link.read(Capabilities, self._link.raw.getCapabilities)

    def domain_capabilities(
        self,
        *,
        emulator: str | None = None,
        arch: str | None = None,
        machine: str | None = None,
        virttype: str | None = None,
        flags: int = 0,
    ) -> DomainCapabilities:
        """Return what a domain on the host can have, by default that of libvirt's choice."""
        return self._link.read(
            DomainCapabilities, self._link.raw.getDomainCapabilities, emulator, arch, machine, virttype, flags
        )

    def storage_pool_capabilities(self, *, flags: int = 0) -> StoragePoolCapabilities:
        """Return which storage pools and volumes there can be."""
        return self._link.read(StoragePoolCapabilities, self._link.raw.getStoragePoolCapabilities, flags)

    def sysinfo(self, *, flags: int = 0) -> SysInfo:
        """Return what the host's firmware says of it."""
        return self._link.read(SysInfo, self._link.raw.getSysinfo, flags)

    def baseline_cpu(self, cpus: Sequence[CPU], *, expand_features: bool = False, migratable: bool = False) -> CPU:
        """Return the best CPU that all of some hosts can offer; ``expand_features`` names what its model implies."""
        flags = _baseline_flags(expand_features, migratable)
        with self._link.errors(*cpus):
            text = self._link.raw.baselineCPU([cpu.to_xml() for cpu in cpus], flags)
        return cast("CPU", parse(text))

    def baseline_hypervisor_cpu(
        self,
        cpus: Sequence[CPU],
        *,
        emulator: str | None = None,
        arch: str | None = None,
        machine: str | None = None,
        virttype: str | None = None,
        expand_features: bool = False,
        migratable: bool = False,
    ) -> CPU:
        """Return the best CPU that the hypervisor can offer on all of some hosts."""
        flags = _baseline_flags(expand_features, migratable)
        texts = [cpu.to_xml() for cpu in cpus]
        with self._link.errors(*cpus):
            text = self._link.raw.baselineHypervisorCPU(emulator, arch, machine, virttype, texts, flags)
        return cast("CPU", parse(text))

    def compare_cpu(self, cpu: CPU, *, flags: int = 0) -> Comparison:
        """Return what the host's CPU is, compared with another: "superset" can do all that the other can, and more."""
        with self._link.errors(cpu):
            return _COMPARISONS[self._link.raw.compareCPU(cpu.to_xml(), flags)]

    def compare_hypervisor_cpu(
        self,
        cpu: CPU,
        *,
        emulator: str | None = None,
        arch: str | None = None,
        machine: str | None = None,
        virttype: str | None = None,
        flags: int = 0,
    ) -> Comparison:
        """Return what the CPU that the hypervisor can offer is, compared with another."""
        with self._link.errors(cpu):
            result = self._link.raw.compareHypervisorCPU(emulator, arch, machine, virttype, cpu.to_xml(), flags)
        return _COMPARISONS[result]

    def domain_from_native(self, config: str, *, format: str) -> Domain:  # noqa: A002
        """Return the domain for a hypervisor's own configuration; ``format`` is such as "xen-xl" or "vmware-vmx"."""
        return self._link.read(Domain, self._link.raw.domainXMLFromNative, format, config, 0)

    def domain_to_native(self, domain: Domain, *, format: str) -> str:  # noqa: A002
        """Return a hypervisor's own configuration for a domain; ``format`` is such as "qemu-argv"."""
        with self._link.errors(domain):
            return self._link.raw.domainXMLToNative(format, domain.to_xml(), 0)


def connect(
    uri: str | ConnectionURI | None = None, *, readonly: bool = False, auth: Sequence[Any] | None = None
) -> Connection:
    """Connect to libvirt.

    ``uri`` may be an alias of libvirt.conf; without one, libvirt chooses. ``auth`` is what libvirt-python's `openAuth`
    wants: types of credentials, a function that is called for them, and what it is given.

    Raises ConnectionFailedError, which names the usual slips in URIs, or AuthenticationError, which is one; and
    LibvirtMissingError without libvirt-python.
    """
    module = libvirt()
    return Connection(module, opened(module, None if uri is None else str(uri), readonly=readonly, auth=auth))


def wrap(connection: Any) -> Connection:
    """Return a `virConnect` of libvirt-python, which stays its owner's, as a `Connection`.

    Raises LibvirtMissingError without libvirt-python.
    """
    return Connection(libvirt(), connection)


def _baseline_flags(expand_features: bool, migratable: bool) -> int:
    return flag_sum(
        VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES=expand_features, VIR_CONNECT_BASELINE_CPU_MIGRATABLE=migratable
    )
