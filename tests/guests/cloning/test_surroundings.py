"""What is on a host that clones must not run into."""

from __future__ import annotations

from pathlib import Path

import pytest

from virtxml.guests.cloning import HostSurroundings
from virtxml.guests.hosts import Host, read_host

NODE = """<node>
  <domain type='test'>
    <name>db</name>
    <uuid>AAAAAAAA-0000-1111-2222-333333334000</uuid>
    <devices><interface type='user'><mac address='52:54:00:AA:bb:c0'/></interface></devices>
  </domain>
  <pool type='dir'>
    <name>images</name>
    <target><path>/images</path></target>
    <volume><name>a.img</name><target><path>/images/a.img</path></target></volume>
  </pool>
  <pool type='logical'>
    <name>vg</name>
    <target><path>/dev/vg</path></target>
    <volume><name>data</name><target><path>/dev/vg/data</path></target></volume>
  </pool>
</node>"""


@pytest.fixture
def host(tmp_path: Path) -> Host:
    path = tmp_path / "host.xml"
    path.write_text(NODE)
    return read_host(host=path)


def test_guests_have_their_names_uuids_and_addresses(host: Host) -> None:
    around = HostSurroundings(host)
    assert set(around.names) == {"db"}
    assert set(around.uuids) == {"aaaaaaaa-0000-1111-2222-333333334000"}
    assert set(around.macs) == {"52:54:00:aa:bb:c0"}


def test_a_guest_that_is_replaced_has_none_any_more(host: Host) -> None:
    around = HostSurroundings(host, replaced="db")
    assert (set(around.names), set(around.uuids), set(around.macs)) == (set(), set(), set())
    assert set(HostSurroundings(host, check_macs=False).macs) == set()


def test_volumes_are_those_of_pools(host: Host) -> None:
    around = HostSurroundings(host)
    assert around.is_volume("/images/a.img")
    assert not around.is_volume("/images/b.img")
    assert around.volume_path("vg", "data") == "/dev/vg/data"
    assert around.volume_path("vg", "other") is None
    assert around.volume_path("other", "data") is None


def test_files_count_if_they_are_of_this_machine(host: Host, tmp_path: Path) -> None:
    there = str(tmp_path / "host.xml")
    assert HostSurroundings(host).is_there(there)
    assert not HostSurroundings(host).is_there(str(tmp_path / "other.xml"))
    assert not HostSurroundings(host.changed(is_remote=True)).is_there(there)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/images/a.img", "file"),
        ("/images/new", "file"),
        ("/dev/vg/data", "block"),
        ("/dev/vg/new", "block"),
        ("/dev/nothing-like-that", "block"),
        ("/nothing-like-that", "file"),
        ("/", "dir"),
    ],
)
def test_pools_and_files_say_what_an_image_is(path: str, kind: str, host: Host) -> None:
    assert HostSurroundings(host).kind(path) == kind
