"""What `virtxml install` prints goes to libvirt's test driver, and comes back; facts about a host come from libvirt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.comparing import as_libvirt_says_it, check
from virtxml import Domain, driver
from virtxml.cli import main
from virtxml.guests.hosts.snapshot import snapshot, write_snapshot
from virtxml.install import Host, read_host, translate

URI = "test:///default"
GUEST = "--name web --osinfo fedora40 --memory 512"
GUESTS = {
    "network boot": f"{GUEST} --disk size=1 --pxe",
    "import": f"{GUEST} --disk size=1 --import --graphics none --console pty,target_type=serial",
    "many disks": f"{GUEST} --disk size=1,bus=scsi --disk size=1,bus=usb --disk device=cdrom --import",
    "on a pool": f"{GUEST} --disk pool=default-pool,size=1,format=qcow2 --import --network network=default",
    "cards": f"{GUEST} --disk none --import --network bridge=br0 --network user --network none",
    "screens": f"{GUEST} --disk none --import --graphics vnc,listen=0.0.0.0,password=x --video qxl --sound default",
    "CPUs": f"{GUEST} --disk none --import --vcpus 4,sockets=2 --cpu host-passthrough --iothreads 2",
    "devices": f"{GUEST} --disk none --import --tpm default --watchdog default --vsock auto_cid=yes --rng /dev/urandom",
    "memory": f"{GUEST} --disk none --import --memorybacking hugepages=on --memballoon none --memtune hard_limit=600",
    "old": "--name web --ram 256 --os-variant debian12 --nodisks --pxe --noautoconsole --serial pty",
}


@pytest.fixture
def known(host: driver.Connection, tmp_path: Path) -> Host:
    """Return what files that were written by the test driver tell of it."""
    capabilities, node = write_snapshot(snapshot(URI), tmp_path)
    return read_host(capabilities=capabilities, host=node, uri=URI)


@pytest.mark.parametrize("name", GUESTS)
def test_each_step_comes_back_and_goes(name: str, host: driver.Connection, known: Host) -> None:
    translation = translate(GUESTS[name], host=known)
    for given in translation.documents:
        handle = host.domains.define(given)
        check(as_libvirt_says_it(given), handle.document(inactive=True, secure=True), host)
        handle.undefine()
    with pytest.raises(driver.NotFoundError, match=r"^Domain not found"):
        host.domains.lookup("web")


def test_what_is_printed_is_defined(host: driver.Connection, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["install", *GUESTS["import"].split(), "--connect", URI, "--define"]) == 0
    printed = capsys.readouterr()
    assert printed.err.endswith("virtxml install: defined web\n")
    handle = host.domains.lookup("web")
    assert not handle.active
    check(as_libvirt_says_it(Domain.from_xml(printed.out)), handle.document(inactive=True), host)


def test_a_guest_is_started(host: driver.Connection, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["install", *GUESTS["import"].split(), "--connect", URI, "--start"]) == 0
    assert capsys.readouterr().err.endswith("virtxml install: defined and started web\n")
    assert host.domains.lookup("web").active


def test_an_installation_is_started_and_the_guest_is_defined(
    host: driver.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["install", *GUESTS["network boot"].split(), "--connect", URI, "--start"]) == 0
    assert capsys.readouterr().err.endswith("virtxml install: defined web, and started its installation\n")
    handle = host.domains.lookup("web")
    assert handle.active
    # The installation ends when the guest asks for a reboot.
    assert [handle.document(inactive=inactive).on_reboot for inactive in (False, True)] == ["destroy", "restart"]


def test_a_refusal_is_one_line(host: driver.Connection, capsys: pytest.CaptureFixture[str]) -> None:
    taken = f"--name test --connect {URI} --osinfo generic --memory 64 --disk none --import --define --print-xml"
    assert main(["install", *taken.split()]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert [line.startswith("virtxml install: error: ") for line in printed.err.splitlines()] == [True]
    assert "already exists" in printed.err


def test_the_files_tell_what_libvirt_tells(host: driver.Connection, known: Host) -> None:
    assert [domain.name for domain in known.domains] == [handle.name for handle in host.domains]
    for kind, ours in {"networks": known.networks, "pools": known.pools, "interfaces": known.interfaces}.items():
        assert list(ours) == [handle.document() for handle in getattr(host, kind)], kind
    assert {device.name for device in known.node_devices} == {handle.name for handle in host.node_devices}
