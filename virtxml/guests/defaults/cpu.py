"""The guest's CPU."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...schema.cpu import CpuModel, GuestCPU
from ...schema.domain import CpuFeature
from ..guest import values_of
from ..hardware import ARM, PPC64, RISCV, S390

if TYPE_CHECKING:
    from ...schema.domaincaps import CpuMode
    from ..guest import Guest

NONE = frozenset(["none", "clear", "hv-default"])
"""Words that leave the choice to the hypervisor."""
HOST_COPY = frozenset(["host-copy", "host-model-only"])
"""Words for the host's own CPU, by its name."""
_MITIGATIONS = ("ibpb", "md-clear", "spec-ctrl", "ssbd", "virt-ssbd")
"""Features by which systems protect themselves against flaws of processors."""
_MITIGATIONS_OF_MODELS = (
    (re.compile(".*-IBRS|Denverton"), ("spec-ctrl",)),
    (
        re.compile("(Cascadelake|Cooperlake|Icelake|SapphireRapids|SierraForest|GraniteRapids|Snowridge).*"),
        ("spec-ctrl", "ssbd"),
    ),
    (re.compile("Dhyana|EPYC-(IBPB|Rome|Milan|Genoa|Turin)"), ("ibpb",)),
)
"""What models have of them, by their names."""


def set_cpu(guest: Guest, *, special: str | None = None, secure: bool | None = None) -> None:
    """Choose the CPU that is nearest to the host's, unless the domain names one.

    Args:
        guest: the guest.
        special: a word of `NONE` or `HOST_COPY`, "default", or the mode "host-passthrough", "host-model" or "maximum".
        secure: whether a CPU that is named gets what protects against flaws of processors; by default it does.
    """
    if special in NONE or "cpu" in guest.without:
        return
    cpu = guest.domain.cpu
    if special in HOST_COPY:
        _name_host_model(guest)
    elif special in ("host-passthrough", "host-model", "maximum"):
        _made(guest).mode = special  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
    elif cpu is None or (cpu.mode is None and cpu.model is None):
        _set_default(guest)
    cpu = guest.domain.cpu
    if cpu is None or cpu.model is None:
        return
    cpu.mode = cpu.mode or "custom"
    if cpu.mode == "custom":
        cpu.match = cpu.match or "exact"
        if secure is not False:
            _add_mitigations(guest, cpu)


def _made(guest: Guest) -> GuestCPU:
    if guest.domain.cpu is None:
        guest.domain.cpu = GuestCPU()
    return guest.domain.cpu


def _set_default(guest: Guest) -> None:
    if guest.host.driver != "qemu":
        return
    if guest.type == "qemu":
        # Old boards take the one processor that they were built with.
        if guest.has_usual_machine and guest.arch not in PPC64 | S390 and _mode(guest, "maximum"):
            _made(guest).mode = "maximum"
    elif guest.type == "kvm" and (guest.arch in ARM or guest.arch in RISCV) and guest.is_virt_machine:
        _made(guest).mode = "host-passthrough"
    elif guest.type == "kvm" and guest.is_x86 and guest.arch == guest.host.arch:
        if _passes_through_safely(guest):
            _made(guest).mode = "host-passthrough"
        elif _mode(guest, "host-model"):
            _made(guest).mode = "host-model"
        else:
            _name_host_model(guest)


def _passes_through_safely(guest: Guest) -> bool:
    """Whether the host's CPU can be given as it is, and libvirt keeps back what would stop a migration."""
    mode = _mode(guest, "host-passthrough")
    return mode is not None and "on" in (values_of(mode.enums, "hostPassthroughMigratable") or ())


def _mode(guest: Guest, name: str) -> CpuMode | None:
    """Return a mode of CPUs, if the domain capabilities have it."""
    told = guest.domain_capabilities
    modes = told.cpu.modes if told is not None and told.cpu is not None else ()
    return next((mode for mode in modes if mode.name == name and mode.supported), None)


def _name_host_model(guest: Guest) -> None:
    host = guest.host.capabilities.host
    model = host.cpu.model if host is not None and host.cpu is not None else None
    name = getattr(model, "value", model)
    if name:
        _made(guest).model = CpuModel(value=str(name))


def _add_mitigations(guest: Guest, cpu: GuestCPU) -> None:
    host = _mode(guest, "host-model") if guest.is_x86 else None
    if host is None:
        return
    found = {feature.name for feature in host.features if feature.policy == "require"}
    for model in host.models:
        name = getattr(model, "value", None) or ""
        found.update(feature for form, has in _MITIGATIONS_OF_MODELS if form.fullmatch(name) for feature in has)
    said = {feature.name for feature in cpu.features}
    wanted = [name for name in _MITIGATIONS if name in found and name not in said]
    cpu.features[:0] = [CpuFeature(policy="require", name=name) for name in wanted]
