"""What a document is for another release of libvirt, and what is told of it."""

from __future__ import annotations

import pytest

import virtxml
from tests.compare.converting.cases import domain
from virtxml import Domain, DomainBackup, Network, convert, is_valid
from virtxml.compare.converting import ConversionError
from virtxml.schema.domain import Disk

NVME = """<disk type='nvme' device='disk'>
  <source type='pci' managed='yes' namespace='1'>
    <address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
  </source>
  <target dev='vda' bus='virtio'/>
</disk>"""
WATCHDOG = "<watchdog model='itco' action='reset'/>"


def told(model: virtxml.Node, release: str) -> list[tuple[str, str, str, str]]:
    """Return the action, path, fate and severity of each entry of a report."""
    return [(one.action, one.path, one.libvirt, one.severity) for one in convert(model, release).report]


def test_what_the_release_knows_stays_as_it_is_and_nothing_is_told() -> None:
    model = domain(WATCHDOG)
    found = convert(model, "12.8.0")
    assert found.valid
    assert found.report == []
    assert found.model == model
    assert found.model is not model


def test_the_model_that_is_given_is_not_touched() -> None:
    model = domain(WATCHDOG, NVME)
    before = model.to_xml()
    assert convert(model, "4.5.0").model.to_xml() != before
    assert model.to_xml() == before


def test_unknown_names_are_dropped_which_libvirt_would_have_ignored_but_for_features() -> None:
    found = convert(domain(), "9.0.0")
    assert [(one.path, one.libvirt, one.since) for one in found.report] == [
        ("/domain/os/loader/@format", "ignored", "9.8.0"),
        ("/domain/features/async-teardown", "refused", "9.8.0"),
    ]
    assert found.losses == []
    assert found.valid
    assert is_valid(found.model, libvirt="9.0.0")


def test_unknown_values_are_told_as_refused() -> None:
    assert ("dropped", "/domain/devices/watchdog", "refused", "warning") in told(domain(WATCHDOG), "9.0.0")


def test_a_device_that_cannot_be_what_it_is_goes_as_a_whole_and_is_a_loss() -> None:
    found = convert(domain(NVME), "4.5.0")
    assert found.model.devices is not None
    assert found.model.devices.disks == []
    (lost,) = found.losses
    assert (lost.path, lost.loss, lost.libvirt, lost.since) == ("/domain/devices/disk", "device", "refused", "7.0.0")
    assert 'value "nvme"' in lost.says


def test_only_the_part_of_a_device_goes_that_is_new() -> None:
    card = """<interface type='user'>
      <mac address='52:54:00:11:22:33'/>
      <model type='virtio'/>
      <backend type='passt' logFile='/tmp/log'/>
    </interface>"""
    found = convert(domain(card), "8.1.0")
    assert found.model.devices is not None
    (interface,) = found.model.devices.interfaces
    assert interface.model is not None
    assert interface.model.type == "virtio"
    assert [one.path for one in found.report if "interface" in one.path] == [
        "/domain/devices/interface/backend/@logFile",
        "/domain/devices/interface/backend/@type",
    ]


def test_a_part_of_a_document_can_be_converted() -> None:
    disk = Disk.from_xml(
        "<disk type='file'><driver name='qemu' discard_no_unref='on'/><source file='/a'/><target dev='vda'/></disk>"
    )
    found = convert(disk, "9.0.0")
    assert [one.path for one in found.report] == ["/disk/driver/@discard_no_unref"]
    assert found.model.driver is not None
    assert found.model.driver.name == "qemu"


def test_what_cannot_be_said_at_all_is_kept_and_told() -> None:
    found = convert(Domain.from_xml(domain().to_xml().replace("type='kvm'", "type='hvf'", 1)), "4.5.0")
    assert not found.valid
    assert found.model.type == "hvf"
    (kept,) = [one for one in found.report if one.action == "kept"]
    assert (kept.path, kept.severity, kept.since) == ("/domain/@type", "error", "8.1.0")


def test_what_is_wrong_for_every_release_is_kept_and_only_told() -> None:
    model = domain("<disk type='file'><source fil='/a'/><target dev='vda'/></disk>")
    found = convert(model, "9.0.0")
    assert not found.valid
    assert "fil='/a'" in found.model.to_xml()
    assert ("kept", "/domain/devices/disk/source/@fil", "ignored", "warning") in told(model, "9.0.0")
    assert "async-teardown" not in found.model.to_xml()


def test_converting_twice_changes_nothing() -> None:
    for model in (domain(WATCHDOG, NVME), domain("<disk type='file'><source fil='/a'/><target dev='vda'/></disk>")):
        once = convert(model, "4.5.0").model
        twice = convert(once, "4.5.0")
        assert twice.model == once
        assert [one for one in twice.report if one.action != "kept"] == []


def test_a_kind_of_document_that_a_release_does_not_have_is_refused() -> None:
    backup = DomainBackup.from_xml("<domainbackup mode='push'/>")
    with pytest.raises(ConversionError, match=r"libvirt 4\.5\.0 has no <domainbackup> documents, only 7\.0\.0"):
        convert(backup, "4.5.0")


def test_what_is_no_release_is_refused() -> None:
    with pytest.raises(ValueError, match="is no release of libvirt"):
        convert(Network(), "old")


def test_a_system_stands_for_its_release() -> None:
    found = convert(domain(), "debian 12")
    assert found.release == "9.0.0"
    assert "Debian 12 has libvirt 9.0.0" in found.note


def test_metadata_keeps_its_comments() -> None:
    model = domain(WATCHDOG)
    text = model.to_xml().replace(
        "<memory ", "<metadata><a:b xmlns:a='urn:a'><!-- mine --> text </a:b></metadata><memory ", 1
    )
    assert "<!-- mine --> text" in convert(Domain.from_xml(text), "9.0.0").model.to_xml()


def test_secrets_are_in_no_report() -> None:
    model = domain("<graphics type='dbus' passwd='hunter2'/>", "<graphics type='vnc' passwd='hunter2' passwdv='a'/>")
    assert "hunter2" not in "".join(one.text for one in convert(model, "7.0.0").report)


def test_what_libvirt_refuses_by_its_code_is_mended_where_a_rule_knows_how() -> None:
    text = domain().to_xml().replace("<os>", "<os firmware='efi'>")
    found = convert(Domain.from_xml(text), "9.0.0")
    changed = [(one.path, one.code, one.new) for one in found.report if one.code]
    assert ("/domain/os/loader", "VX579", "drop the path") in changed
    assert found.model.os is not None
    assert found.model.os.firmware == "efi"
    assert found.model.os.loader is None or not found.model.os.loader.value
    assert virtxml.lint.run(found.model, libvirt="9.0.0") == []


def test_what_it_refuses_and_nobody_can_mend_is_told() -> None:
    text = domain().to_xml().replace("<os>", "<cpu><maxphysaddr mode='passthrough' bits='42'/></cpu><os>")
    found = convert(Domain.from_xml(text), "12.8.0")
    (one,) = found.report
    assert (one.action, one.code, one.severity) == ("found", "VX611", "warning")
    assert found.model == Domain.from_xml(text)
