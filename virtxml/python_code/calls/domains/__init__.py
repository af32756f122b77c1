"""Calls of the builder of guests, a module for each of the builder's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.python_code.chains import Call, call

from . import basics, boot, cards, characters, cpus, devices, disks, hostdevs, memory, screens, tuning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema.domain import Domain


def _start(domain: Domain) -> Call:
    return call("domain", domain.name)


def _groups(domain: Domain) -> Iterator[Group]:
    for module in (basics, memory, cpus, boot, tuning, disks, hostdevs, cards, characters, screens, devices):
        yield from module.groups(domain)


READERS = {"Domain": (_start, _groups)}
