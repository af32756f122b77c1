"""How many virtual CPUs there are, and which of them a guest starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....guests.hardware import IRQ_CPUS
from .....schema.domain import Vcpu
from ....fixes import drop, put
from ....guest import whole
from ....rule import Fix, Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.cpu import CpuTopology
    from .....schema.domain import Vcpus, VcpusVcpu
    from ....guest import Guest


def _product(topology: CpuTopology) -> int | None:
    """Return how many CPUs a topology has; None if it does not say."""
    found = 1
    for level in (topology.sockets, topology.dies or 1, topology.clusters or 1, topology.cores, topology.threads):
        count = whole(level)
        if not count:
            return None
        found *= count
    return found


def _have(guest: Guest, count: int) -> Fix:
    """Return the fix that gives a guest a number of virtual CPUs."""
    if guest.model.vcpu is not None:
        return put(guest.model.vcpu, "value", count, says=f"set vcpu to {count}", safe=False)
    return put(guest.model, "vcpu", Vcpu(value=count), says=f"set vcpu to {count}", safe=False)


@rule(
    "VX601",
    "vcpu-topology",
    "domain/cpu/topology",
    drivers=("qemu",),
    words="CPU topology doesn't match maximum vcpu count",
    bad="""
<vcpu>4</vcpu>
<cpu>
  <topology sockets='1' cores='1' threads='2'/>
</cpu>
""",
    good="""
<vcpu>2</vcpu>
<cpu>
  <topology sockets='1' cores='1' threads='2'/>
</cpu>
""",
)
def vcpu_topology(topology: CpuTopology, guest: Guest) -> Iterator[Problem]:
    """The topology has another number of CPUs than the guest.

    All levels are multiplied, those that are not named count as one. The number that the guest has at most has to be
    the same, not the number that it starts with.
    """
    product, count = _product(topology), guest.vcpus
    if product is not None and count is not None and product != count:
        yield Problem(
            topology,
            "",
            "the topology has {product} virtual CPUs, the guest {count}",
            help="make the product of all levels the number in <vcpu>",
            other=guest.model.vcpu,
            there="so many does the guest have",
            fix=_have(guest, product),
            product=product,
            count=count,
        )


@rule(
    "VX602",
    "vcpu-current-above",
    "domain/vcpu",
    words="maximum vCPU count must not be less than current vCPU count",
    early=True,
    when="current",
    bad="<vcpu current='4'>2</vcpu>",
    good="<vcpu>2</vcpu>",
)
def vcpu_current_above(vcpu: Vcpu, guest: Guest) -> Iterator[Problem]:
    """The guest starts with more virtual CPUs than it has at most.

    The text is the largest number, the attribute `current` the number that the guest starts with. Where single CPUs
    are listed in `<vcpus>`, those count.
    """
    current = whole(vcpu.current)
    if current is None or (guest.model.vcpus is not None and guest.model.vcpus.vcpus):
        return
    count = guest.vcpus
    if count is not None and current > count:
        yield Problem(
            vcpu,
            "current",
            "the guest starts with {current} virtual CPUs, and has {count} at most",
            fix=drop(vcpu, "current", safe=False),
            current=current,
            count=count,
        )


@rule(
    "VX603",
    "vcpu-many",
    "domain/vcpu",
    drivers=("qemu",),
    needs=("machine",),
    words="more than 255 vCPUs require extended interrupt mode enabled on the iommu device",
    bad="""
<vcpu>280</vcpu>
<os>
  <type arch='x86_64' machine='pc'>hvm</type>
</os>
""",
    good="<vcpu>255</vcpu>",
)
def vcpu_many(vcpu: Vcpu, guest: Guest) -> Iterator[Problem]:
    """A PC has more virtual CPUs than its interrupts reach.

    Interrupts reach more than 255 CPUs only through an IOMMU in extended mode, which the machine q35 has. Newer
    releases of libvirt add it by themselves, if it is not turned off.
    """
    count = guest.vcpus
    if count is None or count <= IRQ_CPUS or not guest.is_x86:
        return
    if not guest.is_q35:
        says = "more than {most} virtual CPUs take the machine q35, not {machine}"
        yield Problem(vcpu, "value", says, most=IRQ_CPUS, machine=guest.machine)
        return
    iommus = guest.devices.iommus
    driver = iommus[0].driver if iommus else None
    mode = driver.eim if driver is not None else None
    if mode is False or (mode is None and not guest.since("10.10.0")):
        yield Problem(
            driver or vcpu,
            "eim" if driver is not None else "value",
            "more than {most} virtual CPUs take an IOMMU with extended interrupts",
            help="add <iommu model='intel'><driver intremap='on' eim='on'/></iommu>",
            most=IRQ_CPUS,
        )


@rule(
    "VX604",
    "vcpu-granularity",
    "domain/cpu/topology",
    drivers=("qemu",),
    needs=("machine",),
    words="vCPUs count must be a multiple of the vCPU hotplug granularity (4)",
    bad="""
<vcpu current='6'>8</vcpu>
<os>
  <type arch='ppc64' machine='pseries'>hvm</type>
</os>
<cpu>
  <topology sockets='2' cores='1' threads='4'/>
</cpu>
""",
    good="""
<vcpu current='4'>8</vcpu>
<os>
  <type arch='ppc64' machine='pseries'>hvm</type>
</os>
<cpu>
  <topology sockets='2' cores='1' threads='4'/>
</cpu>
""",
)
def vcpu_granularity(topology: CpuTopology, guest: Guest) -> Iterator[Problem]:
    """A pseries guest starts with a part of a core.

    Its CPUs are plugged in by whole cores, with all their threads.
    """
    threads, vcpu = whole(topology.threads), guest.model.vcpu
    if not threads or vcpu is None or not guest.is_pseries or guest.model.vcpus is not None:
        return
    current = whole(vcpu.current) or guest.vcpus
    if current is not None and current % threads:
        yield Problem(
            vcpu,
            "current" if vcpu.current is not None else "value",
            "the guest starts with {current} virtual CPUs, and a core has {threads} threads",
            help="start with whole cores",
            other=topology,
            there="the threads are here",
            current=current,
            threads=threads,
        )


@rule(
    "VX605",
    "vcpu-hotplug",
    "domain/vcpus",
    drivers=("qemu",),
    words="vcpu0 can't be hotpluggable",
    bad="""
<vcpu current='1'>2</vcpu>
<vcpus>
  <vcpu id='0' enabled='yes' hotpluggable='yes'/>
  <vcpu id='1' enabled='no' hotpluggable='yes'/>
</vcpus>
""",
    good="""
<vcpu current='1'>2</vcpu>
<vcpus>
  <vcpu id='0' enabled='yes' hotpluggable='no'/>
  <vcpu id='1' enabled='no' hotpluggable='yes'/>
</vcpus>
""",
)
def vcpu_hotplug(vcpus: Vcpus, guest: Guest) -> Iterator[Problem]:
    """The states of single virtual CPUs do not fit together.

    The guest starts with CPU 0, which cannot be unplugged. Those that it starts with have all a place in the order, or
    none has; those that cannot be unplugged come first.
    """
    count = guest.vcpus
    listed = {number: one for one in vcpus.vcpus if (number := whole(one.id)) is not None}
    if not listed or count is None:
        return
    for number, one in listed.items():
        yield from _one_vcpu(number, one, count)
    first = listed.get(0)
    if first is None:
        yield Problem(vcpus, "", "virtual CPU 0 is not listed: the guest would start without it")
        return
    if first.enabled is False:
        yield Problem(first, "enabled", "the guest cannot start without virtual CPU 0")
    elif first.hotpluggable:
        yield Problem(first, "hotpluggable", "virtual CPU 0 cannot be unplugged")
    elif whole(first.order) not in (None, 1):
        yield Problem(first, "order", "virtual CPU 0 is the first one, not number {order}", order=first.order)
    else:
        yield from _order(listed, first)


def _one_vcpu(number: int, one: VcpusVcpu, count: int) -> Iterator[Problem]:
    if number >= count:
        says = "there is no virtual CPU {number}: they are numbered from 0 to {last}"
        yield Problem(one, "id", says, number=number, last=count - 1)
    if one.enabled is False and one.hotpluggable is False:
        says = "virtual CPU {number} is neither there at the start nor can it be plugged in"
        yield Problem(one, "hotpluggable", says, number=number)


def _order(listed: dict[int, VcpusVcpu], first: VcpusVcpu) -> Iterator[Problem]:
    last = first
    for number in sorted(listed)[1:]:
        one = listed[number]
        if one.enabled is not False and (one.order is None) != (first.order is None):
            says = "some virtual CPUs have a place in the order, and others have none"
            yield Problem(one, "order", says, other=first, there="this is the first one")
            return
        if one.hotpluggable is False and last.hotpluggable:
            says = "virtual CPU {number} cannot be unplugged, and the one before it can"
            yield Problem(one, "hotpluggable", says, other=last, number=number)
            return
        last = one
