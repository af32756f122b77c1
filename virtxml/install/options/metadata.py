"""What a guest is called, how much memory and how many CPUs it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language.declaring import Option, Sub
from .shared import to_kibi

if TYPE_CHECKING:
    from ...sizes import Size
    from ..language.work import Work


def _os_name(work: Work, value: str | None) -> None:
    work.applied.osinfo.name = value


def _os_id(work: Work, value: str | None) -> None:
    work.applied.osinfo.id = value


def _genid_enable(work: Work, value: bool | None) -> None:
    if not value:
        work.set("genid", None)
    elif work.get("genid") is None:
        work.set("genid", "")


METADATA = Option(
    "--metadata",
    "",
    [
        Sub("name", comma=True),
        Sub("title", comma=True),
        Sub("uuid"),
        Sub("genid"),
        Sub("genid_enable", handler=_genid_enable, switch=True),
        Sub("description", comma=True),
        Sub("os_name", handler=_os_name),
        Sub("os_full_id", handler=_os_id),
    ],
)


def _start_memory(work: Work) -> None:
    work.request = {}


def _note(work: Work, value: str | None) -> None:
    assert work.key is not None
    if value is not None:
        work.request[work.key] = to_kibi(work, value)


def _end_memory(work: Work) -> None:
    """Set the greatest and the present size: with only one of them said, they are the same."""
    said = work.request
    memory = said.get("memory")
    current = said.get("currentMemory")
    if "maxmemory" in said:
        memory, current = max(said["maxmemory"], memory or "0", key=int), current or memory
    elif not work.is_new and memory is None and current is not None:
        memory = str(((work.domain.memory and work.domain.memory.bytes) or 0) // 1024)
    elif not work.is_new and memory is not None and current is None:
        current, before = memory, ((work.domain.memory and work.domain.memory.bytes) or 0) // 1024
        memory = max(memory, str(before), key=int)
    memory, current = memory or current, current or memory
    if memory is not None and current is not None:
        _set_size(work, "memory", work.domain.memory, max(memory, current, key=int))
        _set_size(work, "currentMemory", work.domain.current_memory, current)


def _set_size(work: Work, path: str, before: Size | None, kibi: str) -> None:
    """Set a size, unless it is what it was before, perhaps in another unit."""
    if before is None or before.bytes != int(kibi) * 1024:
        work.set(path, kibi)


def _max_memory(work: Work, value: str | None) -> None:
    work.set("maxMemory", None if value is None else to_kibi(work, value))


MEMORY = Option(
    "--memory",
    "",
    [
        Sub("memory", handler=_note),
        Sub("currentMemory", handler=_note),
        Sub("maxMemory", "hotplugmemorymax", handler=_max_memory),
        Sub("maxMemory.slots", "hotplugmemoryslots"),
        Sub("maxmemory", handler=_note),
        Sub("hugepages", path="memoryBacking.hugepages", switch=True),
    ],
    first=("memory",),
    start=_start_memory,
    end=_end_memory,
)


def _count(work: Work, value: str | None) -> None:
    if value is not None and not (value.isascii() and value.isdigit() and len(value) <= 9 and int(value)):
        raise work.error("not a whole number of CPUs", value)
    work.set("vcpu", value)


def _maximum(work: Work, value: str | None) -> None:
    """Remember the greatest number of CPUs; how many there are now is known later."""
    _count(work, value)
    work.request = value


def _end_vcpus(work: Work) -> None:
    """With a greatest number of CPUs, that is what the element holds, and its attribute how many there are now."""
    if work.request is None or "vcpu.current" in work.said:
        return
    count = work.said.get("vcpu") or work.said.get("vcpus")
    if isinstance(count, str):
        work.set("vcpu", work.request)
        work.set("vcpu.current", count)


def _cpuset(work: Work, value: str | None) -> None:
    """Set the host CPUs; "auto" leaves the choice to numad."""
    if value == "auto":
        work.set("vcpu.placement", "auto")
    else:
        work.set("vcpu.cpuset", value)


VCPUS = Option(
    "--vcpus",
    "",
    [
        Sub("maxvcpus", handler=_maximum),
        Sub("cpuset", handler=_cpuset, comma=True),
        Sub("vcpus", handler=_count),
        *(Sub(name, path=f"cpu.topology.{name}") for name in ("sockets", "dies", "cores", "threads")),
        Sub("vcpu", handler=_count),
        Sub("vcpu.current"),
        Sub("vcpu.cpuset", handler=_cpuset, comma=True),
        Sub("vcpu.placement", "placement"),
        Sub("vcpus.vcpu*.id"),
        Sub("vcpus.vcpu*.enabled", switch=True),
        Sub("vcpus.vcpu*.hotpluggable", switch=True),
        Sub("vcpus.vcpu*.order"),
    ],
    first=("vcpu",),
    end=_end_vcpus,
)
