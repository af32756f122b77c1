"""Which of libvirt's functions each method calls, and with what."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.driver.fake import fake_libvirt
from tests.driver.one_of_each import (
    BACKUP,
    CHECKPOINT,
    CPU,
    DISK,
    DOMAIN,
    FILTER,
    HOST,
    NETWORK,
    OWNER,
    PARTS,
    POOL,
    SNAPSHOT,
    UUID,
    connection,
)
from virtxml import (
    AnyElement,
    GuestCPU,
    HostInterface,
    NetworkPort,
    NodeDevice,
    NWFilterBinding,
    Secret,
    StorageVolume,
)
from virtxml.driver import Connection, NotSupportedError


def web01(host: Connection) -> Any:
    return host.domains.lookup("web01")


def lab(host: Connection) -> Any:
    return host.networks.lookup("lab")


def images(host: Connection) -> Any:
    return host.pools.lookup("images")


X = DOMAIN.to_xml()
CALLS: list[tuple[Callable[[Connection], Any], tuple[Any, ...]]] = [
    (lambda host: host.domains.define(DOMAIN), ("defineXMLFlags", X, 0)),
    (lambda host: host.domains.define(DOMAIN, validate=True), ("defineXMLFlags", X, 1)),
    (lambda host: host.domains.create(DOMAIN, paused=True, validate=True, flags=2), ("createXML", X, 19)),
    (lambda host: host.domains.lookup("web01"), ("lookupByName", "web01")),
    (lambda host: host.domains.lookup(uuid=uuid.UUID(UUID)), ("lookupByUUIDString", UUID)),
    (lambda host: host.domains.lookup(id=3), ("lookupByID", 3)),
    (lambda host: host.domains.list_all(flags=1), ("listAllDomains", 1)),
    (lambda host: web01(host).document(), ("XMLDesc", 0)),
    (lambda host: web01(host).document(inactive=True, secure=True), ("XMLDesc", 3)),
    (lambda host: web01(host).active, ("isActive",)),
    (lambda host: web01(host).start(paused=True), ("createWithFlags", 1)),
    (lambda host: web01(host).suspend(), ("suspend",)),
    (lambda host: web01(host).resume(), ("resume",)),
    (lambda host: web01(host).shutdown(), ("shutdown",)),
    (lambda host: web01(host).destroy(), ("destroy",)),
    (lambda host: web01(host).undefine(), ("undefineFlags", 0)),
    (lambda host: web01(host).undefine(nvram=True, managed_save=True), ("undefineFlags", 5)),
    (
        lambda host: web01(host).undefine(nvram=False, snapshots_metadata=True, checkpoints_metadata=True),
        ("undefineFlags", 26),
    ),
    (lambda host: web01(host).attach(DISK), ("attachDeviceFlags", DISK.to_xml(), 0)),
    (lambda host: web01(host).attach(DISK, live=True, config=True), ("attachDeviceFlags", DISK.to_xml(), 3)),
    (lambda host: web01(host).detach(DISK, live=True), ("detachDeviceFlags", DISK.to_xml(), 1)),
    (lambda host: web01(host).detach("virtio-disk0", config=True), ("detachDeviceAlias", "virtio-disk0", 2)),
    (lambda host: web01(host).update(DISK, config=True, flags=4), ("updateDeviceFlags", DISK.to_xml(), 6)),
    (lambda host: web01(host).begin_backup(BACKUP), ("backupBegin", BACKUP.to_xml(), None, 0)),
    (
        lambda host: web01(host).begin_backup(BACKUP, CHECKPOINT, reuse_external=True),
        ("backupBegin", BACKUP.to_xml(), CHECKPOINT.to_xml(), 1),
    ),
    (lambda host: web01(host).backup(), ("backupGetXMLDesc", 0)),
    (lambda host: web01(host).snapshots.create(SNAPSHOT), ("snapshotCreateXML", SNAPSHOT.to_xml(), 0)),
    (
        lambda host: web01(host).snapshots.create(SNAPSHOT, redefine=True, disk_only=True, quiesce=True, validate=True),
        ("snapshotCreateXML", SNAPSHOT.to_xml(), 593),
    ),
    (lambda host: web01(host).snapshots.lookup("before"), ("snapshotLookupByName", "before", 0)),
    (lambda host: web01(host).snapshots.current(), ("snapshotCurrent", 0)),
    (lambda host: list(web01(host).snapshots), ("listAllSnapshots", 0)),
    (lambda host: web01(host).snapshots.current().document(secure=True), ("getXMLDesc", 1)),
    (lambda host: web01(host).snapshots.current().delete(flags=2), ("delete", 2)),
    (lambda host: web01(host).checkpoints.create(CHECKPOINT), ("checkpointCreateXML", CHECKPOINT.to_xml(), 0)),
    (
        lambda host: web01(host).checkpoints.create(CHECKPOINT, redefine=True),
        ("checkpointCreateXML", CHECKPOINT.to_xml(), 1),
    ),
    (lambda host: web01(host).checkpoints.lookup("nightly"), ("checkpointLookupByName", "nightly", 0)),
    (lambda host: list(web01(host).checkpoints), ("listAllCheckpoints", 0)),
    (lambda host: web01(host).checkpoints.lookup("nightly").document(secure=True), ("getXMLDesc", 1)),
    (lambda host: web01(host).checkpoints.lookup("nightly").delete(), ("delete", 0)),
    (lambda host: host.networks.define(NETWORK), ("networkDefineXML", NETWORK.to_xml())),
    (lambda host: host.networks.define(NETWORK, validate=True), ("networkDefineXMLFlags", NETWORK.to_xml(), 1)),
    (lambda host: host.networks.create(NETWORK), ("networkCreateXML", NETWORK.to_xml())),
    (lambda host: host.networks.create(NETWORK, validate=True), ("networkCreateXMLFlags", NETWORK.to_xml(), 1)),
    (lambda host: host.networks.lookup(uuid=UUID), ("networkLookupByUUIDString", UUID)),
    (lambda host: list(host.networks), ("listAllNetworks", 0)),
    (lambda host: lab(host).document(inactive=True), ("XMLDesc", 1)),
    (lambda host: lab(host).start(), ("create",)),
    (lambda host: lab(host).destroy(), ("destroy",)),
    (lambda host: lab(host).undefine(), ("undefine",)),
    (lambda host: lab(host).ports.create(NetworkPort(), validate=True), ("portCreateXML", "<networkport/>\n", 2)),
    (lambda host: lab(host).ports.lookup(UUID), ("portLookupByUUIDString", UUID)),
    (lambda host: list(lab(host).ports), ("listAllPorts", 0)),
    (lambda host: lab(host).ports.lookup(UUID).document(), ("XMLDesc", 0)),
    (lambda host: lab(host).ports.lookup(UUID).delete(), ("delete", 0)),
    (lambda host: host.pools.define(POOL, validate=True), ("storagePoolDefineXML", POOL.to_xml(), 1)),
    (lambda host: host.pools.create(POOL, build=True), ("storagePoolCreateXML", POOL.to_xml(), 1)),
    (lambda host: host.pools.lookup(uuid=UUID), ("storagePoolLookupByUUIDString", UUID)),
    (lambda host: host.pools.volume(path="/a"), ("storageVolLookupByPath", "/a")),
    (lambda host: host.pools.volume(key="k"), ("storageVolLookupByKey", "k")),
    (lambda host: list(host.pools), ("listAllStoragePools", 0)),
    (lambda host: images(host).document(inactive=True), ("XMLDesc", 1)),
    (lambda host: images(host).build(), ("build", 0)),
    (lambda host: images(host).start(build=True), ("create", 1)),
    (lambda host: images(host).refresh(), ("refresh", 0)),
    (lambda host: images(host).destroy(), ("destroy",)),
    (lambda host: images(host).delete(), ("delete", 0)),
    (lambda host: images(host).undefine(), ("undefine",)),
    (lambda host: images(host).volumes.create(StorageVolume(), validate=True), ("createXML", "<volume/>\n", 4)),
    (lambda host: list(images(host).volumes), ("listAllVolumes", 0)),
    (lambda host: images(host).volumes.lookup("a").document(), ("XMLDesc", 0)),
    (lambda host: images(host).volumes.lookup("a").path, ("path",)),
    (lambda host: images(host).volumes.lookup("a").delete(flags=1), ("delete", 1)),
    (lambda host: host.secrets.define(Secret(), validate=True), ("secretDefineXML", "<secret/>\n", 1)),
    (lambda host: host.secrets.lookup(UUID), ("secretLookupByUUIDString", UUID)),
    (lambda host: host.secrets.lookup_usage("iscsi", "target"), ("secretLookupByUsage", 3, "target")),
    (lambda host: list(host.secrets), ("listAllSecrets", 0)),
    (lambda host: host.secrets.lookup(UUID).document(), ("XMLDesc", 0)),
    (lambda host: host.secrets.lookup(UUID).set_value(b"\0"), ("setValue", b"\0", 0)),
    (lambda host: host.secrets.lookup(UUID).undefine(), ("undefine",)),
    (lambda host: host.filters.define(FILTER), ("nwfilterDefineXML", FILTER.to_xml())),
    (lambda host: host.filters.define(FILTER, validate=True), ("nwfilterDefineXMLFlags", FILTER.to_xml(), 1)),
    (lambda host: host.filters.lookup(uuid=UUID), ("nwfilterLookupByUUIDString", UUID)),
    (lambda host: host.filters.lookup("web").document(), ("XMLDesc", 0)),
    (lambda host: host.filters.lookup("web").undefine(), ("undefine",)),
    (lambda host: list(host.filters), ("listAllNWFilters", 0)),
    (lambda host: host.bindings.create(NWFilterBinding()), ("nwfilterBindingCreateXML", "<filterbinding/>\n", 0)),
    (lambda host: host.bindings.lookup("vnet0").document(), ("XMLDesc", 0)),
    (lambda host: host.bindings.lookup("vnet0").delete(), ("delete",)),
    (lambda host: list(host.bindings), ("listAllNWFilterBindings", 0)),
    (lambda host: host.interfaces.define(HostInterface(), validate=True), ("interfaceDefineXML", "<interface/>\n", 1)),
    (lambda host: host.interfaces.lookup("br0").document(inactive=True), ("XMLDesc", 1)),
    (lambda host: host.interfaces.lookup(mac="52:54:00:00:00:01"), ("interfaceLookupByMACString", "52:54:00:00:00:01")),
    (lambda host: host.interfaces.lookup("br0").start(), ("create", 0)),
    (lambda host: host.interfaces.lookup("br0").destroy(), ("destroy", 0)),
    (lambda host: host.interfaces.lookup("br0").undefine(), ("undefine",)),
    (lambda host: list(host.interfaces), ("listAllInterfaces", 0)),
    (lambda host: host.node_devices.define(NodeDevice(), validate=True), ("nodeDeviceDefineXML", "<device/>\n", 1)),
    (lambda host: host.node_devices.create(NodeDevice()), ("nodeDeviceCreateXML", "<device/>\n", 0)),
    (lambda host: host.node_devices.lookup("pci").document(), ("XMLDesc", 0)),
    (lambda host: host.node_devices.lookup("pci").start(), ("create", 0)),
    (lambda host: host.node_devices.lookup("pci").destroy(), ("destroy",)),
    (lambda host: host.node_devices.lookup("pci").undefine(), ("undefine", 0)),
    (lambda host: list(host.node_devices), ("listAllDevices", 0)),
    (lambda host: host.capabilities(), ("getCapabilities",)),
    (
        lambda host: host.domain_capabilities(arch="x86_64", virttype="kvm"),
        ("getDomainCapabilities", None, "x86_64", None, "kvm", 0),
    ),
    (lambda host: host.storage_pool_capabilities(), ("getStoragePoolCapabilities", 0)),
    (lambda host: host.sysinfo(), ("getSysinfo", 0)),
    (
        lambda host: host.baseline_cpu([CPU, CPU], expand_features=True, migratable=True),
        ("baselineCPU", [CPU.to_xml()] * 2, 3),
    ),
    (
        lambda host: host.baseline_hypervisor_cpu([CPU], virttype="kvm", migratable=True),
        ("baselineHypervisorCPU", None, None, None, "kvm", [CPU.to_xml()], 2),
    ),
    (lambda host: host.compare_cpu(CPU), ("compareCPU", CPU.to_xml(), 0)),
    (
        lambda host: host.compare_hypervisor_cpu(CPU, machine="q35"),
        ("compareHypervisorCPU", None, None, "q35", None, CPU.to_xml(), 0),
    ),
    (
        lambda host: host.domain_from_native("name = 'x'", format="xen-xl"),
        ("domainXMLFromNative", "xen-xl", "name = 'x'", 0),
    ),
    (lambda host: host.domain_to_native(DOMAIN, format="qemu-argv"), ("domainXMLToNative", "qemu-argv", X, 0)),
    (lambda host: web01(host).autostart, ("autostart",)),
    (lambda host: setattr(lab(host), "autostart", True), ("setAutostart", 1)),
    (lambda host: setattr(images(host), "autostart", False), ("setAutostart", 0)),
    (lambda host: host.node_devices.lookup("pci").autostart, ("autostart",)),
    (lambda host: web01(host).title(), ("metadata", 1, None, 0)),
    (lambda host: lab(host).description(config=True), ("metadata", 0, None, 2)),
    (lambda host: web01(host).set_title("Web", live=True, config=True), ("setMetadata", 1, "Web", None, None, 3)),
    (lambda host: lab(host).set_description(None), ("setMetadata", 0, None, None, None, 0)),
    (lambda host: web01(host).metadata("urn:a"), ("metadata", 2, "urn:a", 0)),
    (lambda host: lab(host).set_metadata(OWNER), ("setMetadata", 2, "<owner v='1'/>\n", "lab", "urn:lab", 0)),
    (
        lambda host: web01(host).set_metadata(AnyElement("a"), "urn:a", key="k", config=True),
        ("setMetadata", 2, "<a/>\n", "k", "urn:a", 2),
    ),
    (lambda host: web01(host).set_metadata(None, "urn:a"), ("setMetadata", 2, None, None, "urn:a", 0)),
    *(
        (lambda host, part=part: lab(host).update("add-last", part), ("update", 3, section, -1, part.to_xml(), 0))
        for part, section in PARTS
    ),
    (
        lambda host: lab(host).update("modify", HOST, parent_index=1, live=True, config=True),
        ("update", 1, 4, 1, HOST.to_xml(), 3),
    ),
    (lambda host: lab(host).update("delete", HOST, config=True), ("update", 2, 4, -1, HOST.to_xml(), 2)),
    (lambda host: lab(host).update("add-first", HOST), ("update", 4, 4, -1, HOST.to_xml(), 0)),
    (lambda host: host.uri, ("getURI",)),
    (lambda host: host.close(), ("close",)),
]


@pytest.mark.parametrize(("use", "call"), CALLS, ids=[call[0] for _, call in CALLS])
def test_each_method_calls_its_function(use: Callable[[Connection], Any], call: tuple[Any, ...]) -> None:
    raw = connection()
    use(Connection(fake_libvirt(raw), raw))  # type: ignore[arg-type]
    assert raw.calls[-1] == call


@pytest.fixture
def host() -> Connection:
    raw = connection()
    return Connection(fake_libvirt(raw), raw)  # type: ignore[arg-type]


def test_documents_are_models(host: Connection) -> None:
    assert host.domains.lookup("web01").document() == DOMAIN
    assert host.domains.define(DOMAIN).document() == DOMAIN
    assert host.domains.lookup("web01").backup() == BACKUP
    assert host.domains.lookup("web01").snapshots.current().document() == SNAPSHOT
    assert host.networks.lookup("lab").document() == NETWORK
    assert host.pools.lookup("images").document() == POOL
    assert [found.document() for found in host.filters] == [FILTER]
    assert host.domain_from_native("", format="qemu-argv") == DOMAIN
    assert host.baseline_cpu([CPU]) == GuestCPU(mode="custom")
    assert host.compare_cpu(CPU) == "superset"
    assert host.version == (11, 3, 0)


def test_a_snapshot_and_a_source_are_handed_over_as_libvirts_objects(host: Connection) -> None:
    domain = host.domains.lookup("web01")
    snapshot = domain.snapshots.lookup("before")
    snapshot.revert(flags=1)
    assert domain.libvirt.calls[-1] == ("revertToSnapshot", snapshot.libvirt, 1)
    volumes = host.pools.lookup("images").volumes
    source = volumes.lookup("a")
    volumes.create(StorageVolume(name="b"), source=source)
    expected = ("createXMLFrom", StorageVolume(name="b").to_xml(), source.libvirt, 0)
    assert host.libvirt.calls[-1] == expected
    volumes.create(StorageVolume(name="b"), source=source, reflink=True)
    assert host.libvirt.calls[-1] == (*expected[:-1], 2)


def test_handles_tell_what_they_are_for(host: Connection) -> None:
    assert repr(host.domains.lookup("web01")) == "<DomainHandle web01>"
    assert repr(host.secrets.lookup(UUID)) == f"<SecretHandle {UUID}>"
    assert repr(host.bindings.lookup("vnet0")) == "<BindingHandle vnet0>"
    assert (repr(host), repr(host.networks)) == ("<Connection: qemu:///system>", "<Networks: qemu:///system>")


def test_no_password_of_a_uri_is_shown(host: Connection) -> None:
    host.libvirt.answers["getURI"] = "esx://root:hunter2@node1.example.org/?proxy=http://a:hunter2@b"
    assert repr(host) == "<Connection: esx://node1.example.org/>"
    assert "hunter2" not in repr(host.domains)


def test_what_is_there_is_found_with_in_by_each_of_its_keys(host: Connection) -> None:
    for found, keys in (
        (host.domains, ["web01", UUID, uuid.UUID(UUID)]),
        (host.networks, ["web01", UUID]),
        (host.pools, ["web01", UUID]),
        (host.secrets, [UUID]),
        (host.bindings, ["vnet0"]),
        (host.interfaces, ["br0"]),
        (host.node_devices, ["pci"]),
        (host.networks.lookup("lab").ports, [UUID]),
        (host.pools.lookup("images").volumes, ["a"]),
        (host.domains.lookup("web01").snapshots, ["before"]),
    ):
        for key in keys:
            assert key in found
        assert "other" not in found
        assert None not in found
        assert next(iter(found)) in found
    assert host.domains.lookup("web01") not in host.networks


def test_only_parts_that_libvirt_names_are_updated(host: Connection) -> None:
    network = host.networks.lookup("lab")
    with pytest.raises(TypeError, match=r"is one of IpDhcpHost, .*, not Disk"):
        network.update("add-last", DISK)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'add' is not one of modify, delete, add-first, add-last"):
        network.update("add", HOST)  # type: ignore[arg-type]


def test_an_older_libvirt_python_is_named(host: Connection) -> None:
    network = host.networks.lookup("lab")
    for name in ("metadata", "setMetadata", "autostart"):
        del network.libvirt.answers[name]
    for use in (network.title, lambda: network.set_title("a"), lambda: network.autostart):
        with pytest.raises(NotSupportedError, match="it is too old"):
            use()


@pytest.mark.parametrize("arguments", [{}, {"name": "web01", "uuid": UUID}])
def test_a_look_up_takes_exactly_one_key(arguments: dict[str, str], host: Connection) -> None:
    with pytest.raises(TypeError, match="exactly one of these is needed: name, uuid, id"):
        host.domains.lookup(**arguments)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="exactly one of these is needed: name, uuid"):
        host.networks.lookup(**arguments)


def test_a_with_block_closes_the_connection(host: Connection) -> None:
    with host as same:
        assert same is host
        assert not host.closed
    assert host.closed
    host.close()
    assert host.libvirt.calls == [("close",)]
    with host:
        pass
    assert host.libvirt.calls == [("close",)]
