"""What disks can be: where libvirt draws the lines, by its release, the machine and the bus."""

from __future__ import annotations

from functools import partial

import pytest

from tests.lint import guests

found = partial(guests.found, codes="VX5")


def disk(
    *, attributes: str = "", driver: str = "", source: str = "file='/a.img'", target: str = "dev='vda'", more: str = ""
) -> str:
    """Return a disk; what is empty is left out."""
    return (
        f"<disk {attributes}>{f'<driver {driver}/>' if driver else ''}{f'<source {source}/>' if source else ''}"
        f"<target {target}/>{more}</disk>"
    )


@pytest.mark.parametrize("name", ["vda", "vda0", "sdaa", "hdzz", "xvda", "ubda"])
def test_letters_count_disks(name: str) -> None:
    assert "disk-target-name" not in found(disk(target=f"dev='{name}' bus='virtio'"))


@pytest.mark.parametrize("name", ["vd0", "vdb1", "sdB", "fda", "vda_1"])
def test_other_names_are_of_no_disk(name: str) -> None:
    assert found(disk(target=f"dev='{name}' bus='virtio'")) == ["disk-target-name"]


def test_the_number_of_a_disk_had_no_end_once() -> None:
    endless = disk(target="dev='hdaxxxxxxxxxx' bus='virtio'")
    assert found(endless) == ["disk-target-name"]
    assert found(endless, libvirt="9.0.0") == []


def test_floppy_drives_have_names_of_their_own() -> None:
    floppy = "type='file' device='floppy'"
    assert found(disk(attributes=floppy, target="dev='fda'"), "pc") == []
    assert found(disk(attributes=floppy, target="dev='vda'"), "pc") == ["disk-target-name"]


@pytest.mark.parametrize(
    ("machine", "names"),
    [
        ("pc", []),
        ("q35", ["ide-not-for-machine"]),
        ("virt", ["ide-not-for-machine"]),
        ("pseries", ["ide-not-for-machine"]),
        ("s390-ccw-virtio", ["ide-not-for-machine"]),
        ("", []),
    ],
)
def test_old_machines_have_ide(machine: str, names: list[str]) -> None:
    assert found(disk(target="dev='hda' bus='ide'"), machine) == names
    assert found(disk(target="dev='hda'"), machine) == names
    both = disk(target="dev='hda'") + "<controller type='ide' index='0'/>"
    assert found(both, machine) == names


def test_there_is_room_for_four_disks_on_ide() -> None:
    assert found(disk(target="dev='hdd' bus='ide'"), "pc") == []
    assert found(disk(target="dev='hde' bus='ide'"), "pc") == ["ide-not-for-machine"]
    placed = "<address type='drive' controller='0' bus='0' target='0' unit='0'/>"
    assert found(disk(target="dev='hde' bus='ide'", more=placed), "pc") == []


@pytest.mark.parametrize(
    ("device", "bus", "names"),
    [
        ("disk", "virtio", ["disk-source-missing"]),
        ("cdrom", "sata", []),
        ("cdrom", "usb", ["disk-source-missing"]),
        ("floppy", "fdc", []),
    ],
)
def test_drives_can_be_empty(device: str, bus: str, names: list[str]) -> None:
    empty = disk(
        attributes=f"type='file' device='{device}'",
        source="",
        target=f"dev='{'fd' if bus == 'fdc' else 'sd'}a' bus='{bus}'",
    )
    assert found(empty, "pc") == names
    assert found(empty.replace("<target", "<source/><target"), "pc") == names


def test_drives_on_usb_could_be_empty_once_and_some_still_can() -> None:
    empty = disk(attributes="type='file' device='cdrom'", source="", target="dev='sda' bus='usb'")
    assert found(empty, libvirt="9.0.0") == []
    assert found(empty.replace("<disk", "<disk model='usb-bot'")) == []


def test_disks_of_storage_that_has_no_path_are_not_empty() -> None:
    assert found(disk(attributes="type='volume'", source="pool='default' volume='a.img'")) == []


@pytest.mark.parametrize("setting", ["queues='2'", "ioeventfd='on'", "event_idx='off'", "packed='on'", "ats='off'"])
def test_drivers_of_virtio_have_settings_of_their_own(setting: str) -> None:
    driver = f"name='qemu' type='raw' {setting}"
    assert found(disk(driver=driver, target="dev='vda' bus='virtio'")) == []
    assert found(disk(driver=driver, target="dev='sda' bus='scsi'")) == ["disk-attribute-for-bus"]


@pytest.mark.parametrize(
    ("bus", "more", "names"),
    [
        ("scsi", "<vendor>A</vendor><product>B</product>", []),
        ("sata", "<product>B</product>", []),
        ("ide", "<wwn>5000c50015ea71ad</wwn>", []),
        ("sata", "<wwn>5000c50015ea71ad</wwn>", ["disk-attribute-for-bus"]),
        ("virtio", "<vendor>A</vendor>", ["disk-attribute-for-bus"]),
        ("virtio", "<geometry cyls='1' heads='1' secs='1' trans='lba'/>", ["disk-attribute-for-bus"]),
        ("virtio", "<geometry trans='lba'/>", []),
        ("usb", "<geometry cyls='1' heads='1' secs='1'/>", ["disk-attribute-for-bus"]),
    ],
)
def test_buses_have_names_and_numbers_of_disks(bus: str, more: str, names: list[str]) -> None:
    assert found(disk(target=f"dev='{'hd' if bus == 'ide' else 'sd'}a' bus='{bus}'", more=more), "pc") == names


def test_products_were_on_scsi_only() -> None:
    product = disk(target="dev='sda' bus='sata'", more="<product>B</product>")
    assert found(product, libvirt="9.0.0") == ["disk-attribute-for-bus"]


@pytest.mark.parametrize(
    ("attributes", "target", "names"),
    [
        ("type='block' device='lun'", "dev='sda' bus='scsi' tray='closed'", []),
        ("type='block' device='lun'", "dev='sda' bus='scsi' tray='open'", ["disk-attribute-for-device"]),
        ("type='block'", "dev='sda' bus='scsi' removable='on'", []),
        ("type='block'", "dev='sda' bus='usb' removable='on'", []),
        ("type='block'", "dev='sda' bus='sata' removable='on'", ["disk-attribute-for-bus"]),
        ("type='block' device='cdrom'", "dev='sda' bus='scsi' rotation_rate='1'", ["disk-attribute-for-device"]),
    ],
)
def test_kinds_of_disks_have_settings_of_their_own(attributes: str, target: str, names: list[str]) -> None:
    assert found(disk(attributes=attributes, source="dev='/dev/sdx'", target=target)) == names


@pytest.mark.parametrize(
    ("driver", "more", "names"),
    [
        ("type='qcow2'", "<shareable/>", ["disk-shareable-format"]),
        ("type='qcow2'", "<shareable/><readonly/>", []),
        ("type='raw'", "<shareable/>", []),
        ("", "<shareable/>", []),
        ("io='native' cache='directsync'", "", []),
        ("io='native'", "", ["disk-io-native-cache"]),
        ("io='threads'", "", []),
        ("copy_on_read='off'", "<readonly/>", []),
        ("copy_on_read='on'", "", []),
        ("copy_on_read='on'", "<readonly/>", ["disk-copy-on-read"]),
        ("type='qcow2' discard_no_unref='on'", "", []),
        ("discard_no_unref='off'", "", []),
        ("discard_no_unref='on'", "", ["disk-discard-no-unref"]),
        ("name='qemu'", "", []),
        ("name='phy'", "", ["disk-driver-name"]),
        ("type='fat'", "", ["disk-format-not-for-qemu"]),
        ("type='luks'", "", ["disk-format-not-for-qemu"]),
        ("type='vpc'", "", []),
        ("queue_size='256'", "", []),
        ("queue_size='2048'", "", ["disk-queue-size"]),
    ],
)
def test_drivers_fit_what_the_disk_is(driver: str, more: str, names: list[str]) -> None:
    assert found(disk(driver=driver, more=more)) == names


def test_formats_of_images_below_are_looked_at_too() -> None:
    below = (
        "<backingStore type='file'><format type='raw'/><source file='/b'/>"
        "<backingStore type='file'><format type='{}'/><source file='/c'/></backingStore></backingStore>"
    )
    assert found(disk(driver="type='qcow2'", more=below.format("raw"))) == []
    assert found(disk(driver="type='qcow2'", more=below.format("iso"))) == ["disk-format-not-for-qemu"]


@pytest.mark.parametrize(
    ("kind", "source", "names"),
    [
        ("file", "file='/a.img' startupPolicy='optional'", []),
        ("file", "file='/a.img' startupPolicy='requisite'", ["disk-startup-policy"]),
        ("volume", "pool='p' volume='v' startupPolicy='optional'", []),
    ],
)
def test_images_of_the_host_may_be_missing(kind: str, source: str, names: list[str]) -> None:
    assert found(disk(attributes=f"type='{kind}'", source=source)) == names


def test_media_may_be_missing_when_a_guest_moves() -> None:
    medium = "file='/a.iso' startupPolicy='requisite'"
    assert found(disk(attributes="device='cdrom'", source=medium, target="dev='sda' bus='sata'")) == []


def network(protocol: str, name: str, auth: str = "") -> list[str]:
    """Return what is found in a guest with an image that a server has."""
    more = f"<auth username='u'><secret type='{auth}' usage='x'/></auth>" if auth else ""
    source = f"<source protocol='{protocol}' name='{name}'><host name='a'/></source>"
    return found(f"<disk type='network'>{more}{source}<target dev='vda'/></disk>")


@pytest.mark.parametrize(
    ("protocol", "name", "auth", "names"),
    [
        ("rbd", "p/i", "ceph", []),
        ("rbd", "p/i", "iscsi", ["disk-auth-secret-type"]),
        ("https", "/i", "iscsi", []),
        ("nbd", "i", "iscsi", ["disk-auth-secret-type"]),
        ("rbd", "i", "", ["disk-image-name"]),
        ("gluster", "v/d/i", "", []),
        ("gluster", "/v/i", "", ["disk-image-name"]),
        ("nbd", "i", "", []),
        ("tftp", "i", "", ["disk-protocol-gone"]),
    ],
)
def test_servers_know_names_and_secrets(protocol: str, name: str, auth: str, names: list[str]) -> None:
    assert network(protocol, name, auth) == names


def encrypted(encryption: str, driver: str = "type='raw'", kind: str = "type='file'", source: str = "file='/a'") -> str:
    """Return a disk that is encrypted."""
    secret = "<secret type='passphrase' usage='u'/>"
    more = f"<encryption {encryption}>{secret}</encryption>"
    return disk(attributes=kind, driver=driver, source=source, more=more)


@pytest.mark.parametrize(
    ("made", "names"),
    [
        (encrypted("format='luks'"), []),
        (encrypted("format='luks'", "type='qcow2'"), []),
        (encrypted("format='luks'", ""), []),
        (encrypted("format='luks'", "type='vdi'"), ["disk-encryption-format"]),
        (encrypted("format='luks2'"), ["disk-encryption-format"]),
        (encrypted("format='qcow'", "type='qcow2'"), ["disk-encryption-format"]),
        (encrypted("format='luks2' engine='librbd'"), ["disk-encryption-format"]),
        (encrypted("format='luks'", "", "type='volume'", "pool='p' volume='v'"), ["disk-encryption-format"]),
        (encrypted("format='luks'", "type='raw'", "type='volume'", "pool='p' volume='v'"), []),
    ],
)
def test_qemu_decrypts_luks(made: str, names: list[str]) -> None:
    assert found(made) == names


def threads(driver: str, mapping: str) -> list[str]:
    """Return what is found in a guest with a disk that several threads work for."""
    made = f"<driver name='qemu' type='raw' {driver}><iothreads>{mapping}</iothreads></driver>"
    devices = f"<disk type='file'>{made}<source file='/a'/><target dev='vda'/></disk>"
    return [name for name in found(devices, beside="<iothreads>4</iothreads>") if name.startswith("disk")]


@pytest.mark.parametrize(
    ("driver", "mapping", "is_right"),
    [
        ("", "<iothread id='1'/><iothread id='2'/>", True),
        ("queues='4'", "<iothread id='1'/><iothread id='2'/>", True),
        ("", "<iothread id='1'/><iothread id='1'/>", False),
        ("iothread='1'", "<iothread id='2'/>", False),
        ("queues='2'", "<iothread id='1'><queue id='0'/><queue id='1'/></iothread>", True),
        ("queues='2'", "<iothread id='1'><queue id='0'/></iothread>", False),
        ("queues='1'", "<iothread id='1'><queue id='0'/><queue id='1'/></iothread>", False),
        ("", "<iothread id='1'><queue id='0'/></iothread>", False),
        ("queues='1'", "<iothread id='1'><queue id='0'/></iothread><iothread id='2'/>", False),
    ],
)
def test_each_queue_has_a_thread(driver: str, mapping: str, is_right: bool) -> None:
    assert threads(driver, mapping) == ([] if is_right else ["disk-iothread-mapping"])


def test_threads_that_work_for_a_disk_are_there() -> None:
    mapped = "<driver name='qemu'><iothreads><iothread id='4'/><iothread id='5'/></iothreads></driver>"
    devices = f"<disk type='file'>{mapped}<source file='/a'/><target dev='vda'/></disk>"
    assert guests.found(devices, beside="<iothreads>4</iothreads>", codes="VX6") == ["disk-iothread-undefined"]


@pytest.mark.parametrize(
    ("limits", "names"),
    [
        ("<total_bytes_sec>1</total_bytes_sec>", []),
        ("<total_bytes_sec>1000000000000001</total_bytes_sec>", ["disk-iotune"]),
        ("<total_bytes_sec>0</total_bytes_sec><group_name>g</group_name>", ["disk-iotune"]),
        ("<read_iops_sec>9</read_iops_sec><read_iops_sec_max>9</read_iops_sec_max>", []),
        ("<read_iops_sec>9</read_iops_sec><read_iops_sec_max>8</read_iops_sec_max>", ["disk-iotune-bursts"]),
        ("<total_bytes_sec>9</total_bytes_sec><size_iops_sec>8</size_iops_sec>", ["disk-iotune-bursts"]),
        ("<total_bytes_sec>9</total_bytes_sec><total_bytes_sec_max_length>1</total_bytes_sec_max_length>", []),
    ],
)
def test_limits_are_ones_that_qemu_keeps(limits: str, names: list[str]) -> None:
    assert found(disk(more=f"<iotune>{limits}</iotune>")) == names


def test_rules_of_qemu_are_not_of_other_drivers() -> None:
    made = disk(driver="name='phy'", target="dev='xvda' bus='xen'", more="<vendor>A</vendor><readonly/>")
    assert found(made, "", kind="xen") == []


@pytest.mark.parametrize(
    ("reservations", "names"),
    [
        ("managed='no'/>", ["disk-attribute-for-device"]),
        ("managed='yes'/>", []),
        ("managed='no'><source type='unix' path='/run/helper.sock' mode='client'/></reservations>", []),
    ],
)
def test_reservations_are_made_by_somebody(reservations: str, names: list[str]) -> None:
    source = f"<source dev='/dev/a'><reservations {reservations}</source>"
    devices = f"<disk type='block' device='lun'>{source}<target dev='sda' bus='scsi'/></disk>"
    assert found(devices) == names
