"""How fast disks may be, and which threads do their work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import ControllerDriver, Disk, DiskDriver, DiskIotune, DiskThrottlefilter, Throttlegroup
    from ....guest import Guest

_LARGEST = 10**15
"""The largest limit that QEMU takes."""
_SUMS = ("bytes_sec", "iops_sec", "bytes_sec_max", "iops_sec_max", "bytes_sec_max_length", "iops_sec_max_length")
_LIMITS = (*(f"{way}_{sum_}" for sum_ in _SUMS for way in ("total", "read", "write")), "size_iops_sec")
"""The fields of limits."""


def _limits(tune: DiskIotune) -> dict[str, int]:
    """Return the limits that are set, by their names."""
    return {name: value for name in _LIMITS if (value := getattr(tune, name))}


@rule(
    "VX516",
    "disk-iotune",
    "domain/devices/disk",
    words="group_name can be configured only together with settings",
    drivers=("qemu",),
    early=True,
    when="iotune",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <iotune>
      <total_iops_sec>100</total_iops_sec>
      <group_name>slow</group_name>
    </iotune>
  </disk>
  <disk type='file'>
    <source file='/images/b.img'/>
    <target dev='vdb'/>
    <iotune>
      <total_iops_sec>200</total_iops_sec>
      <group_name>slow</group_name>
    </iotune>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <iotune>
      <total_iops_sec>100</total_iops_sec>
      <group_name>slow</group_name>
    </iotune>
  </disk>
  <disk type='file'>
    <source file='/images/b.img'/>
    <target dev='vdb'/>
    <iotune>
      <total_iops_sec>100</total_iops_sec>
      <group_name>slow</group_name>
    </iotune>
  </disk>
</devices>
""",
)
def disk_iotune(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """Limits of a disk are too large, or unlike those of its group, or there are none.

    Disks of a group share their limits, so that all have to name the same ones. No limit is larger than 10^15.
    """
    tune = disk.iotune
    if tune is None:
        return
    limits = _limits(tune)
    for name, value in limits.items():
        if isinstance(value, int) and value > _LARGEST and not name.endswith("_length"):
            yield Problem(tune, name, "limits are no larger than {largest}", largest=_LARGEST)
    if tune.group_name is None:
        return
    if not limits:
        yield Problem(tune, "group_name", "disks of a group have limits, and this one has none")
        return
    first = guest.first("iotune group", tune.group_name, tune)
    if first is not None and _limits(first) != limits:  # type: ignore[arg-type]
        says = "disks of the group {group} have the same limits"
        yield Problem(tune, "group_name", says, other=first, there="the first one's are here", group=tune.group_name)


_WAYS = ("total", "read", "write")


def _burst(tune: DiskIotune) -> tuple[str, str] | None:
    """Return a field about bursts that QEMU does not take, and why; None if there is none."""
    for kind in ("bytes_sec", "iops_sec"):
        for way in _WAYS:
            name = f"{way}_{kind}"
            usual, most = getattr(tune, name) or 0, getattr(tune, f"{name}_max") or 0
            length = getattr(tune, f"{name}_max_length") or 0
            if not all(isinstance(value, int) for value in (usual, most, length)):
                continue
            if most and not usual:
                return f"{name}_max", "a limit of bursts is beside {name}, which is not there"
            if most and most < usual:
                return f"{name}_max", "the limit of bursts is below {name}"
            if length > 1 and not most:
                return f"{name}_max_length", "bursts have a length and no limit: {name}_max is not there"
    if tune.size_iops_sec and not any(getattr(tune, f"{way}_iops_sec") for way in _WAYS):
        return "size_iops_sec", "operations have a size, and their number has no limit"
    return None


@rule(
    "VX592",
    "disk-iotune-bursts",
    "domain/devices/disk",
    words="bps_max/iops_max require corresponding bps/iops values",
    phase="start",
    drivers=("qemu",),
    early=True,
    when="iotune",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <iotune>
      <total_bytes_sec_max>2000000</total_bytes_sec_max>
    </iotune>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <iotune>
      <total_bytes_sec>1000000</total_bytes_sec>
      <total_bytes_sec_max>2000000</total_bytes_sec_max>
    </iotune>
  </disk>
</devices>
""",
)
def disk_iotune_bursts(disk: Disk, _: Guest) -> Iterator[Problem]:
    """Limits of a disk say how fast it may be for a while, and not how fast it may be at all.

    Each limit of bursts (`…_max`) is beside the limit of the same name, and not below it; their length is beside a
    limit of bursts. libvirt defines the guest, and QEMU does not start it.
    """
    found = _burst(disk.iotune) if disk.iotune is not None else None
    if disk.iotune is not None and found is not None:
        field, says = found
        yield Problem(disk.iotune, field, says, name=field.removesuffix("_length").removesuffix("_max"))


@rule(
    "VX517",
    "disk-throttle-group",
    "domain/devices/disk",
    words="throttle group 'slow' not found",
    since="11.2.0",
    when="throttlefilters",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <throttlefilters>
      <throttlefilter group='slow'/>
    </throttlefilters>
  </disk>
</devices>
""",
    good="""
<throttlegroups>
  <throttlegroup>
    <group_name>slow</group_name>
    <total_iops_sec>100</total_iops_sec>
  </throttlegroup>
</throttlegroups>
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <throttlefilters>
      <throttlefilter group='slow'/>
    </throttlefilters>
  </disk>
</devices>
""",
)
def disk_throttle_group(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """A disk is in a group with limits that is not there, is in it twice, or cannot be in one.

    The groups are in `<throttlegroups>`. CD-ROM drives cannot be in one.
    """
    filters = disk.throttlefilters
    if filters is None:
        return
    if disk.device == "cdrom":
        says = "CD-ROM drives cannot be in groups with limits"
        yield Problem(disk, "throttlefilters", says, fix=drop(disk, "throttlefilters", safe=False))
        return
    groups = guest.model.throttlegroups
    names = {group.group_name for group in groups.throttlegroups} if groups is not None else set()
    met: dict[str | None, DiskThrottlefilter] = {}
    for one in filters.throttlefilters:
        first = met.setdefault(one.group, one)
        if first is not one:
            yield Problem(one, "group", "the disk is in the group {group} already", other=first, group=one.group)
        elif one.group not in names:
            yield Problem(one, "group", "there is no group {group} in <throttlegroups>", group=one.group)


@rule(
    "VX549",
    "throttle-group-twice",
    "domain/throttlegroups/throttlegroup",
    words="duplicate group name 'slow' found",
    since="11.2.0",
    when="group_name",
    bad="""
<throttlegroups>
  <throttlegroup>
    <group_name>slow</group_name>
    <total_iops_sec>100</total_iops_sec>
  </throttlegroup>
  <throttlegroup>
    <group_name>slow</group_name>
    <total_iops_sec>200</total_iops_sec>
  </throttlegroup>
</throttlegroups>
""",
    good="""
<throttlegroups>
  <throttlegroup>
    <group_name>slow</group_name>
    <total_iops_sec>100</total_iops_sec>
  </throttlegroup>
  <throttlegroup>
    <group_name>fast</group_name>
    <total_iops_sec>200</total_iops_sec>
  </throttlegroup>
</throttlegroups>
""",
)
def throttle_group_twice(group: Throttlegroup, guest: Guest) -> Iterator[Problem]:
    """Two groups of disks with limits have one name.

    Disks name the group that they are in.
    """
    if group.group_name:
        first = guest.first("throttle group", group.group_name, group)
        if first is not None:
            yield Problem(group, "group_name", "there is a group {name} already", other=first, name=group.group_name)


@rule(
    "VX525",
    "disk-iothread-mapping",
    "domain/devices/disk",
    words="disk driver 'iothread' attribute can't be used together with 'iothreads' subelement",
    since="10.0.0",
    drivers=("qemu",),
    when="driver",
    bad="""
<iothreads>2</iothreads>
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw' queues='2'>
      <iothreads>
        <iothread id='1'>
          <queue id='0'/>
        </iothread>
        <iothread id='2'>
          <queue id='0'/>
        </iothread>
      </iothreads>
    </driver>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<iothreads>2</iothreads>
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw' queues='2'>
      <iothreads>
        <iothread id='1'>
          <queue id='0'/>
        </iothread>
        <iothread id='2'>
          <queue id='1'/>
        </iothread>
      </iothreads>
    </driver>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_iothread_mapping(disk: Disk, _: Guest) -> Iterator[Problem]:
    """The threads that work for a disk are named twice, or its queues are not shared out among them.

    A disk has one thread (`iothread`) or several (`<iothreads>`). If one of these has queues, all have, and each queue
    of the disk is of one thread.
    """
    driver = disk.driver
    mapping = driver.iothreads if driver is not None else None
    if driver is None or mapping is None:
        return
    if driver.iothread is not None:
        yield Problem(driver, "iothread", "the disk's threads are in <iothreads>", fix=drop(driver, "iothread"))
    met: dict[object, object] = {}
    for thread in mapping.iothreads:
        if met.setdefault(thread.id, thread) is not thread:
            yield Problem(thread, "id", "the thread {id} works for the disk already", id=thread.id)
    yield from queues_of_threads(driver, "disk")


def queues_of_threads(driver: DiskDriver | ControllerDriver, owner: str) -> Iterator[Problem]:
    """Yield what is wrong with the queues of the threads of a disk or a controller."""
    mapping, count = driver.iothreads, driver.queues
    if mapping is None or not any(thread.queues for thread in mapping.iothreads):
        return
    if not isinstance(count, int):
        says = "threads have queues, and nothing says how many the {owner} has"
        yield Problem(driver, "iothreads", says, help="add queues=", owner=owner)
        return
    met: dict[object, object] = {}
    for thread in mapping.iothreads:
        if not thread.queues:
            yield Problem(thread, "", "if one thread of the {owner} has queues, all have", owner=owner)
        for queue in thread.queues:
            if isinstance(queue.id, int) and queue.id >= count:
                says = "the {owner} has {count} queues, counted from 0"
                there = "the number of queues is here"
                yield Problem(queue, "id", says, other=driver, there=there, count=count, owner=owner)
            elif met.setdefault(queue.id, queue) is not queue:
                yield Problem(queue, "id", "the queue {id} is of another thread already", id=queue.id)
    if len(met) < count and all(thread.queues for thread in mapping.iothreads):
        missing = next(queue for queue in range(count) if queue not in met)
        yield Problem(mapping, "", "the queue {id} is of no thread", id=missing)
