"""Where USB devices can be, and what is left to libvirt."""

from __future__ import annotations

import pytest

from tests.lint.guests import disk, found, tablet

HUB = "<hub type='usb'><address type='usb' bus='0' port='{}'/></hub>"
USB = "<controller type='usb' index='{}' model='{}'/>"


def test_the_controller_that_libvirt_adds_has_ports_enough() -> None:
    assert found(tablet(0, "3")) == []
    assert found(USB.format(1, "qemu-xhci") + tablet(0, "1")) == []


@pytest.mark.parametrize(("model", "ports"), [("piix3-uhci", 2), ("ich9-ehci1", 6), ("qemu-xhci", 4), ("pci-ohci", 3)])
def test_each_controller_has_its_number_of_ports(model: str, ports: int) -> None:
    assert found(USB.format(0, model) + tablet(0, str(ports))) == []
    assert found(USB.format(0, model) + tablet(0, str(ports + 1))) == ["usb-address"]


def test_a_controller_that_libvirt_does_not_add_has_to_be_there() -> None:
    assert found(tablet(1, "1")) == ["usb-address"]
    assert found("<input type='mouse' bus='usb'><address type='usb' bus='1'/></input>") == ["usb-address"]


def test_a_port_of_a_hub_needs_the_hub() -> None:
    assert found(HUB.format("1") + tablet(0, "1.8")) == []
    assert found(HUB.format("1") + tablet(0, "1.9")) == ["usb-address"]
    assert found(HUB.format("1") + HUB.format("1.1") + tablet(0, "1.1.8")) == []
    assert found(tablet(0, "1.1")) == ["usb-address"]
    assert found(tablet(0, "1.8") + HUB.format("1")) == []


def test_a_port_takes_one_device() -> None:
    assert found(tablet(0, "1") * 2) == ["usb-address"]
    assert found(HUB.format("1") + tablet(0, "1")) == ["usb-address"]
    assert found(tablet(0, "1") + tablet(0, "2")) == []


def test_a_guest_without_usb_has_no_usb_devices() -> None:
    none = "<controller type='usb' model='none'/>"
    assert found(none + disk("sda", "usb")) == ["usb-disabled"]
    assert found(none + tablet(0, "1")) == ["usb-disabled"]
    assert found(none + USB.format(1, "qemu-xhci")) == ["usb-disabled"]
    assert found(none + "<input type='tablet' bus='virtio'/>") == []


def test_one_companion_alone_needs_its_controller() -> None:
    companion = "<controller type='usb' index='{}' model='ich9-uhci1'><master startport='0'/></controller>"
    assert found(companion.format(0)) == ["usb-controller-master"]
    assert found(USB.format(0, "qemu-xhci") + companion.format(1)) == []


def test_a_smart_card_is_in_a_reader_on_usb() -> None:
    no_usb, card = "<controller type='usb' model='none'/>", "<smartcard mode='host'/>"
    assert found(no_usb + card) == ["usb-disabled"]
    assert found(no_usb + "<controller type='ccid' index='0'/>" + card) == ["usb-disabled"]
    assert found("<controller type='usb' model='qemu-xhci'/>" + card) == []
