"""Which devices libvirt adds depends on the machine: what it adds to one is drift in another."""

from __future__ import annotations

import pytest

import virtxml
from virtxml.compare.satisfying import satisfies

GUEST = (
    "<domain type='qemu'><name>a</name><memory>1024</memory><os><type arch='{}' machine='{}'>hvm</type></os>"
    "<devices>{}</devices></domain>"
)
EMULATOR = "<emulator>/usr/bin/qemu</emulator>"
PORT = "<controller type='pci' index='{0}' model='pcie-root-port'><target chassis='{0}' port='0x10'/></controller>"
CARD = "<rng model='virtio'><backend model='random'>/dev/random</backend>{}</rng>"
ON_PORT = CARD.format("<address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>")
ROOT = "<controller type='pci' index='0' model='pcie-root'/>"
OLD_ROOT = "<controller type='pci' index='0' model='pci-root'/>"
USB = "<controller type='usb' index='0' model='qemu-xhci'/>"
EHCI = "<controller type='usb' index='0' model='ich9-ehci1'/>"
UHCI = "<controller type='usb' index='0' model='ich9-uhci{}'/>"
SATA = "<controller type='sata' index='0'/>"
SCREEN = "<graphics type='vnc'/>"
VIDEO = "<video><model type='virtio'/></video>"
MOUSE = "<input type='mouse' bus='usb'/>"
TABLET = "<input type='tablet' bus='usb'/>"
SERIAL = "<serial type='pty'><target type='isa-serial' port='0'/></serial>"


@pytest.mark.parametrize(
    ("arch", "machine", "wanted", "added"),
    [
        ("x86_64", "pc", "", OLD_ROOT + USB),
        ("x86_64", "q35", "", ROOT + USB + SATA),
        ("x86_64", "q35", CARD.format(""), ROOT + PORT.format(1) + PORT.format(2) + USB),
        ("ppc64", "pseries", "", OLD_ROOT + USB),
        ("x86_64", "q35", "", ROOT + EHCI + UHCI.format(1) + UHCI.format(2) + UHCI.format(3)),
        ("ppc64", "pseries", SCREEN, SCREEN + VIDEO + MOUSE + MOUSE.replace("mouse", "keyboard")),
        ("x86_64", "pc", "", "<audio id='1' type='none'/>"),
    ],
)
def test_what_a_machine_has_is_no_drift(arch: str, machine: str, wanted: str, added: str) -> None:
    assert not ask(arch, machine, wanted, EMULATOR + added)


@pytest.mark.parametrize(
    ("arch", "machine", "wanted", "added"),
    [
        ("x86_64", "pc", "", OLD_ROOT + PORT.format(1)),
        ("ppc64", "pseries", "", OLD_ROOT + PORT.format(1)),
        ("x86_64", "q35", "", ROOT + PORT.format(1)),
        ("x86_64", "q35", PORT.format(1), ROOT + PORT.format(2)),
        ("x86_64", "isapc", "", USB),
        ("x86_64", "q35", "", ROOT + EHCI + UHCI.format(1) + UHCI.format(1)),
        ("s390x", "s390-ccw-virtio", "", USB),
        ("riscv64", "virt", "", ROOT + USB),
        ("aarch64", "virt", "", ROOT + USB),
        ("aarch64", "virt", "", ROOT + SATA),
        ("s390x", "s390-ccw-virtio", "<console type='pty'><target type='sclp'/></console>", SERIAL),
        ("s390x", "s390-ccw-virtio", SCREEN, SCREEN + VIDEO + MOUSE),
        ("ppc64", "pseries", SCREEN + TABLET, SCREEN + VIDEO + TABLET + MOUSE),
        ("x86_64", "pc", "", "<audio id='2' type='none'/>"),
        ("x86_64", "pc", "", "<audio id='1' type='oss' timerPeriod='50'/>"),
    ],
)
def test_what_a_machine_does_not_have_is_drift(arch: str, machine: str, wanted: str, added: str) -> None:
    assert len(ask(arch, machine, wanted, EMULATOR + added)) == 1


def ask(arch: str, machine: str, wanted: str, added: str) -> list[str]:
    """Return what is drift in a guest to which something was added."""
    actual = ON_PORT if wanted == CARD.format("") else "" if added.startswith(EMULATOR + SCREEN) else wanted
    answer = satisfies(
        virtxml.parse(GUEST.format(arch, machine, actual + added)), virtxml.parse(GUEST.format(arch, machine, wanted))
    )
    assert answer.differences == answer.drift
    return [str(one) for one in answer]


def test_only_guests_of_qemu_have_all_that() -> None:
    other = GUEST.replace("type='qemu'", "type='bhyve'")
    more = ("<input type='mouse' bus='ps2'/>", "<controller type='xenbus'/>", "<memballoon model='virtio'/>")
    for added in (ROOT, USB, "<audio id='1' type='none'/>", *more):
        texts = (other.format("x86_64", "pc", inside) for inside in (added, ""))
        assert satisfies(*map(virtxml.parse, texts)).drift


def test_the_serial_port_of_a_console_without_a_kind_is_no_drift() -> None:
    assert not ask("x86_64", "pc", "<console/>", f"{EMULATOR}{SERIAL}")


def test_the_controller_that_a_disk_stands_on_is_no_drift() -> None:
    disk = "<disk type='file' device='disk'><target dev='nvme0n1' bus='nvme'/>{}</disk>"
    actual = disk.format("<address type='drive' controller='0' bus='0' target='0' unit='0'/>")
    controllers = "<controller type='nvme' index='{}'/>"
    wanted = virtxml.parse(GUEST.format("x86_64", "q35", disk.format("")))
    assert satisfies(virtxml.parse(GUEST.format("x86_64", "q35", actual + controllers.format(0))), wanted)
    assert not satisfies(virtxml.parse(GUEST.format("x86_64", "q35", actual + controllers.format(1))), wanted)
