"""Documents go to QEMU in a libvirtd of our own, and come back; guests run without any acceleration."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live.comparing import check, lost, unknown
from tests.live.qemu.daemon import Daemon
from tests.support import fixture_documents
from virtxml import (
    Domain,
    DomainBackup,
    DomainCheckpoint,
    DomainSnapshot,
    Network,
    NetworkPort,
    NWFilter,
    NWFilterBinding,
    Secret,
    StoragePool,
    StorageVolume,
    driver,
)
from virtxml.driver.domains import DomainHandle
from virtxml.schema import domainbackup, networkport, storagepool, storagevol
from virtxml.schema.domain import (
    Devices,
    Disk,
    DiskDriver,
    DiskSource,
    DiskTarget,
    Graphics,
    Memory,
    Os,
    OsType,
    PciAddress,
    Vcpu,
)

PASSWORD = "sesame"


def image(directory: Path, name: str) -> str:
    """Make an empty qcow2 image; return its path."""
    path = directory / f"{name}.qcow2"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", path, "8M"], check=True)
    return str(path)


def disk(path: str, dev: str = "vda") -> Disk:
    return Disk(
        type="file",
        device="disk",
        driver=DiskDriver(name="qemu", type="qcow2"),
        source=DiskSource(file=path),
        target=DiskTarget(dev=dev, bus="virtio"),
    )


def cdrom(path: str | None) -> Disk:
    return Disk(
        type="file",
        device="cdrom",
        source=None if path is None else DiskSource(file=path),
        target=DiskTarget(dev="sda", bus="sata"),
        readonly=True,
    )


def guest(disks: list[Disk], machine: str | None = None) -> Domain:
    """Return a domain that runs without acceleration; libvirt chooses the machine, or its version."""
    return Domain(
        type="qemu",
        name="guest",
        memory=Memory.of("64 MiB"),
        vcpu=Vcpu(value=1),
        os=Os(type=OsType(arch="x86_64", machine=machine, value="hvm")),
        devices=Devices(disks=disks, graphics=[Graphics(type="vnc", passwd=PASSWORD)]),
    )


@pytest.fixture
def place(own_daemon: Daemon, tmp_path: Path) -> Path:
    """Return a directory that the daemon sees, too."""
    return tmp_path


@pytest.fixture
def running(qemu: driver.Connection, place: Path) -> Iterator[DomainHandle]:
    """Return a guest that runs, with a disk and a drive without a medium."""
    handle = qemu.domains.define(guest([disk(image(place, "root")), cdrom(None)], "q35"), validate=True)
    handle.start()
    yield handle
    if handle.active:
        handle.destroy()
    handle.undefine(snapshots_metadata=True, checkpoints_metadata=True)


def disks_of(domain: Domain) -> dict[str | None, Disk]:
    """Return the disks of a domain by the names of their devices."""
    assert domain.devices is not None
    return {found.target.dev: found for found in domain.devices.disks if found.target is not None}


def test_a_guest_is_started_paused_dumped_and_destroyed(qemu: driver.Connection, place: Path) -> None:
    given = guest([disk(image(place, "root"))])
    handle = qemu.domains.define(given, validate=True)
    handle.start(paused=True)
    try:
        assert handle.libvirt.state()[0] == 3
        handle.resume()
        assert handle.libvirt.state()[0] == 1
        handle.suspend()
        check(given, handle.document(secure=True), qemu)
        check(given, handle.document(secure=True, inactive=True), qemu)
        assert PASSWORD not in handle.document().to_xml()
        handle.libvirt.coreDump(str(place / "core"), 0)
        assert (place / "core").stat().st_size > 0
    finally:
        handle.destroy()
        handle.undefine()
    with pytest.raises(driver.NotFoundError, match="no domain with matching name 'guest'"):
        qemu.domains.lookup("guest")


def test_devices_are_attached_updated_and_detached(running: DomainHandle, place: Path) -> None:
    data = disk(image(place, "data"), "vdb")
    running.attach(data, live=True)
    assert set(disks_of(running.document())) == {"vda", "vdb", "sda"}
    assert set(disks_of(running.document(inactive=True))) == {"vda", "sda"}
    running.attach(data, config=True)
    running.update(cdrom(image(place, "medium")), config=True)
    definition = disks_of(running.document(inactive=True))
    assert set(definition) == {"vda", "vdb", "sda"}
    assert definition["sda"].source is not None
    assert isinstance(definition["vdb"].address, PciAddress)
    running.detach(data, config=True)
    assert set(disks_of(running.document(inactive=True))) == {"vda", "sda"}


def test_a_wrong_device_is_diagnosed(running: DomainHandle) -> None:
    wrong = Disk(type="flie", target=DiskTarget(dev="vdb"))  # type: ignore[arg-type]
    with pytest.raises(driver.InvalidDocumentError) as error:
        running.attach(wrong, config=True)
    assert [mistake.path for mistake in error.value.diagnostics] == ["/disk/@type"]


def test_a_device_that_is_not_there_is_not_found(running: DomainHandle) -> None:
    with pytest.raises(driver.NotFoundError, match="no target device vdz"):
        running.detach(disk("/nowhere", "vdz"), config=True)


def test_checkpoints_come_back_and_go(running: DomainHandle, qemu: driver.Connection) -> None:
    given = DomainCheckpoint(name="nightly", description="each night")
    handle = running.checkpoints.create(given)
    check(given, handle.document(), qemu)
    assert [found.name for found in running.checkpoints] == ["nightly"]
    handle.delete()
    with pytest.raises(driver.NotFoundError, match="no domain checkpoint with matching name 'nightly'"):
        running.checkpoints.lookup("nightly")


def test_a_backup_is_made_with_a_checkpoint(running: DomainHandle, place: Path) -> None:
    with pytest.raises(driver.NotFoundError, match="no domain backup job present"):
        running.backup()
    server = domainbackup.Server(transport="unix", socket=str(place / "nbd"))
    given = DomainBackup(mode="pull", server=server)
    running.begin_backup(given, DomainCheckpoint(name="first"))
    assert lost(given, running.backup()) == []
    assert [found.name for found in running.checkpoints] == ["first"]
    running.libvirt.abortJob()


def test_snapshots_come_back(running: DomainHandle, qemu: driver.Connection) -> None:
    given = DomainSnapshot(name="before")
    handle = running.snapshots.create(given, disk_only=True)
    check(given, handle.document(), qemu)
    source = disks_of(running.document())["vda"].source
    assert source is not None
    assert source.file is not None
    assert source.file.endswith("root.before")


def test_secrets_come_back_and_go(qemu: driver.Connection) -> None:
    given = Secret.from_xml(fixture_documents("secret")[0].read_text())
    given.private = False
    handle = qemu.secrets.define(given)
    handle.set_value(b"\0\xff")
    assert handle.libvirt.value() == b"\0\xff"
    check(given, handle.document(), qemu)
    assert given.usage is not None
    assert qemu.secrets.lookup_usage("ceph", given.usage.name or "").uuid == handle.uuid
    assert [found.uuid for found in qemu.secrets] == [given.uuid]
    handle.undefine()
    with pytest.raises(driver.NotFoundError, match="no secret with matching uuid"):
        qemu.secrets.lookup(handle.uuid)


@pytest.mark.parametrize("path", fixture_documents("nwfilter"), ids=lambda path: path.name)
def test_filters_come_back_and_go(path: Path, qemu: driver.Connection) -> None:
    given = NWFilter.from_xml(path.read_text())
    handle = qemu.filters.define(given)
    check(given, handle.document(), qemu)
    assert given.name in [found.name for found in qemu.filters]
    handle.undefine()
    with pytest.raises(driver.NotFoundError, match="no nwfilter with matching name"):
        qemu.filters.lookup(given.name)


def test_bindings_come_back_and_go(qemu: driver.Connection) -> None:
    given = NWFilterBinding.from_xml(fixture_documents("nwfilterbinding")[0].read_text())
    handle = qemu.bindings.create(given)
    check(given, handle.document(), qemu)
    assert [found.port_dev for found in qemu.bindings] == [handle.port_dev]
    handle.delete()
    with pytest.raises(driver.NotFoundError, match="no nwfilter binding for port dev"):
        qemu.bindings.lookup(handle.port_dev)


def test_a_domain_becomes_a_command_line(qemu: driver.Connection, place: Path) -> None:
    command = qemu.domain_to_native(guest([disk(image(place, "root"))]), format="qemu-argv")
    assert "-name guest=guest" in command
    assert "root.qcow2" in command
    with pytest.raises(
        driver.NotSupportedError, match="not supported by the connection driver: virConnectDomainXMLFromNative"
    ):
        qemu.domain_from_native(command, format="qemu-argv")


def test_a_network_has_ports(qemu: driver.Connection) -> None:
    given = Network(name="lonely")
    handle = qemu.networks.define(given)
    handle.start()
    try:
        check(given, handle.document(), qemu)
        port = NetworkPort(
            uuid="2f0cbb87-0d2c-4b1a-90a5-6a3c3c1b8f10",
            owner=networkport.Owner(name="guest", uuid="5c9f0a54-6f7e-4c1d-9a53-2b1f0d8c7e11"),
            mac=networkport.Mac(address="52:54:00:8a:11:02"),
        )
        made = handle.ports.create(port)
        check(port, made.document(), qemu)
        assert [found.uuid for found in handle.ports] == [handle.ports.lookup(made.uuid).uuid]
        made.delete()
        assert handle.ports.list_all() == []
    finally:
        handle.destroy()
        handle.undefine()


def test_pools_and_volumes_come_back_and_go(qemu: driver.Connection, place: Path) -> None:
    given = StoragePool(type="dir", name="images", target=storagepool.Target(path=str(place / "images")))
    pool = qemu.pools.define(given)
    pool.start(build=True)
    check(given, pool.document(), qemu)
    target = storagevol.Target(format=storagevol.Format(type="qcow2"))
    wanted = StorageVolume(name="a.qcow2", capacity=storagevol.Capacity.of("1 MiB"), target=target)
    volume = pool.volumes.create(wanted)
    check(wanted, volume.document(), qemu)
    copy = pool.volumes.create(StorageVolume(name="b.qcow2", capacity=wanted.capacity, target=target), source=volume)
    assert Path(copy.path).exists()
    with pytest.raises(driver.AlreadyExistsError, match=r"storage volume 'a\.qcow2' exists already"):
        pool.volumes.create(wanted)
    assert qemu.pools.volume(path=copy.path).name == "b.qcow2"
    for found in pool.volumes:
        found.delete()
    pool.destroy()
    pool.delete()
    pool.undefine()
    assert not (place / "images").exists()


def test_what_the_host_has_and_can_do_is_known(qemu: driver.Connection) -> None:
    documents = [
        qemu.capabilities(),
        qemu.domain_capabilities(arch="x86_64", virttype="qemu"),
        qemu.storage_pool_capabilities(),
    ]
    kinds: list[Iterable[Any]] = [qemu.node_devices, qemu.interfaces]
    documents += [handle.document() for kind in kinds for handle in kind]
    assert len(documents) > 3
    # Not always valid: before 12.8.0, the schema has no names with dots for features of processors.
    assert [line for document in documents for line in unknown(document)] == []


def test_processors_are_compared(qemu: driver.Connection) -> None:
    host = qemu.capabilities().host
    assert host is not None
    assert host.cpu is not None
    assert qemu.compare_cpu(host.cpu) == "identical"
    assert qemu.baseline_cpu([host.cpu, host.cpu]).model is not None
    assert unknown(qemu.baseline_hypervisor_cpu([host.cpu], virttype="qemu")) == []


def test_a_guest_of_the_same_name_already_exists(running: DomainHandle, qemu: driver.Connection) -> None:
    with pytest.raises(driver.AlreadyExistsError, match="domain 'guest' already exists"):
        qemu.domains.define(guest([]))
    with pytest.raises(driver.OperationInvalidError, match="domain is already running"):
        running.start()
