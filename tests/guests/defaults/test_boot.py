"""The order of booting: what happens where several devices want the same place, and how long it takes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_cheap, seconds
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
    assert_cheap(lambda count: seconds(lambda: settled([1] * count)), 1000, 8000, at_most=24, trifle=0.01)
