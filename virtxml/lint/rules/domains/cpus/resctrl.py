"""Which part of the host's caches and memory bandwidth virtual CPUs get."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ....fixes import drop
from ....guest import whole
from ....rule import Problem, rule
from ....values import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Cputune, CputuneCachetune, CputuneCachetuneMonitor, CputuneMemorytune
    from ....guest import Guest

    Tune: TypeAlias = CputuneCachetune | CputuneMemorytune

_CACHE = "<cache id='{id}' level='3' type='{type}' size='3' unit='MiB'/>"


def _tunes(cputune: Cputune) -> list[Tune]:
    return [*cputune.cachetunes, *cputune.memorytunes]


def _vcpus(group: Tune | CputuneCachetuneMonitor, guest: Guest) -> frozenset[int]:
    """Return the virtual CPUs that an element is for; libvirt leaves out those that are not there."""
    count = guest.vcpus
    return frozenset(number for number in numbers_in(group.vcpus) if count is None or number < count)


@rule(
    "VX655",
    "cachetune-needs-kvm",
    "domain/cputune",
    drivers=("qemu",),
    words="cachetune is only supported for KVM domains",
    early=True,
    bad=f"""
<domain type='qemu'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <cputune>
    <cachetune vcpus='0'>
      {_CACHE.format(id=0, type="both")}
    </cachetune>
  </cputune>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
</domain>
""",
    good="""
<domain type='qemu'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
</domain>
""",
)
def cachetune_needs_kvm(cputune: Cputune, guest: Guest) -> Iterator[Problem]:
    """Caches or bandwidth are set aside for virtual CPUs that QEMU emulates.

    The processor knows the threads of KVM's virtual CPUs only.
    """
    if guest.model.type == "kvm" or not (cputune.cachetunes or cputune.memorytunes):
        return
    for tune in _tunes(cputune):
        if _vcpus(tune, guest):
            field = "cachetunes" if tune in cputune.cachetunes else "memorytunes"
            fix = drop(cputune, "cachetunes", "memorytunes", says="drop what is set aside")
            yield Problem(cputune, field, "only virtual CPUs of KVM have parts of the host's caches", fix=fix)
            return


@rule(
    "VX658",
    "resctrl-overlap",
    "domain/cputune",
    words="Overlapping vcpus in resctrls",
    bad=f"""
<vcpu>2</vcpu>
<cputune>
  <cachetune vcpus='0-1'>
    {_CACHE.format(id=0, type="both")}
  </cachetune>
  <cachetune vcpus='1'>
    {_CACHE.format(id=1, type="both")}
  </cachetune>
</cputune>
""",
    good=f"""
<vcpu>2</vcpu>
<cputune>
  <cachetune vcpus='0'>
    {_CACHE.format(id=0, type="both")}
  </cachetune>
  <cachetune vcpus='1'>
    {_CACHE.format(id=1, type="both")}
  </cachetune>
</cputune>
""",
)
def resctrl_overlap(cputune: Cputune, guest: Guest) -> Iterator[Problem]:
    """Parts of caches or bandwidth are set aside for a virtual CPU twice.

    A virtual CPU is in one group. Caches and bandwidth can be set aside for the same group, if it has the same virtual
    CPUs in both elements.
    """
    if len(cputune.cachetunes) + len(cputune.memorytunes) < 2:
        return
    groups: dict[int, Tune] = {}
    for tune in _tunes(cputune):
        vcpus = _vcpus(tune, guest)
        for number in sorted(vcpus):
            first = groups.setdefault(number, tune)
            if first is tune or (first.xml_name != tune.xml_name and _vcpus(first, guest) == vcpus):
                continue
            yield Problem(tune, "vcpus", "virtual CPU {number} is in another group", other=first, number=number)
            break


@rule(
    "VX663",
    "cachetune-collision",
    "domain/cputune/cachetune",
    words="Colliding cache allocations for cache level '3' id '0', type 'both'",
    early=True,
    bad=f"""
<cputune>
  <cachetune vcpus='0'>
    {_CACHE.format(id=0, type="both")}
    {_CACHE.format(id=0, type="code")}
  </cachetune>
</cputune>
""",
    good=f"""
<cputune>
  <cachetune vcpus='0'>
    {_CACHE.format(id=0, type="data")}
    {_CACHE.format(id=0, type="code")}
  </cachetune>
</cputune>
""",
)
def cachetune_collision(tune: CputuneCachetune, guest: Guest) -> Iterator[Problem]:
    """A part of one cache is set aside twice.

    A cache has one part for code and one for data, or one for both. Groups without virtual CPUs are not looked at.
    """
    for cache in tune.caches if _vcpus(tune, guest) else ():
        for kind in ("code", "data") if cache.type == "both" else (cache.type,):
            first = guest.first("cachetune", (id(tune), cache.level, cache.id, kind), cache)
            if first is not None:
                says = "a part of this cache is set aside for {kind} already"
                yield Problem(cache, "type", says, other=first, kind=str(kind))
                break


@rule(
    "VX664",
    "cachetune-monitor",
    "domain/cputune/cachetune",
    words="Monitor vcpus conflicts with allocation",
    when="monitors",
    bad=f"""
<vcpu>2</vcpu>
<cputune>
  <cachetune vcpus='0'>
    {_CACHE.format(id=0, type="both")}
    <monitor level='3' vcpus='1'/>
  </cachetune>
</cputune>
""",
    good=f"""
<vcpu>2</vcpu>
<cputune>
  <cachetune vcpus='0'>
    {_CACHE.format(id=0, type="both")}
    <monitor level='3' vcpus='0'/>
  </cachetune>
</cputune>
""",
)
def cachetune_monitor(tune: CputuneCachetune, guest: Guest) -> Iterator[Problem]:
    """Virtual CPUs are watched in a group that they are not in, or twice.

    A monitor is for some of the virtual CPUs of its group, and there is one for the same ones. Caches of level 3 are
    watched.
    """
    if not tune.monitors:
        return
    vcpus = _vcpus(tune, guest)
    for monitor in tune.monitors if vcpus else ():
        level, watched = whole(monitor.level), _vcpus(monitor, guest)
        first = guest.first("cache monitor", (id(tune), watched), monitor)
        if level is not None and level != 3:
            yield Problem(monitor, "level", "caches of level 3 are watched, not of level {level}", level=level)
        elif watched - vcpus:
            says = "virtual CPU {number} is not in the group"
            yield Problem(monitor, "vcpus", says, other=tune, there="it is here", number=min(watched - vcpus))
        elif first is not None:
            yield Problem(monitor, "vcpus", "these virtual CPUs are watched already", other=first)


@rule(
    "VX665",
    "memorytune-bandwidth",
    "domain/cputune/memorytune",
    words="Memory Bandwidth already defined for node 0",
    early=True,
    bad="""
<cputune>
  <memorytune vcpus='0'>
    <node id='0' bandwidth='60'/>
    <node id='0' bandwidth='40'/>
  </memorytune>
</cputune>
""",
    good="""
<cputune>
  <memorytune vcpus='0'>
    <node id='0' bandwidth='60'/>
    <node id='1' bandwidth='40'/>
  </memorytune>
</cputune>
""",
)
def memorytune_bandwidth(tune: CputuneMemorytune, guest: Guest) -> Iterator[Problem]:
    """Bandwidth of a node of the host is set aside twice, or more of it than there is.

    Each node has one share for a group, in percent.
    """
    for node in tune.nodes if _vcpus(tune, guest) else ():
        number, share = whole(node.id), whole(node.bandwidth)
        if share is not None and share > 100:
            yield Problem(node, "bandwidth", "a share is 100 percent at most, not {share}", share=share)
        first = guest.first("memorytune", (id(tune), number), node) if number is not None else None
        if first is not None:
            says = "bandwidth of node {number} is set aside already"
            yield Problem(node, "id", says, other=first, number=number)
