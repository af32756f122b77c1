"""Time grows as documents do, whatever differs."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy

import pytest

import virtxml
from tests.growth import assert_cheap, seconds
from virtxml import Domain
from virtxml.schema.domain import Devices, Disk, DiskSource, DiskTarget


def guest(count: int) -> Domain:
    disks = [
        Disk(type="file", source=DiskSource(file=f"/{number}"), target=DiskTarget(dev=f"vd{number}", bus="virtio"))
        for number in range(count)
    ]
    return Domain(devices=Devices(disks=disks))


def nothing(_disks: list[Disk]) -> None:
    """Change nothing."""


def all_of_them(disks: list[Disk]) -> None:
    for disk in disks:
        disk.serial = "1"


def turned(disks: list[Disk]) -> None:
    disks.reverse()


def shuffled_and_changed(disks: list[Disk]) -> None:
    random.Random(1).shuffle(disks)
    all_of_them(disks)


def without_keys(disks: list[Disk]) -> None:
    """Shuffle disks that have no target any more, and so no key."""
    random.Random(1).shuffle(disks)
    for disk in disks:
        disk.target = None


def replaced(disks: list[Disk]) -> None:
    for number, disk in enumerate(disks):
        disk.target, disk.source, disk.serial = DiskTarget(dev=f"sd{number}"), None, str(number)


@pytest.mark.parametrize("change", [nothing, all_of_them, turned, shuffled_and_changed, without_keys, replaced])
def test_time_grows_as_guests_do(change: Callable[[list[Disk]], None]) -> None:
    def cost(count: int) -> float:
        old = guest(count)
        new = deepcopy(old)
        assert new.devices is not None
        change(new.devices.disks)
        return seconds(lambda: virtxml.diff(old, new))

    assert_cheap(cost, 1_000, 10_000, at_most=18, trifle=0.2)
