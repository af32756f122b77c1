"""How much memory a guest has, at the start and at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....guest import whole
from ....rule import Problem, rule
from ....values import KIBIBYTE, MEBIBYTE, bytes_of, size_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import CurrentMemory, Domain, MaxMemory
    from ....guest import Guest

_MOST = (2**63 - 1) // KIBIBYTE * KIBIBYTE
"""The most bytes that libvirt counts with."""


def cells_memory(guest: Guest) -> int:
    """Return the bytes of all NUMA cells; 0 without cells."""
    return sum(bytes_of(cell) or 0 for cell in guest.cells)


def devices_memory(guest: Guest) -> int:
    """Return the bytes of all memory devices, but for enclaves, which are not counted."""
    found = 0
    for device in guest.devices.memories:
        if device.model != "sgx-epc" and device.target is not None:
            found += bytes_of(device.target.size) or 0
    return found


def total_memory(guest: Guest) -> int | None:
    """Return the bytes that libvirt takes for the guest's memory: cells and devices count more than what is said."""
    cells = guest.view(cells_memory)
    return cells + guest.view(devices_memory) if cells else bytes_of(guest.model.memory)


@rule(
    "VX621",
    "memory-missing",
    "domain",
    words="Memory size must be specified via <memory> or in the <numa> configuration",
    bad="""
<memory unit='GiB'>0</memory>
""",
    good="""
<memory unit='GiB'>2</memory>
""",
)
def memory_missing(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The guest has no memory.

    How much it has is said in `<memory>`, or for each NUMA cell. Memory devices are a part of it, and more is needed to
    start with.
    """
    memory = domain.memory
    if memory is None:
        size: int | None = 0
    elif memory.value and not guest.devices.memories:
        return
    else:
        size = bytes_of(memory)
    if size is None or size > guest.view(devices_memory) or guest.view(cells_memory) or guest.driver == "openvz":
        return
    if not size:
        yield Problem(domain, "memory", "the guest has no memory", help="add <memory unit='GiB'>2</memory>")
    elif size == guest.view(devices_memory):
        yield Problem(domain, "memory", "memory devices are all the memory, and the guest cannot start with them alone")


@rule(
    "VX648",
    "memory-devices-exceed",
    "domain/devices",
    words="Total size of memory devices exceeds the total memory size",
    when="memories",
    bad="""
<maxMemory slots='2' unit='GiB'>16</maxMemory>
<memory unit='GiB'>2</memory>
<os>
  <type arch='ppc64' machine='pseries'>hvm</type>
</os>
<devices>
  <memory model='dimm'>
    <target>
      <size unit='GiB'>4</size>
    </target>
  </memory>
</devices>
""",
    good="""
<maxMemory slots='2' unit='GiB'>16</maxMemory>
<memory unit='GiB'>6</memory>
<os>
  <type arch='ppc64' machine='pseries'>hvm</type>
</os>
<devices>
  <memory model='dimm'>
    <target>
      <size unit='GiB'>4</size>
    </target>
  </memory>
</devices>
""",
)
def memory_devices_exceed(_: Element, guest: Guest) -> Iterator[Problem]:
    """Memory devices are larger than all memory of the guest.

    What `<memory>` says is all of it, the devices included.
    """
    memory = guest.model.memory
    if not guest.devices.memories or memory is None or guest.view(cells_memory):
        return
    size, devices = bytes_of(memory), guest.view(devices_memory)
    if size and devices > size:
        yield Problem(
            memory,
            "value",
            "memory devices have {devices}, all memory of the guest together {size}",
            help="count them in: what the guest starts with, and the devices",
            devices=size_shown(devices),
            size=size_shown(size),
        )


def _aligned(size: int | None) -> bool:
    """Tell whether libvirt can round a size up to its steps."""
    return size is None or -(-size // MEBIBYTE) * MEBIBYTE <= _MOST


@rule(
    "VX622",
    "memory-too-large",
    "domain",
    phase="start",
    drivers=("qemu",),
    words="memory size of NUMA node '0' overflowed after alignment",
    bad="""
<memory unit='KiB'>9007199254740991</memory>
""",
    good="""
<memory unit='TiB'>4</memory>
""",
)
def memory_too_large(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The guest has more memory than libvirt can count.

    Sizes are rounded up to whole MiB, and have to stay below 8 EiB then.
    """
    memory = domain.memory
    if memory is not None and not _aligned(bytes_of(memory)):
        yield Problem(memory, "value", "no machine has as much memory")
        return
    for cell in guest.cells:
        if not _aligned(bytes_of(cell)):
            yield Problem(cell, "memory", "no machine has as much memory")
            return


@rule(
    "VX623",
    "max-memory",
    "domain/maxMemory",
    words="maximum memory size must be equal or greater than the actual memory size",
    early=True,
    bad="""
<maxMemory slots='2' unit='GiB'>2</maxMemory>
<memory unit='GiB'>4</memory>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='4' unit='GiB'/>
  </numa>
</cpu>
""",
    good="""
<maxMemory slots='2' unit='GiB'>8</maxMemory>
<memory unit='GiB'>4</memory>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='4' unit='GiB'/>
  </numa>
</cpu>
""",
)
def max_memory(most: MaxMemory, guest: Guest) -> Iterator[Problem]:
    """The guest can have less memory at most than it has.

    What `<maxMemory>` says is all memory that the guest can have, with what it starts with. Where there are NUMA cells,
    it starts with what they and the memory devices have.
    """
    size, total = bytes_of(most), guest.view(total_memory)
    if size and total is not None and size < total:
        yield Problem(
            most,
            "value",
            "the guest has {total}, and can have {size} at most",
            other=guest.model.memory,
            there="so much does it have",
            total=size_shown(total),
            size=size_shown(size),
        )


@rule(
    "VX647",
    "max-memory-slots",
    "domain/maxMemory",
    words="maximum memory size must be specified when specifying number of memory slots",
    early=True,
    bad="<maxMemory slots='2' unit='GiB'>0</maxMemory>",
    good="",
)
def max_memory_slots(most: MaxMemory, guest: Guest) -> Iterator[Problem]:
    """There are slots for memory, and no memory for them, or the other way round.

    Newer releases of libvirt take memory without slots: virtio devices need none.
    """
    size = bytes_of(most)
    if size == 0 and most.slots:
        yield Problem(most, "value", "how much memory can there be?", help="say it, or drop <maxMemory>")
    elif size and not most.slots and not guest.since("9.5.0"):
        yield Problem(most, "slots", "how many slots are there for memory?", help="add slots='16'")


@rule(
    "VX624",
    "memory-hotplug-needs-numa",
    "domain/maxMemory",
    drivers=("qemu",),
    needs=("machine",),
    words="At least one numa node has to be configured when enabling memory hotplug",
    bad="""
<maxMemory slots='2' unit='GiB'>8</maxMemory>
<memory unit='GiB'>4</memory>
""",
    good="""
<maxMemory slots='2' unit='GiB'>8</maxMemory>
<memory unit='GiB'>4</memory>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='4' unit='GiB'/>
  </numa>
</cpu>
""",
)
def memory_hotplug_needs_numa(most: MaxMemory, guest: Guest) -> Iterator[Problem]:
    """Memory can be plugged in, and there is no NUMA cell.

    QEMU gives such guests a NUMA cell, so libvirt wants to know of it. Newer releases add it for guests that are
    defined, and refuse what they read from elsewhere. POWER and mainframes need none.
    """
    if guest.cells or guest.is_ppc64 or guest.is_s390 or not whole(most.value):
        return
    yield Problem(
        most,
        "",
        "the guest has no NUMA cell, which memory is plugged into",
        help="add one with all virtual CPUs and the memory that the guest starts with",
    )


@rule(
    "VX628",
    "current-memory-above",
    "domain/currentMemory",
    severity="warning",
    phase="",
    early=True,
    bad="<currentMemory unit='GiB'>4</currentMemory>",
    good="<currentMemory unit='GiB'>2</currentMemory>",
)
def current_memory_above(current: CurrentMemory, guest: Guest) -> Iterator[Problem]:
    """The guest is to start with more memory than it has.

    The balloon can only take memory, so libvirt lowers the value to all that there is.
    """
    size, total = bytes_of(current), guest.view(total_memory)
    if size and total and size > max(total, bytes_of(guest.model.memory) or 0):
        yield Problem(
            current,
            "value",
            "the guest has {total}, and cannot start with {size}",
            other=guest.model.memory,
            there="so much does it have",
            fix=drop(guest.model, "current_memory", says="drop <currentMemory>"),
            total=size_shown(total),
            size=size_shown(size),
        )


@rule(
    "VX629",
    "numa-memory-sum",
    "domain",
    severity="info",
    phase="",
    bad="""
<memory unit='GiB'>4</memory>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='1' unit='GiB'/>
  </numa>
</cpu>
""",
    good="""
<memory unit='GiB'>1</memory>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='1' unit='GiB'/>
  </numa>
</cpu>
""",
)
def numa_memory_sum(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """NUMA cells and memory devices have another size together than the guest.

    The cells and devices count: libvirt replaces what `<memory>` says as the guest is defined.
    """
    size, total = bytes_of(domain.memory), guest.view(total_memory)
    if domain.memory is None or not guest.cells or not size or not total or size == total:
        return
    yield Problem(
        domain.memory,
        "value",
        "NUMA cells and memory devices have {total}, not {size}",
        help="write what they have together",
        total=size_shown(total),
        size=size_shown(size),
    )


@rule(
    "VX630",
    "memory-rounded",
    "domain",
    severity="info",
    phase="",
    drivers=("qemu",),
    bad="""
<memory unit='KiB'>2097153</memory>
""",
    good="""
<memory unit='KiB'>2098176</memory>
""",
)
def memory_rounded(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The guest's memory is no whole number of MiB.

    QEMU's machines have whole MiB, so the size is rounded up.
    """
    size = bytes_of(domain.memory)
    if domain.memory is None or not size or size % MEBIBYTE == 0 or guest.cells:
        return
    rounded = -(-size // MEBIBYTE) * MEBIBYTE
    yield Problem(
        domain.memory,
        "value",
        "the guest gets {size}: whole MiB",
        fix=put(domain.memory, "value", rounded // KIBIBYTE, says=f"write {size_shown(rounded)}")
        if domain.memory.unit in (None, "KiB")
        else None,
        size=size_shown(rounded),
    )
