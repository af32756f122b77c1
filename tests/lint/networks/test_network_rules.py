"""What libvirt takes of networks and what it refuses, where the examples of the rules do not show it.

The verdicts are those of libvirt 9.0.0 with dnsmasq: each of these networks was defined and started there.
"""

from __future__ import annotations

import pytest

import virtxml
from virtxml.lint import Host, Linter
from virtxml.schema.network import Ip, Network

IP = "<ip address='192.168.150.1' prefix='24'/>"
OVS = "<virtualport type='openvswitch'/>"
BRIDGE = "<forward mode='bridge'/><bridge name='br9'/>"
VLAN = "<vlan><tag id='5'/></vlan>"
PCI = "<address type='pci' domain='0' bus='0' slot='1' function='0'/>"


def _codes(inside: str, libvirt: str = "9.0.0") -> list[str]:
    found = Linter(Host(libvirt=libvirt)).run(virtxml.parse(f"<network><name>net</name>{inside}</network>"))
    return [one.code for one in found if one.severity == "error"]


def _range(start: str, end: str, ip: str = "address='192.168.150.1' prefix='24'") -> str:
    return f"<ip {ip}><dhcp><range start='{start}' end='{end}'/></dhcp></ip>"


@pytest.mark.parametrize(
    "inside",
    [
        _range("192.168.150.2", "192.168.150.9", "address='192.168.150.1'"),
        _range("10.1.2.2", "10.1.2.9", "address='10.1.1.1'"),
        _range("192.168.150.2", "192.168.150.9", "address='192.168.150.1' prefix='0'"),
        _range("192.168.150.1", "192.168.150.9"),
        _range("fd00::", "fd00::ff", "family='ipv6' address='fd00::1' prefix='64'"),
        _range("fd00::2", "fd00::9", "family='ipv6' address='fd00::1' prefix='96'"),
        "<ip address='192.168.150.1' netmask='0.0.0.0'/>",
        "<ip family='ipv6' address='fd00::1' prefix='48'/>",
        "<ip address='192.168.150.1' prefix='24'/><ip address='192.168.150.1' prefix='25'/>",
        "<dns enable='no'/><ip address='192.168.150.1' prefix='25' localPtr='yes'/>",
        "<ip family='ipv6' address='fd00::1' prefix='60' localPtr='yes'/>",
        "<bridge name='bbbbbbbbbbbbbbb'/>",
        "<forward mode='bridge'/><bridge name='bbbbbbbbbbbbbbbb'/>",
        "<mtu size='68'/>",
        "<mtu size='0'/>",
        "<dns enable='no' forwardPlainNames='yes'/>",
        "<dns><forwarder domain='a.example'/></dns>",
        "<dns><srv service='a_b-c+d/e*' protocol='tcp'/></dns>",
        f"{IP}<route address='0.0.0.0' gateway='192.168.150.2'/>",
        f"{IP}<route address='10.0.0.0' netmask='255.0.255.0' gateway='192.168.150.2'/>",
        f"{IP}<route address='10.0.0.1' prefix='32' gateway='192.168.150.2'/>",
        f"<forward mode='nat'><pf dev='eth0'/></forward>{IP}",
        f"<forward mode='nat' dev='eth0'><interface dev='eth0'/></forward>{IP}",
        "<forward mode='bridge' dev='eth0'><interface dev='eth0'/><interface dev='eth1'/></forward>",
        f"<forward><nat><port start='1024' end='1024'/></nat></forward>{IP}",
        "<forward mode='bridge'/><bridge name='br9' delay='0'/>",
        "<forward mode='bridge'/><bridge name='br9' macTableManager='libvirt'/>",
        "<forward mode='private'/><dns enable='no'/>",
        "<forward mode='private'/><dns><forwarder addr='1.2.3.4'/></dns>",
        "<forward mode='private'/><bandwidth/>",
        f"{BRIDGE}<bandwidth><inbound average='100'/></bandwidth>",
        f"{BRIDGE}{VLAN}{OVS}",
        f"{BRIDGE}<portgroup name='a'>{VLAN}{OVS}</portgroup>",
        f"{BRIDGE}{OVS}<portgroup name='a'>{VLAN}</portgroup>",
        f"{BRIDGE}{VLAN}<portgroup name='a' default='yes'>{OVS}</portgroup>",
        f"<forward mode='hostdev'/>{VLAN}",
        f"{BRIDGE}<portgroup name='a'><virtualport><parameters profileid='p'/></virtualport></portgroup>",
        f"<domain name='a.example' localOnly='yes'/>{IP}",
    ],
)
def test_nothing_is_refused_that_libvirt_takes(inside: str) -> None:
    assert _codes(inside) == []


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (_range("192.168.150.20", "192.168.150.9"), "VX802"),
        (_range("192.168.150.0", "192.168.150.9"), "VX802"),
        (_range("192.168.150.2", "192.168.150.255"), "VX802"),
        (_range("192.168.150.1", "192.168.150.1", "address='192.168.150.1' prefix='32'"), "VX802"),
        (_range("10.0.0.2", "10.1.0.1", "address='10.0.0.1' prefix='8'"), "VX802"),
        (_range("fd00::2", "fd00::1:0", "family='ipv6' address='fd00::1' prefix='64'"), "VX802"),
        (_range("fd00::2", "fd00::9"), "VX802"),
        ("<ip address='192.168.150.1'><dhcp><host name='' ip='192.168.150.9'/></dhcp></ip>", "VX806"),
        ("<ip prefix='24'/>", "VX811"),
        ("<ip address='192.168.150.1' prefix='33'/>", "VX811"),
        ("<ip family='ipv6' address='192.168.150.1' prefix='24'/>", "VX811"),
        ("<ip family='ipv6' address='fd00::1' prefix='64'><tftp root='/srv'/></ip>", "VX811"),
        ("<ip address='240.0.0.1'/>", "VX812"),
        (
            "<ip family='ipv6' address='fd00::1' prefix='48'><dhcp><host name='a' ip='fd00::9'/></dhcp></ip>",
            "VX814",
        ),
        (
            "<ip family='ipv6' address='fd00::1' prefix='64'/><ip family='ipv6' address='fd00::1' prefix='96'/>",
            "VX824",
        ),
        ("<ip address='192.168.150.1' prefix='32' localPtr='yes'/>", "VX826"),
        ("<bridge name='br:0'/>", "VX801"),
        ("<mtu size='1279'/><ip family='ipv6' address='fd00::1' prefix='64'/>", "VX830"),
        ("<forward dev='eth0'/>", "VX807"),
        (f"<forward mode='open' dev='eth0'/>{IP}", "VX809"),
        ("<forward mode='hostdev' dev='eth0'/>", "VX809"),
        (f"<forward mode='bridge'>{PCI}</forward>", "VX809"),
        (f"<forward mode='hostdev'>{PCI}{PCI}</forward>", "VX809"),
        ("<forward mode='vepa'><interface dev='eth0'/><interface dev='eth0'/></forward>", "VX809"),
        ("<forward mode='bridge' dev='eth0'/><bridge name='br9'/>", "VX809"),
        ("<forward mode='bridge' dev='eth0'><pf dev='eth0'/></forward>", "VX809"),
        (f"<forward mode='nat'><nat><address start='1.2.3.9' end='1.2.3.4'/></nat></forward>{IP}", "VX810"),
        (f"<forward mode='nat'><nat><port start='9' end='4'/></nat></forward>{IP}", "VX810"),
        ("<forward mode='bridge'/><bridge stp='off'/>", "VX808"),
        ("<forward mode='vepa'/><bridge name='br9'/>", "VX808"),
        ("<forward mode='bridge'/><bandwidth><inbound average='100'/></bandwidth>", "VX808"),
        (f"{BRIDGE}<mtu size='1400'/>", "VX808"),
        (f"{BRIDGE}{VLAN}<portgroup name='a'>{OVS}</portgroup>", "VX817"),
        (f"<forward mode='hostdev'/><portgroup name='a'>{VLAN}{OVS}</portgroup>", "VX817"),
        ("<portgroup name='a'/><portgroup name='a'/>", "VX816"),
        ("<dns><forwarder/></dns>", "VX818"),
        ("<dns><srv service='a' protocol='tcp' weight='5'/></dns>", "VX818"),
        ("<dns><srv service='a.b' protocol='tcp'/></dns>", "VX818"),
        (f"{IP}<route address='10.0.0.0' gateway='192.168.150.2'/>", "VX819"),
        (f"{IP}<route address='10.0.0.0' prefix='8' gateway='192.168.150.2' metric='0'/>", "VX819"),
        (f"{IP}<route family='ipv6' address='fd01::' prefix='64' gateway='192.168.150.2'/>", "VX819"),
        ("<bandwidth><outbound average='100' floor='5'/></bandwidth>", "VX827"),
        ("<bandwidth classID='3'><inbound average='100'/></bandwidth>", "VX827"),
    ],
)
def test_all_is_refused_that_libvirt_refuses(inside: str, code: str) -> None:
    assert _codes(inside) == [code]


def test_a_domain_is_registered_only_since_there_is_such_a_thing() -> None:
    inside = f"<domain name='a.example' register='yes'/>{IP}"
    assert _codes(inside) == []
    assert _codes(inside, "10.4.0") == ["VX820"]


def test_addresses_that_are_none_are_left_to_the_schema() -> None:
    network = Network(name="net", ips=[Ip(address="somewhere", netmask="large")])
    assert Linter().run(network) == []
