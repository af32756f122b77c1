"""What only builders refuse of other devices: libvirt takes it, or its schema says it in other words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .met import Met, on_devices, on_guest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domain import Devices, Domain


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
def _graphics(domain: Domain, _: Met) -> Iterator[str]:
    for graphics in _devices(domain).graphics:
        for port in (graphics.port, graphics.tls_port, graphics.websocket):
            if port is not None and not (port == -1 or 1 <= port <= 65535):
                yield f"{graphics.type}: {port} is no port: they are 1 to 65535, and -1 is the next free one"


@on_devices
def _hyperv_panic(domain: Domain, _: Met) -> Iterator[str]:
    for panic in _devices(domain).panics:
        if panic.model == "hyperv" and (domain.features is None or domain.features.hyperv is None):
            yield "panic: the model hyperv is told of by Hyper-V's enlightenments: say hyperv before"


RULES = (_single, _variables, _looked_at, _graphics, _hyperv_panic)
