"""Tests of what work costs fail for work that grows too fast, and for nothing else."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests.growth import assert_cheap, seconds


def test_work_by_the_number_of_things_is_cheap() -> None:
    assert assert_cheap(lambda count: seconds(lambda: sum(range(1000 * count))), 100, 800, at_most=24) > 0


def test_work_by_the_square_of_the_number_is_not() -> None:
    def look_for_each(count: int) -> None:
        names = [str(number) for number in range(count)]
        assert all(name in names for name in names)

    with pytest.raises(AssertionError, match=r"^200: \d.* s, 1600: \d"):
        assert_cheap(lambda count: seconds(lambda: look_for_each(count)), 200, 1600, at_most=24, trifle=0)


@pytest.mark.parametrize("stalled", [{0, 1}, {3}, {0, 2, 3, 4}])
def test_a_machine_that_is_busy_now_and_then_fails_no_test(stalled: set[int]) -> None:
    def costs() -> Iterator[float]:
        turn = 0
        while True:
            yield 50 if turn in stalled else 1
            turn += 1

    slower = costs()
    assert assert_cheap(lambda count: count * next(slower), 1, 8, at_most=24) == 8


def test_the_collector_is_off_while_something_is_timed_and_as_it_was_afterwards() -> None:
    seen: list[bool] = []
    seconds(lambda: seen.append(gc.isenabled()))
    assert (seen, gc.isenabled()) == ([False], True)
