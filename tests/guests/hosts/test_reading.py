"""A host is put together from files, a URI and what is built in."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.support import requires_shared, shared_dir
from virtxml import validate
from virtxml.guests.errors import GuestError
from virtxml.guests.hosts import Host, builtin_host, read_host

NODE = """<!-- a host -->
<node>
  <cpu><nodes>1</nodes></cpu>
  <domain type='test'>
    <name>first</name><uuid>4a64cc71-19c4-2fd0-2323-3050941ea3c3</uuid>
    <memory>1024</memory>
    <!-- nothing of note -->
    <os><type arch='x86_64'>hvm</type></os>
  </domain>
  <network><name>inner</name><forward mode='nat'/><bridge name='virbr7'/></network>
  <pool type='dir'>
    <name>images</name>
    <target><path>/srv//images/</path></target>
    <volume type='file'><name>a.qcow2</name><capacity>1000</capacity></volume>
    <volume><name>b.img</name><capacity>1</capacity><target><path>/srv/images/other/b.img</path></target></volume>
  </pool>
  <pool type='rbd'>
    <name>ceph</name><source><host name='ceph1'/><name>rbd</name></source>
    <volume type='network'><name>v</name><capacity>1</capacity><target><path>rbd/v</path></target></volume>
  </pool>
  <pool file='more/pool.xml'/>
  <device><name>usb_1_2</name><capability type='usb_device'><bus>1</bus><device>2</device></capability></device>
  <interface type='bridge' name='br0'><bridge/></interface>
  <auth><user password='secret'>someone</user></auth>
</node>
"""
POOL = "<pool type='dir'><name>more</name><target><path>/more</path></target></pool>"


@pytest.fixture
def node(tmp_path: Path) -> Path:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "pool.xml").write_text(POOL)
    path = tmp_path / "node.xml"
    path.write_text(NODE)
    return path


@pytest.fixture
def host(node: Path) -> Host:
    return read_host(host=node, uri="qemu:///system")


def _written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_a_node_file_tells_what_is_on_the_host(host: Host) -> None:
    assert [domain.name for domain in host.domains] == ["first"]
    assert [network.name for network in host.networks] == ["inner"]
    assert [pool.name for pool in host.pools] == ["images", "ceph", "more"]
    assert [device.name for device in host.node_devices] == ["usb_1_2"]
    assert [interface.name for interface in host.interfaces] == ["br0"]
    assert {pool: [volume.name for volume in volumes] for pool, volumes in host.volumes.items()} == {
        "images": ["a.qcow2", "b.img"],
        "ceph": ["v"],
        "more": [],
    }


def test_the_volumes_inside_do_not_belong_to_the_document_of_a_pool(host: Host) -> None:
    for pool in host.pools:
        assert validate(pool) == []


def test_documents_are_found_by_name_and_uuid(host: Host) -> None:
    assert host.domain("first") is host.domains[0]
    assert host.domain("4a64cc71-19c4-2fd0-2323-3050941ea3c3") is host.domains[0]
    assert host.network("inner") is host.networks[0]
    assert host.pool("ceph") is host.pools[1]
    assert host.node_device("usb_1_2") is host.node_devices[0]
    for find in (host.domain, host.network, host.pool, host.node_device):
        assert find("nothing") is None


def test_volumes_are_found_by_pool_and_by_path(host: Host) -> None:
    volume = host.volume("images", "a.qcow2")
    assert volume is not None
    assert host.volume_at("/srv/images//a.qcow2") == (host.pools[0], volume)
    other = host.volume_at("/srv/images/other/b.img")
    assert other is not None
    assert other[1].name == "b.img"
    assert host.volume_at("rbd/v") == (host.pools[1], host.volumes["ceph"][0])
    assert host.volume_at("/srv/images/c.qcow2") is None
    assert host.volume("images", "c.qcow2") is None
    assert host.volume("nothing", "a.qcow2") is None


def test_a_volume_without_a_path_is_in_the_directory_of_its_pool(host: Host) -> None:
    volume = host.volume("images", "a.qcow2")
    assert volume is not None
    assert volume.target is not None
    assert volume.target.path == "/srv/images/a.qcow2"


def test_a_pool_is_found_by_its_directory_and_what_is_directly_in_it(host: Host) -> None:
    assert host.pool_at("/srv/images/") is host.pools[0]
    assert host.pool_of("/srv/images/new.qcow2") is host.pools[0]
    assert host.pool_of("/srv/images/deeper/new.qcow2") is None


def test_slices_of_documents_are_lists(host: Host) -> None:
    assert host.pools[:2] == [host.pools[0], host.pools[1]]
    assert host.pools[-1].name == "more"
    with pytest.raises(IndexError, match="index out of range"):
        host.pools[3]


def test_a_domain_in_a_node_file_is_without_comments_outside_of_what_may_hold_anything(host: Host) -> None:
    assert host.domains[0].extra is None


def test_lookups_work_on_a_host_made_by_hand() -> None:
    base = builtin_host()
    host = Host(base.capabilities, networks=list(base.networks), pools=list(base.pools))
    assert host.network("default") is host.networks[0]
    assert host.network("nothing") is None
    assert host.volume_at("/var/lib/libvirt/images/x") is None


def test_without_anything_a_host_is_built_in() -> None:
    assert read_host().arch == "x86_64"
    assert read_host(arch="s390x").arch == "s390x"


def test_capabilities_without_domain_capabilities_have_none(tmp_path: Path) -> None:
    capabilities = _written(tmp_path / "caps.xml", builtin_host("ppc64le").capabilities.to_xml())
    host = read_host(capabilities=capabilities)
    assert (host.driver, host.arch) == ("qemu", "ppc64le")
    assert host.domain_capabilities("ppc64le", "pseries", "kvm") is None
    assert host.network("default") is not None


def test_domain_capabilities_of_a_file_are_those_of_every_guest(tmp_path: Path) -> None:
    offered = builtin_host("aarch64").domain_capabilities()
    assert offered is not None
    host = read_host(domcapabilities=_written(tmp_path / "dom.xml", offered.to_xml()))
    assert host.arch == "aarch64"
    assert host.domain_capabilities("armv7l", "anything", "qemu") == offered


@pytest.mark.parametrize("driver", ["qemu", "test", "lxc", "xen", "bhyve", "vz"])
def test_capabilities_tell_their_driver(tmp_path: Path, driver: str) -> None:
    capabilities = _written(tmp_path / "caps.xml", builtin_host(driver=driver).capabilities.to_xml())
    assert read_host(capabilities=capabilities).driver == driver


@pytest.mark.parametrize(
    ("uri", "driver", "is_session", "is_remote"),
    [
        ("qemu:///system", "qemu", False, False),
        ("qemu:///session", "qemu", True, False),
        ("qemu+unix:///system?socket=/run/x", "qemu", False, False),
        ("qemu+ssh://root@example.org/system", "qemu", False, True),
        ("qemu+tls:///system", "qemu", False, True),
        ("test+tls://example.org/", "test", False, True),
        ("lxc:///", "lxc", False, False),
        ("parallels:///system", "vz", False, False),
        ("xen:///", "xen", False, False),
    ],
)
def test_with_files_a_uri_tells_the_driver_and_whose_guests_they_are(
    node: Path, uri: str, driver: str, is_session: bool, is_remote: bool
) -> None:
    host = read_host(host=node, uri=uri)
    assert (host.driver, host.is_session, host.is_remote) == (driver, is_session, is_remote)
    assert host.network("inner") is not None


def test_the_test_driver_needs_no_libvirt(node: Path) -> None:
    assert read_host(uri="test:///default").domain("test") is not None
    assert read_host(uri=f"test://{node}").domain("first") is not None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<domain/>", "the root element is <domain>, not <node>"),
        ("<node>", "line 1"),
        ("<!DOCTYPE node [<!ENTITY x 'y'>]><node>&x;</node>", "document type declaration"),
        ("", "there is no document"),
        ("<node><pool file='nothing.xml'/></node>", "cannot be read: No such file"),
        ("<node><pool file='node.xml'/></node>", "the root element is <node>, not <pool>"),
    ],
)
def test_a_file_that_is_no_node_is_refused_by_its_name(tmp_path: Path, text: str, message: str) -> None:
    path = _written(tmp_path / "node.xml", text)
    with pytest.raises(GuestError, match=message) as caught:
        read_host(host=path)
    assert caught.value.field == "host"
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("argument", ["capabilities", "domcapabilities", "host"])
def test_a_file_that_cannot_be_read_is_named_with_its_argument(tmp_path: Path, argument: str) -> None:
    with pytest.raises(GuestError, match=r"nothing\.xml: cannot be read") as caught:
        read_host(**{argument: tmp_path / "nothing.xml"})  # type: ignore[arg-type]
    assert caught.value.field == argument


@pytest.mark.parametrize(
    "uri", ["", "system", "http://example.org/", "qemu//system", "qemu+ssh://[::1/system", "x:///"]
)
def test_what_is_no_connection_uri_is_refused(uri: str) -> None:
    with pytest.raises(GuestError) as caught:
        read_host(uri=uri)
    assert caught.value.field == "uri"


@pytest.mark.parametrize("uri", ["someone:hunter2@example.org ", "mine:someone:hunter2@example.org", "u:hunter2@@h"])
def test_passwords_in_what_is_no_uri_are_not_shown(uri: str) -> None:
    with pytest.raises(GuestError, match="libvirt has no such driver") as caught:
        read_host(uri=uri)
    assert "hunter2" not in f"{caught.value} {caught.value.value}"


def test_passwords_in_uris_are_not_shown() -> None:
    with pytest.raises(GuestError) as caught:
        read_host(uri="mine://someone:hunter2@example.org/system")
    assert "hunter2" not in str(caught.value)
    assert "someone:<hidden>@example.org" in str(caught.value)


@requires_shared
def test_all_recorded_hosts_are_read() -> None:
    directory = (shared_dir() or Path()) / "virt-install" / "host"
    for path in sorted(directory.glob("*.xml")):
        text = path.read_text()
        if "<capabilities" in text:
            assert read_host(capabilities=path).capabilities.guests
        elif "<domainCapabilities" in text:
            offered = read_host(domcapabilities=path).domain_capabilities("any")
            assert offered is not None
            assert offered.devices is not None
        else:
            host = read_host(host=path)
            for volumes in host.volumes.values():
                assert all(volume.target is not None and volume.target.path for volume in volumes)
            assert all(pool.extra is None or not pool.extra.content for pool in host.pools)
            root = etree.fromstring(text.encode())
            assert [domain.name for domain in host.domains] == [name.text for name in root.iterfind("domain/name")]
            assert [device.name for device in host.node_devices] == [name.text for name in root.iterfind("device/name")]
