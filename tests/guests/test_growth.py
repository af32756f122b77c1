"""Time that `install` takes for thousands of devices: more of them than libvirt would take, to see how it grows."""

from __future__ import annotations

import pytest

from tests.growth import assert_cheap, seconds
from virtxml.install import translate

BASE = "--name vm --osinfo fedora40 --memory 1024"


@pytest.mark.parametrize("option", ["--network default", "--network default,mac=52:54:00:{:02x}:{:02x}:{:02x}"])
def test_time_grows_with_the_number_of_interfaces(option: str) -> None:
    def cost(count: int) -> float:
        places = ((number >> 16, number >> 8 & 255, number & 255) for number in range(count))
        argv = [word for place in places for word in option.format(*place).split()]
        return seconds(lambda: translate([*BASE.split(), "--disk", "none", "--import", *argv]))

    assert_cheap(cost, 500, 4000, at_most=20)
