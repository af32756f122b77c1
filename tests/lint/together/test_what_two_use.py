"""What two documents may both use, and what they may not: the traps beside the examples of the rules."""

from __future__ import annotations

import pytest

from tests.growth import assert_cheap, seconds
from virtxml.lint import Linter, Selection
from virtxml.lint.together import run


def _found(*sources: str, select: str = "VX9") -> list[str]:
    documents = [(f"{number}.xml", source) for number, source in enumerate(sources)]
    found = run(documents, Linter(selection=Selection((select,))))
    return [one.name for each in found.values() for one in each]


def _guest(name: str, devices: str = "", *, kind: str = "kvm", os: str = "") -> str:
    return (
        f"<domain type='{kind}'><name>{name}</name><memory>1048576</memory>"
        f"<os><type arch='x86_64' machine='q35'>hvm</type>{os}</os><devices>{devices}</devices></domain>"
    )


def _network(name: str, inside: str) -> str:
    return f"<network><name>{name}</name>{inside}</network>"


def _pool(name: str, kind: str, inside: str) -> str:
    return f"<pool type='{kind}'><name>{name}</name>{inside}</pool>"


def _disk(inside: str, attributes: str = "type='file'", source: str = "<source file='/images/a.img'/>") -> str:
    return f"<disk {attributes}>{source}<target dev='vda'/>{inside}</disk>"


@pytest.mark.parametrize(
    ("inside", "attributes"),
    [
        ("<readonly/>", "type='file'"),
        ("<shareable/>", "type='file'"),
        ("<transient shareBacking='yes'/>", "type='file'"),
        ("", "type='file' device='cdrom'"),
    ],
)
def test_an_image_may_be_shared_that_is_not_written_or_made_for_it(inside: str, attributes: str) -> None:
    shared = _disk(inside, attributes)
    assert _found(_guest("a", shared), _guest("b", shared)) == []
    assert _found(_guest("a", _disk("")), _guest("b", _disk(""))) == ["shared-image"]


def test_a_volume_is_the_file_of_that_name_in_the_folder_of_its_pool() -> None:
    volume = _disk("", "type='volume'", "<source pool='images' volume='a.img'/>")
    pool = _pool("images", "dir", "<target><path>/images/</path></target>")
    assert _found(_guest("a", _disk("")), _guest("b", volume), pool) == ["shared-image"]
    assert _found(_guest("a", _disk("")), _guest("b", volume)) == []
    assert _found(_guest("a", volume), _guest("b", volume)) == ["shared-image"]


def test_only_qemu_locks_images() -> None:
    assert _found(_guest("a", _disk(""), kind="xen"), _guest("b", _disk(""), kind="xen")) == []


def _interface(mac: str, source: str, kind: str = "network") -> str:
    return f"<interface type='{kind}'><mac address='{mac}'/>{source}</interface>"


def test_a_mac_address_may_be_in_two_networks_but_not_twice_on_one_bridge() -> None:
    lan = _interface("52:54:00:00:00:AA", "<source network='lan'/>")
    dmz = _interface("52:54:00:00:00:aa", "<source network='dmz'/>")
    bridge = _interface("52:54:00:00:00:aa", "<source bridge='br7'/>", "bridge")
    network = _network("lan", "<forward mode='bridge'/><bridge name='br7'/>")
    assert _found(_guest("a", lan), _guest("b", dmz)) == []
    assert _found(_guest("a", lan), _guest("b", bridge)) == []
    assert _found(_guest("a", lan), _guest("b", bridge), network) == ["shared-mac"]
    assert _found(_guest("a", lan + lan), select="VX902") == []


def test_a_name_may_be_used_for_things_of_two_kinds() -> None:
    uuid = "<uuid>5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11</uuid>"
    assert _found(_guest("a").replace("<memory>", f"{uuid}<memory>"), _network("b", uuid)) == []


def _secret(name: str, uuid: str) -> str:
    return f"<secret><uuid>{uuid}</uuid><usage type='ceph'><name>{name}</name></usage></secret>"


def test_secrets_are_told_apart_by_what_they_are_for() -> None:
    one, other = "5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11", "0f9a1d4e-7c58-4f0e-8a38-6a0f3f2b9c22"
    assert _found(_secret("a", one), _secret("a", one.upper())) == []
    assert _found(_secret("a", one), _secret("b", one)) == ["shared-uuid"]
    assert _found(_secret("a", one), _secret("a", other)) == ["name-with-two-uuids"]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("port='5901'", "port='5901'", True),
        ("port='5901'", "port='5902'", False),
        ("port='5901'", "port='5901' autoport='yes'", False),
        ("port='-1'", "port='-1'", False),
        ("port='5901' listen='192.0.2.1'", "port='5901' listen='192.0.2.2'", False),
        ("port='5901' listen='0.0.0.0'", "port='5901' listen='192.0.2.2'", True),
        ("port='5901' listen='192.0.2.2'", "port='5901' listen='0.0.0.0'", True),
        ("port='5901' websocket='5902'", "port='5902'", True),
        ("socket='/run/a'", "socket='/run/b'", False),
    ],
)
def test_a_port_is_taken_where_guests_listen(one: str, other: str, found: bool) -> None:
    guests = [_guest(name, f"<graphics type='vnc' {each}/>") for name, each in (("a", one), ("b", other))]
    assert _found(*guests) == ["shared-port"] * found


def test_names_that_libvirt_gives_to_interfaces_are_not_those_of_the_document() -> None:
    interface = "<interface type='bridge'><source bridge='br0'/><target dev='vnet0'/></interface>"
    assert _found(_guest("a", interface), _guest("b", interface)) == []


@pytest.mark.parametrize(
    ("ranges", "found"),
    [
        ([("10.0.0.1", 8), ("10.1.0.1", 16), ("10.1.2.1", 24), ("11.0.0.1", 8)], ["overlapping-subnets"] * 2),
        ([("10.0.0.1", 24), ("10.0.1.1", 24)], []),
        ([("10.0.0.1", 24), ("10.0.0.2", 24)], ["same-subnet"]),
        ([("fd00::1", 64), ("fd00::2", 64)], ["overlapping-subnets"]),
        ([("0.0.0.1", 1), ("::1", 64)], []),
        ([("nonsense", 24), ("10.0.0.1", 24)], []),
    ],
)
def test_ranges_of_addresses_are_told_that_overlap(ranges: list[tuple[str, int]], found: list[str]) -> None:
    networks = [
        _network(f"n{number}", f"<ip address='{address}' prefix='{prefix}' family='{_family(address)}'/>")
        for number, (address, prefix) in enumerate(ranges)
    ]
    assert _found(*networks) == found


def _family(address: str) -> str:
    return "ipv6" if ":" in address else "ipv4"


def test_networks_on_bridges_that_are_there_already_may_share_them() -> None:
    inside = "<forward mode='bridge'/><bridge name='br0'/>"
    assert _found(_network("a", inside), _network("b", inside)) == []
    own = "<bridge name='br0'/>"
    assert _found(_network("a", own), _network("b", inside)) == []
    assert _found(_network("a", own), _network("b", own)) == ["shared-bridge"]


def _export(name: str, *hosts: str) -> str:
    source = "".join(f"<host name='{host}'/>" for host in hosts) + "<dir path='/export'/>"
    return _pool(name, "netfs", f"<source>{source}</source><target><path>/mnt/{name}</path></target>")


def test_pools_are_compared_as_libvirt_does() -> None:
    assert _found(_export("a", "one"), _export("b", "one")) == ["shared-pool-source"]
    assert _found(_export("a", "one"), _export("b", "other")) == []
    folder = "<target><path>/srv</path></target>"
    assert _found(_pool("a", "dir", folder), _pool("a", "dir", folder)) == []


def test_a_circle_of_filters_is_told_once() -> None:
    def filters(*pairs: tuple[str, str]) -> list[str]:
        return [f"<filter name='{name}'><filterref filter='{inner}'/></filter>" for name, inner in pairs]

    assert _found(*filters(("a", "b"), ("b", "c"), ("c", "a")), select="VX921") == ["filter-loop"]
    assert _found(*filters(("a", "c"), ("b", "c"), ("c", "clean-traffic"))) == []


def test_what_is_missing_is_only_told_where_something_of_its_kind_is_there() -> None:
    lan = _interface("52:54:00:00:00:aa", "<source network='lan'/>")
    assert _found(_guest("a", lan)) == []
    assert _found(_guest("a", lan), _network("dmz", "")) == ["undefined-network"]


def test_the_folder_of_a_guest_is_read_in_linear_time() -> None:
    def took(count: int) -> float:
        interface = _interface("52:54:00:00:00:aa", "<source network='lan'/>")
        port = "<graphics type='vnc' port='5901'/>"
        sources = [_guest(f"g{number}", interface + _disk("") + port) for number in range(count)]
        found: list[str] = []
        cost = seconds(lambda: found.extend(_found(*sources)))
        assert len(found) == 3 * (count - 1)
        return cost

    assert_cheap(took, 200, 800, at_most=16, trifle=0)


def test_a_snapshot_is_about_the_guest_of_its_uuid_or_about_any() -> None:
    def snapshot(disk: str, uuid: str = "") -> str:
        domain = f"<domain><uuid>{uuid}</uuid></domain>" if uuid else ""
        return f"<domainsnapshot>{domain}<disks><disk name='{disk}' snapshot='external'/></disks></domainsnapshot>"

    def guest(name: str, uuid: str, disk: str) -> str:
        return _guest(name, disk).replace("<memory>", f"<uuid>{uuid}</uuid><memory>")

    one, other = "5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11", "0f9a1d4e-7c58-4f0e-8a38-6a0f3f2b9c22"
    guests = [guest("a", one, _disk("")), guest("b", other, _disk("").replace("vda", "vdb").replace("a.img", "b.img"))]
    assert _found(*guests, snapshot("vda")) == []
    assert _found(*guests, snapshot("vda", one)) == []
    assert _found(*guests, snapshot("vdb", one)) == ["undefined-disk"]
    assert _found(*guests, snapshot("vdc")) == ["undefined-disk"]
    assert _found(*guests, snapshot("/images/a.img")) == []
    assert _found(snapshot("vdc")) == []


def test_libvirt_brings_a_network_and_filters_along() -> None:
    interface = "<interface type='network'><source network='default'/><filterref filter='clean-traffic'/></interface>"
    own = "<filter name='own' chain='root'><filterref filter='no-ip-spoofing'/></filter>"
    assert _found(_guest("a", interface), _network("lan", ""), own) == []
