"""Documents go to libvirt's test driver, and come back: nothing is lost, nothing is unknown, all is valid."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import virtxml
from tests.live.comparing import check, lost, unknown
from tests.support import fixture_documents
from virtxml import AnyElement, Domain, DomainCheckpoint, DomainSnapshot, Network, StorageVolume, driver
from virtxml.schema.domain import Devices, Disk, DiskSource, DiskTarget, Memory, Os, OsType
from virtxml.schema.network import Bridge, IpDhcpHost, Portgroup
from virtxml.schema.storagevol import Capacity


def small_domain(name: str = "small") -> Domain:
    """Return a domain that any libvirt takes."""
    disk = Disk(type="file", source=DiskSource(file="/a.img"), target=DiskTarget(dev="vda", bus="virtio"))
    return Domain(
        type="test",
        name=name,
        memory=Memory.of("64 MiB"),
        os=Os(type=OsType(value="hvm")),
        devices=Devices(disks=[disk]),
    )


def acceptable(domain: Domain, host: driver.Connection) -> Domain:
    """Return a domain without what the test driver, or an older libvirt, does not take."""
    domain.type = "test"
    domain.qemu_commandline = None
    if domain.devices is None:
        return domain
    for disk in domain.devices.disks:
        disk.sgio = None
    if host.version < (9, 1, 0):
        domain.devices.watchdogs = [dog for dog in domain.devices.watchdogs if dog.model != "itco"]
    return domain


@pytest.mark.parametrize("path", fixture_documents("domain"), ids=lambda path: path.name)
def test_domains_come_back_and_go(path: Path, host: driver.Connection) -> None:
    given = acceptable(Domain.from_xml(path.read_text()), host)
    handle = host.domains.define(given)
    check(given, handle.document(inactive=True, secure=True), host)
    assert host.domains.lookup(given.name).uuid == handle.uuid
    assert host.domains.lookup(uuid=handle.uuid).name == given.name
    assert given.name in [found.name for found in host.domains]
    handle.undefine()
    with pytest.raises(driver.NotFoundError, match=r"^Domain not found"):
        host.domains.lookup(given.name)


def test_a_domain_is_created_suspended_and_destroyed(host: driver.Connection) -> None:
    handle = host.domains.create(small_domain())
    assert handle.active
    handle.suspend()
    assert handle.libvirt.state()[0] == 3
    handle.resume()
    check(small_domain(), handle.document(), host)
    handle.destroy()
    with pytest.raises(driver.NotFoundError, match=r"^Domain not found"):
        host.domains.lookup("small")


@pytest.mark.parametrize("path", fixture_documents("network"), ids=lambda path: path.name)
def test_networks_come_back_and_go(path: Path, host: driver.Connection) -> None:
    given = Network.from_xml(path.read_text())
    # The test driver has one of this name and with this bridge.
    given.name = f"{given.name}-too"
    if given.bridge is not None:
        given.bridge.name = "virbr77"
    handle = host.networks.define(given)
    check(given, handle.document(), host)
    handle.start()
    assert handle.active
    check(given, handle.document(), host)
    assert host.networks.lookup(uuid=handle.uuid).name == given.name
    handle.destroy()
    handle.undefine()
    with pytest.raises(driver.NotFoundError, match="no network with matching name"):
        host.networks.lookup(given.name)


def test_a_network_is_changed_part_by_part(host: driver.Connection) -> None:
    network = host.networks.lookup("default")

    def hosts() -> list[IpDhcpHost]:
        (ip,) = network.document().ips
        assert ip.dhcp is not None
        return ip.dhcp.hosts

    first, second = (IpDhcpHost(mac=f"52:54:00:00:00:0{n}", ip=f"192.168.122.{n}") for n in (5, 6))
    network.update("add-last", first)
    network.update("add-first", second, live=True, config=True)
    assert hosts() == [second, first]
    network.update("modify", IpDhcpHost(mac=first.mac, ip="192.168.122.7"))
    network.update("delete", IpDhcpHost(mac=second.mac))
    assert [one.ip for one in hosts()] == ["192.168.122.7"]
    network.update("add-last", Portgroup(name="lab"))
    assert [group.name for group in network.document().portgroups] == ["lab"]
    with pytest.raises(driver.NotSupportedError, match="can't update 'bridge' section"):
        network.update("modify", Bridge(name="virbr1"))
    with pytest.raises(driver.LibvirtError) as error:
        network.update("add-last", IpDhcpHost(mac="zz", ip="192.168.122.8"))
    assert error.value.diagnostics[0].code == "VX202"


def test_what_starts_by_itself_is_told_and_set(host: driver.Connection) -> None:
    for one in (host.domains.lookup("test"), host.networks.lookup("default"), host.pools.lookup("default-pool")):
        for wanted in (True, False):
            one.autostart = wanted
            assert one.autostart is wanted


def test_titles_and_metadata_come_back_and_go(host: driver.Connection) -> None:
    domain = host.domains.lookup("test")
    assert (domain.title(), domain.description()) == (None, None)
    domain.set_title("Web")
    domain.set_description("two\nlines", live=True)
    assert (domain.title(), domain.description(), domain.document().title) == ("Web", "two\nlines", "Web")
    domain.set_title(None)
    assert domain.title() is None
    owner = AnyElement("lab:owner", {"id": "1"}, [AnyElement("lab:name", None, ["A & B"])], {"lab": "urn:lab"})
    for _ in range(2):  # the second takes the place of the first
        domain.set_metadata(owner)
        metadata = domain.document().metadata
        assert metadata is not None
        assert metadata.children == [owner]
    bare = domain.metadata("urn:lab")
    assert (bare.name, bare.attributes, bare.children[0].text) == ("owner", {"id": "1"}, "A & B")
    domain.set_metadata(bare, "urn:other", key="o")
    assert domain.metadata("urn:other") == bare
    domain.set_metadata(None, "urn:lab")
    with pytest.raises(driver.NotFoundError, match="Requested metadata element is not present"):
        domain.metadata("urn:lab")
    with pytest.raises(ValueError, match="<owner> needs uri and key"):
        domain.set_metadata(bare)


def test_names_are_looked_for_with_in(host: driver.Connection) -> None:
    domain = host.domains.lookup("test")
    assert "test" in host.domains
    assert domain.uuid in host.domains
    assert domain in host.domains
    assert "test99" not in host.domains
    assert domain not in host.networks
    assert "default" in host.networks
    assert "eth1" in host.interfaces


def test_a_connection_is_closed_once(libvirt: Any) -> None:
    with driver.connect("test:///default") as host:
        domains = host.domains
        assert (host.closed, repr(host), repr(domains)) == (
            False,
            "<Connection: test:///default>",
            "<Domains: test:///default>",
        )
        host.close()
        host.close()
    assert (host.closed, repr(host)) == (True, "<Connection: closed>")
    with pytest.raises(driver.LibvirtError, match=r"^the connection is closed$"):
        domains.lookup("test")


@pytest.mark.parametrize("path", fixture_documents("storagepool"), ids=lambda path: path.name)
def test_pools_come_back_and_go(path: Path, host: driver.Connection) -> None:
    given = virtxml.StoragePool.from_xml(path.read_text())
    # libvirt measures these itself.
    given.capacity = given.allocation = given.available = None
    handle = host.pools.define(given)
    check(given, handle.document(), host)
    handle.start()
    assert handle.active
    check(given, handle.document(), host)
    handle.destroy()
    handle.undefine()
    with pytest.raises(driver.NotFoundError, match="no storage pool with matching name"):
        host.pools.lookup(given.name)


def test_volumes_come_back_and_go(host: driver.Connection) -> None:
    volumes = host.pools.lookup("default-pool").volumes
    given = StorageVolume.from_xml(fixture_documents("storagevol")[0].read_text())
    # libvirt chooses these itself.
    given.key = given.source = None
    assert given.target is not None
    given.target.path = None
    handle = volumes.create(given)
    check(given, handle.document(), host)
    assert host.pools.volume(path=handle.path).name == host.pools.volume(key=handle.key).name == given.name
    copied = volumes.create(StorageVolume(name="copy", capacity=Capacity.of("1 MiB")), source=handle)
    assert sorted(found.name for found in volumes) == sorted(["copy", handle.name])
    with pytest.raises(driver.AlreadyExistsError, match="storage vol already exists"):
        volumes.create(given)
    copied.delete()
    handle.delete()
    with pytest.raises(driver.NotFoundError, match="no storage vol with matching name 'copy'"):
        volumes.lookup("copy")


@pytest.mark.parametrize("path", fixture_documents("interface"), ids=lambda path: path.name)
def test_interfaces_come_back_and_go(path: Path, host: driver.Connection) -> None:
    given = virtxml.HostInterface.from_xml(path.read_text())
    handle = host.interfaces.define(given)
    check(given, handle.document(), host)
    assert handle.name in [found.name for found in host.interfaces]
    handle.undefine()
    with pytest.raises(driver.NotFoundError, match="no interface with matching name"):
        host.interfaces.lookup(given.name)


def test_snapshots_come_back_and_go(host: driver.Connection) -> None:
    domain = host.domains.create(small_domain())
    given = DomainSnapshot(name="before", description="before the change")
    first = domain.snapshots.create(given)
    check(given, first.document(), host)
    assert lost(small_domain(), first.document().domain) == []
    with pytest.raises(driver.AlreadyExistsError, match="domain moment before already exists"):
        domain.snapshots.create(given)
    domain.snapshots.create(DomainSnapshot(name="after"))
    assert domain.snapshots.current().name == "after"
    parent = domain.snapshots.lookup("after").document().parent
    assert parent is not None
    assert parent.name == "before"
    first.revert()
    assert domain.snapshots.current().name == "before"
    assert sorted(found.name for found in domain.snapshots) == ["after", "before"]
    for snapshot in domain.snapshots:
        snapshot.delete()
    assert domain.snapshots.list_all() == []
    domain.destroy()


def test_checkpoints_come_back_and_go(host: driver.Connection) -> None:
    domain = host.domains.create(small_domain())
    given = DomainCheckpoint(name="nightly", description="each night")
    handle = domain.checkpoints.create(given)
    check(given, handle.document(), host)
    assert [found.name for found in domain.checkpoints] == ["nightly"]
    handle.delete()
    with pytest.raises(driver.NotFoundError, match="no domain checkpoint with matching name 'nightly'"):
        domain.checkpoints.lookup("nightly")
    domain.destroy()


def test_what_the_driver_starts_with_is_known_and_valid(host: driver.Connection) -> None:
    kinds: list[Iterable[Any]] = [host.domains, host.networks, host.pools, host.interfaces, host.node_devices]
    for kind in kinds:
        handles = list(kind)
        assert handles
        for handle in handles:
            check(handle.document(), handle.document(), host)
    check(host.capabilities(), host.capabilities(), host)
    assert unknown(host.sysinfo()) == []


def test_what_is_not_there_is_not_found(host: driver.Connection) -> None:
    domain = host.domains.lookup("test")
    look_ups = {
        "Domain": host.domains.lookup,
        "Network": host.networks.lookup,
        "Storage pool": host.pools.lookup,
        "Interface": host.interfaces.lookup,
        "Node device": host.node_devices.lookup,
        "Storage volume": host.pools.lookup("default-pool").volumes.lookup,
        "Domain snapshot": domain.snapshots.lookup,
        "Domain checkpoint": domain.checkpoints.lookup,
    }
    for what, look_up in look_ups.items():
        with pytest.raises(driver.NotFoundError, match=f"^{what} not found"):
            look_up("no-such-thing")


@pytest.mark.parametrize("kind", ["domains", "networks", "pools"])
def test_the_name_of_another_one_is_told(kind: str, host: driver.Connection) -> None:
    collection: Any = getattr(host, kind)
    document = collection.list_all()[0].document()
    document.uuid = None
    with pytest.raises(driver.AlreadyExistsError, match="already exists with uuid"):
        collection.define(document)


def test_a_wrong_document_is_diagnosed(host: driver.Connection) -> None:
    domain = small_domain()
    assert domain.devices is not None
    domain.devices.disks[0].type = "flie"  # type: ignore[assignment]
    with pytest.raises(driver.InvalidDocumentError) as error:
        host.domains.define(domain)
    assert error.value.diagnostics[0].path.startswith("/domain/devices/disk")


def test_what_libvirt_ignores_is_found_when_it_validates(host: driver.Connection) -> None:
    source = small_domain().to_xml().replace("<target ", "<target buss='virtio' ")
    domain = Domain.from_xml(source)
    host.domains.define(domain).undefine()
    with pytest.raises(driver.InvalidDocumentError) as error:
        host.domains.define(domain, validate=True)
    assert [mistake.path for mistake in error.value.diagnostics] == ["/domain/devices/disk/target/@buss"]


def test_what_the_driver_cannot_do_is_told(host: driver.Connection) -> None:
    with pytest.raises(
        driver.NotSupportedError, match="not supported by the connection driver: virConnectListAllSecrets"
    ):
        host.secrets.list_all()


def test_a_connection_that_only_reads_does_not_write(libvirt: Any) -> None:
    with (
        driver.connect("test:///default", readonly=True) as host,
        pytest.raises(driver.AccessDeniedError) as error,
    ):
        host.domains.lookup("test").destroy()
    assert error.value.diagnostics == ()
