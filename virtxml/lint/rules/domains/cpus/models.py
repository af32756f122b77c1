"""Which CPU a guest sees: its mode, its model, its cache and its addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.common import CpuMaxphysaddr
    from .....schema.cpu import CpuCache, GuestCPU
    from ....guest import Guest

_OF_HOST = ("host-passthrough", "maximum")
"""The modes in which a guest sees all that the host, or QEMU, has."""


@rule(
    "VX609",
    "cpu-mode-needs-kvm",
    "domain/cpu",
    phase="start",
    drivers=("qemu",),
    words="CPU mode 'host-passthrough' for x86_64 qemu domain on x86_64 host is not supported by hypervisor",
    early=True,
    when="mode",
    bad="""
<domain type='qemu'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <cpu mode='host-passthrough'/>
</domain>
""",
    good="""
<domain type='qemu'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <cpu mode='maximum'/>
</domain>
""",
)
def cpu_mode_needs_kvm(cpu: GuestCPU, guest: Guest) -> Iterator[Problem]:
    """The host's processor is to be handed to a guest that QEMU emulates.

    Only a hypervisor hands on the processor. An emulated guest has all that QEMU can do with the mode `maximum`.
    """
    if cpu.mode == "host-passthrough" and guest.model.type == "qemu":
        yield Problem(
            cpu,
            "mode",
            "QEMU emulates this guest's processor, so it cannot be the host's",
            help="use mode='maximum', or type='kvm' for the guest",
            fix=put(cpu, "mode", "maximum", says="use mode='maximum'", safe=False),
        )


@rule(
    "VX610",
    "cpu-cache-mode",
    "domain/cpu/cache",
    drivers=("qemu",),
    words="unsupported CPU cache level for mode 'passthrough'",
    early=True,
    bad="""
<cpu mode='host-passthrough'>
  <cache mode='passthrough' level='3'/>
</cpu>
""",
    good="""
<cpu mode='host-passthrough'>
  <cache mode='passthrough'/>
</cpu>
""",
)
def cpu_cache_mode(cache: CpuCache, guest: Guest) -> Iterator[Problem]:
    """The cache of the CPU cannot be as it is said to be.

    Caches are emulated on level 3 only. With the modes `passthrough` and `disable` no level is named, and `passthrough`
    takes a CPU that is the host's as well. All this is for PCs.
    """
    cpu, mode = guest.model.cpu, cache.mode
    if guest.arch and not guest.is_x86:
        yield Problem(cache, "", "the cache of CPUs of {arch} cannot be chosen", arch=guest.arch)
    elif mode == "emulate" and cache.level != "3":
        fix = put(cache, "level", "3", says="set the level to 3")
        yield Problem(cache, "level", "only a cache of level 3 is emulated", fix=fix)
    elif mode == "passthrough" and cpu is not None and cpu.mode not in _OF_HOST:
        yield Problem(
            cache,
            "mode",
            "the guest can only have the cache of the host with the CPU of the host",
            help="use mode='host-passthrough' or mode='maximum' for the CPU",
            other=cpu,
            there="the CPU is here",
        )
    elif mode in ("passthrough", "disable") and cache.level is not None:
        yield Problem(cache, "level", "the mode {mode} is for all levels", fix=drop(cache, "level"), mode=mode)


@rule(
    "VX611",
    "cpu-maxphysaddr",
    "domain/cpu/maxphysaddr",
    drivers=("qemu",),
    words="CPU maximum physical address bits number specification cannot be used with mode='passthrough'",
    since="8.7.0",
    early=True,
    bad="""
<cpu mode='host-passthrough'>
  <maxphysaddr mode='passthrough' bits='42'/>
</cpu>
""",
    good="""
<cpu mode='host-passthrough'>
  <maxphysaddr mode='passthrough'/>
</cpu>
""",
)
def cpu_maxphysaddr(address: CpuMaxphysaddr, guest: Guest) -> Iterator[Problem]:
    """The size of physical addresses cannot be as it is said to be.

    With the mode `passthrough` it is the host's, so there are no `bits`, but there may be a `limit`; with `emulate` it
    is the other way round; older releases ask for the `bits` then. All this is for PCs.
    """
    if guest.arch and not guest.is_x86:
        yield Problem(address, "", "physical addresses of {arch} have one size", arch=guest.arch)
    elif address.mode == "passthrough" and address.bits is not None:
        says = "the mode passthrough takes the bits of the host's addresses"
        yield Problem(address, "bits", says, help="drop bits, or use mode='emulate'", fix=drop(address, "bits"))
    elif address.mode == "emulate" and address.bits is None and not guest.since("9.1.0"):
        says = "this release asks for the bits of the addresses"
        yield Problem(address, "bits", says, help="say it in bits, or use mode='passthrough'")
    elif address.mode == "emulate" and whole(address.limit):
        says = "a limit is for addresses of the host"
        yield Problem(address, "limit", says, help="drop limit, and say the number in bits", fix=drop(address, "limit"))


@rule(
    "VX613",
    "cpu-model-ignored",
    "domain/cpu",
    severity="warning",
    phase="",
    bad="""
<cpu mode='host-passthrough'>
  <model>EPYC</model>
</cpu>
""",
    good="<cpu mode='host-passthrough'/>",
)
def cpu_model_ignored(cpu: GuestCPU, guest: Guest) -> Iterator[Problem]:
    """A model is named beside the host's CPU.

    With the modes `host-passthrough` and `maximum` the model is not asked for, so libvirt drops it.
    """
    del guest
    if cpu.mode in _OF_HOST and cpu.model is not None and cpu.model.value:
        yield Problem(
            cpu,
            "model",
            "with mode='{mode}' the guest does not get the model {model}",
            help="drop the model, or use mode='custom'",
            fix=drop(cpu, "model", "vendor", says="drop the model"),
            mode=cpu.mode,
            model=cpu.model.value,
        )


@rule(
    "VX614",
    "cpu-migratable-mode",
    "domain/cpu",
    words="Attribute migratable is only allowed for 'host-passthrough' / 'maximum' CPU mode",
    early=True,
    bad="<cpu mode='host-model' migratable='on'/>",
    good="<cpu mode='host-model'/>",
)
def cpu_migratable_mode(cpu: GuestCPU, guest: Guest) -> Iterator[Problem]:
    """A CPU is said to be migratable that always is.

    Only the modes `host-passthrough` and `maximum` have features that cannot move to another host.
    """
    del guest
    if cpu.migratable is not None and cpu.mode not in _OF_HOST:
        yield Problem(
            cpu,
            "migratable",
            "only the modes host-passthrough and maximum can be migratable or not",
            fix=drop(cpu, "migratable"),
        )
