"""What fields take: both ways to write judge by the same rules, and say which value of which field they refuse."""

# Values of wrong types are what this is about.
# mypy: disable-error-code="arg-type, list-item"
# pyright: reportArgumentType=false

from __future__ import annotations

import enum
import ipaddress
import re
import uuid
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codec.test_tiers import compiled, using
from tests.strategies import RELAXED, TEXT_VALUES, all_classes, objects
from virtxml import AnyElement, Domain, Network, Node
from virtxml.codec.names import written
from virtxml.codec.writing.plain import write_whole
from virtxml.content import Comment, Extra
from virtxml.fields import ELEMENT
from virtxml.scalars import Int
from virtxml.schema.domain import (
    Devices,
    Disk,
    DiskDriver,
    DiskSource,
    DiskTarget,
    Interface,
    Memory,
    PciAddress,
)
from virtxml.schema.network import Ip


class Bus(str, enum.Enum):
    VIRTIO = "virtio"


class Number(enum.IntEnum):
    FIVE = 5


class Plain(enum.Enum):
    VIRTIO = "virtio"


class MyDisk(Disk):
    """A class of a user's own."""


class Text(str):
    """Text that shows itself as something else."""

    def __str__(self) -> str:
        return "other"

    __repr__ = __format__ = __str__  # type: ignore[assignment]

    def isalnum(self) -> bool:
        return True


class Equal:
    """An object that claims to equal everything, and to be nothing."""

    def __eq__(self, other: object) -> bool:
        return True

    def __bool__(self) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment]


@pytest.fixture(params=["general", "compiled"])
def write(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Write objects one way, and the other."""
    if request.param == "general":
        yield _generally
    else:
        with using(compiled()):
            yield Node.to_xml


def _generally(node: Node) -> str:
    pieces: list[str] = []
    write_whole(node, pieces, written(node.xml_name))
    return "".join(pieces)


def _with_misshapen_extra() -> Devices:
    devices = Devices(extra=Extra())
    devices.extra.content = ["a"]
    return devices


REFUSED: list[tuple[Node, str]] = [
    (Disk(readonly=0), "Disk.readonly takes True or False: the int 0 is no value of it"),
    (Disk(readonly="no"), "Disk.readonly takes True or False: the str 'no' is no value of it"),
    (Disk(readonly="x" * 99), "Disk.readonly takes True or False: a str is no value of it"),
    (PciAddress(bus=True), "PciAddress.bus takes an int: True is no value of it"),
    (PciAddress(bus=1.0), "PciAddress.bus takes an int: a float is no value of it"),
    (DiskDriver(iommu=1), "DiskDriver.iommu takes True or False: the int 1 is no value of it"),
    (DiskDriver(iommu=Decimal(1)), "DiskDriver.iommu takes True or False: a Decimal is no value of it"),
    (Disk(serial=b"x"), "Disk.serial takes text: a bytes is no value of it"),
    (Disk(serial=Plain.VIRTIO), "Disk.serial takes text: a Plain is no value of it"),
    (Disk(serial=["a"]), "Disk.serial takes text: a list is no value of it"),
    (Disk(driver=[DiskDriver()]), "Disk.driver takes DiskDriver: a list is no value of it"),
    (Disk(driver=DiskDriver), "Disk.driver takes DiskDriver: the class DiskDriver is no value of it"),
    (Disk(driver=Mock(spec=DiskDriver)), "Disk.driver takes DiskDriver: a Mock is no value of it"),
    (Devices(disks=Disk()), "Devices.disks takes a list of Disk: a Disk is no value of it"),
    (Devices(disks={"a": Disk()}), "Devices.disks takes a list of Disk: a dict is no value of it"),
    (Devices(disks=[Disk(), None]), "Devices.disks[1] takes Disk: None is no value of it"),
    (Devices(disks=[Interface(type="network")]), "Devices.disks[0] takes Disk: an Interface is no value of it"),
    (Devices(disks=[AnyElement("disk")]), "Devices.disks[0] takes Disk: an AnyElement is no value of it"),
    (Domain(memory=8 * 1024**3), "Domain.memory takes Memory: the int 8589934592 is no value of it"),
    (
        Domain(devices=Devices(disks=[Disk(), Disk(target=DiskTarget(dev=5.0))])),
        "Domain.devices.disks[1].target.dev: DiskTarget.dev takes text: a float is no value of it",
    ),
    (Domain(metadata=Disk()), "Domain.metadata takes AnyElement: a Disk is no value of it"),
    (Domain(metadata=AnyElement("metadata", content=[Disk()])), "Domain.metadata: Disk is no content of <metadata>"),
    (Domain(metadata=AnyElement("metadata", ["a"])), "Domain.metadata: attributes of unknown content are a dict"),
    (Disk(extra=5), "Disk.extra: it is an Extra, not int"),
    (Domain(devices=_with_misshapen_extra()), "Domain.devices.extra: content of an Extra is a list of"),
]


@pytest.mark.parametrize(("node", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_value_of_another_type_is_refused_by_its_place(write: Any, node: Node, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        write(node)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("node", "message"),
    [
        (Disk(serial="a\x00"), "Disk.serial: XML cannot hold the character U+0000"),
        (Domain(devices=Devices(disks=[Disk(serial="\ud800")])), "Domain.devices.disks[0].serial: XML cannot hold"),
        (Network(ips=[Ip(address="\x1b")]), "Network.ips[0].address: XML cannot hold the character U+001B"),
        (PciAddress(bus=-(10**40)), "PciAddress.bus: the number has more than 39 digits"),
        (PciAddress(bus=10**5000), "PciAddress.bus: the number has more than 39 digits"),
        (Domain(metadata=AnyElement("meta")), "Domain.metadata: <meta> stands where <metadata> belongs"),
        (Disk(address=AnyElement("target")), "Disk.address: <target> stands where <address> belongs"),
        (Domain(extra=Extra({"a": "\x00"})), "Domain.extra: XML cannot hold the character U+0000"),
        (
            Domain(metadata=AnyElement("metadata", content=["\x00"])),
            "Domain.metadata: metadata: XML cannot hold the character",
        ),
    ],
)
def test_a_value_that_xml_cannot_hold_is_refused_by_its_place(write: Any, node: Node, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        write(node)


def test_no_refusal_shows_a_secret() -> None:
    for value in (b"hunter2", ["hunter2"], Decimal("7.25")):
        with pytest.raises(TypeError) as caught:
            Domain(qemu_commandline=value, name=value).to_xml()
        assert "hunter2" not in str(caught.value)
        assert "7.25" not in str(caught.value)


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (Disk(serial=uuid.UUID(int=5)), "00000000-0000-0000-0000-000000000005"),
        (DiskSource(file=Path("/images/a&b.raw")), "'/images/a&amp;b.raw'"),
        (Ip(address=ipaddress.ip_address("fe80::1")), "'fe80::1'"),
        (Disk(serial=12), "<serial>12</serial>"),
        (Disk(serial=Number.FIVE), "<serial>5</serial>"),
        (PciAddress(bus=Number.FIVE), "bus='5'"),
        (DiskTarget(bus=Bus.VIRTIO), "bus='virtio'"),
        (Disk(serial=Bus.VIRTIO), "<serial>virtio</serial>"),
        (Disk(serial=Text("'<4>'")), "&apos;&lt;4&gt;&apos;"),
        (DiskTarget(bus=Comment("a--b")), "bus='a--b'"),
        (Devices(disks=[MyDisk(readonly=True)]), "<readonly/>"),
        (Devices(disks=(Disk(), Disk())), "<disk/>\n  <disk/>"),
        (Devices(disks=None), "<devices>\n</devices>"),
        (Disk(readonly=None), "<disk/>"),
    ],
)
def test_values_are_taken_where_their_text_is_the_value(write: Any, node: Node, text: str) -> None:
    assert text in write(node)


def test_a_class_of_ones_own_is_written_as_the_one_that_it_comes_from() -> None:
    class Own(Devices):
        pass

    class Mixed:
        pass

    class Both(Mixed, Devices):
        pass

    assert Own().to_xml() == Devices().to_xml() == Both().to_xml()
    assert Both(disks=[MyDisk(device="cdrom")]).to_xml() == Devices(disks=[Disk(device="cdrom")]).to_xml()
    assert Both.xml_fields["disks"].owner is Devices
    assert Own.since("disks") == Devices.since("disks")
    assert MyDisk.xml_page == Disk.xml_page


def test_a_number_keeps_the_form_that_it_was_made_with() -> None:
    number = Int("0x10")
    with pytest.raises(AttributeError, match="numbers do not change"):
        number.text = "'/><evil/>"
    assert PciAddress(bus=number).to_xml() == "<address type='pci' bus='0x10'/>\n"


HOSTILE: list[st.SearchStrategy[Any]] = [
    st.none() | st.booleans() | st.floats() | st.binary(max_size=3) | st.decimals() | st.fractions(),
    st.integers(-3, 3) | st.integers() | st.sampled_from([10**39, 1 - 10**39, 10**40, -(10**40), 2**60, 10**4400]),
    TEXT_VALUES | st.sampled_from(["", " ", "yes", "no", "on", "off", "5", "0x5", "+5", "\0", "\ud800", "\uffff"]),
    st.builds(Text, TEXT_VALUES) | st.builds(Comment, TEXT_VALUES) | st.sampled_from([*Bus, *Number, *Plain]),
    st.sampled_from([Int("0x0000"), Int("007"), uuid.UUID(int=1), Path("a"), Path("\udcff"), bytearray(b"a")]),
    st.ip_addresses() | st.just(ipaddress.ip_network("10.0.0.0/8")),
    st.sampled_from([(), [], {}, set(), [None], [0], [""], ["a", 5], ("a",), {"a": 1}, {"a"}, [[]], range(2), "ab"]),
    st.sampled_from([object(), Equal(), Mock(), Mock(spec=Disk), Mock(spec=list), Disk, int, len, NotImplemented, ...]),
    st.builds(AnyElement, st.sampled_from(["address", "metadata", "a", "", "a b", "p:a", "description"])),
    st.just(AnyElement("metadata", content=[None])) | st.builds(MyDisk) | st.just(Extra({"a": "b"})),
]


@st.composite
def misshapen(draw: st.DrawFn) -> Node:
    """Build an object with hostile values in some of its fields, or in those of an object inside."""
    cls = draw(st.sampled_from(all_classes()))
    node = draw(objects(cls, 2))
    inner = [node]
    for field in cls.xml_fields.values():
        found = getattr(node, field.name)
        inner += [one for one in (found if field.many else [found]) if field.role == ELEMENT and isinstance(one, Node)]
    owner = draw(st.sampled_from(inner))
    others = st.sampled_from(all_classes()).flatmap(lambda other: objects(other, 1))
    value = st.one_of(*HOSTILE, others)
    names = st.sampled_from([*owner.xml_fields, "extra"])
    for name in draw(st.lists(names, min_size=1, max_size=3, unique=True)):
        found = draw(value | st.lists(value, max_size=2))
        present = getattr(owner, name)
        setattr(owner, name, [*present, found] if isinstance(present, list) and draw(st.booleans()) else found)
    return node


@settings(RELAXED, max_examples=500)
@given(misshapen())
def test_both_ways_write_the_same_or_refuse(node: Node) -> None:
    general: Any
    try:
        general = _generally(node)
    except (TypeError, ValueError) as error:
        general = error
    with using(compiled()):
        pieces: list[str] = []
        try:
            node._write(pieces, "")
        except (AttributeError, TypeError, ValueError):
            assert isinstance(general, Exception)
            with pytest.raises(type(general)) as caught:
                node.to_xml()
            assert str(caught.value) == str(general)
            assert str(general).startswith(type(node).__name__)
        else:
            assert "".join(pieces) == general


@settings(RELAXED, max_examples=500)
@given(misshapen())
def test_what_is_written_of_strange_values_is_read_back(node: Node) -> None:
    try:
        text = node.to_xml()
    except (TypeError, ValueError):
        return
    assert type(node).from_xml(text).to_xml() == text


def test_white_space_outside_of_an_element_is_not_written() -> None:
    extra = Extra({"a": "b"})
    extra.after = "\n\t"
    assert Disk(extra=extra).to_xml() == "<disk a='b'/>\n"
    extra.after = "text"
    with pytest.raises(ValueError, match=r"^Disk\.extra: only comments and instructions stand outside"):
        Disk(extra=extra).to_xml()


def test_fractions_are_no_numbers() -> None:
    with pytest.raises(TypeError, match=r"Memory\.value takes an int: a Fraction is no value of it"):
        Memory(value=Fraction(4)).to_xml()
