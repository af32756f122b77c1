"""What builders and `virtxml install` make goes to QEMU in a libvirtd of our own, runs there, and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.comparing import as_libvirt_says_it, check
from tests.live.qemu.daemon import Daemon
from tests.live.qemu.test_qemu import PASSWORD, image
from virtxml import Domain, builders, driver
from virtxml.cli import main
from virtxml.driver.domains import DomainHandle
from virtxml.install import read_host

UUID = "2f0cbb87-0d2c-4b1a-90a5-6a3c3c1b8f10"
FILTERS = {
    "ssh": builders.nwfilter("ssh").accept("tcp", port=22).accept("arp", direction="inout").drop("all", direction="in"),
    "ports": builders.nwfilter("ports").chain("ipv4", priority=-700).accept("udp", port=(60, 99), source="10.0.0.0/8"),
    "nested": builders.nwfilter("nested").include("base", parameters={"IP": "192.168.122.9"}),
}
SECRETS = {
    "ceph": builders.secret().for_ceph("client.libvirt secret"),
    "iscsi": builders.secret().for_iscsi("iqn.2013-06.com.example:pool").description("for the pool"),
    "tls": builders.secret().for_tls("migration").ephemeral(),
    "volume": builders.secret().for_volume("/srv/a.luks").private(),
    "vtpm": builders.secret().for_vtpm("web01"),
}


def guest(path: str) -> builders.DomainBuilder:
    """Return the builder of a guest with devices of many kinds, that runs without acceleration."""
    return (
        builders.domain("web01").qemu().emulator("/usr/bin/qemu-system-x86_64").machine("q35").memory("64 MiB").vcpus(2)
        .disk(path).cdrom().vnc(listen="127.0.0.1", password=PASSWORD).serial().guest_agent().rng().watchdog()
        .metadata("<my:owner xmlns:my='urn:example'>us</my:owner>").qemu_env("NAME", "value")
    )  # fmt: skip


@pytest.fixture
def given(tmp_path: Path) -> Domain:
    """Return a guest with a disk."""
    return guest(image(tmp_path, "root")).build()


@pytest.fixture
def running(given: Domain, qemu: driver.Connection) -> Iterator[DomainHandle]:
    """Return the guest, which runs."""
    handle = qemu.domains.define(given, validate=True)
    handle.start()
    yield handle
    if handle.active:
        handle.destroy()
    handle.undefine(snapshots_metadata=True, checkpoints_metadata=True)


def test_a_built_guest_runs_is_paused_dumped_and_destroyed(
    given: Domain, running: DomainHandle, qemu: driver.Connection, tmp_path: Path
) -> None:
    running.suspend()
    assert running.libvirt.state()[0] == 3
    for inactive in (False, True):
        check(as_libvirt_says_it(given), running.document(secure=True, inactive=inactive), qemu)
    running.libvirt.coreDump(str(tmp_path / "core"), 0)
    assert (tmp_path / "core").stat().st_size > 0
    running.resume()
    assert running.libvirt.state()[0] == 1
    running.destroy()
    assert not running.active


def test_a_built_guest_becomes_a_command_line(given: Domain, qemu: driver.Connection) -> None:
    command = qemu.domain_to_native(given, format="qemu-argv")
    for part in ("-name guest=web01", "root.qcow2", "q35", "virtio-rng-pci", "NAME=value"):
        assert part in command


def test_snapshots_and_checkpoints_come_back(running: DomainHandle, qemu: driver.Connection, tmp_path: Path) -> None:
    checkpoint = builders.checkpoint("nightly").disk("vda").build()
    made = running.checkpoints.create(checkpoint)
    check(checkpoint, made.document(), qemu)
    made.delete()
    snapshot = builders.snapshot("before").disk("vda", file=tmp_path / "over.qcow2").build()
    check(snapshot, running.snapshots.create(snapshot, disk_only=True).document(), qemu)
    assert (tmp_path / "over.qcow2").exists()


def test_a_backup_is_made(running: DomainHandle, tmp_path: Path) -> None:
    running.begin_backup(builders.backup().push().disk("vda", file=tmp_path / "copy.qcow2").build())
    assert (tmp_path / "copy.qcow2").exists()


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_come_back_and_go(name: str, qemu: driver.Connection) -> None:
    given = SECRETS[name].build()
    handle = qemu.secrets.define(given, validate=True)
    check(given, handle.document(), qemu)
    handle.undefine()
    with pytest.raises(driver.NotFoundError, match="no secret with matching uuid"):
        qemu.secrets.lookup(handle.uuid)


@pytest.mark.parametrize("name", FILTERS)
def test_filters_come_back_and_go(name: str, qemu: driver.Connection) -> None:
    base = qemu.filters.define(builders.nwfilter("base").build())
    given = FILTERS[name].build()
    handle = qemu.filters.define(given, validate=True)
    check(given, handle.document(), qemu)
    handle.undefine()
    base.undefine()
    with pytest.raises(driver.NotFoundError, match="no nwfilter with matching name"):
        qemu.filters.lookup(given.name)


def test_pools_volumes_and_networks_come_back_and_go(qemu: driver.Connection, tmp_path: Path) -> None:
    given = builders.pool("images").dir(tmp_path / "images").permissions(mode="0711").build()
    pool = qemu.pools.define(given, validate=True)
    pool.start(build=True)
    check(given, pool.document(), qemu)
    wanted = builders.volume("a.qcow2").capacity("8 MiB").qcow2(compat="1.1", lazy_refcounts=True).build()
    volume = pool.volumes.create(wanted)
    check(wanted, volume.document(), qemu)
    based = builders.volume("b.qcow2").capacity("8 MiB").backing(volume.path, format="qcow2").build()
    check(based, pool.volumes.create(based).document(), qemu)
    pool.destroy()
    pool.undefine()
    network = builders.network("lan").bridge("virbr77").mtu(1400).build()
    handle = qemu.networks.define(network, validate=True)
    handle.start()
    check(network, handle.document(), qemu)
    handle.destroy()
    handle.undefine()


def test_install_asks_the_host_and_starts_a_guest_on_it(
    own_daemon: Daemon, qemu: driver.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = image(tmp_path, "root")
    arguments = (
        f"--name web02 --osinfo generic --memory 64 --disk {path} --import --network none --graphics vnc --start"
    )
    assert main(["install", "--connect", own_daemon.uri, *arguments.split()]) == 0
    printed = capsys.readouterr()
    assert printed.err.endswith("virtxml install: defined and started web02\n")
    given = Domain.from_xml(printed.out)
    handle = qemu.domains.lookup("web02")
    try:
        assert handle.active
        assert given.type == "qemu"
        check(as_libvirt_says_it(given), handle.document(inactive=True), qemu)
    finally:
        handle.destroy()
        handle.undefine()


def test_install_needs_the_host_no_more_when_its_facts_are_in_files(
    own_daemon: Daemon, qemu: driver.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["host-snapshot", "--connect", own_daemon.uri, "--output", str(tmp_path)]) == 0
    files = dict(zip(("capabilities", "domcapabilities", "host"), capsys.readouterr().out.splitlines(), strict=True))
    host = read_host(**files)
    assert host.capabilities == qemu.capabilities()
    assert {device.name for device in host.node_devices} == {handle.name for handle in qemu.node_devices}
    arguments = f"install --name web03 --osinfo fedora40 --disk none --import --mac 52:54:00:11:22:33 --uuid {UUID}"
    assert main([*arguments.split(), "--connect", own_daemon.uri]) == 0
    asked = capsys.readouterr().out
    assert main([*arguments.split(), *(f"--{name}={path}" for name, path in files.items())]) == 0
    assert capsys.readouterr().out == asked
    handle = qemu.domains.define(Domain.from_xml(asked), validate=True)
    handle.undefine()
