"""The guest's CPU: `--cpu`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..command_line.splitting import split
from ..language.declaring import VALUE, Option, Sub
from ..language.paths import is_empty

if TYPE_CHECKING:
    from ...schema.cpu import GuestCPU
    from ..language.work import Work

_POLICIES = ("force", "require", "optional", "disable", "forbid")
_MODES = ("host-model", "host-passthrough", "maximum")
_SPECIAL = ("default", "none", "host-copy", "host-model-only", "hv-default")
"""Words in place of a model that ask for a decision."""


def _split(text: str) -> list[tuple[str, str | None]]:
    """Gather the features of each policy, those that are written with a sign last; "+x" is force, "-x" is disable."""
    features: dict[str, list[str]] = {policy: [] for policy in _POLICIES}
    signed: list[tuple[str, str]] = []
    rest: list[tuple[str, str | None]] = []
    for key, value in split(text):
        if key in _POLICIES and value:
            features[key].append(value)
        elif value is None and key[:1] in ("+", "-"):
            signed.append((key[0], key[1:]))
        else:
            rest.append((key, value))
    for sign, name in signed:
        features["force" if sign == "+" else "disable"].append(name)
    return [*rest, *((policy, ",".join(names)) for policy, names in features.items() if names)]


def _model(work: Work, value: str | None) -> None:
    """Set a model, or a mode that replaces it, or ask for a decision."""
    cpu: GuestCPU = work.node  # type: ignore[assignment]
    request = work.applied.cpu
    request.special = None
    if value == "host":
        value = "host-model"
    if value in _MODES:
        cpu.mode = value  # type: ignore[assignment]
        cpu.model = cpu.vendor = cpu.check = cpu.migratable = None
        if work.is_new:
            cpu.match = None
        cpu.features = []
    elif value in _SPECIAL:
        request.special = value
    else:
        work.set("model", value)
        if value is not None:
            # What is there may be one of the modes above, which have no model.
            cpu.mode, cpu.migratable = "custom", None
            cpu.match = cpu.match or "exact"


def _end(work: Work) -> None:
    """Leave no element where only a decision was asked for."""
    cpu: GuestCPU = work.node  # type: ignore[assignment]
    if work.applied.cpu.special is not None and is_empty(cpu):
        work.domain.cpu = None


def _secure(work: Work, value: bool | None) -> None:
    work.applied.cpu.secure = value


def _features(work: Work, value: str | None) -> None:
    """Set the policy of features, of those that are there already too."""
    cpu: GuestCPU = work.node  # type: ignore[assignment]
    assert work.key is not None
    for name in (value or "").split(","):
        if not name:
            raise work.error("the name of a feature is missing")
        places = [place for place, feature in enumerate(cpu.features) if feature.name == name]
        place = places[0] if places else len(cpu.features)
        work.set(f"feature{place}.name", name)
        work.set(f"feature{place}.policy", work.key)


CPU = Option(
    "--cpu",
    "cpu",
    [
        Sub("secure", handler=_secure, switch=True),
        Sub("model", handler=_model),
        Sub("model.fallback"),
        Sub("model.vendor_id"),
        Sub("vendor"),
        Sub("mode"),
        Sub("match"),
        Sub("check"),
        Sub("migratable", switch=True),
        Sub("topology.sockets"),
        Sub("topology.dies"),
        Sub("topology.cores"),
        Sub("topology.threads"),
        Sub("cache.level"),
        Sub("cache.mode"),
        Sub("maxphysaddr.mode"),
        Sub("maxphysaddr.bits"),
        *(Sub(policy, handler=_features) for policy in _POLICIES),
        Sub("numa.cell*.id", "cell*.id"),
        Sub("numa.cell*.cpus", "cell*.cpus", comma=True),
        Sub("numa.cell*.memory", "cell*.memory"),
        Sub("numa.cell*.unit"),
        Sub("numa.cell*.memAccess"),
        Sub("numa.cell*.discard", switch=True),
        Sub("numa.cell*.distances.sibling*.id", "cell*.distances.sibling*.id"),
        Sub("numa.cell*.distances.sibling*.value", "cell*.distances.sibling*.value"),
        Sub("numa.cell*.cache*.level"),
        Sub("numa.cell*.cache*.associativity"),
        Sub("numa.cell*.cache*.policy"),
        Sub("numa.cell*.cache*.size.value"),
        Sub("numa.cell*.cache*.size.unit"),
        Sub("numa.cell*.cache*.line.value"),
        Sub("numa.cell*.cache*.line.unit"),
        Sub("numa.interconnects.latency*.initiator"),
        Sub("numa.interconnects.latency*.target"),
        Sub("numa.interconnects.latency*.cache"),
        Sub("numa.interconnects.latency*.type"),
        Sub("numa.interconnects.latency*.value"),
        Sub("numa.interconnects.latency*.unit", foreign=True),
        Sub("numa.interconnects.bandwidth*.initiator"),
        Sub("numa.interconnects.bandwidth*.target"),
        Sub("numa.interconnects.bandwidth*.type"),
        Sub("numa.interconnects.bandwidth*.cache"),
        Sub("numa.interconnects.bandwidth*.value"),
        Sub("numa.interconnects.bandwidth*.unit"),
    ],
    first=("model",),
    none=VALUE,
    split=_split,
    end=_end,
)
