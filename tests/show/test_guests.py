"""What a screen says of a guest: its disks, how it starts, and each device of whatever kind."""

from __future__ import annotations

import pytest

from virtxml import Domain
from virtxml.element import ELEMENT
from virtxml.schema.domain import Devices
from virtxml.show import screen_of
from virtxml.show.guests.names import devices_of, kind_of
from virtxml.show.rendering.text import text_of


def shown(devices: str, rest: str = "") -> str:
    """Return what is shown of a guest with some devices, on a wide screen."""
    return text_of(screen_of(Domain.from_xml(f"<domain type='kvm'>{rest}<devices>{devices}</devices></domain>")), 200)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<disk type='file'><source file='/a b'/>", "/a b"),
        ("<disk type='volume'><source pool='p' volume='v'/>", "p/v"),
        (
            "<disk type='network'><source protocol='rbd' name='pool/image'>"
            "<host name='one' port='6789'/><host name='::1'/></source>",
            "rbd://one:6789,[::1]/pool/image",
        ),
        ("<disk type='nvme'><source type='pci' namespace='1'><address domain='0' bus='1'/></source>", "namespace=1"),
        ("<disk type='file' device='cdrom'>", "no image"),
    ],
)
def test_the_image_of_a_disk_is_told(source: str, said: str) -> None:
    assert said in shown(f"{source}<target dev='vda'/></disk>")


def test_images_behind_that_of_a_disk_are_told_in_order() -> None:
    text = shown(
        "<disk type='file'><source file='/top'/><backingStore type='file'><format type='qcow2'/><source file='/mid'/>"
        "<backingStore type='block'><source dev='/base'/><backingStore/></backingStore></backingStore></disk>"
    )
    assert [line.strip() for line in text.splitlines() if "←" in line] == ["← /mid (qcow2)", "← /base"]


def test_how_a_disk_is_used_is_told() -> None:
    text = shown("<disk><driver cache='none' io='native'/><target dev='vda' bus='virtio'/><readonly/></disk>")
    assert "readonly, cache=none, io=native" in text


def test_firmware_is_told() -> None:
    os = "<os firmware='efi'><loader secure='yes' readonly='yes'>/code.fd</loader><nvram>/vars.fd</nvram></os>"
    text = shown("<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>", os)
    assert "UEFI, /code.fd, readonly=yes, secure boot" in text
    assert "variables      /vars.fd" in text
    assert "tpm-crb, backend=emulator, backend.version=2.0" in text


def test_single_devices_come_before_kinds_in_the_boot_order() -> None:
    os = "<os><boot dev='network'/><boot dev='hd'/></os>"
    assert "network → disk" in shown("", os)
    text = shown(
        "<disk><target dev='vda'/><boot order='2'/></disk><interface type='user'><boot order='1'/></interface>", os
    )
    assert "1 network card user, 2 disk vda" in text


def test_sizes_are_told_in_units_that_people_read() -> None:
    rest = "<maxMemory slots='16'>16777216</maxMemory><memory unit='MiB'>4096</memory><currentMemory>1</currentMemory>"
    assert "4 GiB, 1 KiB at start, at most 16 GiB in 16 slots" in shown("", rest)


def test_what_is_no_number_is_shown_as_it_is() -> None:
    text = shown("<disk><boot order='first'/></disk>", "<memory unit='stones'>much</memory><vcpu>some</vcpu>")
    assert "much" in text
    assert "some" in text
    assert "boot.order=first" in text


def test_devices_of_every_kind_are_shown() -> None:
    for field in Devices.xml_fields.values():
        if field.role == ELEMENT:
            device = next(field.targets())()
            devices = Devices()
            setattr(devices, field.name, [device] if field.many else device)
            text = text_of(screen_of(Domain(type="kvm", devices=devices)), 80)
            assert [*devices_of(devices)] == [device]
            named = {"disk": "Disks", "interface": "Network cards", "tpm": "TPM"}
            assert named.get(field.xml, kind_of(device)) in text, field.name


def test_devices_that_no_class_knows_are_shown() -> None:
    assert "quantum" in shown("<quantum type='cat' state='both'/>")


def test_an_alias_is_told_that_somebody_has_chosen() -> None:
    text = shown("<hub type='usb'><alias name='ua-desk'/></hub><hub type='usb'><alias name='hub0'/></hub>")
    assert "usb, alias=ua-desk" in text
    assert "hub0" not in text


def test_devices_that_are_alike_are_one_row() -> None:
    assert "3 x usb" in shown("<hub type='usb'/>" * 3)


def test_all_that_is_set_is_shown_somewhere() -> None:
    text = shown("", "<clock offset='utc'/><features><acpi/></features><pm><suspend-to-mem enabled='no'/></pm>")
    for word in ("offset=utc", "acpi", "suspend-to-mem.enabled=no"):
        assert word in text


def test_a_screen_of_nothing_has_a_name_only() -> None:
    assert text_of(screen_of(Domain(name="a")), 80) == "guest a\n"
