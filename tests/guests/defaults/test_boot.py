"""The order of booting: what happens where several devices want the same place, and how long it takes."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from hypothesis import given
from hypothesis import strategies as st

from virtxml.guests.defaults.boot import settle_boot_order
from virtxml.schema.domain import DeviceBoot, Devices, Disk

if TYPE_CHECKING:
    from virtxml.guests.guest import Guest


def settled(places: list[int]) -> list[object]:
    """Return the places that disks get that want some."""
    disks = [Disk(boot=DeviceBoot(order=place)) for place in places]
    settle_boot_order(cast("Guest", SimpleNamespace(devices=Devices(disks=disks))))
    return [None if disk.boot is None else disk.boot.order for disk in disks]


@given(st.lists(st.integers(1, 9), max_size=20))
def test_each_in_turn_gets_the_place_that_it_wants_and_who_has_it_moves_on(places: list[int]) -> None:
    held: dict[int, int] = {}
    for device, wanted in enumerate(places):
        moving, place = device, wanted
        while place in held:
            held[place], moving = moving, held[place]
            place += 1
        held[place] = moving
    assert settled(places) == sorted(held, key=lambda place: held[place])


def test_time_grows_with_the_number_of_devices_that_want_one_place() -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        settled([1] * count)
        return time.process_time() - start

    assert min(seconds(8000) for _ in range(3)) < 24 * min(seconds(1000) for _ in range(3))
