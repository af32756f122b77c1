"""Model paths lead to what XML calls by the same names."""

from __future__ import annotations

import re

import pytest

from virtxml import Domain, Node
from virtxml.install.language.paths import (
    MOST,
    accepted_words,
    all_paths,
    get_path,
    locate,
    prune,
    set_path,
    set_unknown,
    unset_path,
)
from virtxml.schema.domain import Controller, Disk, DriveAddress, Filesystem, Graphics, Input, PciAddress, Smartcard


@pytest.mark.parametrize(
    ("node", "path", "value", "xml"),
    [
        (Disk(), "driver.discard_no_unref", "on", "<disk><driver discard_no_unref='on'/></disk>"),
        (Disk(), "serial", "abc", "<disk><serial>abc</serial></disk>"),
        (Disk(), "readonly", "yes", "<disk><readonly/></disk>"),
        (Disk(), "transient", "1", "<disk><transient/></disk>"),
        (Disk(), "source.host1.name", "b", "<disk><source><host/><host name='b'/></source></disk>"),
        (Smartcard(), "certificate1", "b", "<smartcard><certificate/><certificate>b</certificate></smartcard>"),
        (Disk(), "driver.queues", "0x10", "<disk><driver queues='0x10'/></disk>"),
        (Controller(), "pcihole64", "4", "<controller><pcihole64>4</pcihole64></controller>"),
        (Controller(), "pcihole64.unit", "KiB", "<controller><pcihole64 unit='KiB'/></controller>"),
        (Graphics(), "listen", "1.2.3.4", "<graphics listen='1.2.3.4'/>"),
        (Graphics(), "listen.type", "none", "<graphics><listen type='none'/></graphics>"),
        (Disk(), "driver.iommu", True, "<disk><driver iommu='on'/></disk>"),
        (Disk(), "device", "a new one", "<disk device='a new one'/>"),
    ],
)
def test_setting_makes_what_is_on_the_way(node: Node, path: str, value: str | bool, xml: str) -> None:
    set_path(node, path, value)
    assert node == type(node).from_xml(xml)
    assert get_path(node, path) is not None


def test_plain_numbers_are_written_as_libvirt_does() -> None:
    disk = Disk()
    set_path(disk, "address.slot", "0x0a", plain=True)
    assert "slot='10'" in disk.to_xml()


@pytest.mark.parametrize("path", ["", "drivers", "driver.typ", "driver.", ".driver", "serial.x", "host1", "a.b.c", "9"])
def test_a_path_that_leads_nowhere_is_an_error(path: str) -> None:
    with pytest.raises(LookupError, match=f"^'?{re.escape(path)}'?$"):
        locate(Disk, path)


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("driver.queues", "many", "not a whole number"),
        ("driver.iommu", "maybe", "'yes' or 'no'"),
        ("readonly", "maybe", "'yes' or 'no'"),
        ("address.type", "pcie", "not one of ccid, ccw"),
        ("serial", "\x01", "XML cannot hold"),
        (f"source.host{MOST + 1}.name", "x", "numbers go up to"),
    ],
)
def test_a_value_that_cannot_be_leaves_nothing_behind(path: str, value: str, reason: str) -> None:
    disk = Disk()
    with pytest.raises(ValueError, match=reason):
        set_path(disk, path, value)
    assert disk == Disk()


def test_the_type_chooses_the_class_of_an_address() -> None:
    disk = Disk()
    set_path(disk, "address.type", "drive")
    set_path(disk, "address.unit", "3")
    assert disk.address == DriveAddress(type="drive", unit=3)
    with pytest.raises(ValueError, match="no such part"):
        set_path(disk, "address.slot", "1")


def test_another_type_keeps_what_both_classes_know() -> None:
    disk = Disk(address=PciAddress(bus=3, slot=4))
    set_path(disk, "address.type", "drive")
    assert disk.address == DriveAddress(type="drive", bus=3)


def test_without_a_type_the_class_is_one_that_has_the_attribute() -> None:
    disk = Disk()
    set_path(disk, "address.controller", "1")
    assert isinstance(disk.address, DriveAddress)


def test_unsetting_removes_elements_that_hold_nothing_any_more() -> None:
    disk = Disk.from_xml("<disk><driver name='qemu'/><source><host name='a'/></source></disk>")
    unset_path(disk, "source.host.name")
    assert disk == Disk.from_xml("<disk><driver name='qemu'/></disk>")
    unset_path(disk, "driver.cache")
    unset_path(disk, "source.host4.name")
    assert disk == Disk.from_xml("<disk><driver name='qemu'/></disk>")


def test_unsetting_a_flag_and_text() -> None:
    disk = Disk.from_xml("<disk><readonly/><serial>a</serial></disk>")
    unset_path(disk, "readonly")
    unset_path(disk, "serial")
    assert disk == Disk()


def test_nothing_stands_where_nothing_was_set() -> None:
    assert get_path(Disk(), "driver.cache") is None
    assert get_path(Disk(), "source.host3.name") is None
    with pytest.raises(LookupError, match=r"driver\.chache"):
        get_path(Disk(), "driver.chache")


def test_what_schemas_do_not_know_is_set_beside_what_they_do() -> None:
    filesystem = Filesystem()
    set_path(filesystem, "source.dir", "/a")
    set_unknown(filesystem, "source.pool", "p")
    set_unknown(filesystem, "source.pool", "q")
    set_unknown(filesystem, "what.is.new", "1")
    set_unknown(filesystem, "what.is.old", "2")
    assert filesystem.source is not None
    assert filesystem.source.extra is not None
    assert filesystem.source.extra.attributes == {"pool": "q"}
    assert "  <what>\n    <is new='1' old='2'/>\n  </what>\n" in filesystem.to_xml()


def test_elements_that_were_only_counted_past_can_be_dropped() -> None:
    domain = Domain()
    set_path(domain, "clock.timer2.name", "pit")
    prune(domain, ("clock",))
    assert domain == Domain.from_xml("<domain><clock><timer name='pit'/></clock></domain>")


def test_words_are_those_of_the_model() -> None:
    assert accepted_words(Input, "bus") == ("ps2", "usb", "xen", "virtio")
    assert "drive" in accepted_words(Disk, "address.type")
    assert accepted_words(Disk, "source.file") == ()


def test_every_path_of_a_domain_can_be_located() -> None:
    paths = [path for path, _ in all_paths(Domain)]
    assert len(paths) > 2000
    for path in paths:
        locate(Domain, path)


def test_paths_do_not_follow_a_class_into_itself() -> None:
    paths = [path for path, _ in all_paths(Disk)]
    assert "backingStore.source.file" in paths
    assert not [path for path in paths if path.count("backingStore.") > 1]
