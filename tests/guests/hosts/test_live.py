"""A live host is asked only for what somebody looks at; its files make the same host again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from virtxml.cli import BAD_INPUT, GOOD, main
from virtxml.guests.errors import GuestError
from virtxml.guests.hosts import Host, read_host
from virtxml.guests.hosts.snapshot import snapshot, write_snapshot

from .libvirt_fake import Connection, Module

URI = "qemu:///system"


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> Connection:
    connection = Connection()
    monkeypatch.setitem(sys.modules, "libvirt", Module(connection))
    return connection


@pytest.fixture
def host(connection: Connection) -> Host:
    return read_host(uri=URI)


def test_a_uri_alone_asks_libvirt(host: Host) -> None:
    assert host.arch == "s390x"
    assert host.driver == "qemu"


def test_nothing_is_asked_before_somebody_looks_and_nothing_twice(host: Host, connection: Connection) -> None:
    assert connection.asked == ["capabilities"]
    assert host.network("default") is not None
    assert [network.name for network in host.networks] == ["default", "zone"]
    assert connection.asked == ["capabilities", "networks"]


def test_domain_capabilities_are_those_of_the_kind_of_guest(host: Host, connection: Connection) -> None:
    for _ in range(2):
        offered = host.domain_capabilities("s390x", "s390-ccw-virtio", "qemu", "/usr/bin/my-qemu")
        assert offered is not None
        assert (offered.domain, offered.path) == ("qemu", "/usr/bin/my-qemu")
    assert connection.asked[1:] == ["domain capabilities s390x s390-ccw-virtio qemu /usr/bin/my-qemu"]
    assert host.domain_capabilities("s390x", "q35") is None


def test_volumes_are_asked_of_their_pools(host: Host) -> None:
    found = host.volume_at("/srv/a.img")
    assert found is not None
    assert (found[0].name, found[1].name) == ("images", "a.img")
    assert list(host.volumes) == ["images"]
    assert host.volume("nothing", "a.img") is None


def test_a_driver_without_something_has_none_of_it(host: Host) -> None:
    assert list(host.interfaces) == []


def test_an_answer_that_does_not_come_is_an_error_of_one_line(host: Host) -> None:
    with pytest.raises(GuestError) as caught:
        list(host.node_devices)
    assert str(caught.value) == f"{URI}: the daemon has gone away"


def test_no_connection_is_an_error(connection: Connection) -> None:
    with pytest.raises(GuestError, match="Failed to connect socket"):
        read_host(uri="qemu+ssh://nobody:hunter2@example.org/system")


def test_files_win_over_the_connection(connection: Connection, tmp_path: Path) -> None:
    files = write_snapshot({"host.xml": "<node/>"}, tmp_path)
    assert read_host(host=files[0], uri=URI).arch == "x86_64"
    assert connection.asked == []


def test_a_missing_libvirt_python_is_said_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "libvirt", None)
    with pytest.raises(GuestError, match=r"needs libvirt-python, which is not installed$"):
        read_host(uri=URI)
    assert main(["host-snapshot", "--connect", URI]) == BAD_INPUT
    assert "; give --capabilities and --host instead for yours" in capsys.readouterr().err


def _without_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "listAllDevices", lambda _self: [])


def test_the_files_of_a_snapshot_make_the_same_host(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, host: Host
) -> None:
    _without_devices(monkeypatch)
    capabilities, domcapabilities, node = write_snapshot(snapshot(URI), tmp_path / "new" / "directory")
    again = read_host(capabilities, domcapabilities, node, URI)
    assert again.capabilities == host.capabilities
    assert again.domain_capabilities() == host.domain_capabilities()
    for name in ("networks", "pools", "domains", "interfaces", "node_devices"):
        assert list(getattr(again, name)) == list(getattr(host, name))
    assert {pool: list(volumes) for pool, volumes in again.volumes.items()} == {
        pool: list(volumes) for pool, volumes in host.volumes.items()
    }


def test_the_command_writes_the_files_and_prints_their_names(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _without_devices(monkeypatch)
    assert main(["host-snapshot", "--connect", URI, "--output", str(tmp_path)]) == GOOD
    names = ["capabilities.xml", "domcapabilities.xml", "host.xml"]
    assert capsys.readouterr().out.splitlines() == [str(tmp_path / name) for name in names]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--connect", "nothing:///"], "libvirt has no such driver"),
        (["--connect", "qemu+ssh://nobody/system"], "Failed to connect socket"),
        (["--connect", URI, "--output", "{file}"], "File exists"),
    ],
)
def test_the_command_ends_with_one_line_about_what_is_wrong(
    connection: Connection,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    _without_devices(monkeypatch)
    file = tmp_path / "file"
    file.write_text("")
    assert main(["host-snapshot", *(argument.format(file=file) for argument in arguments)]) == BAD_INPUT
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert message in said[0]


def test_the_test_driver_of_libvirt_itself_answers(tmp_path: Path) -> None:
    pytest.importorskip("libvirt", reason="needs libvirt-python")
    capabilities, node = write_snapshot(snapshot("test:///default"), tmp_path)
    host = read_host(capabilities, host=node)
    assert host.driver == "test"
    builtin = read_host(uri="test:///default")
    assert builtin.capabilities.guests == host.capabilities.guests
    assert [domain.name for domain in host.domains] == [domain.name for domain in builtin.domains]
    assert [pool.target for pool in host.pools] == [pool.target for pool in builtin.pools]
    assert [network.bridge for network in host.networks] == [network.bridge for network in builtin.networks]
