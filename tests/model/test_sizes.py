"""Sizes with units know their bytes."""

from __future__ import annotations

import copy
import pickle

import pytest

from virtxml.schema.cpu import NumaCell
from virtxml.schema.domain import FeaturesSmmTseg, FilesystemSource, HugepagesPage, Memory, ShmemSize
from virtxml.schema.storagevol import Capacity
from virtxml.sizes import bytes_in


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("b", 1),
        ("byte", 1),
        ("bytes", 1),
        ("BYTES", 1),
        ("k", 1024),
        ("K", 1024),
        ("KiB", 1024),
        ("kib", 1024),
        ("KB", 1000),
        ("kb", 1000),
        ("M", 1024**2),
        ("MiB", 1024**2),
        ("MB", 1000**2),
        ("G", 1024**3),
        ("GB", 1000**3),
        ("TiB", 1024**4),
        ("PB", 1000**5),
        ("EiB", 1024**6),
        ("EB", 1000**6),
    ],
)
def test_units_are_those_of_libvirt_in_any_case(unit: str, factor: int) -> None:
    assert bytes_in(unit) == factor


@pytest.mark.parametrize("unit", ["", "i", "iB", "Ki", "KiBs", "bit", "ZiB", "G iB", "4", "\uff4b"])
def test_other_units_are_refused_by_name(unit: str) -> None:
    with pytest.raises(ValueError, match="not a unit of size") as caught:
        bytes_in(unit)
    assert repr(unit) in str(caught.value)


def test_bytes_follow_number_and_unit() -> None:
    assert Memory.from_xml("<memory unit='GiB'>4</memory>").bytes == 4 * 1024**3
    assert Memory.from_xml("<memory unit='GB'>4</memory>").bytes == 4_000_000_000
    assert Memory.from_xml("<memory unit='b'>0x10</memory>").bytes == 16


def test_without_a_unit_each_class_has_its_own() -> None:
    assert Memory(value=1).bytes == 1024
    assert FeaturesSmmTseg(value=1).bytes == 1024**2
    assert ShmemSize(value=1).bytes == 1
    assert Capacity(value=1).bytes == 1


def test_the_number_may_be_an_attribute_of_any_name() -> None:
    assert HugepagesPage.from_xml("<page size='2' unit='M'/>").bytes == 2 * 1024**2
    assert NumaCell.from_xml("<cell id='0' memory='512'/>").bytes == 512 * 1024
    assert FilesystemSource.from_xml("<source usage='3' units='MiB'/>").bytes == 3 * 1024**2


def test_no_number_is_no_size() -> None:
    assert Memory().bytes is None
    assert Memory(unit="XB").bytes is None


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not a whole number: value='much'"):
        _ = Memory.from_xml("<memory>much</memory>").bytes
    with pytest.raises(ValueError, match="not a unit of size: 'XB'"):
        _ = Memory.from_xml("<memory unit='XB'>1</memory>").bytes


def test_of_bytes_takes_the_unit_that_libvirt_takes_for_granted() -> None:
    assert Memory.of(4 * 1024**3) == Memory(value=4 * 1024**2, unit="KiB")
    assert Memory.of(1000) == Memory(value=1000, unit="bytes")
    assert Capacity.of(1024).to_xml() == "<capacity unit='bytes'>1024</capacity>\n"


def test_of_text_keeps_number_and_unit() -> None:
    memory = Memory.of("4 GiB", dump_core=False)
    assert memory.to_xml() == "<memory dumpCore='off' unit='GiB'>4</memory>\n"
    assert NumaCell.of("2M", id=1) == NumaCell(id=1, memory=2, unit="M")


@pytest.mark.parametrize("text", ["4", "GiB", "-4 GiB", "4.5 GiB", "4 GiB more", "\u0664 GiB", "", "9" * 100 + " B"])
def test_of_refuses_text_without_number_and_unit(text: str) -> None:
    with pytest.raises(ValueError, match="not a whole number with a unit"):
        Memory.of(text)


@pytest.mark.parametrize("size", [1.5, True, b"4 GiB", None])
def test_a_size_of_another_type_is_refused(size: object) -> None:
    with pytest.raises(TypeError, match=f"a number of bytes, or text with a unit, not {type(size).__name__}"):
        Memory.of(size)  # type: ignore[arg-type]
    if size is not None:
        with pytest.raises(TypeError, match="a number of bytes"):
            Memory().bytes = size  # type: ignore[assignment]


def test_of_refuses_a_negative_size() -> None:
    with pytest.raises(ValueError, match="not a size: -1 bytes"):
        Memory.of(-1)


def test_bytes_can_be_set() -> None:
    memory = Memory(value=1, unit="GiB", dump_core=True)
    memory.bytes = 2 * 1024**3
    assert memory == Memory(value=2 * 1024**2, unit="KiB", dump_core=True)
    memory.bytes = None
    assert memory == Memory(dump_core=True)


def test_sizes_are_nodes_like_all_others() -> None:
    memory = Memory.of("4 GiB")
    assert pickle.loads(pickle.dumps(memory)) == memory
    assert copy.deepcopy(memory) == memory
    assert repr(memory) == "Memory(unit='GiB', value=4)"
    with pytest.raises(AttributeError, match="'Memory' object has no attribute 'typo'"):
        memory.typo = 1  # type: ignore[attr-defined]
