"""How many virtual CPUs there are, what they are, and where their threads run."""

from __future__ import annotations

from functools import partial

import pytest

from tests.lint import guests

found = partial(guests.found, codes="VX6")


def tuned(tuning: str, count: int = 2, more: str = "", kind: str = "kvm") -> list[str]:
    """Return what is found in a guest with virtual CPUs and how their threads are tuned."""
    return found("", beside=f"<vcpu>{count}</vcpu>{more}<cputune>{tuning}</cputune>", kind=kind)


def listed(vcpus: str) -> list[str]:
    """Return what is found in a guest with four virtual CPUs, of which these are listed."""
    return found("", beside=f"<vcpu current='2'>4</vcpu><vcpus>{vcpus}</vcpus>")


@pytest.mark.parametrize(
    ("vcpu", "topology", "names"),
    [
        ("<vcpu>8</vcpu>", "sockets='1' dies='2' cores='2' threads='2'", []),
        ("<vcpu>8</vcpu>", "sockets='1' clusters='2' cores='2' threads='2'", []),
        ("<vcpu current='2'>4</vcpu>", "sockets='1' cores='4' threads='1'", []),
        ("<vcpu current='2'>4</vcpu>", "sockets='1' cores='2' threads='1'", ["vcpu-topology"]),
        ("", "sockets='1' cores='1' threads='1'", []),
        ("", "sockets='2' cores='1' threads='1'", ["vcpu-topology"]),
    ],
)
def test_all_levels_together_are_the_largest_number_of_cpus(vcpu: str, topology: str, names: list[str]) -> None:
    assert found("", beside=f"{vcpu}<cpu><topology {topology}/></cpu>") == names


def test_other_drivers_take_any_topology() -> None:
    cpu = "<vcpu>8</vcpu><cpu><topology sockets='1' cores='1' threads='1'/></cpu>"
    assert found("", beside=cpu, kind="test") == []


@pytest.mark.parametrize(("libvirt", "names"), [("9.0.0", ["vcpu-many"]), ("11.3.0", [])])
def test_newer_releases_add_the_iommu_for_many_cpus(libvirt: str, names: list[str]) -> None:
    assert found("", beside="<vcpu>256</vcpu>", libvirt=libvirt) == names


def test_an_iommu_without_extended_interrupts_reaches_few_cpus() -> None:
    iommu = "<iommu model='intel'><driver intremap='on' eim='off'/></iommu>"
    assert found(iommu, beside="<vcpu>256</vcpu>") == ["vcpu-many"]
    assert found(iommu, beside="<vcpu>255</vcpu>") == []
    assert found("", beside="<vcpu>256</vcpu>", machine="") == []
    assert found("", beside="<vcpu>256</vcpu>", machine="virt") == []


@pytest.mark.parametrize(
    ("vcpus", "names"),
    [
        ("<vcpu id='0' enabled='yes'/>", []),
        ("<vcpu id='0' enabled='yes' order='1'/><vcpu id='1' enabled='yes' hotpluggable='yes' order='9'/>", []),
        ("<vcpu id='0' enabled='yes' order='1'/><vcpu id='1' enabled='no' hotpluggable='yes'/>", []),
        ("<vcpu id='0' enabled='yes' order='1'/><vcpu id='1' enabled='yes'/>", ["vcpu-hotplug"]),
        ("<vcpu id='0' enabled='yes' order='2'/>", ["vcpu-hotplug"]),
        ("<vcpu id='0' enabled='no' hotpluggable='yes'/>", ["vcpu-hotplug"]),
        ("<vcpu id='1' enabled='yes'/>", ["vcpu-hotplug"]),
        ("<vcpu id='0' enabled='yes'/><vcpu id='4' enabled='yes'/>", ["vcpu-hotplug"]),
        ("<vcpu id='0' enabled='yes'/><vcpu id='1' enabled='no' hotpluggable='no'/>", ["vcpu-hotplug"]),
    ],
)
def test_states_of_single_cpus_fit_together(vcpus: str, names: list[str]) -> None:
    assert listed(vcpus) == names


def test_where_single_cpus_are_listed_their_number_at_the_start_counts_not() -> None:
    assert found("", beside="<vcpu current='9'>4</vcpu><vcpus><vcpu id='0' enabled='yes'/></vcpus>") == []


@pytest.mark.parametrize(
    ("tuning", "names"),
    [
        ("<vcpupin vcpu='5' cpuset='0'/><vcpupin vcpu='5' cpuset='1'/>", ["vcpupin-beyond", "vcpupin-beyond"]),
        ("<period>0</period><quota>-1</quota><shares>1</shares>", []),
        ("<vcpusched vcpus='1' scheduler='idle'/><iothreadsched iothreads='1' scheduler='idle'/>", []),
        ("<iothreadsched iothreads='1-2' scheduler='idle'/>", ["iothread-undefined"]),
        ("<iothreadsched iothreads='0' scheduler='idle'/>", ["iothread-undefined"]),
        ("<vcpupin vcpu='5' cpuset='3-1'/>", ["vcpupin-beyond"]),
        ("<emulatorpin cpuset='3-1'/>", ["empty-bitmap"]),
        ("<vcpupin vcpu='0' cpuset='0-3,^7'/>", []),
    ],
)
def test_threads_are_tuned_that_are_there(tuning: str, names: list[str]) -> None:
    assert tuned(tuning, more="<iothreads>1</iothreads>") == names


def test_shares_were_limited_once() -> None:
    beside = "<cputune><shares>1</shares></cputune>"
    assert found("", beside=beside, libvirt="9.0.0") == ["cputune-range"]
    assert found("", beside=beside) == []


@pytest.mark.parametrize(
    ("said", "thread", "names"),
    [
        ("<iothreads>4</iothreads><iothreadids><iothread id='9'/></iothreadids>", 9, []),
        ("<iothreads>4</iothreads><iothreadids><iothread id='9'/></iothreadids>", 3, []),
        ("<iothreads>4</iothreads><iothreadids><iothread id='9'/></iothreadids>", 4, ["iothread-undefined"]),
        ("<iothreadids><iothread id='9'/></iothreadids>", 9, []),
        ("<iothreadids><iothread id='9'/></iothreadids>", 1, ["iothread-undefined"]),
    ],
)
def test_threads_that_are_not_listed_get_the_lowest_numbers(said: str, thread: int, names: list[str]) -> None:
    assert tuned(f"<iothreadpin iothread='{thread}' cpuset='0'/>", more=said) == names


def test_caches_and_bandwidth_are_set_aside_for_the_same_group() -> None:
    cache = "<cachetune vcpus='0-1'><cache id='0' level='3' type='both' size='3' unit='MiB'/></cachetune>"
    assert tuned(cache + "<memorytune vcpus='0-1'><node id='0' bandwidth='60'/></memorytune>") == []
    assert tuned(cache + "<memorytune vcpus='0'><node id='0' bandwidth='60'/></memorytune>") == ["resctrl-overlap"]
    assert tuned(cache.replace("0-1", "7"), kind="qemu") == []


@pytest.mark.parametrize(
    ("cpu", "names"),
    [
        ("<cpu mode='host-passthrough'><cache mode='passthrough'/></cpu>", []),
        ("<cpu mode='maximum'><cache mode='passthrough'/></cpu>", []),
        ("<cpu><cache mode='passthrough'/></cpu>", ["cpu-cache-mode"]),
        ("<cpu><cache mode='disable' level='1'/></cpu>", ["cpu-cache-mode"]),
        ("<cpu><cache mode='emulate'/></cpu>", ["cpu-cache-mode"]),
        ("<cpu mode='host-model'><maxphysaddr mode='emulate'/></cpu>", []),
        ("<cpu mode='host-passthrough'><model fallback='forbid'/></cpu>", []),
        ("<cpu mode='host-passthrough'><feature name='vmx'/></cpu>", []),
        ("<cpu mode='host-passthrough'><vendor>Intel</vendor></cpu>", ["cpu-without-model"]),
        ("<cpu match='exact'/>", []),
    ],
)
def test_modes_decide_what_is_said_of_a_cpu(cpu: str, names: list[str]) -> None:
    assert found("", beside=cpu) == names


def test_older_releases_ask_for_the_bits_of_addresses() -> None:
    cpu = "<cpu mode='host-model'><maxphysaddr mode='emulate'/></cpu>"
    assert found("", beside=cpu, libvirt="9.0.0") == ["cpu-maxphysaddr"]


def test_caches_of_other_processors_are_theirs() -> None:
    cpu = "<cpu mode='host-passthrough'><cache mode='passthrough'/></cpu>"
    assert found("", "virt", beside=cpu) == ["cpu-cache-mode"]
    assert found("", "", beside=cpu) == []
