"""What libvirt refuses though its schemas allow it: an error where an option says it, a warning otherwise."""

from __future__ import annotations

import pytest

from virtxml.install import InstallError, Translation, builtin_host, translate

PLAIN = "--name x --osinfo fedora40 --disk none --import --memory 512"


@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("--graphics vnc,passwd=nine-long", "--graphics passwd: VNC's passwords"),
        ("--tpm emulator,model=tpm-tis --tpm emulator,model=tpm-crb", "--tpm model=tpm-crb: there is another TPM"),
        (
            "--cputune vcpupin0.vcpu=0,vcpupin0.cpuset=1,vcpupin1.vcpu=0,vcpupin1.cpuset=2",
            "--cputune vcpupin0.vcpu=0: vcpu 0 is pinned already",
        ),
    ],
)
def test_what_an_option_asks_for_is_blamed_on_it(command: str, place: str) -> None:
    with pytest.raises(InstallError) as caught:
        translate(f"{PLAIN} {command}")
    assert str(caught.value).startswith(place)


def told(found: Translation) -> list[str]:
    return [warning for warning in found.warnings if warning.startswith("libvirt ")]


def test_what_no_option_says_is_told_and_stays_as_virt_install_has_it() -> None:
    found = translate(f"{PLAIN} --features acpi=off --boot uefi")
    assert told(found) == [
        "libvirt refuses this document: /domain/os/@firmware: UEFI takes ACPI on x86_64, which the guest does not have"
    ]


def test_what_libvirt_defines_and_does_not_start_is_told() -> None:
    (warning,) = told(translate(f"{PLAIN} --graphics vnc --graphics vnc"))
    assert warning.startswith("libvirt cannot start this guest: /domain/devices/graphics[2]/@type: there is another")


def test_what_the_machine_does_not_have_is_a_mistake_where_an_option_names_the_machine() -> None:
    disk = "--name x --osinfo fedora40 --import --memory 512 --disk /tmp/a.img,bus=ide"
    (warning,) = told(translate(disk))
    assert warning.endswith("/target/@bus: the machine q35 has no IDE")
    with pytest.raises(InstallError, match=r"^--disk bus=ide: the machine q35 has no IDE$"):
        translate(f"{disk} --machine q35")


def test_documents_that_are_edited_by_xpath_are_the_users_own() -> None:
    edited = translate(f"{PLAIN} --vcpus 2 --xml ./vcpu/@current=3")
    (warning,) = told(edited)
    assert warning.startswith("libvirt refuses this document: /domain/vcpu/@current: the guest starts with 3")


@pytest.mark.parametrize("arch", ["x86_64", "i686", "aarch64", "ppc64le", "s390x", "riscv64"])
@pytest.mark.parametrize("driver", ["qemu", "test", "xen", "lxc"])
def test_nothing_is_wrong_with_what_is_made_by_default(arch: str, driver: str) -> None:
    if driver != "qemu" and arch != "x86_64":
        pytest.skip("the hosts of these drivers are PCs")
    found = translate("--name x --osinfo linux2022 --disk size=1 --import", host=builtin_host(arch, driver=driver))
    assert told(found) == []
