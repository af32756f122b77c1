"""Other devices: what a guest has once, and what does not go together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ....guests.hardware import S390, X86
from .machine import arch_of, is_old_pc, machine_of, may_be_q35
from .met import Met, on_devices, on_guest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domain import Devices, Domain

_GUESTS_CIDS = range(3, 0xFFFFFFFF)
"""Numbers of guests at sockets: lower ones are the host's own, the highest means any."""


def _devices(domain: Domain) -> Devices:
    from ....schema.domain import Devices

    return domain.devices if domain.devices is not None else Devices()


@on_devices
def _single(domain: Domain, met: Met) -> Iterator[str]:
    devices = _devices(domain)
    for _ in devices.iommus:
        if met.meet("iommu"):
            yield "iommu: a guest has one only"
    for watchdog in devices.watchdogs:
        model = watchdog.model or "i6300esb"
        if met.meet("watchdog model", model):
            yield f"watchdog: the guest has one {model} already"


@on_guest
def _variables(domain: Domain) -> Iterator[str]:
    envs = domain.qemu_commandline.envs if domain.qemu_commandline is not None else []
    for name, number in Counter(env.name for env in envs).items():
        if number > 1:
            yield f"qemu_env: the variable {name} is taken: the guest has it already"


@on_devices
def _looked_at(domain: Domain, met: Met) -> Iterator[str]:
    devices = _devices(domain)
    if devices.graphics:
        met.meet("a screen")
    for one in devices.hostdevs:
        if one.display and one.model != "vfio-pci":
            yield f"hostdev_mdev: only devices of the model vfio-pci can be looked at (`display`), not {one.model}"
        if one.display and not met.last("a screen"):
            yield "hostdev_mdev: a device that is looked at (`display`) takes graphics: say vnc or spice before"


@on_devices
def _tpm(domain: Domain, _: Met) -> Iterator[str]:
    for tpm in _devices(domain).tpms:
        version = tpm.backend.version if tpm.backend is not None else None
        if tpm.model == "tpm-crb" and version == "1.2":
            yield "tpm: the model tpm-crb has the interface of TPM 2.0; version 1.2 takes tpm-tis"
        if tpm.model == "tpm-crb" and arch_of(domain) not in X86:
            yield f"tpm: the model tpm-crb is for PCs, not for {arch_of(domain)}"
        if tpm.model == "tpm-spapr" and not arch_of(domain).startswith("ppc64"):
            yield f"tpm: the model tpm-spapr is for POWER servers, not for {arch_of(domain)}"


@on_devices
def _graphics(domain: Domain, _: Met) -> Iterator[str]:
    for graphics in _devices(domain).graphics:
        for port in (graphics.port, graphics.tls_port, graphics.websocket):
            if port is not None and not (port == -1 or 1 <= port <= 65535):
                yield f"{graphics.type}: {port} is no port: they are 1 to 65535, and -1 is the next free one"


@on_devices
def _vsock(domain: Domain, _: Met) -> Iterator[str]:
    vsock = _devices(domain).vsock
    number = vsock.cid.address if vsock is not None and vsock.cid is not None else None
    if number is not None and number not in _GUESTS_CIDS:
        yield f"vsock: guests have numbers from {_GUESTS_CIDS[0]} to {_GUESTS_CIDS[-1]}, not {number}"


@on_devices
def _machine_devices(domain: Domain, _: Met) -> Iterator[str]:
    devices = _devices(domain)
    for watchdog in devices.watchdogs:
        if watchdog.model == "itco" and not may_be_q35(domain):
            yield f"watchdog: itco is a part of the machine q35, not of {machine_of(domain) or arch_of(domain)}"
        if watchdog.model == "diag288" and arch_of(domain) not in S390:
            yield f"watchdog: diag288 is for mainframes, not for {arch_of(domain)}"
        if watchdog.model == "ib700" and not is_old_pc(domain):
            yield "watchdog: ib700 is for the ISA bus of the machine pc: say machine('pc') before"
    for panic in devices.panics:
        if panic.model in ("isa", "hyperv") and arch_of(domain) not in X86:
            yield f"panic: the model {panic.model} is for PCs, not for {arch_of(domain)}"
        if panic.model == "hyperv" and (domain.features is None or domain.features.hyperv is None):
            yield "panic: the model hyperv is told of by Hyper-V's enlightenments: say hyperv before"
    for iommu in devices.iommus:
        if iommu.model in ("intel", "amd") and not may_be_q35(domain):
            yield f"iommu: {iommu.model}'s is a part of the machine q35, not of {machine_of(domain) or arch_of(domain)}"
        if iommu.model == "smmuv3" and arch_of(domain) != "aarch64":
            yield f"iommu: smmuv3 is ARM's, not for {arch_of(domain)}"
        if iommu.driver is not None and iommu.driver.intremap is not None and iommu.model not in ("intel", "amd"):
            yield f"iommu: interrupts go through those of Intel and AMD (`intremap`), not through {iommu.model}"


RULES = (_single, _variables, _looked_at, _tpm, _graphics, _vsock, _machine_devices)
