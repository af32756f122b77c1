"""Which features, timers and programs machines have."""

from __future__ import annotations

from functools import partial

import pytest

from tests.lint import guests

found = partial(guests.found, codes="VX6")


@pytest.mark.parametrize(
    ("feature", "machine", "good"),
    [
        ("<gic version='3'/>", "virt", True),
        ("<gic version='3'/>", "q35", False),
        ("<gic version='3'/>", "", True),
        ("<htm state='off'/>", "pseries", True),
        ("<htm state='off'/>", "q35", False),
        ("<hyperv><relaxed state='on'/></hyperv>", "virt", True),
        ("<hyperv><relaxed state='on'/></hyperv>", "pseries", False),
        ("<hpt/>", "q35", True),
        ("<hpt resizing='enabled'/>", "q35", False),
        ("<ioapic driver='kvm'/>", "pc", True),
        ("<ioapic driver='kvm'/>", "virt", False),
        ("<aia value='none'/>", "q35", True),
        ("<aia value='aplic'/>", "q35", False),
        ("<apic/>", "virt", True),
        ("<apic eoi='on'/>", "virt", False),
        ("<pmu state='off'/>", "pseries", False),
        ("<pmu state='on'/>", "pseries", True),
    ],
)
def test_machines_have_their_features(feature: str, machine: str, good: bool) -> None:
    names = found("", machine, beside=f"<features>{feature}</features>")
    assert names == ([] if good else ["feature-not-for-machine"])


@pytest.mark.parametrize(
    ("smm", "machine", "good"),
    [
        ("<smm state='on'><tseg unit='MiB'>48</tseg></smm>", "q35", True),
        ("<smm state='on'><tseg unit='MiB'>48</tseg></smm>", "pc", False),
        ("<smm state='off'><tseg unit='KiB'>5</tseg></smm>", "q35", True),
        ("<smm><tseg unit='KiB'>5</tseg></smm>", "q35", False),
        ("<smm state='on'/>", "pc", True),
    ],
)
def test_only_q35_has_a_size_of_tseg(smm: str, machine: str, good: bool) -> None:
    assert found("", machine, beside=f"<features>{smm}</features>") == ([] if good else ["smm-tseg"])


@pytest.mark.parametrize(
    ("timer", "machine", "kind", "names"),
    [
        ("name='tsc' present='no'", "virt", "kvm", []),
        ("name='tsc'", "virt", "kvm", []),
        ("name='hpet' present='yes'", "virt", "kvm", ["timer-not-for-machine"]),
        ("name='armvtimer' tickpolicy='discard'", "virt", "kvm", []),
        ("name='armvtimer'", "virt", "qemu", ["timer-not-for-machine"]),
        ("name='armvtimer' tickpolicy='merge'", "virt", "kvm", ["timer-not-in-qemu"]),
        ("name='pit' tickpolicy='discard'", "pc", "kvm", []),
        ("name='rtc' track='boot'", "pc", "kvm", ["timer-not-in-qemu"]),
        ("name='rtc' track='boot'", "pc", "xen", []),
    ],
)
def test_machines_have_their_timers(timer: str, machine: str, kind: str, names: list[str]) -> None:
    assert found("", machine, beside=f"<clock offset='utc'><timer {timer}/></clock>", kind=kind) == names


@pytest.mark.parametrize(
    ("actions", "good"),
    [
        ("<on_crash>preserve</on_crash>", True),
        ("<on_crash>rename-restart</on_crash>", False),
        ("<on_poweroff>restart</on_poweroff><on_reboot>restart</on_reboot>", True),
        ("<on_poweroff>restart</on_poweroff><on_reboot>destroy</on_reboot>", False),
    ],
)
def test_guests_end_as_qemu_knows_how_to(actions: str, good: bool) -> None:
    assert found("", beside=actions) == ([] if good else ["lifecycle-action"])


@pytest.mark.parametrize(
    ("emulator", "machine", "good"),
    [
        ("/usr/bin/qemu-system-x86_64", "q35", True),
        ("/opt/qemu/bin/qemu-system-aarch64", "q35", False),
        ("/usr/bin/qemu-kvm", "virt", True),
        ("/usr/bin/qemu-system-ppc64", "pseries", True),
        ("/usr/bin/qemu-system-x86_64-wrapper", "virt", True),
        ("/usr/bin/qemu-system-x86_64", "", True),
    ],
)
def test_programs_are_known_by_their_names(emulator: str, machine: str, good: bool) -> None:
    names = found(f"<emulator>{emulator}</emulator>", machine)
    assert names == ([] if good else ["emulator-for-other-arch"])


def test_enlightenments_need_others_with_kvm_only() -> None:
    hyperv = "<features><hyperv{}><stimer state='on'/></hyperv></features>"
    assert found("", beside=hyperv.format("")) == ["hyperv-dependencies"]
    assert found("", beside=hyperv.format(" mode='passthrough'")) == []
    assert found("", beside=hyperv.format(""), kind="qemu") == []


def test_what_is_off_needs_no_value() -> None:
    assert found("", beside="<features><hyperv><spinlocks state='off'/></hyperv></features>") == []
    assert found("", beside="<features><kvm><dirty-ring state='off'/></kvm></features>") == []
