"""What rules about things that there can be one of find, and what they leave."""

from __future__ import annotations

import pytest

from tests.lint.guests import disk, found, pci, rng

DRIVE = "type='drive' controller='{}' bus='0' target='0' unit='{}'"
SERIAL = "<serial type='pty'><target type='isa-serial'{}/></serial>"


def _nic(mac: str, more: str = "") -> str:
    return f"<interface type='user'><mac address='{mac}'/>{more}</interface>"


def test_an_address_that_libvirt_assigns_is_no_place() -> None:
    assert found(rng("") + rng("") + rng("bus='0' slot='0'") * 2) == []


def test_domain_and_function_are_0_if_nothing_is_said() -> None:
    assert found(
        pci(1, "pcie-root-port") + rng("bus='1' slot='0'") + rng("domain='0x0' bus='0x01' slot='0' function='0x0'")
    ) == ["duplicate-pci-address"]
    assert found(pci(1, "pcie-root-port") + rng("bus='1' slot='0'") + rng("bus='1' slot='0' function='1'")) == []


@pytest.mark.parametrize(
    ("devices", "place"),
    [
        ("", "slot='1' function='0'"),
        ("", "slot='1' function='3'"),
        ("<controller type='ide' index='0'/>", "slot='1' function='1'"),
        (disk("hda", "ide"), "slot='1' function='1'"),
        ("<controller type='usb' index='0' model='piix3-uhci'/>", "slot='1' function='2'"),
        ("<controller type='usb'/>", "slot='1' function='2'"),
    ],
)
def test_what_a_pc_has_by_itself_is_in_the_way(devices: str, place: str) -> None:
    assert found(devices + rng(f"bus='0' {place}"), "pc") == ["duplicate-pci-address"]


def test_what_a_pc_does_not_have_is_not_in_the_way() -> None:
    xhci = "<controller type='usb' index='0' model='qemu-xhci'/>"
    assert found(rng("bus='0' slot='1' function='1'"), "pc") == []
    assert found(xhci + rng("bus='0' slot='1' function='2'"), "pc") == []
    assert found(rng("bus='0' slot='31' function='1'")) == []


def test_the_controllers_of_the_machine_are_where_it_has_them() -> None:
    sata = "<controller type='sata' index='{}'><address type='pci' bus='0' slot='31' function='2'/></controller>"
    assert found(sata.format(0)) == []
    assert found(sata.format(1)) == ["duplicate-pci-address"]
    ide = "<controller type='ide' index='0'><address type='pci' bus='0' slot='1' function='1'/></controller>"
    assert found(ide, "pc") == []


def test_the_first_console_is_where_the_first_serial_port_is() -> None:
    both = "<{0} type='pty'><address type='spapr-vio' reg='0x30000000'/></{0}>"
    assert found(both.format("serial") + both.format("console"), "pseries") == []
    assert found(both.format("serial") * 2, "pseries") == ["duplicate-device-address"]


def test_numbers_of_pci_devices_on_mainframes_are_of_one_device_each() -> None:
    hostdev = (
        "<hostdev mode='subsystem' type='pci'><source><address domain='{0}' bus='0' slot='0' function='0'/></source>"
        "<address type='pci'><zpci uid='{1}' fid='{2}'/></address></hostdev>"
    )
    assert found(hostdev.format(1, 1, 0) + hostdev.format(2, 2, 0), "s390-ccw-virtio") == ["duplicate-device-address"]
    assert found(hostdev.format(1, 1, 0) + hostdev.format(2, 1, 1), "s390-ccw-virtio") == ["duplicate-device-address"]
    assert found(hostdev.format(1, 1, 0) + hostdev.format(2, 2, 1), "s390-ccw-virtio") == []


def test_buses_of_drives_do_not_meet() -> None:
    at = DRIVE.format(0, 0)
    assert found(disk("hda", "ide", at) + disk("sda", "sata", at) + disk("sdb", "scsi", at), "pc") == []


@pytest.mark.parametrize(
    ("bus", "name", "controller", "unit"),
    [("scsi", "sdh", 1, 0), ("scsi", "sdg", 0, 6), ("sata", "sdg", 1, 0), ("sata", "sdf", 0, 5)],
)
def test_a_disk_without_an_address_is_where_its_name_says(bus: str, name: str, controller: int, unit: int) -> None:
    other = disk("sdz", bus, DRIVE.format(controller, unit))
    assert found(disk(name, bus) + other) == ["duplicate-drive-address"]
    assert found(disk(name, bus) + disk("sdz", bus, DRIVE.format(controller + 1, unit))) == []


def test_scsi_devices_of_the_host_meet_scsi_disks() -> None:
    hostdev = (
        "<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host0'/>"
        "<address bus='0' target='0' unit='{0}'/></source><address {1}/></hostdev>"
    )
    assert found(disk("sda", "scsi") + hostdev.format(1, DRIVE.format(0, 0))) == ["duplicate-drive-address"]
    assert found(disk("sda", "sata") + hostdev.format(1, DRIVE.format(0, 0))) == []
    assert found(hostdev.format(1, DRIVE.format(0, 0)) + hostdev.format(2, DRIVE.format(0, 0))) == [
        "duplicate-drive-address"
    ]
    assert found(hostdev.format(1, DRIVE.format(0, 0)) + hostdev.format(1, DRIVE.format(0, 1))) == ["duplicate-hostdev"]


def test_an_interface_may_be_the_device_that_a_hostdev_is() -> None:
    address = "<address {}domain='0' bus='3' slot='0' function='1'/>"
    hostdev = f"<hostdev mode='subsystem' type='pci'><source>{address.format('')}</source></hostdev>"
    type_ = "type='pci' "
    interface = f"<interface type='hostdev'><source>{address.format(type_)}</source></interface>"
    assert found(hostdev + interface) == ["duplicate-hostdev"]
    assert found(interface * 2) == ["duplicate-hostdev"]


def test_usb_devices_are_told_apart_by_place_or_by_model() -> None:
    usb = "<hostdev mode='subsystem' type='usb'><source>{}</source></hostdev>"
    model = "<vendor id='0x046d'/><product id='0xc52b'/>"
    assert (
        found(usb.format(f"{model}<address bus='1' device='2'/>") + usb.format(f"{model}<address bus='1' device='3'/>"))
        == []
    )
    assert found(usb.format("<address bus='1' device='2'/>") * 2) == ["duplicate-hostdev"]


def test_controllers_without_an_index_and_companions_are_not_alike() -> None:
    usb = "<controller type='usb' index='0' model='{}'/>"
    assert found("<controller type='scsi'/>" * 2) == []
    assert found("".join(map(usb.format, ("ich9-ehci1", "ich9-uhci1", "ich9-uhci2", "ich9-uhci3")))) == []


def test_aliases_that_libvirt_chose_may_be_alike() -> None:
    assert found(disk("vda", more="<alias name='disk0'/>") + disk("vdb", more="<alias name='disk0'/>")) == []


def test_the_first_serial_port_may_have_any_alias() -> None:
    alias = "<alias name='ua-a'/>"
    serial = f"<serial type='pty'><target type='isa-serial'/>{alias}</serial>"
    assert found(disk("vda", more=alias) + serial) == []
    assert found(disk("vda", more=alias) + serial * 2) == ["duplicate-alias"]


def test_a_team_shares_its_mac_address() -> None:
    mac = "52:54:00:00:00:0a"
    one, two = "<alias name='ua-a'/><teaming type='persistent'/>", "<teaming type='transient' persistent='ua-a'/>"
    assert "duplicate-mac" not in found(_nic(mac, one) + _nic(mac, two))
    assert found(_nic(mac) + _nic(mac.upper())) == ["duplicate-mac"]


def test_only_channels_of_virtio_have_names() -> None:
    spice = "<channel type='spicevmc'><target type='virtio'{}/></channel><graphics type='spice'/>"
    assert "duplicate-channel-name" in found(spice.format("") + spice.format(" name='com.redhat.spice.0'"))
    guestfwd = "<channel type='pty'><target type='guestfwd' address='10.0.2.1' port='{}'/></channel>"
    assert found(guestfwd.format(1) + guestfwd.format(2)) == []


@pytest.mark.parametrize("more", ["<readonly/>", "<shareable/>"])
def test_an_image_may_be_shared_by_all(more: str) -> None:
    both = [disk(name, more=more, image="/images/a.img") for name in ("vda", "vdb")]
    assert "duplicate-disk-source" not in found("".join(both))
    assert "duplicate-disk-source" in found(both[0] + disk("vdb", image="/images/a.img"))


def test_serial_ports_are_those_of_pcs() -> None:
    assert found(SERIAL.format(" port='4'")) == ["duplicate-serial-port"]
    assert found(SERIAL.format("") * 4) == []
    assert found(SERIAL.format("") * 6) == ["too-many-serial-ports"]
    assert found("<serial type='pty'><target type='pci-serial' port='1'/></serial>" * 5) == []


def test_several_watchdogs_are_taken_since_9_1() -> None:
    two = "<watchdog model='i6300esb'/><watchdog model='ib700'/>"
    assert "duplicate-singleton" not in found(two, "pc")
    assert "duplicate-singleton" in found(two, "pc", libvirt="9.0.0")


def test_a_panic_device_that_says_no_model_is_of_that_of_the_machine() -> None:
    assert found("<panic/><panic model='isa'/>") == ["duplicate-singleton"]
    assert found("<panic/><panic model='pseries'/>", "pseries") == ["duplicate-singleton"]
    assert found("<panic model='isa'/><panic model='hyperv'/>") == []


def test_only_the_first_console_is_a_serial_port() -> None:
    serial, virtio = "<console type='pty'/>", "<console type='pty'><target type='virtio'/></console>"
    assert found(serial + virtio * 2) == []
    assert found(virtio + serial) == ["duplicate-singleton"]
    assert found(serial * 2, "s390-ccw-virtio") == []


def test_modules_of_memory_have_slots_of_their_own() -> None:
    memory = (
        "<memory model='dimm'><target><size unit='MiB'>256</size><node>0</node></target>"
        "<address type='dimm' slot='{}'/></memory>"
    )
    assert found(memory.format(0) + memory.format(1)) == []
    assert found(memory.format(0) + memory.format(0)) == ["duplicate-device-address"]


def test_targets_of_virtio_9p_may_be_alike() -> None:
    shared = "<filesystem type='mount'>{}<source dir='/srv/a'/><target dir='a'/></filesystem>"
    virtiofs = shared.format("<driver type='virtiofs'/>")
    assert found(shared.format("") * 2) == []
    assert found(virtiofs + shared.format("")) == []
    assert found(virtiofs * 2) == ["duplicate-filesystem-target"]


def test_security_labels_are_of_one_model_each() -> None:
    dac, none = "<seclabel type='dynamic' model='dac'/>", "<seclabel type='none'/>"
    assert found("", beside=f"{none}") == []
    assert found("", beside=f"{none}{dac}") == ["seclabel-duplicate-model"]


def test_other_hypervisors_have_names_of_their_own_for_disks() -> None:
    two = disk("sda", "scsi", DRIVE.format(0, 0)) + disk("sda", "sata", DRIVE.format(0, 1))
    assert found(two) == ["duplicate-disk-target"]
    assert found(two, kind="vmware") == []
