"""The domain capabilities of built-in hosts: what QEMU offers to guests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...schema.domaincaps import (
    Channel,
    Console,
    Cpu,
    CpuMode,
    CpuModel,
    Crypto,
    Devices,
    Disk,
    DomainCapabilities,
    Enum,
    Features,
    FeaturesAsyncTeardown,
    FeaturesBackingStoreInput,
    FeaturesBackup,
    FeaturesGenid,
    FeaturesGic,
    FeaturesHyperv,
    FeaturesLaunchSecurity,
    FeaturesPs2,
    FeaturesS390Pv,
    FeaturesSev,
    FeaturesSgx,
    FeaturesVmcoreinfo,
    Filesystem,
    Graphics,
    Hostdev,
    Interface,
    Iothreads,
    MemoryBacking,
    Os,
    OsLoader,
    Panic,
    Redirdev,
    Rng,
    Tpm,
    Vcpu,
    Video,
)
from .machines import family

if TYPE_CHECKING:
    from .machines import GuestArchitecture, HostArchitecture

_VIRTIO = "virtio virtio-transitional virtio-non-transitional"


def domain_capabilities(
    host: HostArchitecture,
    guest: GuestArchitecture,
    machine: str | None = None,
    virttype: str | None = None,
    emulator: str | None = None,
) -> DomainCapabilities | None:
    """Return what a host offers to guests of an architecture, None if it has no such machine or hypervisor.

    Without a machine, the first one is meant; without a hypervisor, KVM if the host has it.
    """
    type_ = virttype or ("kvm" if guest.kvm else "qemu")
    found = _machine(guest, machine)
    if found is None or type_ not in ("kvm", "qemu") or (type_ == "kvm" and not guest.kvm):
        return None
    canonical, cpus = found
    return DomainCapabilities(
        path=emulator or guest.emulator,
        domain=type_,
        machine=canonical,
        arch=guest.name,
        vcpu=Vcpu(max=cpus),
        iothreads=Iothreads(supported=True),
        os=_os(host),
        cpu=_cpu(host, type_ == "kvm"),
        memory_backing=MemoryBacking(supported=True, enums=[_enum("sourceType", "file anonymous memfd")]),
        devices=_devices(host, canonical),
        features=_features(host),
    )


def _machine(guest: GuestArchitecture, name: str | None) -> tuple[str, int] | None:
    """Return the canonical name of a machine and the most CPUs that it has."""
    for known, cpus in guest.machines:
        alias, _, canonical = known.partition("=")
        if name is None or name == alias:
            return canonical or alias, cpus
    # Of other versions, only the name is another one.
    same = (cpus for known, cpus in guest.machines if family(known) == family(name or ""))
    return next(((name or "", cpus) for cpus in same), None)


def _enum(name: str, values: str) -> Enum:
    return Enum(name=name, values=values.split())


def _os(host: HostArchitecture) -> Os:
    return Os(
        supported=True,
        enums=[_enum("firmware", "efi" if host.loaders else "")],
        loader=OsLoader(
            supported=True,
            values=host.loaders.split(),
            enums=[
                _enum("type", "rom pflash"),
                _enum("readonly", "yes no"),
                _enum("secure", "yes no" if host.secure else "no"),
            ],
        ),
    )


def _cpu(host: HostArchitecture, kvm: bool) -> Cpu:
    usable: Literal["yes", "unknown"] = "yes" if host.host_model else "unknown"
    vendor = host.vendor or "unknown"
    passthrough = CpuMode(name="host-passthrough", supported=kvm)
    if kvm:
        passthrough.enums = [_enum("hostPassthroughMigratable", "on off")]
    host_model = CpuMode(name="host-model", supported=host.host_model)
    if host.host_model:
        host_model.models = [CpuModel(fallback="forbid", value=host.cpu)]
        host_model.vendor = host.vendor or None
    return Cpu(
        modes=[
            passthrough,
            CpuMode(name="maximum", supported=True, enums=[_enum("maximumMigratable", "on off")]),
            host_model,
            CpuMode(
                name="custom",
                supported=True,
                models=[CpuModel(usable=usable, vendor=vendor, value=model) for model in host.cpu_models.split()],
            ),
        ]
    )


def _devices(host: HostArchitecture, machine: str) -> Devices:
    # Only the old PC chipset has IDE, and only the new one SATA of its own; a card with SATA fits any.
    buses = f"ide {host.disk_buses}" if machine.startswith(("pc-i440fx", "isapc")) else host.disk_buses
    return Devices(
        disk=Disk(
            supported=True,
            enums=[_enum("diskDevice", host.disk_devices), _enum("bus", buses), _enum("model", _VIRTIO)],
        ),
        graphics=Graphics(supported=True, enums=[_enum("type", host.graphics)]),
        video=Video(supported=True, enums=[_enum("modelType", host.videos)]),
        hostdev=Hostdev(
            supported=True,
            enums=[
                _enum("mode", "subsystem"),
                _enum("startupPolicy", "default mandatory requisite optional"),
                _enum("subsysType", host.hostdevs),
                _enum("capsType", ""),
                _enum("pciBackend", "default vfio"),
            ],
        ),
        rng=Rng(supported=True, enums=[_enum("model", _VIRTIO), _enum("backendModel", "random egd builtin")]),
        filesystem=Filesystem(supported=True, enums=[_enum("driverType", "path handle virtiofs")]),
        tpm=_tpm(host),
        redirdev=Redirdev(supported=host.usb, enums=[_enum("bus", "usb")] if host.usb else []),
        channel=Channel(supported=True, enums=[_enum("type", host.channels)]),
        crypto=Crypto(
            supported=True,
            enums=[_enum("model", "virtio"), _enum("type", "qemu"), _enum("backendModel", "builtin lkcf")],
        ),
        interface=Interface(supported=True, enums=[_enum("backendType", "default passt")]),
        panic=Panic(supported=True, enums=[_enum("model", host.panics)]),
        console=Console(supported=True, enums=[_enum("type", host.channels)]),
    )


def _tpm(host: HostArchitecture) -> Tpm:
    if not host.tpms:
        return Tpm(supported=False)
    enums = [
        _enum("model", host.tpms),
        _enum("backendModel", "passthrough emulator external"),
        _enum("backendVersion", "1.2 2.0"),
    ]
    return Tpm(supported=True, enums=enums)


def _features(host: HostArchitecture) -> Features:
    def has(name: str) -> bool:
        return name in host.features.split()

    return Features(
        gic=FeaturesGic(supported=bool(host.gic), enums=[_enum("version", host.gic)] if host.gic else []),
        vmcoreinfo=FeaturesVmcoreinfo(supported=has("vmcoreinfo")),
        genid=FeaturesGenid(supported=has("genid")),
        backing_store_input=FeaturesBackingStoreInput(supported=has("backing_store_input")),
        backup=FeaturesBackup(supported=has("backup")),
        async_teardown=FeaturesAsyncTeardown(supported=has("async_teardown")),
        s390_pv=FeaturesS390Pv(supported=True) if has("s390_pv") else None,
        ps2=FeaturesPs2(supported=has("ps2")),
        sev=FeaturesSev(supported=False),
        sgx=FeaturesSgx(supported=False),
        hyperv=FeaturesHyperv(supported=True, enums=[_enum("features", host.hyperv)]) if host.hyperv else None,
        launch_security=FeaturesLaunchSecurity(supported=False),
    )
