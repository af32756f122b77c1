"""Documents of pools, volumes, snapshots and checkpoints."""

from __future__ import annotations

import pytest

import virtxml

from .running import GUEST, Shell

POOL_OPTIONS = [
    ["dir", "--target", "/srv/pool"],
    ["fs", "--source-dev", "/dev/vg/x", "--target", "/mnt/x", "--source-format", "ext4"],
    ["netfs", "nas", "/export", "--target", "/mnt/nas", "--source-format", "nfs", "--source-protocol-ver", "4.1"],
    ["logical", "--source-dev", "/dev/sdb", "--source-name", "vg1", "--target", "/dev/vg1"],
    ["iscsi", "--source-host", "san", "--source-dev", "iqn.2020-01.org.example:t1", "--target", "/dev/disk/by-path"],
    ["scsi", "--adapter-name", "scsi_host3", "--target", "/dev/disk/by-path"],
    ["mpath", "--target", "/dev/mapper"],
    ["gluster", "--source-host", "g1", "--source-name", "vol", "--source-path", "/dir"],
]
SNAPSHOTS = [
    ["snapshot-create-as", "s1", "before the upgrade"],
    ["snapshot-create-as"],
    ["snapshot-create-as", "s1", "--disk-only", "--diskspec", "vda,snapshot=external,driver=qcow2,file=/a,,b"],
    ["snapshot-create-as", "s1", "--diskspec", "vda,stype=block,file=/dev/vg/s", "--diskspec", "sda,snapshot=no"],
    ["snapshot-create-as", "s1", "--memspec", "/srv/memory,snapshot=external"],
    ["checkpoint-create-as", "c1", "first"],
    ["checkpoint-create-as", "--name", "c1", "--diskspec", "vda,checkpoint=bitmap,bitmap=c1", "--description", "d"],
]


@pytest.mark.parametrize("options", POOL_OPTIONS, ids=lambda options: options[0])
def test_documents_of_pools_are_valid(shell: Shell, options: list[str]) -> None:
    text = shell("pool-define-as", "p & 1", *options)
    assert text == shell("pool-create-as", "p & 1", *options, "--build", "--print-xml")
    assert virtxml.validate(text) == []
    assert "<name>p &amp; 1</name>" in text


def test_who_logs_in_to_a_pool_is_said_whole_or_not_at_all(shell: Shell) -> None:
    auth = ["--auth-type", "ceph", "--auth-username", "admin"]
    text = shell("pool-define-as", "p", "rbd", "--source-name", "images", *auth, "--secret-usage", "s")
    assert "<auth type='ceph' username='admin'>\n      <secret usage='s'/>\n" in text
    assert "<auth" not in shell("pool-define-as", "p", "rbd", "--source-name", "images", *auth)
    secrets = ["--secret-usage", "s", "--secret-uuid", "u"]
    assert "exclude each other" in shell.refusal("pool-define-as", "p", "rbd", *secrets, status=2)


@pytest.mark.parametrize(
    ("parents", "written"),
    [
        (["--adapter-parent", "scsi_host3", "--adapter-parent-wwnn", "c"], "parent='scsi_host3' wwnn='a' wwpn='b'"),
        (["--adapter-parent-wwnn", "c", "--adapter-parent-wwpn", "d"], "parent_wwnn='c' parent_wwpn='d' wwnn='a'"),
        (["--adapter-parent-fabric-wwn", "e"], "parent_fabric_wwn='e' wwnn='a' wwpn='b'"),
    ],
)
def test_adapters_have_parents(shell: Shell, parents: list[str], written: str) -> None:
    names = ["--adapter-wwnn", "a", "--adapter-wwpn", "b"]
    assert f"<adapter type='fc_host' {written}" in shell("pool-define-as", "p", "scsi", *names, *parents)


def test_documents_of_volumes_are_valid_and_in_bytes(shell: Shell) -> None:
    text = shell("vol-create-as", "default", "v.qcow2", "10G", "--allocation", "1MB", "--format", "qcow2")
    assert virtxml.validate(text) == []
    assert "<capacity>10737418240</capacity>\n  <allocation>1000000</allocation>\n" in text
    assert "not a size: '1.5G'" in shell.refusal("vol-create-as", "default", "v", "1.5G", status=2)


def test_volumes_are_based_on_others_and_cloned(shell: Shell) -> None:
    base = shell.path / "base.xml"
    base.write_text("<volume><name>base</name><capacity>5</capacity><target><path>/srv/base</path></target></volume>")
    made = ["vol-create-as", "default", "v", "5", "--backing-vol"]
    text = shell(*made, str(base), "--backing-vol-format", "raw")
    assert "  <backingStore>\n    <path>/srv/base</path>\n    <format type='raw'/>\n" in text
    assert "No such file" in shell.refusal(*made, "/nowhere.xml", status=2)
    assert "<name>copy</name>\n  <capacity>5</capacity>\n" in shell("vol-clone", base, "copy", "--pool", "default")
    base.write_text("<volume><name>base</name></volume>")
    assert "does not tell its path" in shell.refusal(*made, base)


@pytest.mark.parametrize("command", SNAPSHOTS, ids=" ".join)
def test_documents_of_snapshots_and_checkpoints_are_valid(shell: Shell, command: list[str]) -> None:
    name, *options = command
    text = shell(name, shell.guest, *options)
    assert virtxml.validate(text) == []
    assert text == shell(name, shell.guest, *options, "--print-xml", "--quiesce")
    assert shell.guest.read_text() == GUEST


def test_specifications_of_disks(shell: Shell) -> None:
    text = shell("snapshot-create-as", shell.guest, "s1", "d", "vda,file=/a,,b,driver=qcow2", "sda,snapshot=no")
    assert "<source file='/a,b'/>" in text
    assert "<disk name='sda' snapshot='no'/>" in text


@pytest.mark.parametrize(
    "specification",
    [
        ["--diskspec", "vda,wrong=1"],
        ["--diskspec", "vda,file=/a,file=/b"],
        ["--diskspec", "vda,/a"],
        ["--diskspec", "vda,stype=network"],
        ["--memspec", "memory"],
        ["--memspec", "/a,file=/b"],
    ],
)
def test_specifications_that_are_none(shell: Shell, specification: list[str]) -> None:
    assert specification[0] in shell.refusal("snapshot-create-as", shell.guest, *specification)
