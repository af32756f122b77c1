"""Devices of which a guest can have only one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import remove
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Devices, Tpm
    from ....guest import Guest


@rule(
    "VX414",
    "duplicate-singleton",
    "domain/devices",
    words="Multiple panic devices with model 'isa'",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <panic model='isa'/>
  <panic model='isa'/>
</devices>
""",
    good="""
<devices>
  <panic model='isa'/>
  <panic model='hyperv'/>
</devices>
""",
)
def duplicate_singleton(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """There are two devices where a guest can have only one.

    That is a panic device of each model, a filter for redirected devices, a console that is a serial port; until
    libvirt 9.1.0 a watchdog.
    """
    if devices.panics:
        for panic in devices.panics:
            model = panic.model or guest.panic_model
            first = guest.first("panic", model, panic)
            if first is not None:
                fix = remove(devices.panics, panic)
                yield Problem(panic, "model", "there is another panic device of this model", other=first, fix=fix)
    for redirfilter in devices.redirfilters:
        first = guest.first("redirfilter", "", redirfilter)
        if first is not None:
            says = "there is another filter for redirected devices"
            yield Problem(redirfilter, "", says, help="put all of it into one filter", other=first)
    for console in devices.consoles[1:]:
        kind = console.target.type if console.target is not None else None
        if kind == "serial" or (kind is None and guest.is_x86):
            says = "only the first console is a serial port"
            help_ = "others are consoles of virtio: <target type='virtio'/>"
            yield Problem(console, "target", says, help=help_, other=devices.consoles[0])
    if devices.watchdogs and not guest.since("9.1.0"):
        for watchdog in devices.watchdogs:
            first = guest.first("watchdog", "", watchdog)
            if first is not None:
                yield Problem(watchdog, "", "there is another watchdog", other=first)


@rule(
    "VX415",
    "tpm-only-one",
    "domain/devices/tpm",
    words="only a single TPM non-proxy device is supported",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <tpm model='tpm-crb'>
    <backend type='emulator' version='2.0'/>
  </tpm>
  <tpm model='tpm-crb'>
    <backend type='emulator' version='2.0'/>
  </tpm>
</devices>
""",
    good="""
<devices>
  <tpm model='tpm-crb'>
    <backend type='emulator' version='2.0'/>
  </tpm>
</devices>
""",
)
def tpm_only_one(tpm: Tpm, guest: Guest) -> Iterator[Problem]:
    """There are two TPMs of a kind.

    A guest can have one TPM. Secure guests of POWER can have a proxy of the host's TPM beside it.
    """
    kind = "proxy" if tpm.model == "spapr-tpm-proxy" else "TPM"
    first = guest.first("tpm", kind, tpm)
    if first is not None:
        fix = remove(guest.devices.tpms, tpm, safe=False)
        yield Problem(
            tpm,
            "model",
            "there is another {kind} of the TPM" if kind == "proxy" else "there is another TPM",
            other=first,
            fix=fix,
            kind=kind,
        )
