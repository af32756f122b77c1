"""Which I/O threads a guest has, and what asks for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....guest import whole
from ....rule import Problem, rule
from ....values import numbers_in
from ..disks.throttling import queues_of_threads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Controller, Cputune, Defaultiothread, Disk, Iothread, Iothreadids
    from ....guest import Guest


def iothreads_of(guest: Guest) -> frozenset[int]:
    """Return the numbers of the I/O threads: those that are listed, and the lowest others up to their count."""
    listed = guest.model.iothreadids.iothreads if guest.model.iothreadids is not None else []
    found = {number for one in listed if (number := whole(one.id)) is not None}
    number = 1
    for _ in range((whole(guest.model.iothreads) or 0) - len(found)):
        while number in found:
            number += 1
        found.add(number)
    return frozenset(found)


def _missing(guest: Guest, number: int | None) -> bool:
    if not number or (guest.model.iothreads is None and not guest.complete):
        return False
    return number not in guest.view(iothreads_of)


def _says(guest: Guest) -> str:
    return "there is no I/O thread {number}" + ("" if guest.view(iothreads_of) else ": the guest has none")


_HELP = "say in <iothreads> how many there are, numbered from 1"


@rule(
    "VX651",
    "iothread-undefined",
    "domain/cputune",
    words="Cannot find 'iothread' : 2",
    early=True,
    bad="""
<iothreads>1</iothreads>
<cputune>
  <iothreadpin iothread='2' cpuset='1'/>
</cputune>
""",
    good="""
<iothreads>2</iothreads>
<cputune>
  <iothreadpin iothread='2' cpuset='1'/>
</cputune>
""",
)
def iothread_undefined(cputune: Cputune, guest: Guest) -> Iterator[Problem]:
    """An I/O thread is pinned or scheduled that the guest does not have.

    Threads are numbered from 1 to their number in `<iothreads>`, or as they are listed in `<iothreadids>`.
    """
    used: list[tuple[Element, str, int | None]] = [
        (pin, "iothread", whole(pin.iothread)) for pin in cputune.iothreadpins
    ]
    for scheduler in cputune.iothreadscheds:
        if scheduler.iothreads is None:
            yield Problem(scheduler, "iothreads", "which I/O threads are scheduled?", help="add iothreads='1'")
        numbers = numbers_in(scheduler.iothreads)
        lacking = sorted(numbers - guest.view(iothreads_of))
        used += [(scheduler, "iothreads", number) for number in lacking[:1]]
    for element, field, number in used:
        if number == 0 or _missing(guest, number):
            yield Problem(element, field, _says(guest), help=_HELP, number=number)


@rule(
    "VX659",
    "disk-iothread-undefined",
    "domain/devices/disk",
    drivers=("qemu",),
    words="Disk iothread '2' not defined in iothreadid",
    early=True,
    when="driver",
    bad="""
<iothreads>1</iothreads>
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw' iothread='2'/>
    <source file='/images/a.img'/>
    <target dev='vda' bus='virtio'/>
  </disk>
</devices>
""",
    good="""
<iothreads>2</iothreads>
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw' iothread='2'/>
    <source file='/images/a.img'/>
    <target dev='vda' bus='virtio'/>
  </disk>
</devices>
""",
)
def disk_iothread_undefined(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """A disk is served by an I/O thread that the guest does not have.

    Threads are numbered from 1 to their number in `<iothreads>`, or as they are listed in `<iothreadids>`.
    """
    driver = disk.driver
    if driver is None:
        return
    if _missing(guest, whole(driver.iothread)):
        yield Problem(driver, "iothread", _says(guest), help=_HELP, number=driver.iothread)
    for thread in driver.iothreads.iothreads if driver.iothreads is not None else ():
        if _missing(guest, whole(thread.id)):
            yield Problem(thread, "id", _says(guest), help=_HELP, number=thread.id)


@rule(
    "VX660",
    "controller-iothread-undefined",
    "domain/devices/controller",
    drivers=("qemu",),
    words="Controller iothread '2' not defined in iothreadid",
    early=True,
    when="driver",
    bad="""
<iothreads>1</iothreads>
<devices>
  <controller type='scsi' model='virtio-scsi'>
    <driver iothread='2'/>
  </controller>
</devices>
""",
    good="""
<iothreads>2</iothreads>
<devices>
  <controller type='scsi' model='virtio-scsi'>
    <driver iothread='2'/>
  </controller>
</devices>
""",
)
def controller_iothread_undefined(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """A controller is served by an I/O thread that the guest does not have.

    Threads are numbered from 1 to their number in `<iothreads>`, or as they are listed in `<iothreadids>`.
    """
    driver = controller.driver
    if driver is None:
        return
    if _missing(guest, whole(driver.iothread)):
        yield Problem(driver, "iothread", _says(guest), help=_HELP, number=driver.iothread)
    for thread in driver.iothreads.iothreads if driver.iothreads is not None else ():
        if _missing(guest, whole(thread.id)):
            yield Problem(thread, "id", _says(guest), help=_HELP, number=thread.id)
    for one in driver.iothreads.iothreads if driver.iothreads is not None else ():
        if _missing(guest, whole(one.id)):
            yield Problem(one, "id", _says(guest), help=_HELP, number=one.id)


@rule(
    "VX661",
    "iothread-id",
    "domain/iothreadids",
    words="duplicate iothread id '1' found",
    early=True,
    when="iothreads",
    bad="""
<iothreads>2</iothreads>
<iothreadids>
  <iothread id='1'/>
  <iothread id='1'/>
</iothreadids>
""",
    good="""
<iothreads>2</iothreads>
<iothreadids>
  <iothread id='1'/>
  <iothread id='2'/>
</iothreadids>
""",
)
def iothread_id(listed: Iothreadids, guest: Guest) -> Iterator[Problem]:
    """Two I/O threads have one number, or one has the number 0.

    Pins, disks and controllers tell threads apart by their numbers, which begin with 1.
    """
    for one in listed.iothreads:
        number = whole(one.id)
        if number == 0:
            yield Problem(one, "id", "threads are numbered from 1")
            continue
        first = guest.first("I/O thread", number, one) if number is not None else None
        if first is not None:
            yield Problem(one, "id", "there is an I/O thread {number} already", other=first, number=number)


@rule(
    "VX652",
    "iothread-pool",
    "domain/iothreadids/iothread",
    words="thread_pool_min must be smaller or equal to thread_pool_max",
    early=True,
    bad="""
<iothreads>1</iothreads>
<iothreadids>
  <iothread id='1' thread_pool_min='8' thread_pool_max='4'/>
</iothreadids>
""",
    good="""
<iothreads>1</iothreads>
<iothreadids>
  <iothread id='1' thread_pool_min='4' thread_pool_max='8'/>
</iothreadids>
""",
)
def iothread_pool(thread: Iothread, guest: Guest) -> Iterator[Problem]:
    """An I/O thread has no place for its workers.

    It starts with `thread_pool_min` workers, and has `thread_pool_max` of them at most, and one at least.
    """
    del guest
    yield from _pool(thread)


@rule(
    "VX662",
    "default-iothread-pool",
    "domain/defaultiothread",
    words="thread_pool_min must be smaller or equal to thread_pool_max",
    early=True,
    bad="<defaultiothread thread_pool_min='8' thread_pool_max='4'/>",
    good="<defaultiothread thread_pool_min='4' thread_pool_max='8'/>",
)
def default_iothread_pool(thread: Defaultiothread, guest: Guest) -> Iterator[Problem]:
    """The main thread has no place for its workers.

    It starts with `thread_pool_min` workers, and has `thread_pool_max` of them at most, and one at least.
    """
    del guest
    yield from _pool(thread)


def _pool(thread: Iothread | Defaultiothread) -> Iterator[Problem]:
    least, most = whole(thread.thread_pool_min), whole(thread.thread_pool_max)
    if most == 0:
        yield Problem(thread, "thread_pool_max", "a pool has one worker at least")
    elif least and most is None:
        yield Problem(thread, "thread_pool_max", "how many workers are there at most?", help="add thread_pool_max")
    elif least is not None and most is not None and least > most:
        says = "the pool starts with {least} workers, and has {most} at most"
        yield Problem(thread, "thread_pool_min", says, least=least, most=most)


@rule(
    "VX667",
    "controller-iothread-mapping",
    "domain/devices/controller",
    since="11.2.0",
    drivers=("qemu",),
    when="driver",
    bad="""
<iothreads>2</iothreads>
<devices>
  <controller type='scsi' index='0' model='virtio-scsi'>
    <driver queues='2'>
      <iothreads>
        <iothread id='1'>
          <queue id='0'/>
        </iothread>
        <iothread id='2'>
          <queue id='2'/>
        </iothread>
      </iothreads>
    </driver>
  </controller>
</devices>
""",
    good="""
<iothreads>2</iothreads>
<devices>
  <controller type='scsi' index='0' model='virtio-scsi'>
    <driver queues='2'>
      <iothreads>
        <iothread id='1'>
          <queue id='0'/>
        </iothread>
        <iothread id='2'>
          <queue id='1'/>
        </iothread>
      </iothreads>
    </driver>
  </controller>
</devices>
""",
)
def controller_iothread_mapping(controller: Controller, _: Guest) -> Iterator[Problem]:
    """The queues of a controller are not shared out among the threads that work for it.

    If one of its threads has queues, all have, and each queue of the controller is of one thread.
    """
    driver = controller.driver
    if driver is not None and driver.iothreads is not None:
        yield from queues_of_threads(driver, "controller")
