"""What a change costs grows as the document does, whatever is changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy

import pytest

from tests.growth import assert_cheap, seconds
from virtxml import Document, Domain
from virtxml.schema.domain import Disk

DISK = "    <disk type='file'>\n      <source file='/srv/{0}'/>\n      <target dev='vd{0}'/>\n    </disk>\n"


def reverse(disks: list[Disk]) -> None:
    disks.reverse()


def shuffle(disks: list[Disk]) -> None:
    random.Random(1).shuffle(disks)


def drop_half(disks: list[Disk]) -> None:
    del disks[::2]


def double(disks: list[Disk]) -> None:
    disks += deepcopy(disks)


def copy(disks: list[Disk]) -> None:
    disks[:] = deepcopy(disks)


def set_each(disks: list[Disk]) -> None:
    for disk in disks:
        disk.serial = "1"


@pytest.mark.parametrize("change", [reverse, shuffle, drop_half, double, copy, set_each])
def test_a_change_of_many_devices_takes_linear_time(change: Callable[[list[Disk]], None]) -> None:
    def cost(count: int) -> float:
        disks = "".join(DISK.format(number) for number in range(count))
        document = Document.parse(f"<domain>\n  <devices>\n{disks}  </devices>\n</domain>\n", Domain)
        assert document.model.devices is not None
        change(document.model.devices.disks)
        return seconds(document.to_text)

    assert_cheap(cost, 250, 2_000, at_most=20)
