"""A guest's clock and features, what guards it, and what goes to QEMU as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.guests.hardware import LAUNCH_SECURITY
from virtxml.python_code.calls.values import get, items, setting
from virtxml.python_code.chains import Call, call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema.domain import Clock, Domain, Features, LaunchSecurity, QemuCommandLine, Seclabel


def groups(domain: Domain) -> Iterator[Group]:
    """Iterate over groups of calls."""
    if domain.features is not None:
        yield setting("features", *_features(domain.features), plain=[])
    if domain.clock is not None:
        yield setting("clock", *_clock(domain.clock), plain=[])
    if domain.launch_security is not None:
        yield setting("launch_security", *_security(domain.launch_security))
    yield from items(domain, "seclabels", _label)
    if get(domain, "resource.partition") is not None:
        yield setting("resource", call("partition", get(domain, "resource.partition")))
    if domain.qemu_commandline is not None:
        yield setting("qemu_commandline", *_command_line(domain.qemu_commandline))


def _features(features: Features) -> Iterator[Call]:
    if get(features, "kvm.hidden.state") is True:
        yield call("kvm_hidden")
    hyperv = features.hyperv
    if hyperv is not None:
        names = [name for name in hyperv.xml_fields if get(hyperv, f"{name}.state") is True and name != "vendor_id"]
        yield call("hyperv", *names, vendor_id=get(hyperv, "vendor_id.value"))
    for name in ("pmu", "vmport"):
        state = get(features, f"{name}.state")
        if state is not None:
            yield call(name, None if state is True else state)


def _clock(clock: Clock) -> Iterator[Call]:
    if clock.offset is not None:
        yield call("clock", None if clock.offset == "utc" else clock.offset, timezone=clock.timezone)
    for timer in clock.timers:
        yield call(
            "timer", timer.name, present=timer.present, tickpolicy=timer.tickpolicy, frequency=timer.frequency,
            mode=timer.mode,
        )  # fmt: skip


def _security(security: LaunchSecurity) -> list[Call]:
    policy = int(security.policy) if isinstance(security.policy, int) else None
    return [call("launch_security", security.type, policy=policy)] if security.type in LAUNCH_SECURITY else []


def _label(label: Seclabel) -> list[Call]:
    kind = None if label.type == "dynamic" else label.type
    own = label.label if label.type == "static" else label.baselabel
    usual = {"dynamic": True, "none": False}.get(str(label.type))
    return [
        call("seclabel", label.model, type=kind, label=own, relabel=None if label.relabel is usual else label.relabel)
    ]


def _command_line(line: QemuCommandLine) -> Iterator[Call]:
    if line.args:
        yield call("qemu_args", *[one.value for one in line.args])
    for variable in line.envs:
        yield call("qemu_env", variable.name, variable.value)
