"""The document that is defined has what is wanted, and else what is there, where it is."""

from __future__ import annotations

import pytest

from tests.compare.planning.documents import DEFINED_GUEST, DEFINED_NETWORK, DISK, GUEST, NETWORK, with_device
from virtxml import Domain, Network
from virtxml.compare.planning.gaps import gaps
from virtxml.compare.planning.merging import merged
from virtxml.difference import changes

CHANGES = [
    ("type='raw'", "type='raw' cache='none'"),
    ("unit='GiB'>1", "unit='GiB'>2"),
    ("<vcpu>2", "<title>Web</title><vcpu>3"),
    ("network='lab'", "network='lan'"),
    ("<model type='virtio'/>", "<model type='e1000'/>"),
    ("type='vnc'", "type='spice'"),
    ("bus='virtio'", "bus='sata'"),
    ("machine='q35'", "machine='pc'"),
    ("type='file' device='disk'>", "type='block' device='disk'>"),
    ("sesame", "rhubarb"),
    ("</devices>", f"{DISK}</devices>"),
    ("<os>", "<cpu mode='host-passthrough'/><os>"),
    ("</devices>", "<video><model type='virtio'/></video></devices>"),
]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_what_is_merged_is_as_it_is_wanted(old: str, new: str) -> None:
    text = GUEST.replace(old, new)
    wanted = Domain.from_xml(text.replace("source file=", "source dev=") if "'block'" in text else text)
    actual = Domain.from_xml(DEFINED_GUEST)
    assert gaps(actual, wanted) != []
    made = merged(actual, wanted)
    assert gaps(made, wanted) == []
    assert made.uuid == actual.uuid
    assert actual == Domain.from_xml(DEFINED_GUEST)
    assert made.validate() == []


@pytest.mark.parametrize("text", [GUEST, DEFINED_GUEST])
def test_what_is_as_it_is_wanted_stays_as_it_is(text: str) -> None:
    actual = Domain.from_xml(DEFINED_GUEST)
    assert changes(actual, merged(actual, Domain.from_xml(text))) == []


def test_only_what_is_wanted_changes() -> None:
    actual = Domain.from_xml(DEFINED_GUEST)
    wanted = Domain.from_xml(with_device(GUEST, DISK).replace("network='lab'", "network='lan'"))
    found = changes(actual, merged(actual, wanted))
    paths = ["devices.disks[1]", "devices.interfaces[0].source.network"]
    assert [str(change.path) for change in found] == paths


def test_what_is_drift_goes() -> None:
    actual = Domain.from_xml(with_device(DEFINED_GUEST, DISK))
    made = merged(actual, Domain.from_xml(GUEST))
    assert made.devices is not None
    assert [disk.target.dev for disk in made.devices.disks if disk.target] == ["vda"]


def test_a_device_on_another_bus_has_no_place_there_yet() -> None:
    wanted = Domain.from_xml(GUEST.replace("bus='virtio'", "bus='sata'"))
    made = merged(Domain.from_xml(DEFINED_GUEST), wanted)
    assert made.devices is not None
    assert made.devices.disks[0].address is None


def test_a_network_card_of_another_model_stays_where_it_is() -> None:
    actual = Domain.from_xml(DEFINED_GUEST)
    made = merged(actual, Domain.from_xml(GUEST.replace("<model type='virtio'/>", "<model type='e1000'/>")))
    assert made.devices is not None
    assert actual.devices is not None
    (card,), (before,) = made.devices.interfaces, actual.devices.interfaces
    assert (card.mac, card.address) == (before.mac, before.address)


def test_a_cpu_of_another_mode_keeps_nothing_of_the_old_one() -> None:
    wanted = Domain.from_xml(GUEST.replace("<os>", "<cpu mode='host-passthrough'/><os>"))
    assert merged(Domain.from_xml(DEFINED_GUEST), wanted).cpu == wanted.cpu


def test_on_another_machine_all_is_placed_anew() -> None:
    actual = Domain.from_xml(DEFINED_GUEST)
    made = merged(actual, Domain.from_xml(GUEST.replace("q35", "pc")))
    assert made.devices is not None
    assert actual.devices is not None
    assert made.devices.controllers == []
    assert made.devices.interfaces[0].mac == actual.devices.interfaces[0].mac
    assert made.uuid == actual.uuid


def test_a_network_keeps_its_bridge() -> None:
    actual = Network.from_xml(DEFINED_NETWORK)
    host = "<dhcp><host mac='52:54:00:00:00:01' ip='10.5.0.7'/>"
    made = merged(actual, Network.from_xml(NETWORK.replace("<dhcp>", host)))
    assert [str(change.path) for change in changes(actual, made)] == ["ips[0].dhcp.hosts[0]"]


def test_what_others_have_put_into_the_metadata_stays() -> None:
    theirs = "<metadata><a:os xmlns:a='urn:a' id='1'/><b:owner xmlns:b='urn:b'>Ann</b:owner></metadata>"
    ours = "<metadata><b:owner xmlns:b='urn:b'>Bea</b:owner></metadata>"
    actual = Domain.from_xml(DEFINED_GUEST.replace("<memory", f"{theirs}<memory", 1))
    made = merged(actual, Domain.from_xml(GUEST.replace("<memory", f"{ours}<memory", 1)))
    assert made.metadata is not None
    assert [(child.name, child.text) for child in made.metadata.children] == [("a:os", ""), ("b:owner", "Bea")]


def test_a_guest_boots_from_what_is_wanted_alone() -> None:
    wanted = Domain.from_xml(
        GUEST.replace("<target dev='vda' bus='virtio'/>", "<target dev='vda' bus='virtio'/><boot order='1'/>")
    )
    made = merged(Domain.from_xml(DEFINED_GUEST), wanted)
    assert made.os is not None
    assert made.os.boots == []


def test_a_place_that_is_wanted_is_made_free() -> None:
    # libvirt has given it to the network card.
    address = "<address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>"
    wanted = Domain.from_xml(
        GUEST.replace("<target dev='vda' bus='virtio'/>", f"<target dev='vda' bus='virtio'/>{address}")
    )
    made = merged(Domain.from_xml(DEFINED_GUEST), wanted)
    assert made.devices is not None
    assert made.devices.disks[0].address is not None
    assert made.devices.interfaces[0].address is None


def test_how_cpus_are_spread_is_left_to_libvirt_if_there_are_others() -> None:
    topology = "<topology sockets='2' dies='1' cores='1' threads='1'/>"
    actual = Domain.from_xml(DEFINED_GUEST.replace("</cpu>", f"{topology}</cpu>"))
    made = merged(actual, Domain.from_xml(GUEST.replace("<vcpu>2", "<vcpu>3")))
    assert made.cpu is not None
    assert made.cpu.topology is None
    assert merged(actual, Domain.from_xml(GUEST.replace("lab", "lan"))).cpu == actual.cpu
