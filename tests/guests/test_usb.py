"""USB devices are read in one way, wherever they are named."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from virtxml.builders import BuildError, DomainBuilder
from virtxml.guests.usb import UsbModel, UsbPlace, usb_model, usb_place
from virtxml.install import InstallError, translate
from virtxml.schema.domain import HostdevSource


@pytest.mark.parametrize("text", ["046d:c52b", "0x46d:0xc52b", "0x046D:c52b"])
def test_a_model_has_four_digits_or_a_prefix(text: str) -> None:
    assert usb_model(text) == UsbModel(0x046D, 0xC52B)
    assert usb_place(text) is None


@pytest.mark.parametrize("text", ["3.7", "003.007"])
def test_a_place_is_a_bus_and_a_number(text: str) -> None:
    assert usb_place(text) == UsbPlace(3, 7)
    assert usb_model(text) is None


@pytest.mark.parametrize(
    "text", ["3:7", "46d:c52b", "0x:0x", "046d:c52b\n", "1.2.3", "1234.5", "\u0663.\u0667", "mouse", ""]
)
def test_other_texts_are_neither(text: str) -> None:
    assert usb_model(text) is None
    assert usb_place(text) is None


@given(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF))
def test_a_model_is_written_so_that_it_is_read_again(vendor: int, product: int) -> None:
    source = HostdevSource()
    UsbModel(vendor, product).put_in(source)
    written = re.findall("id='(.*)'", source.to_xml())
    assert usb_model(":".join(written)) == (vendor, product)


@pytest.mark.parametrize("text", ["0x046d:0xc52b", "046d:c52b", "3.7"])
def test_builders_and_options_read_the_same(text: str) -> None:
    assert _built(text) == _translated(text)


@pytest.mark.parametrize("text", ["3:7", "46d:c52b", "\u0663.\u0667"])
def test_builders_and_options_refuse_the_same(text: str) -> None:
    with pytest.raises(BuildError, match="not a USB device"):
        _built(text)
    with pytest.raises(InstallError, match="does not tell which device it is"):
        _translated(text)


def _built(text: str) -> str:
    domain = DomainBuilder("a").memory("1 GiB").hostdev_usb(text).build()
    assert domain.devices is not None
    (hostdev,) = domain.devices.hostdevs
    return hostdev.to_xml()


def _translated(text: str) -> str:
    arguments = f"--name a --memory 1024 --osinfo generic --import --disk none --hostdev {text}"
    devices = translate(arguments).domain.devices
    assert devices is not None
    (hostdev,) = devices.hostdevs
    return hostdev.to_xml()
