"""I/O threads: adding them, taking them away, how they poll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema.domain import Domain, Iothread, IothreadPoll
from ..command import DOMAIN, NUMBER, WHEN, Command, Option
from ..errors import UsageError, VirshError
from ..finding import devices_of, members_left, take_out, target_of
from ..iothread_ids import has_iothread, iothreads_of, list_iothreads
from .pins import drop_empty_tuning

if TYPE_CHECKING:
    from ..said import Said


def _said_id(said: Said) -> int:
    number = said.number("id")
    if not number:
        raise UsageError(f"{said.command}: the number of an I/O thread is 1 or more")
    return number


def _add(said: Said, domain: Domain) -> str | None:
    number = _said_id(said)
    if has_iothread(domain, number):
        raise VirshError(f"there is an I/O thread {number} already")
    list_iothreads(domain).append(Iothread(id=number))
    domain.iothreads = len(iothreads_of(domain))
    return None


def _remove(said: Said, domain: Domain) -> str | None:
    number = _said_id(said)
    if not has_iothread(domain, number):
        raise VirshError(f"the domain has no I/O thread {number}")
    _refuse_in_use(domain, number)
    left = [thread for thread in iothreads_of(domain) if thread.id != number]
    if domain.iothreadids is not None:
        domain.iothreadids.iothreads[:] = left
        if not left:
            domain.iothreadids = None
    elif [thread.id for thread in left] != list(range(1, len(left) + 1)):
        domain.iothreads = len(left) + 1
        listed = list_iothreads(domain)
        listed[:] = [thread for thread in listed if thread.id != number]
    domain.iothreads = len(left) or None
    _unpin(domain, number)
    return None


def _refuse_in_use(domain: Domain, number: int) -> None:
    """Raise VirshError if a disk or a controller is served by an I/O thread."""
    devices = devices_of(domain)
    for disk in devices.disks:
        several = disk.driver.iothreads.iothreads if disk.driver is not None and disk.driver.iothreads else []
        if (disk.driver is not None and disk.driver.iothread == number) or any(one.id == number for one in several):
            raise VirshError(f"I/O thread {number} serves the disk {target_of(disk)}")
    for controller in devices.controllers:
        if controller.driver is not None and controller.driver.iothread == number:
            raise VirshError(f"I/O thread {number} serves the controller {controller.type} {controller.index}")


def _unpin(domain: Domain, number: int) -> None:
    """Take out what is said of where and when an I/O thread runs."""
    tuning = domain.cputune
    if tuning is None:
        return
    remaining = [thread.id for thread in iothreads_of(domain) if isinstance(thread.id, int)]
    tuning.iothreadpins[:] = [pin for pin in tuning.iothreadpins if pin.iothread != number]
    for scheduler in list(tuning.iothreadscheds):
        left = members_left(scheduler.iothreads, remaining)
        if left is None:
            take_out(tuning.iothreadscheds, scheduler)
        else:
            scheduler.iothreads = left
    drop_empty_tuning(domain)


def _set(said: Said, domain: Domain) -> str | None:
    number = _said_id(said)
    if not has_iothread(domain, number):
        raise VirshError(f"the domain has no I/O thread {number}")
    poll = {"max": "poll-max-ns", "grow": "poll-grow", "shrink": "poll-shrink"}
    pool = {"thread_pool_min": "thread-pool-min", "thread_pool_max": "thread-pool-max"}
    if not said.has(*poll.values(), *pool.values()):
        raise UsageError("iothreadset: nothing is said to be changed")
    thread = next(one for one in iothreads_of(domain) if one.id == number)
    least = said.number("thread-pool-min", negative=True) if said.has("thread-pool-min") else thread.thread_pool_min
    most = said.number("thread-pool-max", negative=True) if said.has("thread-pool-max") else thread.thread_pool_max
    if least is not None and most is not None and least > most:
        raise VirshError(f"the I/O thread would have at least {least} workers, and at most {most}")
    thread = next(one for one in list_iothreads(domain) if one.id == number)
    for field, option in pool.items():
        if said.has(option):
            setattr(thread, field, said.number(option, negative=True))
    if said.has(*poll.values()):
        if thread.poll is None:
            thread.poll = IothreadPoll()
        for field, option in poll.items():
            if said.has(option):
                setattr(thread.poll, field, said.number(option))
    return None


_ID = Option("id", "the number of the thread", NUMBER, required=True)

COMMANDS = (
    Command("iothreadadd", "add an I/O thread", (DOMAIN, _ID, *WHEN), _add, Domain),
    Command("iothreaddel", "take an I/O thread away", (DOMAIN, _ID, *WHEN), _remove, Domain),
    Command(
        "iothreadset",
        "change how an I/O thread polls, and how many workers it has",
        (
            DOMAIN,
            _ID,
            Option("poll-max-ns", "how long it polls at most, in nanoseconds; libvirt 9.4.0 or later keeps it", NUMBER),
            Option("poll-grow", "by what the time grows", NUMBER),
            Option("poll-shrink", "by what the time shrinks", NUMBER),
            Option("thread-pool-min", "how many workers there are at least", NUMBER),
            Option("thread-pool-max", "how many workers there are at most", NUMBER),
            *WHEN,
        ),
        _set,
        Domain,
    ),
)
