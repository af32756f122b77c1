"""Places of PCI devices, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import all_classes
from virtxml.pci import PciLocation
from virtxml.schema.domain import HostdevSourceAddress, PciAddress

LOCATIONS = [cls for cls in all_classes() if issubclass(cls, PciLocation)]


def test_an_address_shows_its_place() -> None:
    address = PciAddress.from_xml("<address type='pci' domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>")
    assert str(address) == f"{address}" == "0000:3b:00.0"
    assert str(PciAddress(bus=0, slot=31, function=2)) == "0000:00:1f.2"
    assert str(PciAddress(bus=5, slot=0)) == "0000:05:00.0"
    assert str(PciAddress(domain=0x10000, bus=0, slot=1, function=0)) == "10000:00:01.0"


@pytest.mark.parametrize(
    "address",
    [PciAddress(), PciAddress(bus=1), PciAddress(bus="x", slot=1), PciAddress(bus=-1, slot=0)],  # type: ignore[arg-type]
)
def test_one_without_a_place_shows_what_it_has(address: PciAddress) -> None:
    assert str(address) == repr(address)


def test_a_place_is_written_as_libvirt_writes_it() -> None:
    address = PciAddress.parse("3b:00.1", multifunction=True)
    assert address.to_xml() == (
        "<address type='pci' domain='0x0000' bus='0x3b' slot='0x00' function='0x1' multifunction='on'/>\n"
    )
    assert HostdevSourceAddress.parse("pci_0000_3b_00_0").to_xml() == (
        "<address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>\n"
    )


@pytest.mark.parametrize("text", ["", "3b", "0000:3b:00", "0000:3b:00.8", "x:00.0", "3b:00.0\n", "0000:00:3b:00.0"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not the address of a PCI device"):
        PciAddress.parse(text)


def test_numbers_that_no_device_has_are_refused() -> None:
    with pytest.raises(ValueError, match="the slot is at most 0x1f"):
        PciAddress.parse("0000:3b:20.0")


@given(
    st.sampled_from(LOCATIONS),
    st.tuples(st.integers(0, 0xFFFFFFFF), st.integers(0, 255), st.integers(0, 31), st.integers(0, 7)),
)
def test_every_place_comes_back_from_its_text(cls: type[PciLocation], numbers: tuple[int, int, int, int]) -> None:
    names = ("domain", "bus", "slot", "function")
    made = cls(**dict(zip(names, numbers, strict=True)))
    read = cls.parse(str(made))
    assert read == made
    assert str(read) == str(made)
