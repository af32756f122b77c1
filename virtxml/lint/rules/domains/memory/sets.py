"""Sets of processors and nodes that name none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....guest import whole
from ....rule import Problem, rule
from ....values import is_unreadable, numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Cputune, Domain
    from ....guest import Guest


@rule(
    "VX638",
    "empty-bitmap",
    "domain",
    words="Invalid value of 'cpuset': 0,^0",
    early=True,
    bad="<vcpu cpuset='0,^0'>2</vcpu>",
    good="<vcpu cpuset='0'>2</vcpu>",
)
def empty_bitmap(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """A set of processors or nodes has nothing in it.

    Sets such as `0-3,^2` name numbers, and take some out again. One has to be left; ranges lead from the smaller to the
    larger number, and no number is larger than 16383.
    """
    vcpu, cputune, numatune, backing = domain.vcpu, domain.cputune, domain.numatune, domain.memory_backing
    memories, cells = guest.devices.memories, guest.cells
    if not (vcpu or cputune or numatune or backing or memories or cells):
        return
    sets: list[tuple[Element, str, bool]] = []
    if vcpu is not None and vcpu.cpuset is not None and vcpu.placement != "auto":
        sets.append((vcpu, "cpuset", True))
    if cputune is not None:
        sets += _in_cputune(cputune, guest)
    if numatune is not None:
        named = [numatune.memory] if numatune.memory is not None else []
        sets += [(one, "nodeset", True) for one in (*named, *numatune.memnodes)]
    if backing is not None and backing.hugepages is not None:
        sets += [(page, "nodeset", True) for page in backing.hugepages.pages]
    sets += [(device.source, "nodemask", True) for device in memories if device.source is not None]
    sets += [(cell, "cpus", False) for cell in cells]
    for element, field, full in sets:
        text = getattr(element, field)
        if not text:
            continue
        if is_unreadable(text):
            says = "a range in {text} leads backwards, or a number is larger than 16383"
            yield Problem(element, field, says, help="write a set as 0-3,8", text=text)
        elif full and not numbers_in(text):
            says = "there is no number in {text}"
            yield Problem(element, field, says, help="write a set as 0-3,8", text=text)


def _in_cputune(cputune: Cputune, guest: Guest) -> list[tuple[Element, str, bool]]:
    """Return the elements with sets, which fields these are, and whether there has to be a number in them."""
    count = guest.vcpus
    # Pins of virtual CPUs that are not there are dropped before their sets are read.
    pins = [pin for pin in cputune.vcpupins if count is not None and (whole(pin.vcpu) or 0) < count]
    emulator = [cputune.emulatorpin] if cputune.emulatorpin is not None else []
    return [
        *((pin, "cpuset", True) for pin in (*pins, *cputune.iothreadpins, *emulator)),
        *((one, "vcpus", True) for one in cputune.vcpuscheds),
        *((one, "iothreads", True) for one in cputune.iothreadscheds),
        *((one, "vcpus", False) for one in (*cputune.cachetunes, *cputune.memorytunes)),
    ]
