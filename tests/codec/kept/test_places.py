"""What belongs to no field stays beside its neighbours, whatever is done to the lists around it."""

from __future__ import annotations

import copy
import pickle
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import RELAXED
from virtxml import AnyElement, Domain, Extra, Network, Node
from virtxml.schema.domain import Devices, Disk, DiskTarget, Interface

TWO = "<devices><disk><target dev='vda'/></disk><new/><disk><target dev='vdb'/></disk></devices>"


def disk(name: str) -> Disk:
    return Disk(target=DiskTarget(dev=name))


def order(node: Node) -> list[str]:
    """Return the names of disks, and of other elements and texts between them, as they are written."""
    inside = node.to_xml().partition(">")[2].rpartition("<")[0]
    found = re.findall(r"dev='(\w+)'|<(?!/|disk|target)(\w+)[^>]*/>|([^<>\s]+)(?=\s*<)", inside)
    return ["".join(one) for one in found]


def check(node: Node) -> None:
    """Assert that an object is read as it was written, and written as it was read."""
    text = node.to_xml()
    again = type(node).from_xml(text)
    assert again == node, text
    assert again.to_xml() == text


class TestTwoDisksAndAnElementBetween:
    @pytest.fixture
    def devices(self) -> Devices:
        return Devices.from_xml(TWO)

    def test_the_first_is_deleted(self, devices: Devices) -> None:
        del devices.disks[0]
        assert order(devices) == ["new", "vdb"]
        check(devices)

    def test_the_second_is_deleted(self, devices: Devices) -> None:
        del devices.disks[1]
        assert order(devices) == ["vda", "new"]

    def test_both_are_deleted(self, devices: Devices) -> None:
        devices.disks.clear()
        assert order(devices) == ["new"]
        check(devices)

    def test_one_is_put_before_them(self, devices: Devices) -> None:
        devices.disks.insert(0, disk("sda"))
        assert order(devices) == ["sda", "vda", "new", "vdb"]
        check(devices)

    def test_one_is_put_behind_them(self, devices: Devices) -> None:
        devices.disks.append(disk("sda"))
        assert order(devices) == ["vda", "new", "vdb", "sda"]

    def test_each_is_replaced_by_another(self, devices: Devices) -> None:
        devices.disks[0] = disk("sda")
        assert order(devices) == ["sda", "new", "vdb"]
        devices.disks[1] = disk("sdb")
        assert order(devices) == ["sda", "new", "sdb"]

    def test_they_change_places(self, devices: Devices) -> None:
        devices.disks.reverse()
        assert order(devices) == ["new", "vdb", "vda"]
        check(devices)

    def test_another_field_is_set(self, devices: Devices) -> None:
        devices.emulator = "/usr/bin/kvm"
        devices.interfaces.append(Interface())
        assert order(devices) == ["/usr/bin/kvm", "vda", "new", "vdb", "interface"]
        check(devices)

    @pytest.mark.parametrize("way", [copy.deepcopy, copy.copy, lambda node: pickle.loads(pickle.dumps(node)), replace])
    def test_the_first_of_a_copy_is_deleted(self, devices: Devices, way: Any) -> None:
        devices.disks.insert(0, disk("sda"))
        copied = way(devices)
        assert copied == devices
        del copied.disks[1]
        assert order(copied) == ["sda", "new", "vdb"]

    def test_the_first_of_what_a_program_made_is_deleted(self) -> None:
        made = Devices(disks=[disk("vda"), disk("vdb")], extra=Extra(content=[(1, AnyElement("new"))]))
        del made.disks[0]
        assert order(made) == ["new", "vdb"]


def test_what_was_deleted_is_in_no_pickle() -> None:
    devices = Devices.from_xml(TWO)
    del devices.disks[0]
    assert b"vda" not in pickle.dumps(devices)


NAMES = [f"vd{letter}" for letter in "abcdefgh"]
EDITS = ["append", "insert", "delete", "replace"]


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[str], Devices]:
    """Draw devices with unknown elements among disks, and a few edits of the list; return how they stood, and them."""
    before = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=5))
    for number in range(draw(st.integers(1, 3))):
        before.insert(draw(st.integers(0, len(before))), f"new{number}")
    source = "".join(f"<{name}/>" if name[0] == "n" else f"<disk><target dev='{name}'/></disk>" for name in before)
    devices = Devices.from_xml(f"<devices>{source}</devices>")
    for number, edit in enumerate(draw(st.lists(st.sampled_from(EDITS), max_size=4))):
        disks, one = devices.disks, disk(f"sd{number}")
        if edit == "append":
            disks.append(one)
        elif edit == "insert":
            disks.insert(draw(st.integers(0, len(disks))), one)
        elif disks:
            place = draw(st.integers(0, len(disks) - 1))
            disks[place : place + 1] = [one] if edit == "replace" else []
    return before, devices


@RELAXED
@given(edited())
def test_edits_of_a_list_move_nothing(example: tuple[list[str], Devices]) -> None:
    before, devices = example
    after = order(devices)
    assert [name for name in after if name in before] == [name for name in before if name in after]
    assert {name for name in before if name[0] == "n"} <= set(after)
    check(devices)


@RELAXED
@given(edited(), st.data())
def test_reordering_takes_what_stands_before_an_item_along(
    example: tuple[list[str], Devices], data: st.DataObject
) -> None:
    before, devices = example
    devices.disks = data.draw(st.permutations(devices.disks))
    after = order(devices)
    for number, name in enumerate(before[:-1]):
        follower = before[number + 1]
        if name[0] == "n" and follower in after:
            assert after[after.index(name) + 1] == follower
    check(devices)


TEMPLATE = """<network>
  <name>lab</name>
  {% if x %}
  <bridge name='b'/>
  {% endif %}
  <forward mode='nat'/>
</network>
"""


class TestText:
    def test_nothing_is_moved_across_text(self) -> None:
        assert Network.from_xml(TEMPLATE).to_xml() == TEMPLATE

    def test_a_new_child_stands_behind_what_libvirt_has_before_it(self) -> None:
        network = Network.from_xml(TEMPLATE)
        network.uuid = "u"
        text = network.to_xml()
        assert text.index("<name>") < text.index("<uuid>") < text.index("{% if")
        check(network)

    @pytest.mark.parametrize("way", [copy.deepcopy, lambda node: pickle.loads(pickle.dumps(node))])
    def test_copies_keep_the_order(self, way: Any) -> None:
        network = Network.from_xml(TEMPLATE)
        assert way(network).to_xml() == network.to_xml()

    def test_it_counts_between_which_children_text_stands(self) -> None:
        one = Network.from_xml("<network><name>a</name>x<uuid>b</uuid></network>")
        assert one != Network.from_xml("<network><uuid>b</uuid>x<name>a</name></network>")
        assert one != Network.from_xml("<network><name>a</name><uuid>b</uuid>x</network>")


def test_a_child_too_many_stays_behind_its_namesakes() -> None:
    domain = Domain.from_xml("<domain><vcpu>1</vcpu><os/><os><boot dev='hd'/></os><new/><name>a</name></domain>")
    check(domain)
    assert domain.to_xml().index("<os/>") < domain.to_xml().index("<boot")


def test_a_program_may_put_unknown_content_anywhere() -> None:
    for place in range(4):
        made = Domain(name="a", uuid="b", extra=Extra(content=[(place, AnyElement("x")), (place, "text")]))
        check(made)


def test_what_is_set_on_a_node_afterwards_stands_as_if_it_had_been_made_with_it() -> None:
    source = "<domain>\n  <uuid>b</uuid>text<name>a</name>\n</domain>\n"
    read = Domain.from_xml(source)
    assert read.extra is not None
    extra = Extra(content=read.extra.content, siblings=read.extra.siblings)
    made = Domain(name="a", uuid="b")
    made.extra = extra
    assert made.to_xml() == Domain(name="a", uuid="b", extra=copy.copy(extra)).to_xml() == read.to_xml()
    assert made == read


def test_what_is_set_on_a_node_afterwards_stays_beside_its_neighbours() -> None:
    made = Devices(disks=[disk("vda"), disk("vdb")])
    made.extra = Extra(content=[(1, AnyElement("new"))])
    del made.disks[0]
    assert order(made) == ["new", "vdb"]
