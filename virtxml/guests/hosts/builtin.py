"""Hosts that need no files: current ones, with QEMU and KVM, one per architecture, and simple ones of other drivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema.capabilities import (
    Capabilities,
    Guest,
    GuestArch,
    GuestArchDomain,
    GuestFeatures,
    GuestFeaturesAcpi,
    GuestFeaturesApic,
    GuestFeaturesDisksnapshot,
    HostCPU,
    HostSecmodel,
    Machine,
)
from ...schema.capabilities import Host as HostElement
from .host import Host, no_domain_capabilities
from .machines import EMULATED, HOSTS

if TYPE_CHECKING:
    from ...schema.domaincaps import DomainCapabilities
    from .host import DomainCapabilitiesSource
    from .machines import GuestArchitecture, HostArchitecture

ARCHITECTURES = tuple(HOSTS)
"""The architectures of the built-in hosts."""
_WHOSE = {guest.name: arch for arch, host in HOSTS.items() for guest in host.guests}
_EMULATED = frozenset(guest.name for guest in EMULATED.guests)


def builtin_host(arch: str | None = None, *, driver: str = "qemu", is_session: bool = False) -> Host:
    """Return a current host of an architecture and a hypervisor driver.

    It has libvirt's network and storage pool "default". The architecture may be one of guests: for "i686" it is an
    x86_64 host, as for one that is not known or only emulated. A host of another driver than QEMU's tells only what
    guests can be.

    Raises GuestError for a driver of which nothing is built in.
    """
    from .stock import stock_facts

    if driver == "qemu":
        host_arch = _WHOSE.get(arch or "x86_64", "x86_64")
        offering = EMULATED if arch in _EMULATED else HOSTS[host_arch]
        capabilities = _capabilities(host_arch, offering)
        source: DomainCapabilitiesSource = _DomainCapabilitiesOf(offering)
    else:
        from .drivers import capabilities_of

        capabilities = capabilities_of(driver)
        source = no_domain_capabilities
    return Host(
        capabilities=capabilities,
        driver=driver,
        is_session=is_session,
        domain_capabilities_source=source,
        **stock_facts(driver, is_session),
    )


def _capabilities(arch: str, host: HostArchitecture) -> Capabilities:
    cpu = HostCPU(arch=arch, model=host.cpu or None, vendor=host.vendor or None)  # type: ignore[arg-type]
    return Capabilities(
        host=HostElement(cpu=cpu, secmodels=[HostSecmodel(model="dac", doi="0")]),
        guests=[_guest(guest) for guest in host.guests],
    )


def _guest(guest: GuestArchitecture) -> Guest:
    types = ("qemu", "kvm") if guest.kvm else ("qemu",)
    features = GuestFeatures(
        cpuselection=True,
        deviceboot=True,
        disksnapshot=GuestFeaturesDisksnapshot(default=True, toggle=False),
        external_snapshot=True,
    )
    if guest.name in ("x86_64", "i686"):
        features.acpi = GuestFeaturesAcpi(default=True, toggle=True)
        features.apic = GuestFeaturesApic(default=True, toggle=False)
        features.pae = features.nonpae = guest.name == "i686"
    elif guest.name == "aarch64":
        features.acpi = GuestFeaturesAcpi(default=True, toggle=True)
    return Guest(
        os_type="hvm",
        arch=GuestArch(
            name=guest.name,  # type: ignore[arg-type]
            wordsize=guest.wordsize,  # type: ignore[arg-type]
            emulator=guest.emulator,
            machines=[_machine(name, cpus) for name, cpus in guest.machines],
            domains=[GuestArchDomain(type=type_) for type_ in types],  # type: ignore[arg-type]
        ),
        features=features,
    )


def _machine(name: str, cpus: int) -> Machine:
    alias, _, canonical = name.partition("=")
    return Machine(canonical=canonical or None, max_cpus=cpus, value=alias)


class _DomainCapabilitiesOf:
    """Tells the domain capabilities of a host; each is made once."""

    def __init__(self, host: HostArchitecture) -> None:
        self._host = host
        self._made: dict[tuple[str, ...], DomainCapabilities | None] = {}

    def __call__(
        self, arch: str | None, machine: str | None, virttype: str | None, emulator: str | None
    ) -> DomainCapabilities | None:
        key = (arch or self._host.guests[0].name, machine or "", virttype or "", emulator or "")
        if key not in self._made:
            from .offers import domain_capabilities

            guest = next((guest for guest in self._host.guests if guest.name == key[0]), None)
            self._made[key] = (
                None if guest is None else domain_capabilities(self._host, guest, machine, virttype, emulator)
            )
        return self._made[key]
