"""What interfaces can be told, by type, by card and by release."""

from __future__ import annotations

from functools import partial

import pytest

from tests.lint import guests

found = partial(guests.found, codes="VX7")
SHARED = "<memoryBacking><access mode='shared'/></memoryBacking>"


def nic(kind: str, inside: str = "", source: str = "", model: str = "virtio") -> str:
    """Return an interface."""
    card = f"<model type='{model}'/>" if model else ""
    return f"<interface type='{kind}'>{source}{card}{inside}</interface>"


BRIDGE = partial(nic, "bridge", source="<source bridge='br0'/>")
DIRECT = partial(nic, "direct", source="<source dev='eth0'/>")


def test_an_mtu_is_for_taps_and_sockets() -> None:
    assert found(BRIDGE("<mtu size='9000'/>")) == []
    assert found(DIRECT("<mtu size='9000'/>")) == ["interface-setting-for-type"]


def test_passt_has_an_mtu_and_gives_addresses() -> None:
    passt = "<backend type='passt'/><mtu size='9000'/><ip address='10.0.2.15' prefix='24'/>"
    assert found(nic("user", passt)) == []


def test_containers_have_addresses_on_bridges() -> None:
    address = "<ip address='192.0.2.7' prefix='24'/><route address='0.0.0.0' prefix='0' gateway='192.0.2.1'/>"
    assert found(BRIDGE(address)) == ["interface-setting-for-type"] * 2
    assert found(BRIDGE(address), kind="lxc") == []


def test_empty_settings_are_none() -> None:
    assert found(DIRECT("<coalesce/>")) == []
    assert found(DIRECT("<coalesce><rx><frames max='7'/></rx></coalesce>")) == ["interface-setting-for-type"]


def test_bridges_of_linux_tag_since_libvirt_11() -> None:
    tagged = BRIDGE("<vlan><tag id='42'/></vlan>")
    assert found(tagged, libvirt="11.0.0") == []
    assert found(tagged, libvirt="10.10.0") == ["interface-setting-fails-at-start"]


@pytest.mark.parametrize(("mode", "names"), [("passthrough", []), ("vepa", ["interface-setting-fails-at-start"])])
def test_macvtap_tags_in_passthrough_mode(mode: str, names: list[str]) -> None:
    assert found(nic("direct", "<vlan><tag id='42'/></vlan>", f"<source dev='eth0' mode='{mode}'/>")) == names


def test_what_a_network_is_nobody_knows() -> None:
    everything = (
        "<vlan><tag id='42'/></vlan><driver queues='4'/><bandwidth><inbound average='1' floor='1'/></bandwidth>"
    )
    assert found(nic("network", everything, "<source network='default'/>")) == []


def test_one_queue_is_what_all_have() -> None:
    assert found(nic("user", "<driver queues='1'/>")) == []
    assert found(nic("user", "<driver queues='2'/>")) == ["interface-setting-fails-at-start"]


def test_sizes_of_queues_of_other_cards_are_dropped() -> None:
    assert found(BRIDGE("<driver rx_queue_size='500'/>")) == ["interface-queue-size"]
    assert found(BRIDGE("<driver rx_queue_size='500'/>", model="e1000e")) == ["interface-driver-ignored"]


def test_a_card_without_a_model_is_virtio_where_libvirt_makes_it_so() -> None:
    option = BRIDGE("<driver iommu='on'/>", model="")
    assert found(option) == ["interface-virtio-options"]
    assert found(option, "virt") == []
    assert found(option, "") == []
    shared = "<source type='unix' path='/run/s' mode='client'/>"
    assert found(nic("vhostuser", "<driver iommu='on'/>", shared, ""), beside=SHARED) == []


def test_old_releases_want_to_hear_that_vhost_user_is_virtio() -> None:
    card = nic("vhostuser", "", "<source type='unix' path='/run/s' mode='client'/>", "")
    assert found(card, beside=SHARED, libvirt="9.0.0") == ["interface-model-for-type"]
    assert found(card, beside=SHARED) == []


def test_names_of_running_guests_are_what_libvirt_gave() -> None:
    named = BRIDGE("<target dev='vnet0'/>")
    assert found(named) == ["interface-name-reserved"]
    assert found(named.replace("vnet0", "net0")) == []
    assert found(nic("ethernet", "<target dev='vnet0' managed='no'/>")) == []


@pytest.mark.parametrize(("name", "names"), [("a" * 15, []), ("a" * 16, ["interface-name-too-long"])])
def test_names_have_15_characters(name: str, names: list[str]) -> None:
    assert found(nic("bridge", f"<target dev='{name}'/>", "<source bridge='br0'/>")) == names
    assert found(nic("bridge", "", f"<source bridge='{name}'/>")) == names


def test_user_networks_have_an_address_of_each_family() -> None:
    assert found(nic("user", "<ip address='10.0.2.2' prefix='27'/><ip address='fd00::2' prefix='64'/>")) == []
    assert found(nic("user", "<ip address='10.0.2.2'/><ip address='10.0.3.2'/>")) == ["interface-user-ip"]
    assert found(nic("user", "<ip address='fd00::2' prefix='63'/>")) == ["interface-user-ip"]


def test_ports_are_forwarded_by_passt_since_libvirt_asks() -> None:
    forward = nic("user", "<portForward proto='tcp'><range start='2022' to='22'/></portForward>")
    assert found(forward) == ["interface-needs-passt"]
    assert found(forward, libvirt="9.0.0") == []


def test_a_floor_stands_for_an_average() -> None:
    limit = "<bandwidth><inbound {}/></bandwidth>"
    network = partial(nic, "network", source="<source network='default'/>")
    assert found(network(limit.format("floor='100'"))) == []
    assert found(network(limit.format("floor='100' burst='5'"))) == ["interface-bandwidth"]
    assert found(network(limit.format("peak='100'"))) == ["interface-bandwidth"]


@pytest.mark.parametrize(("libvirt", "names"), [("9.0.0", []), ("11.3.0", ["interface-setting-for-type"])])
def test_vdpa_gives_no_addresses_in_newer_releases(libvirt: str, names: list[str]) -> None:
    address = "<ip address='10.0.0.2' family='ipv4' prefix='24'/>"
    devices = f"<interface type='vdpa'><source dev='/dev/vhost-vdpa-0'/>{address}</interface>"
    assert found(devices, libvirt=libvirt) == names
