"""Lists of objects are made when somebody touches them, and nobody can tell but by how much memory there is."""

from __future__ import annotations

import copy
import dataclasses
import gc
import pickle
from threading import Barrier, Thread

import pytest

from tests.support import FIXTURES
from virtxml import Domain, Node
from virtxml.schema.domain import Devices, Disk

SOURCE = FIXTURES.joinpath("domain", "database.xml").read_bytes()


def made(root: Node) -> int:
    """Return how many empty lists there are in an object and below."""
    count = 0
    pending = [root]
    while pending:
        node = pending.pop()
        for field in node.xml_fields.values():
            value = getattr(node, field.slot)
            count += value == []
            pending += [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, Node)]
    return count


def test_a_list_stays_the_one_that_was_touched_first() -> None:
    devices = Devices()
    devices.disks.append(Disk(serial="1"))
    assert devices.disks is devices.disks
    assert devices == Devices(disks=[Disk(serial="1")])


def test_a_list_that_is_given_or_set_is_kept_as_it_is() -> None:
    disks = [Disk()]
    assert Devices(disks=disks).disks is disks
    devices = Devices()
    devices.disks = disks
    assert devices.disks is disks


def test_touched_and_untouched_empty_lists_are_equal() -> None:
    one, other = Devices(), Devices()
    assert one.disks == []
    assert one == other
    assert other == one
    assert one != Devices(disks=[Disk()])
    assert Devices(disks=[Disk()]) != one


@pytest.mark.parametrize(
    "look",
    [
        Node.to_xml,
        repr,
        copy.deepcopy,
        pickle.dumps,
        lambda node: node == Domain.from_xml(SOURCE),
    ],
)
def test_looking_at_an_object_makes_no_lists(look: object) -> None:
    domain = Domain.from_xml(SOURCE)
    assert callable(look)
    look(domain)
    assert made(domain) == 0


def test_copies_have_no_lists_that_the_original_has_not() -> None:
    domain = Domain.from_xml(SOURCE)
    assert made(copy.deepcopy(domain)) == 0
    assert made(pickle.loads(pickle.dumps(domain))) == 0


def test_a_shallow_copy_shares_its_lists_also_those_that_nobody_touched() -> None:
    devices = Devices()
    copied = copy.copy(devices)
    copied.disks.append(Disk())
    assert devices.disks is copied.disks


def test_dataclasses_see_lists() -> None:
    devices = Devices(disks=[Disk(serial="1")])
    assert dataclasses.asdict(devices)["inputs"] == []
    assert dataclasses.replace(devices, disks=[]) == Devices()
    match devices:
        case Devices(disks=[Disk(serial=serial)], inputs=[]):
            assert serial == "1"
        case _:
            pytest.fail("lists do not match")


def test_threads_that_touch_a_list_at_once_get_the_same() -> None:
    for _ in range(50):
        devices = Devices()
        barrier = Barrier(4)

        def touch(devices: Devices = devices, barrier: Barrier = barrier) -> None:
            barrier.wait()
            devices.disks.append(Disk())

        threads = [Thread(target=touch) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(devices.disks) == 4


def test_the_garbage_collector_has_one_object_an_element_to_walk() -> None:
    Domain.from_xml(SOURCE)
    elements = SOURCE.count(b"</") + SOURCE.count(b"/>")
    gc.collect()
    before = len(gc.get_objects())
    kept = [Domain.from_xml(SOURCE) for _ in range(20)]
    gc.collect()
    assert (len(gc.get_objects()) - before) / len(kept) <= 1.1 * elements
