"""What stands where in a guest."""

from __future__ import annotations

from virtxml import Domain
from virtxml.show import screen_of
from virtxml.show.guests.buses import branches
from virtxml.show.guests.waiting import without_place
from virtxml.show.rendering.text import text_of
from virtxml.show.screen import Branch

ROOT = "<controller type='pci' index='0' model='pcie-root'/>"


def pci(bus: int, slot: int, function: int = 0) -> str:
    """Return an address."""
    return f"<address type='pci' bus='{bus:#x}' slot='{slot:#x}' function='{function:#x}'/>"


def port(index: int, function: int) -> str:
    """Return a port on the root."""
    place = pci(0, 1, function)
    return f"<controller type='pci' index='{index}' model='pcie-root-port'>{place}</controller>"


def domain(devices: str, kind: str = "kvm") -> Domain:
    """Return a guest with some devices."""
    return Domain.from_xml(f"<domain type='{kind}'><devices>{devices}</devices></domain>")


def tree(devices: str) -> list[str]:
    """Return the branches of a guest as lines with two spaces for each level."""
    return [line for branch in branches(domain(devices)) for line in lines(branch, "")]


def lines(branch: Branch, indent: str) -> list[str]:
    """Return a branch as lines."""
    return [indent + " / ".join(branch.steps), *(line for one in branch.below for line in lines(one, indent + "  "))]


def test_what_is_in_a_port_stands_behind_it() -> None:
    assert tree(ROOT + port(1, 0) + f"<rng model='virtio'>{pci(1, 0)}</rng>") == [
        "pci 0 (pcie-root)",
        "  01.0 port (bus 1) / 00.0 random numbers virtio",
    ]


def test_free_ports_beside_each_other_are_one_line() -> None:
    ports = "".join(port(index, index) for index in range(1, 5))
    assert tree(ROOT + ports + f"<rng model='virtio'>{pci(0, 9)}</rng>") == [
        "pci 0 (pcie-root)",
        "  01.1 - 01.4 4 free ports (buses 1-4)",
        "  09.0 random numbers virtio",
    ]


def test_what_is_on_a_controller_stands_below_it() -> None:
    usb = f"<controller type='usb' index='0' model='qemu-xhci'>{pci(0, 2)}</controller>"
    devices = "<hub type='usb'><address type='usb' bus='0' port='1'/></hub>"
    devices += "<input type='tablet' bus='usb'><address type='usb' bus='0' port='1.2'/></input>"
    assert tree(ROOT + usb + devices) == [
        "pci 0 (pcie-root)",
        "  02.0 controller usb 0 (qemu-xhci)",
        "    1 hub usb",
        "      1.2 input tablet",
    ]


def test_disks_stand_below_the_controller_of_their_bus() -> None:
    scsi = "<controller type='scsi' index='1' model='virtio-scsi'/>"
    disk = "<disk><target dev='sda' bus='scsi'/><address type='drive' controller='1' target='2' unit='3'/></disk>"
    assert tree(scsi + disk) == ["scsi 1 (virtio-scsi)", "  0:2:3 disk sda (scsi)"]


def test_places_without_controllers_are_shown_as_well() -> None:
    assert tree("<rng model='virtio'><address type='ccw' cssid='0xfe' ssid='0' devno='0x1'/></rng>") == [
        "ccw",
        "  fe.0.0001 random numbers virtio",
    ]
    assert tree(f"<rng model='virtio'>{pci(7, 0)}</rng>") == ["pci 7", "  00.0 random numbers virtio"]


def test_controllers_on_each_others_bus_are_shown_once() -> None:
    one = f"<controller type='pci' index='1' model='pci-bridge'>{pci(2, 0)}</controller>"
    other = f"<controller type='pci' index='2' model='pci-bridge'>{pci(1, 0)}</controller>"
    shown = tree(one + other)
    assert len(shown) == 3
    own = f"<controller type='pci' index='1' model='pci-bridge'>{pci(1, 0)}</controller>"
    assert tree(own) == ["pci 1 (pci-bridge)", "  00.0 pci-bridge (bus 1)"]


def test_all_that_waits_is_named_however_many_there_are() -> None:
    devices = "".join(f"<filesystem><target dir='/{number}'/></filesystem>" for number in range(100)) + "<hub/>" * 3
    text = text_of(screen_of(domain(devices)), 40).partition("Buses")[2]
    assert all(f"filesystem /{number}" in text for number in range(100))
    assert "3 x hub" in text


def test_what_gets_an_address_waits_for_it() -> None:
    waiting = "<rng model='virtio'/><input type='tablet' bus='usb'/><rng model='virtio'><address type='pci'/></rng>"
    settled = "<input type='mouse' bus='ps2'/><graphics type='vnc'/><memballoon model='none'/><watchdog model='itco'/>"
    found = without_place(domain(waiting + settled + ROOT))
    assert [type(device).__name__ for device in found] == ["Input", "Rng", "Rng"]
    assert without_place(domain(waiting, "lxc")) == []
