"""Which threads run where, and how they are scheduled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ....fixes import remove
from ....guest import whole
from ....rule import Problem, rule
from ....values import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Cputune, CputuneVcpupin
    from ....guest import Guest


@rule(
    "VX606",
    "vcpupin-beyond",
    "domain/cputune/vcpupin",
    severity="warning",
    phase="",
    words="Ignoring vcpupin for missing vcpus",
    early=True,
    bad="""
<vcpu>2</vcpu>
<cputune>
  <vcpupin vcpu='0' cpuset='1'/>
  <vcpupin vcpu='2' cpuset='1'/>
</cputune>
""",
    good="""
<vcpu>2</vcpu>
<cputune>
  <vcpupin vcpu='0' cpuset='1'/>
</cputune>
""",
)
def vcpupin_beyond(pin: CputuneVcpupin, guest: Guest) -> Iterator[Problem]:
    """A virtual CPU is pinned that the guest does not have.

    libvirt drops the pin as it reads the document. CPUs are numbered from 0.
    """
    number, count = whole(pin.vcpu), guest.vcpus
    if number is None or count is None or number < count:
        return
    cputune = guest.model.cputune
    yield Problem(
        pin,
        "vcpu",
        "there is no virtual CPU {number}: the guest has {count}, numbered from 0",
        other=guest.model.vcpu,
        there="so many does the guest have",
        fix=remove(cputune.vcpupins, pin) if cputune is not None else None,
        number=number,
        count=count,
    )


@rule(
    "VX607",
    "vcpupin-duplicate",
    "domain/cputune",
    words="duplicate vcpupin for vcpu '0'",
    early=True,
    bad="""
<vcpu>2</vcpu>
<cputune>
  <vcpupin vcpu='0' cpuset='1'/>
  <vcpupin vcpu='0' cpuset='2'/>
</cputune>
""",
    good="""
<vcpu>2</vcpu>
<cputune>
  <vcpupin vcpu='0' cpuset='1-2'/>
</cputune>
""",
)
def vcpupin_duplicate(cputune: Cputune, guest: Guest) -> Iterator[Problem]:
    """A virtual CPU or an I/O thread is pinned twice.

    All processors of the host that it may run on are named in one element.
    """
    threads: list[tuple[str, int | None, Element]] = []
    if len(cputune.vcpupins) > 1:
        count = guest.vcpus
        pinned = ((whole(pin.vcpu), pin) for pin in cputune.vcpupins)
        threads += [("vcpu", number, pin) for number, pin in pinned if number is None or not count or number < count]
    if len(cputune.iothreadpins) > 1:
        threads += [("iothread", whole(pin.iothread), pin) for pin in cputune.iothreadpins]
    for field, number, pin in threads:
        first = guest.first(f"{field} pin", number, pin) if number is not None else None
        if first is not None:
            yield Problem(
                pin,
                field,
                "{thread} {number} is pinned already",
                help="name all processors that it may run on in one element",
                other=first,
                thread=field,
                number=number,
            )


class _Schedulers(NamedTuple):
    """Elements that schedule threads of one sort.

    Attributes:
        field: the attribute that names the threads.
        what: what these threads are called.
        elements: the elements.
    """

    field: str
    what: str
    elements: list[Element]


def _schedulers(cputune: Cputune) -> list[_Schedulers]:
    return [
        _Schedulers("vcpus", "virtual CPU", [*cputune.vcpuscheds]),
        _Schedulers("iothreads", "I/O thread", [*cputune.iothreadscheds]),
    ]


@rule(
    "VX653",
    "sched-overlap",
    "domain/cputune",
    words="'vcpusched' attributes 'vcpus' must not overlap",
    early=True,
    bad="""
<vcpu>4</vcpu>
<cputune>
  <vcpusched vcpus='0-2' scheduler='batch'/>
  <vcpusched vcpus='2-3' scheduler='fifo' priority='1'/>
</cputune>
""",
    good="""
<vcpu>4</vcpu>
<cputune>
  <vcpusched vcpus='0-1' scheduler='batch'/>
  <vcpusched vcpus='2-3' scheduler='fifo' priority='1'/>
</cputune>
""",
)
def sched_overlap(cputune: Cputune, guest: Guest) -> Iterator[Problem]:
    """Two elements schedule one thread.

    A virtual CPU or an I/O thread has one scheduler, so it is in the set of one element only.
    """
    for field, what, elements in _schedulers(cputune):
        if len(elements) < 2:
            continue
        for element in elements:
            for number in sorted(numbers_in(getattr(element, field))):
                first = guest.first(f"scheduled {field}", number, element)
                if first is not None:
                    says = "{what} {number} has a scheduler already"
                    yield Problem(element, field, says, other=first, what=what, number=number)
                    break


@rule(
    "VX656",
    "sched-unknown-vcpu",
    "domain/cputune",
    words="vCPU '2' is not present in domain definition",
    bad="""
<vcpu>2</vcpu>
<cputune>
  <vcpusched vcpus='0-2' scheduler='batch'/>
</cputune>
""",
    good="""
<vcpu>2</vcpu>
<cputune>
  <vcpusched vcpus='0-1' scheduler='batch'/>
</cputune>
""",
)
def sched_unknown_vcpu(cputune: Cputune, guest: Guest) -> Iterator[Problem]:
    """A virtual CPU is scheduled that the guest does not have.

    They are numbered from 0.
    """
    count = guest.vcpus
    for element in cputune.vcpuscheds if count is not None else ():
        if element.vcpus is None:
            yield Problem(element, "vcpus", "which virtual CPUs are scheduled?", help="add vcpus='0'")
        beyond = [number for number in numbers_in(element.vcpus) if number >= (count or 0)]
        if beyond:
            yield Problem(
                element,
                "vcpus",
                "there is no virtual CPU {number}: the guest has {count}, numbered from 0",
                other=guest.model.vcpu,
                there="so many does the guest have",
                number=min(beyond),
                count=count,
            )
