"""Memory, and shares and limits of it, of disks and of processor time."""

from __future__ import annotations

import pytest

from .running import Shell


@pytest.mark.parametrize(
    ("size", "written"),
    [
        ("1G", '<currentMemory unit="GiB">1</currentMemory>'),
        ("1536MiB", '<currentMemory unit="KiB">1572864</currentMemory>'),
        ("1000MB", '<currentMemory unit="KiB">976563</currentMemory>'),
        ("1048576", '<currentMemory unit="GiB">1</currentMemory>'),
    ],
)
def test_memory_keeps_its_unit_where_it_can(shell: Shell, size: str, written: str) -> None:
    assert shell.changed("setmem", size) == ['-<currentMemory unit="GiB">2</currentMemory>', f"+{written}"]


def test_memory_has_a_limit_which_can_be_changed(shell: Shell) -> None:
    assert "at most 4194304 KiB" in shell.refusal("setmem", shell.guest, "5G")
    shell("setmaxmem", shell.guest, "--kilobytes", "8388608")
    assert '<memory unit="GiB">8</memory>   <!-- enough -->' in shell.guest.read_text()
    shell("setmaxmem", shell.guest, "1G")
    text = shell.guest.read_text()
    assert '<memory unit="GiB">1</memory>' in text
    assert '<currentMemory unit="GiB">1</currentMemory>' in text
    assert "some memory" in shell.refusal("setmem", shell.guest, "0", status=2)
    assert "not a size: '1x'" in shell.refusal("setmem", shell.guest, "1x", status=2)


def test_a_domain_keeps_what_it_starts_with_when_it_may_have_more(shell: Shell) -> None:
    lines = shell.guest.read_text().splitlines(keepends=True)
    shell.guest.write_text("".join(line for line in lines if "currentMemory" not in line))
    shell("setmaxmem", shell.guest, "8G")
    assert '<currentMemory unit="KiB">4194304</currentMemory>' in shell.guest.read_text()


def test_cells_say_the_memory_that_they_have(shell: Shell) -> None:
    cells = "<cpu><numa><cell id='0' cpus='0-3' memory='3' unit='GiB'/></numa></cpu>"
    shell.guest.write_text(shell.guest.read_text().replace("  <devices>", f"  {cells}\n  <devices>"))
    assert "NUMA cells" in shell.refusal("setmaxmem", shell.guest, "8G")
    assert "at most 3145728 KiB" in shell.refusal("setmem", shell.guest, "4G")


def test_memory_of_the_host_is_limited(shell: Shell) -> None:
    before = shell.guest.read_text()
    assert shell.changed("memtune", "8G", "--swap-hard-limit", "9G") == [
        "+<memtune>",
        '+<hard_limit unit="KiB">8388608</hard_limit>',
        '+<swap_hard_limit unit="KiB">9437184</swap_hard_limit>',
        "+</memtune>",
    ]
    assert shell("memtune", shell.guest).startswith("hard_limit     : 8388608\nsoft_limit     : unlimited\n")
    assert "--swap-hard-limit is too small" in shell.refusal("memtune", shell.guest, "--hard-limit", "10G")
    assert "guarantees no memory" in shell.refusal("memtune", shell.guest, "--min-guarantee", "1G")
    shell("memtune", shell.guest, "--hard-limit", "-1", "--swap-hard-limit", "-1")
    assert shell.guest.read_text() == before


def test_memory_comes_from_nodes(shell: Shell) -> None:
    assert "no nodes are said" in shell.refusal("numatune", shell.guest, "--mode", "strict")
    shell("numatune", shell.guest, "--nodeset", "0,1")
    assert '<memory mode="strict" nodeset="0-1"/>' in shell.guest.read_text()
    shell("numatune", shell.guest, "--mode", "2")
    assert shell("numatune", shell.guest) == "numa_mode      : interleave\nnuma_nodeset   : 0-1\n"
    assert "'wrong' is not one of strict" in shell.refusal("numatune", shell.guest, "--mode", "wrong")


def test_disks_are_limited(shell: Shell) -> None:
    before = shell.guest.read_text()
    shell("blkdeviotune", shell.guest, "vda", "--total-bytes-sec", "1M", "--read_iops_sec", "5")
    text = shell.guest.read_text()
    assert "<total_bytes_sec>1048576</total_bytes_sec>" in text
    assert "<read_iops_sec>5</read_iops_sec>" in text
    assert shell.changed("blkdeviotune", "vda", "--write-bytes-sec", "7") == [
        "-<total_bytes_sec>1048576</total_bytes_sec>",
        "+<write_bytes_sec>7</write_bytes_sec>",
    ]
    assert "write_bytes_sec: 7\n" in shell("blkdeviotune", shell.guest, "vda")
    limits = ["--total-iops-sec", "1", "--read-iops-sec", "1"]
    assert "--total-iops-sec excludes" in shell.refusal("blkdeviotune", shell.guest, "vda", *limits)
    assert "no disk has" in shell.refusal("blkdeviotune", shell.guest, "vdz", "--total-iops-sec", "1")
    assert "is more than" in shell.refusal("blkdeviotune", shell.guest, "vda", "--total-iops-sec", str(10**16))
    shell("blkdeviotune", shell.guest, "vda", "--write-bytes-sec", "0", "--read-iops-sec", "0")
    assert shell.guest.read_text() == before


def test_disks_of_a_group_have_the_same_limits(shell: Shell) -> None:
    shell("blkdeviotune", shell.guest, "vda", "--total-iops-sec", "5", "--group-name", "slow")
    shell("blkdeviotune", shell.guest, "sda", "--group-name", "slow")
    assert shell.guest.read_text().count("<total_iops_sec>5</total_iops_sec>") == 2
    shell("blkdeviotune", shell.guest, "sda", "--total-iops-sec", "6")
    assert shell.guest.read_text().count("<total_iops_sec>6</total_iops_sec>") == 2


def test_devices_of_the_host_are_shared(shell: Shell) -> None:
    before = shell.guest.read_text()
    shell("blkiotune", shell.guest, "500", "--device-weights", "/dev/sda,100,/dev/sdb,200")
    assert shell("blkiotune", shell.guest).startswith(
        "weight         : 500\ndevice_weight  : /dev/sda,100,/dev/sdb,200\ndevice_read_iops_sec: \n"
    )
    assert shell.changed("blkiotune", "--device-weights", "/dev/sda,0") == [
        "-<path>/dev/sda</path>",
        "-<weight>100</weight>",
    ]
    assert "is not PATH,NUMBER" in shell.refusal("blkiotune", shell.guest, "--device-read-bytes-sec", "/dev/sda,1M")
    assert "0 is no weight" in shell.refusal("blkiotune", shell.guest, "--weight", "0")
    assert shell.guest.read_text() != before


def test_processor_time_is_shared(shell: Shell) -> None:
    before = shell.guest.read_text()
    assert shell.changed("schedinfo", "vcpu_quota=5000", "vcpu_period=10000", "--config") == [
        "+<cputune>",
        "+<period>10000</period>",
        "+<quota>5000</quota>",
        "+</cputune>",
    ]
    assert "vcpu_quota     : 5000\n" in shell("schedinfo", shell.guest)
    assert "1000 to 1000000" in shell.refusal("schedinfo", shell.guest, "--set", "vcpu_period=1")
    assert "is no parameter" in shell.refusal("schedinfo", shell.guest, "--set", "speed=1")
    assert "NAME=VALUE" in shell.refusal("schedinfo", shell.guest, "--set", "cpu_shares", status=2)
    assert "given twice" in shell.refusal("schedinfo", shell.guest, "cpu_shares=1", "cpu_shares=2", status=2)
    assert "Xen" in shell.refusal("schedinfo", shell.guest, "--weight", "5")
    shell("schedinfo", shell.guest, "--set", "vcpu_quota=0", "--set", "vcpu_period=0")
    assert shell.guest.read_text() == before


def test_a_group_has_limits(shell: Shell) -> None:
    assert "would have no limits" in shell.refusal("blkdeviotune", shell.guest, "vda", "--group-name", "slow")
