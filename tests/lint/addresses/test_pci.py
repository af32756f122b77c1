"""Where PCI devices can be, and what is left to libvirt."""

from __future__ import annotations

import pytest

from tests.lint.guests import disk, found, pci, rng

SOUND = "<sound model='ich9'><address type='pci' {}/></sound>"


def test_libvirt_adds_the_controllers_that_addresses_ask_for() -> None:
    assert found(rng("bus='1' slot='0'")) == []
    assert found(rng("bus='3' slot='0'")) == []
    assert found(rng("bus='40' slot='3'"), "pc") == []


def test_what_libvirt_adds_for_express_devices_are_ports() -> None:
    assert found(rng("bus='3' slot='1'")) == ["pci-slot-range"]
    assert found(rng("bus='1' slot='0'"), "pc") == ["pci-slot-range"]


def test_what_libvirt_adds_for_other_devices_is_left_to_it() -> None:
    assert found(SOUND.format("bus='3' slot='5'")) == []


def test_nothing_is_known_without_a_machine() -> None:
    assert found(rng("bus='1' slot='9'"), "") == []


@pytest.mark.parametrize(
    ("index", "model", "place"),
    [
        (1, "pcie-root-port", "bus='3' slot='0'"),
        (2, "pcie-to-pci-bridge", "bus='0' slot='5'"),
        (2, "pcie-switch-downstream-port", "bus='1' slot='0'"),
    ],
)
def test_a_controller_is_on_one_that_takes_it(index: int, model: str, place: str) -> None:
    assert found(pci(index, model, place)) == ["pci-wrong-bus"]


def test_switches_and_expanders_hang_together() -> None:
    assert (
        found(
            pci(1, "pcie-root-port", "bus='0' slot='1'")
            + pci(2, "pcie-switch-upstream-port", "bus='1' slot='0'")
            + pci(3, "pcie-switch-downstream-port", "bus='2' slot='0'")
            + rng("bus='3' slot='0'")
        )
        == []
    )
    assert found(pci(1, "pcie-root-port", "bus='2' slot='0'") + pci(2, "pcie-expander-bus")) == []
    assert found(pci(2, "pcie-expander-bus") + rng("bus='2' slot='1'")) == ["pci-wrong-bus"]


def test_a_bridge_can_be_where_devices_can_be_if_it_says_so() -> None:
    assert found(pci(1, "pci-bridge", "bus='0' slot='5'")) == []
    assert found(pci(1, "pci-bridge")) == ["pci-controller-without-place"]


def test_a_bridge_that_nothing_is_there_for_is_not_added_for() -> None:
    assert found(pci(1, "pcie-to-pci-bridge")) == ["pci-controller-without-place"]
    assert found(pci(2, "pcie-to-pci-bridge")) == []
    assert found(pci(1, "pcie-switch-upstream-port")) == []
    assert found(pci(1, "pcie-root-port"), "pc") == ["pci-controller-without-place"]


def test_the_iommu_of_virtio_is_part_of_the_machine() -> None:
    iommu = "<iommu model='virtio'><address type='pci' bus='{}' slot='{}'/></iommu>"
    acpi = "<features><acpi/></features>"
    assert found(pci(1, "pcie-root-port") + iommu.format(1, 0), beside=acpi) == ["pci-wrong-bus"]
    assert found(iommu.format(0, 5), beside=acpi) == []


def test_each_machine_has_one_root() -> None:
    assert found(pci(0, "pcie-root"), "pc") == ["pci-root-model"]
    assert found(pci(0, "pcie-root"), "virt") == []
    assert found("<controller type='pci' model='pcie-root-port'/>") == ["pci-root-model"]
    assert found(pci(0, "pci-root") + pci(1, "pci-root"), "pseries") == []


@pytest.mark.parametrize(
    ("machine", "index", "model", "target", "name"),
    [
        ("pseries", 0, "pci-root", "<target index='1'/>", "pci-controller-target"),
        ("pseries", 1, "pci-root", "<target index='0'/>", "pci-controller-target"),
        ("pseries", 1, "pci-root", "<target index='31'/>", "pci-controller-target"),
        ("q35", 1, "pcie-root-port", "<target chassisNr='1'/>", "pci-controller-option"),
        ("q35", 0, "pcie-root", "<target hotplug='off'/>", "pci-controller-option"),
    ],
)
def test_what_controllers_cannot_say(machine: str, index: int, model: str, target: str, name: str) -> None:
    assert found(pci(index, model, target=target), machine) == [name]


def test_what_controllers_can_say() -> None:
    assert found(pci(0, "pci-root", target="<target index='0'/>"), "pseries") == []
    assert found(pci(1, "pcie-root-port", target="<target chassis='1' port='0x10' hotplug='off'/>")) == []
    assert found(pci(0, "pci-root", target="<target hotplug='off'/>"), "pc") == []


def test_the_root_has_room_for_eight_ports_in_each_slot() -> None:
    root, port = pci(0, "pcie-root"), "<controller type='pci' model='pcie-root-port'/>"
    assert found(root + port * 240) == []
    assert found(root + port * 241) == ["pci-slots-exhausted"]
    assert found(root + port * 233 + SOUND.format("bus='0' slot='5'")) == ["pci-slots-exhausted"]


def test_a_pc_without_pci_has_no_pci_devices() -> None:
    assert found("<memballoon model='none'/><controller type='usb' model='none'/>", "isapc") == []
    assert found("<memballoon model='virtio'/>", "isapc") == ["pci-device-without-pci"]


@pytest.mark.parametrize(
    ("bus", "name", "address"),
    [
        ("virtio", "vda", "type='drive' controller='0' bus='0' target='0' unit='0'"),
        ("usb", "sda", "type='drive' controller='0' bus='0' target='0' unit='0'"),
        ("scsi", "sda", "type='pci' bus='0' slot='5'"),
        ("virtio", "vda", "type='unassigned'"),
    ],
)
def test_disks_have_addresses_of_their_bus(bus: str, name: str, address: str) -> None:
    assert found(disk(name, bus, address)) == ["address-type"]


def test_only_devices_of_the_host_can_be_unassigned() -> None:
    hostdev = (
        "<hostdev mode='subsystem' type='pci'><source><address domain='0' bus='3' slot='0' function='0'/></source>"
        "<address type='unassigned'/></hostdev>"
    )
    assert found(hostdev) == []


def test_a_serial_port_of_a_pc_is_on_isa() -> None:
    assert found("<serial type='pty'><address type='usb' bus='0' port='1'/></serial>") == ["address-type"]
    assert found("<serial type='pty'><address type='isa' iobase='0x3f8'/></serial>") == []


def test_devices_that_are_not_there_may_have_any_address() -> None:
    ccw = "<address type='ccw'/>"
    assert found(f"<memballoon model='none'>{ccw}</memballoon><video><model type='none'/>{ccw}</video>") == []


def test_shared_memory_on_other_buses_is_refused_at_start_by_old_releases() -> None:
    shmem = "<shmem name='a'><model type='ivshmem-plain'/><address type='usb' bus='0' port='1'/></shmem>"
    assert found(shmem) == ["address-type"]
    assert found(shmem, libvirt="9.0.0") == ["address-type-at-start"]


def test_channels_are_of_mainframes() -> None:
    balloon = "<memballoon model='virtio'><address type='ccw'/></memballoon>"
    assert found(balloon, "s390-ccw-virtio") == []
    assert found(balloon, "") == []
    assert found(balloon) == ["address-not-for-machine"]


def test_a_virtio_disk_of_a_mainframe_may_have_an_index_of_acpi() -> None:
    assert found(disk("vda", more="<acpi index='3'/>")) == []
    assert found(disk("sda", "scsi", more="<acpi index='3'/>")) == ["pci-only-settings"]


def test_drives_of_virtio_scsi_have_targets() -> None:
    at = "type='drive' controller='0' bus='0' target='9' unit='0'"
    assert found("<controller type='scsi' index='0' model='virtio-scsi'/>" + disk("sda", "scsi", at)) == []
    assert found(disk("sda", "scsi", at)) == ["drive-address-range"]
    assert found(disk("sda", "scsi", at), "pseries") == []


def test_a_controller_of_virtio_ports_has_31_if_it_does_not_say() -> None:
    address = "<address type='virtio-serial' controller='{}' port='{}'/>"
    channel = f"<channel type='pty'><target type='virtio' name='a'/>{address}</channel>"
    assert found(channel.format(0, 30)) == []
    assert found(channel.format(3, 31)) == ["virtio-serial-address"]


@pytest.mark.parametrize("address", ["drive", "virtio-mmio", "isa"])
def test_an_iommu_of_virtio_is_on_pci(address: str) -> None:
    assert found(f"<iommu model='virtio'><address type='{address}'/></iommu>") == ["address-type"]
    assert found("<iommu model='virtio'><address type='pci'/></iommu>") == []


def test_memory_of_virtio_has_no_slot_of_modules() -> None:
    memory = "<memory model='virtio-mem'><target><size>524288</size></target><address type='{}'/></memory>"
    assert found(memory.format("dimm")) == ["address-type"]
    assert found(memory.format("pci")) == []
    assert found(memory.format("dimm").replace("virtio-mem", "dimm")) == []
