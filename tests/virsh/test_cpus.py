"""Virtual CPUs, what they are pinned to, and I/O threads."""

from __future__ import annotations

import pytest

from virtxml.cpu_sets import cpu_set_members, cpu_set_text

from .running import Shell


def test_a_domain_starts_with_other_numbers_of_cpus(shell: Shell) -> None:
    assert shell.changed("setvcpus", "4") == ['-<vcpu current="2">4</vcpu>', "+<vcpu>4</vcpu>"]
    assert shell.changed("setvcpus", "1") == ["-<vcpu>4</vcpu>", '+<vcpu current="1">4</vcpu>']
    assert "at most 4 virtual CPUs, not 5" in shell.refusal("setvcpus", shell.guest, "5")
    assert shell.changed("setvcpus", "8", "--maximum", "--config") == [
        '-<vcpu current="1">4</vcpu>',
        '+<vcpu current="1">8</vcpu>',
    ]


def test_cpus_that_go_take_along_what_is_said_of_them(shell: Shell) -> None:
    shell("vcpupin", shell.guest, "3", "0-1")
    shell("setvcpus", shell.guest, "2", "--maximum", "--config")
    text = shell.guest.read_text()
    assert "<vcpu>2</vcpu>" in text
    assert "vcpupin" not in text


@pytest.mark.parametrize(("cells", "found"), [(["0-1", "2-3"], ["0-1,4-5", "2-3"]), (["0-3"], ["0-5"])])
def test_the_first_cell_gets_new_cpus(shell: Shell, cells: list[str], found: list[str]) -> None:
    def written(sets: list[str]) -> str:
        return "".join(f"<cell id='{number}' cpus='{one}' memory='1024'/>" for number, one in enumerate(sets))

    text = shell.guest.read_text().replace("  <devices>", f"  <cpu><numa>{written(cells)}</numa></cpu>\n  <devices>")
    shell.guest.write_text(text)
    shell("setvcpus", shell.guest, "6", "--maximum", "--config")
    assert written(found) in shell.guest.read_text()
    assert "the NUMA cells have more" in shell.refusal("setvcpus", shell.guest, "2", "--maximum", "--config")


def test_a_topology_says_how_many_cpus_there_are(shell: Shell) -> None:
    topology = "<cpu><topology sockets='2' cores='2' threads='1'/></cpu>"
    shell.guest.write_text(shell.guest.read_text().replace("  <devices>", f"  {topology}\n  <devices>"))
    reason = shell.refusal("setvcpus", shell.guest, "6", "--maximum", "--config")
    assert "the topology of the CPU has 4 virtual CPUs, not 6" in reason


def test_cpus_are_told_one_by_one(shell: Shell) -> None:
    assert shell.changed("setvcpu", "3", "--enable") == [
        '-<vcpu current="2">4</vcpu>',
        '+<vcpu current="3">4</vcpu>',
        "+<vcpus>",
        '+<vcpu id="0" enabled="yes" hotpluggable="no"/>',
        '+<vcpu id="1" enabled="yes" hotpluggable="no"/>',
        '+<vcpu id="2" enabled="no" hotpluggable="yes"/>',
        '+<vcpu id="3" enabled="yes" hotpluggable="yes"/>',
        "+</vcpus>",
    ]
    assert shell.changed("setvcpus", "2") == [
        '-<vcpu current="3">4</vcpu>',
        '-<vcpu id="3" enabled="yes" hotpluggable="yes"/>',
        '+<vcpu current="2">4</vcpu>',
        '+<vcpu id="3" enabled="no" hotpluggable="yes"/>',
    ]
    assert "virtual CPU 0 is always there" in shell.refusal("setvcpu", shell.guest, "0-1", "--disable")
    assert "no virtual CPU 4" in shell.refusal("setvcpu", shell.guest, "4", "--enable")
    assert "not a set of numbers" in shell.refusal("setvcpu", shell.guest, "x", "--enable")
    assert "--enable or --disable" in shell.refusal("setvcpu", shell.guest, "1", status=2)


def test_pins_are_set_changed_shown_and_taken_out(shell: Shell) -> None:
    before = shell.guest.read_text()
    shell("vcpupin", shell.guest, "1", "0,1,2,^1")
    assert shell.changed("vcpupin", "--vcpu", "0", "--cpulist", "3") == ['+<vcpupin vcpu="0" cpuset="3"/>']
    text = shell.guest.read_text()
    assert text.index('<vcpupin vcpu="0"') < text.index('<vcpupin vcpu="1" cpuset="0,2"/>')
    assert " 0      3\n 1      0,2\n 2      all\n" in shell("vcpupin", shell.guest)
    assert shell.changed("emulatorpin", "0-1") == ['+<emulatorpin cpuset="0-1"/>']
    assert shell("emulatorpin", shell.guest).endswith("*: 0-1\n")
    assert "no virtual CPU 4" in shell.refusal("vcpupin", shell.guest, "4", "0")
    assert "not a set of numbers" in shell.refusal("emulatorpin", shell.guest, "x")
    for vcpu in ("0", "1"):
        shell("vcpupin", shell.guest, vcpu, "r")
    shell("emulatorpin", shell.guest, "r")
    assert shell.guest.read_text() == before


def test_iothreads_come_and_go(shell: Shell) -> None:
    assert shell.changed("iothreadadd", "7") == [
        "-<iothreads>2</iothreads>",
        "+<iothreads>3</iothreads>",
        "+<iothreadids>",
        '+<iothread id="1"/>',
        '+<iothread id="2"/>',
        '+<iothread id="7"/>',
        "+</iothreadids>",
    ]
    shell("iothreadpin", shell.guest, "7", "0")
    assert shell.changed("iothreaddel", "7") == [
        "-<iothreads>3</iothreads>",
        '-<iothread id="7"/>',
        "-<cputune>",
        '-<iothreadpin iothread="7" cpuset="0"/>',
        "-</cputune>",
        "+<iothreads>2</iothreads>",
    ]
    assert "there is an I/O thread 1 already" in shell.refusal("iothreadadd", shell.guest, "1")
    assert "no I/O thread 9" in shell.refusal("iothreaddel", shell.guest, "9")
    shell("attach-disk", shell.guest, "/a", "vdb", "--iothread", "2")
    assert "I/O thread 2 serves the disk vdb" in shell.refusal("iothreaddel", shell.guest, "2")
    assert "no I/O thread 8" in shell.refusal("attach-disk", shell.guest, "/a", "vdc", "--iothread", "8")


def test_pins_of_threads_stand_in_their_order(shell: Shell) -> None:
    shell("iothreadpin", shell.guest, "2", "0")
    shell("iothreadpin", shell.guest, "1", "1")
    shell("iothreadpin", shell.guest, "2", "3")
    text = shell.guest.read_text()
    assert text.index('<iothreadpin iothread="1" cpuset="1"/>') < text.index('<iothreadpin iothread="2" cpuset="3"/>')
    assert "no I/O thread 3" in shell.refusal("iothreadpin", shell.guest, "3", "0")


def test_the_first_of_the_threads_that_nothing_lists_goes(shell: Shell) -> None:
    assert shell.changed("iothreaddel", "1") == [
        "-<iothreads>2</iothreads>",
        "+<iothreads>1</iothreads>",
        "+<iothreadids>",
        '+<iothread id="2"/>',
        "+</iothreadids>",
    ]
    shell("iothreaddel", shell.guest, "2")
    assert "iothread" not in shell.guest.read_text()


def test_iothreads_poll_and_have_workers(shell: Shell) -> None:
    shell("iothreadset", shell.guest, "2", "--poll-max-ns", "1000", "--thread-pool-max", "4")
    text = shell.guest.read_text()
    assert '<iothread id="2" thread_pool_max="4">' in text
    assert '<poll max="1000"/>' in text
    assert "at least 5 workers" in shell.refusal("iothreadset", shell.guest, "2", "--thread-pool-min", "5")
    assert "nothing is said" in shell.refusal("iothreadset", shell.guest, "2", status=2)


@pytest.mark.parametrize(
    ("text", "members", "written"),
    [("3", {3}, "3"), ("0-2,^1,7", {0, 2, 7}, "0,2,7"), ("4,5,6,0", {0, 4, 5, 6}, "0,4-6")],
)
def test_sets_of_cpus(text: str, members: set[int], written: str) -> None:
    assert cpu_set_members(text) == members
    assert cpu_set_text(members) == written


@pytest.mark.parametrize("text", ["", "x", "1-", "0,^0", "99999", "1 2", "-1"])
def test_what_is_no_set_of_cpus(text: str) -> None:
    with pytest.raises(ValueError, match=r"set|as many"):
        cpu_set_members(text)
