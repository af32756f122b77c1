"""Whether a host has the CPU that a guest is to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....diagnostics.display import either
from ....rule import Problem, rule
from .offers import offer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.cpu import GuestCPU
    from .....schema.domaincaps import CpuMode
    from .....schema.domaincaps import CpuModel as OfferedModel
    from ....guest import Guest


def _modes(guest: Guest) -> dict[str, CpuMode]:
    """Return the modes of CPU that the host tells of, by their names."""
    caps = offer(guest)
    cpu = caps.cpu if caps is not None else None
    return {} if cpu is None else {mode.name: mode for mode in cpu.modes if mode.name is not None}


@rule(
    "VX886",
    "cpu-mode-not-on-host",
    "domain/cpu",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="unsupported configuration: CPU mode 'host-model' for aarch64 kvm domain on aarch64 host is not supported by "
    "hypervisor",
    bad="""
<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='aarch64' machine='virt'>hvm</type>
  </os>
  <cpu mode='host-model'/>
</domain>
""",
    good="""
<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='aarch64' machine='virt'>hvm</type>
  </os>
  <cpu mode='host-passthrough'/>
</domain>
""",
)
def cpu_mode_not_on_host(cpu: GuestCPU, guest: Guest) -> Iterator[Problem]:
    """The host's hypervisor does not have the mode of CPU.

    The host's own CPU needs KVM; `host-model` needs an architecture whose processors libvirt can describe by a model
    and features.
    """
    modes = _modes(guest)
    wanted = cpu.mode or ("custom" if cpu.model is not None else "")
    mode = modes.get(wanted)
    if mode is None or mode.supported is not False or (wanted == "host-passthrough" and guest.model.type == "qemu"):
        return
    yield Problem(
        cpu,
        "mode",
        "the host has no CPU of the mode {mode} for such a guest",
        help="it has {known}",
        mode=wanted,
        known=either([name for name, one in modes.items() if one.supported], "and"),
    )


def _models(cpu: GuestCPU, guest: Guest) -> list[OfferedModel]:
    """Return the models that the host has, if the guest asks for one."""
    if cpu.model is None or not cpu.model.value or cpu.mode not in (None, "custom"):
        return []
    mode = _modes(guest).get("custom")
    return mode.models if mode is not None and mode.supported else []


@rule(
    "VX887",
    "cpu-model-not-on-host",
    "domain/cpu",
    phase="start",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="unsupported configuration: CPU model SapphireRapids is not supported by hypervisor",
    bad="<cpu mode='custom'>\n  <model fallback='forbid'>SapphireRapids</model>\n</cpu>",
    good="<cpu mode='custom'>\n  <model fallback='forbid'>Icelake-Server</model>\n</cpu>",
)
def cpu_model_not_on_host(cpu: GuestCPU, guest: Guest) -> Iterator[Problem]:
    """The host's hypervisor does not know the model of CPU, and no other one will do.

    With `fallback='allow'`, libvirt would take the nearest model that there is.
    """
    models = _models(cpu, guest)
    if cpu.model is None or not models or cpu.model.fallback != "forbid":
        return
    if not any(cpu.model.value in (model.value, model.canonical) for model in models):
        yield Problem(
            cpu.model,
            "value",
            "the host has no CPU of the model {model}",
            help="virsh domcapabilities lists the models that it has",
            model=cpu.model.value,
        )


@rule(
    "VX888",
    "cpu-model-beyond-host",
    "domain/cpu",
    severity="warning",
    phase="",
    drivers=("qemu",),
    needs=("arch", "domcapabilities"),
    words="unsupported configuration: the CPU is incompatible with host CPU: Host CPU does not provide required "
    "features: avx512f, avx512dq",
    bad="<cpu mode='custom'>\n  <model fallback='allow'>SapphireRapids</model>\n</cpu>",
    good="<cpu mode='custom'>\n  <model fallback='allow'>Icelake-Server</model>\n</cpu>",
)
def cpu_model_beyond_host(cpu: GuestCPU, guest: Guest) -> Iterator[Problem]:
    """The host's processor cannot be the model of CPU.

    The guest does not start if libvirt finds that features are missing, which it looks for unless `check` is `none`;
    else it goes without them. Features that are disabled in the document do not count. Of a model that the hypervisor
    does not know, libvirt takes the nearest.
    """
    models = _models(cpu, guest)
    if cpu.model is None or not models:
        return
    name = cpu.model.value
    found = next((model for model in models if name in (model.value, model.canonical)), None)
    if found is None:
        if cpu.model.fallback != "forbid":
            yield Problem(cpu.model, "value", "the host has no CPU of the model {model}", model=name)
    elif found.usable == "no":
        lacking = _lacking(cpu, guest, name or "")
        if lacking is None or lacking:
            yield Problem(
                cpu.model,
                "value",
                "the host's processor cannot be the model {model}" + (": it lacks {lacking}" if lacking else ""),
                model=name,
                lacking=either(lacking or [], "and"),
            )


def _lacking(cpu: GuestCPU, guest: Guest, model: str) -> list[str] | None:
    """Return the features that the host lacks for a model, and the guest wants; None if they are not known."""
    mode = _modes(guest)["custom"]
    blockers = next((one for one in mode.blockers if one.model == model), None)
    if blockers is None:
        return None
    unwanted = {feature.name for feature in cpu.features if feature.policy in ("disable", "optional", "forbid")}
    return [each.name for each in blockers.features if each.name and each.name not in unwanted]
