"""What a guest is: hypervisor, architecture, machine, firmware, CPU, memory and virtual CPUs."""

from __future__ import annotations

import pytest

from tests.guests.making import MODERN, WINDOWS, guest, host_telling
from virtxml.guests.defaults.cpu import set_cpu
from virtxml.guests.defaults.firmware import set_firmware
from virtxml.guests.defaults.resources import set_memory, set_vcpus
from virtxml.guests.errors import GuestError
from virtxml.guests.hosts import builtin_host
from virtxml.guests.osinfo import GENERIC, OsFacts
from virtxml.schema.cpu import CpuModel, CpuTopology, GuestCPU
from virtxml.schema.domain import Vcpu


def test_kvm_is_taken_before_emulation() -> None:
    assert guest().type == "kvm"
    assert guest(virt_type="qemu").type == "qemu"


@pytest.mark.parametrize(
    ("arch", "machine"),
    [("aarch64", "virt"), ("riscv64", "virt"), ("ppc64le", "pseries"), ("s390x", "s390-ccw-virtio")],
)
def test_other_architectures_have_their_usual_machine(arch: str, machine: str) -> None:
    assert guest(arch=arch).machine == machine


def test_q35_needs_a_system_that_knows_it() -> None:
    assert guest(MODERN).machine == "q35"
    assert guest(GENERIC).machine.startswith("pc")


def test_a_machine_that_is_named_stays() -> None:
    assert guest(MODERN, machine="pc").machine == "pc"


@pytest.mark.parametrize("said", [{"arch": "mips"}, {"virt_type": "xen"}, {"os_type": "exe"}])
def test_what_the_host_cannot_run_is_refused_with_what_it_can(said: dict[str, str]) -> None:
    with pytest.raises(GuestError, match=f"{next(iter(said.values()))}.*only: "):
        guest(host=builtin_host(), **said)


@pytest.mark.parametrize(("driver", "os_type"), [("lxc", "exe"), ("test", "hvm")])
def test_the_driver_tells_what_a_guest_is(driver: str, os_type: str) -> None:
    made = guest(host=builtin_host(driver=driver))
    assert (made.type, made.os_type) == (driver, os_type)


@pytest.mark.parametrize(
    ("arch", "firmware"), [("x86_64", None), ("aarch64", "efi"), ("riscv64", "efi"), ("s390x", None)]
)
def test_uefi_is_usual_where_there_is_nothing_else(arch: str, firmware: str | None) -> None:
    made = guest(MODERN, arch=arch)
    set_firmware(made)
    assert made.os.firmware == firmware


def test_uefi_is_usual_for_systems_that_need_it() -> None:
    made = guest(OsFacts("new", efi_archs=frozenset(["x86_64"])))
    set_firmware(made)
    assert made.os.firmware == "efi"
    set_firmware(without := guest(OsFacts("new", efi_archs=frozenset(["x86_64"]))), uefi=False)
    assert without.os.firmware is None


def test_a_guest_that_boots_a_kernel_needs_no_uefi() -> None:
    made = guest(arch="aarch64")
    made.os.kernel = "/boot/vmlinuz"
    set_firmware(made)
    assert made.os.firmware is None


OLD = "<os supported='yes'><loader supported='yes'>{}<enum name='secure'><value>yes</value></enum></loader></os>"


def test_a_loader_is_named_where_libvirt_does_not_choose_it() -> None:
    made = guest(host=host_telling(OLD.format("<value>/usr/share/OVMF/OVMF_CODE.fd</value>")))
    set_firmware(made, uefi=True)
    assert made.os.firmware is None
    assert made.os.loader is not None
    assert made.os.loader.to_xml() == "<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>\n"
    assert made.boots_by_uefi


def test_secure_boot_needs_smm_and_q35() -> None:
    made = guest(host=host_telling(OLD.format("<value>/usr/share/OVMF/OVMF_CODE.secboot.fd</value>")))
    set_firmware(made, uefi=True)
    assert made.os.loader is not None
    assert made.os.loader.secure is True
    assert made.is_q35
    assert made.domain.features is not None
    assert made.domain.features.smm is not None


def test_uefi_that_the_host_does_not_have_is_refused() -> None:
    made = guest(host=host_telling(""))
    with pytest.raises(GuestError, match=r"^the host has no UEFI for x86_64 guests") as caught:
        set_firmware(made, uefi=True)
    assert caught.value.node is made.os
    assert caught.value.field == "firmware"


@pytest.mark.parametrize(
    ("arch", "said", "mode"),
    [
        ("x86_64", {}, "host-passthrough"),
        ("aarch64", {}, "host-passthrough"),
        ("x86_64", {"virt_type": "qemu"}, "maximum"),
        ("s390x", {}, None),
        ("ppc64le", {}, None),
    ],
)
def test_the_cpu_is_as_near_to_the_hosts_as_it_can_be(arch: str, said: dict[str, str], mode: str | None) -> None:
    made = guest(arch=arch, **said)
    set_cpu(made)
    assert (made.domain.cpu and made.domain.cpu.mode) == mode


HOST_MODEL = """<cpu><mode name='host-passthrough' supported='no'/><mode name='host-model' supported='{}'>
<model>Skylake-Client-IBRS</model><feature policy='require' name='md-clear'/><feature policy='require' name='vmx'/>
<feature policy='disable' name='ssbd'/></mode></cpu>"""


PASSTHROUGH = (
    "<cpu><mode name='host-passthrough' supported='yes'>{}</mode><mode name='host-model' supported='yes'/></cpu>"
)
MIGRATABLE = "<enum name='hostPassthroughMigratable'><value>on</value></enum>"


@pytest.mark.parametrize(("enum", "mode"), [(MIGRATABLE, "host-passthrough"), ("", "host-model")])
def test_a_cpu_is_passed_through_where_guests_stay_able_to_move(enum: str, mode: str) -> None:
    made = guest(host=host_telling(PASSTHROUGH.format(enum)))
    set_cpu(made)
    assert made.domain.cpu is not None
    assert made.domain.cpu.mode == mode


def test_a_host_without_passthrough_gives_its_model() -> None:
    made = guest(host=host_telling(HOST_MODEL.format("yes")))
    set_cpu(made)
    assert made.domain.cpu == GuestCPU(mode="host-model")


def test_a_cpu_that_is_named_gets_what_protects_it() -> None:
    made = guest(host=host_telling(HOST_MODEL.format("yes")))
    made.domain.cpu = GuestCPU(model=CpuModel(value="Haswell"))
    set_cpu(made)
    assert (made.domain.cpu.mode, made.domain.cpu.match) == ("custom", "exact")
    assert [feature.name for feature in made.domain.cpu.features] == ["md-clear", "spec-ctrl"]


def test_a_cpu_may_be_named_without_protection() -> None:
    made = guest(host=host_telling(HOST_MODEL.format("yes")))
    made.domain.cpu = GuestCPU(model=CpuModel(value="Haswell"))
    set_cpu(made, secure=False)
    assert made.domain.cpu.features == []


@pytest.mark.parametrize("word", ["none", "clear", "hv-default"])
def test_the_choice_may_be_left_to_the_hypervisor(word: str) -> None:
    made = guest()
    set_cpu(made, special=word)
    assert made.domain.cpu is None


def test_memory_and_cpus_are_what_the_system_should_have() -> None:
    made = guest(MODERN)
    set_memory(made)
    set_vcpus(made)
    assert made.domain.memory is not None
    assert made.domain.current_memory is not None
    assert (made.domain.memory.bytes, made.domain.current_memory.bytes) == (2 << 30, 2 << 30)
    assert made.domain.vcpu == Vcpu(value=2)


def test_memory_has_to_be_said_for_a_system_that_is_not_known() -> None:
    made = guest(WINDOWS)
    with pytest.raises(GuestError, match=r"^the amount of memory in MiB is required") as caught:
        set_memory(made)
    assert caught.value.node is made.domain
    assert caught.value.field == "memory"


@pytest.mark.parametrize(
    ("count", "said", "whole"),
    [
        (None, {"sockets": 2, "cores": 3}, (6, 2, 1, 3, 1)),
        (8, {"cores": 2}, (8, 4, 1, 2, 1)),
        (8, {"sockets": 2, "threads": 2}, (8, 2, 1, 2, 2)),
        (8, {"sockets": 1, "cores": 4}, (8, 1, 1, 4, 2)),
    ],
)
def test_number_and_topology_complete_each_other(
    count: int | None, said: dict[str, int], whole: tuple[int, ...]
) -> None:
    made = guest(MODERN)
    topology = CpuTopology(**said)
    made.domain.cpu, made.domain.vcpu = GuestCPU(topology=topology), Vcpu(value=count)
    set_vcpus(made)
    found = (made.domain.vcpu.value, topology.sockets, topology.dies, topology.cores, topology.threads)
    assert found == whole


def test_a_topology_that_does_not_fit_is_refused() -> None:
    made = guest()
    made.domain.cpu, made.domain.vcpu = GuestCPU(topology=CpuTopology(cores=2)), Vcpu(value=5)
    with pytest.raises(GuestError, match=r"sockets=2 \* dies=1 \* cores=2 \* threads=1 gives 4 CPUs, not 5") as caught:
        set_vcpus(made)
    assert caught.value.node is made.domain
    assert caught.value.field == "vcpu"
