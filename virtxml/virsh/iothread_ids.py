"""The numbers of a domain's I/O threads: those that are listed, and those that libvirt gives the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..schema.domain import Iothread, Iothreadids

if TYPE_CHECKING:
    from ..schema.domain import Domain


def iothreads_of(domain: Domain) -> list[Iothread]:
    """Return the I/O threads of a domain: those that are listed, then those that libvirt adds to their number."""
    listed = [] if domain.iothreadids is None else list(domain.iothreadids.iothreads)
    count = domain.iothreads if isinstance(domain.iothreads, int) else 0
    taken = {thread.id for thread in listed}
    number = 0
    while len(listed) < count:
        number += 1
        if number not in taken:
            listed.append(Iothread(id=number))
    return sorted(listed, key=lambda thread: thread.id if isinstance(thread.id, int) else 0)


def has_iothread(domain: Domain, number: int) -> bool:
    """Tell whether a domain has the I/O thread of a number."""
    return any(thread.id == number for thread in iothreads_of(domain))


def list_iothreads(domain: Domain) -> list[Iothread]:
    """Write all I/O threads of a domain into its `<iothreadids>`; return what is listed there, to be changed."""
    found = iothreads_of(domain)
    if domain.iothreadids is None:
        domain.iothreadids = Iothreadids()
    if len(domain.iothreadids.iothreads) != len(found):
        domain.iothreadids.iothreads[:] = found
    return domain.iothreadids.iothreads
