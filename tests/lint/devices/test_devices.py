"""What stands behind characters, and which devices there can be."""

from __future__ import annotations

from functools import partial

import pytest

from tests.lint import guests

found = partial(guests.found, codes="VX7")
RECONNECT = "<reconnect enabled='yes' timeout='5'/>"
CONNECT = "<source mode='connect' path='{}'>" + RECONNECT + "</source>"


def channel(kind: str, source: str = "", target: str = "type='virtio' name='org.example.0'") -> str:
    """Return a channel."""
    return f"<channel type='{kind}'>{source}<target {target}/></channel>"


def test_libvirt_makes_up_the_sockets_of_virtio_channels() -> None:
    assert found(channel("unix")) == []
    assert found(channel("unix", "<source mode='bind'/>")) == []
    forward = "type='guestfwd' address='10.0.2.1' port='4600'"
    assert found(channel("unix", "<source mode='bind'/>", forward)) == ["chardev-source-missing"]


def test_qemu_listens_where_libvirt_says() -> None:
    own = "/var/lib/libvirt/qemu/channel/target/domain-3-guest/org.example.0"
    assert found(channel("unix", CONNECT.format(own))) == ["chardev-reconnect-needs-connect"]
    assert found(channel("unix", CONNECT.format("/run/agent.sock"))) == []
    assert found(channel("unix", CONNECT.format(own.replace("org.", "com.")))) == []


def test_udp_says_where_it_sends_to() -> None:
    bind, connect = "<source mode='bind' service='1'/>", "<source mode='connect' service='2'/>"
    assert found(f"<serial type='udp'>{bind}{connect}</serial>") == []
    assert found(f"<serial type='udp'>{bind}</serial>") == ["chardev-source-missing"]


def test_the_first_console_repeats_the_first_serial_port() -> None:
    assert found("<serial type='pty'/><console type='file'/>") == []
    assert found("<console type='file'/>") == ["chardev-source-missing"]


def test_the_bus_makes_up_names_of_what_is_redirected() -> None:
    assert found("<redirdev bus='usb' type='dbus'/>") == []
    assert found(channel("dbus")) == ["chardev-source-missing"]


def test_protocols_are_refused_since_libvirt_looks() -> None:
    serial = "<serial type='tcp'><source mode='connect' host='a' service='1'/><protocol type='tls'/></serial>"
    assert found(serial) == ["chardev-protocol"]
    assert found(serial, libvirt="9.0.0") == []


def test_spice_is_asked_for_once_for_each_device() -> None:
    devices = channel("spicevmc", target="type='virtio'") + "<redirdev bus='usb' type='spicevmc'/>"
    assert found(devices) == ["spice-needed"] * 2
    assert found(devices + "<graphics type='spice'/>") == []
    assert found(devices, libvirt="7.0.0") == []


@pytest.mark.parametrize(
    ("target", "machine", "names"),
    [
        ("type='isa-serial'", "q35", []),
        ("type='sclp-serial'", "s390-ccw-virtio", []),
        ("type='sclp-serial'", "q35", ["serial-not-for-machine"]),
        ("type='spapr-vio-serial'", "pseries", []),
        ("type='spapr-vio-serial'", "", []),
    ],
)
def test_serial_ports_are_for_machines(target: str, machine: str, names: list[str]) -> None:
    assert found(f"<serial type='pty'><target {target}/></serial>", machine) == names


def test_ib700_is_refused_since_libvirt_looks() -> None:
    dog = "<watchdog model='ib700' action='reset'/>"
    assert found(dog) == ["watchdog-not-for-machine"]
    assert found(dog, libvirt="9.2.0") == []
    assert found(dog, "pc") == []


def test_a_panic_device_without_a_model_is_the_machine_s() -> None:
    assert found("<panic/>", "virt") == []
    assert found("<panic/>", "pseries") == []


def test_a_controller_without_a_model_may_be_virtio() -> None:
    driver = "<controller type='{}' {}><driver queues='4'/></controller>"
    assert found(driver.format("scsi", "")) == []
    assert found(driver.format("scsi", "model='lsilogic'")) == ["controller-setting-for-model"]
    assert found(driver.format("nvme", "")) == []


def test_a_setting_that_is_off_is_one() -> None:
    driver = "<controller type='virtio-serial'><driver {}/></controller>"
    assert found(driver.format("ioeventfd='off'")) == ["controller-setting-for-model"]
    assert found(driver.format("queues='0'")) == []


def test_modes_of_files_are_mapped() -> None:
    shared = "<filesystem {}><source dir='/srv'/><target dir='srv'/></filesystem>"
    assert found(shared.format("accessmode='mapped' fmode='644'")) == []
    assert found(shared.format("fmode='644'")) == ["filesystem-driver"]
    assert found(shared.format("fmode='000'")) == []


def test_virtiofs_is_read_only_in_newer_releases() -> None:
    driver, ends = "<driver type='virtiofs'/>", "<source dir='/srv'/><target dir='srv'/>"
    shared = f"<filesystem type='mount'>{driver}{ends}<readonly/></filesystem>"
    memory = "<memoryBacking><access mode='shared'/></memoryBacking>"
    assert found(shared, beside=memory) == []
    assert found(shared, beside=memory, libvirt="10.10.0") == ["filesystem-readonly"]


def test_settings_of_an_iommu_are_its_model_s() -> None:
    features = "<features><ioapic driver='qemu'/></features>"
    iommu = "<iommu model='{}'><driver intremap='on'/></iommu>"
    assert found(iommu.format("intel"), beside=features) == []
    assert found(iommu.format("smmuv3"), "virt", beside=features) == ["iommu-settings"]
    assert found(iommu.format("intel"), "pc", beside=features) == ["iommu-not-for-machine"]


@pytest.mark.parametrize(("size", "names"), [("4", []), ("1", []), ("3", ["shmem-size"])])
def test_shared_memory_is_a_power_of_two(size: str, names: list[str]) -> None:
    memory = f"<shmem name='a'><model type='ivshmem-plain'/><size unit='M'>{size}</size></shmem>"
    assert found(memory) == names
    assert found(memory, libvirt="9.0.0") == []


def test_devices_of_containers_are_by_their_capabilities() -> None:
    device = "<hostdev mode='capabilities' type='storage'><source><block>/dev/sdf1</block></source></hostdev>"
    assert found(device) == ["hostdev-settings"]
    assert found(device, kind="lxc") == []


def test_guests_with_tdx_have_less() -> None:
    tdx = "<launchSecurity type='tdx'><policy>{}</policy></launchSecurity>"
    assert found("", beside=tdx.format("0x10000001")) == []
    assert found("", beside=tdx.format("0x2")) == ["launch-security"]
    assert found("", beside=tdx.format("0") + "<features><smm state='off'/><pmu state='off'/></features>") == []
    assert (
        found("", beside=tdx.format("0") + "<features><smm/><ioapic driver='kvm'/></features>")
        == ["launch-security"] * 2
    )


def test_who_runs_virtiofsd_says_whether_it_is_read_only() -> None:
    shared = "<filesystem><driver type='virtiofs'/><source socket='/run/s'/><target dir='srv'/><readonly/></filesystem>"
    memory = "<memoryBacking><access mode='shared'/></memoryBacking>"
    assert found(shared, beside=memory) == ["filesystem-readonly-socket"]
    assert found(shared, beside=memory, libvirt="9.0.0") == []


@pytest.mark.parametrize(("mode", "most"), [("bind", 107), ("connect", 108)])
def test_paths_of_sockets_have_an_end(mode: str, most: int) -> None:
    serial = "<serial type='unix'><source mode='{}' path='/{}'/></serial>"
    assert found(serial.format(mode, "a" * (most - 1)), codes="VX97") == []
    assert found(serial.format(mode, "a" * most), codes="VX97") == ["socket-path-too-long"]


def test_spice_cuts_its_path_itself() -> None:
    screen = "<graphics type='{}'><listen type='socket' socket='/{}'/></graphics>"
    assert found(screen.format("vnc", "a" * 108), codes="VX97") == ["socket-path-too-long"]
    assert found(screen.format("spice", "a" * 108), codes="VX97") == []


@pytest.mark.parametrize(
    ("model", "machine", "names"),
    [
        ("tpm-crb", "q35", []),
        ("tpm-crb", "virt", ["tpm-settings"]),
        ("tpm-crb", "", []),
        ("tpm-tis", "virt", []),
        ("tpm-spapr", "pseries", []),
        ("tpm-spapr", "q35", ["tpm-settings"]),
    ],
)
def test_tpms_are_for_processors(model: str, machine: str, names: list[str]) -> None:
    assert found(f"<tpm model='{model}'><backend type='emulator' version='2.0'/></tpm>", machine) == names


@pytest.mark.parametrize(
    ("machine", "names"),
    [("q35", ["hostdev-settings"]), ("s390-ccw-virtio", []), ("", []), ("virt", ["hostdev-settings"])],
)
def test_channels_and_crypto_cards_are_of_mainframes(machine: str, names: list[str]) -> None:
    source = "<source><address uuid='53764d0e-85a0-42b4-af5c-2046b460b1dc'/></source>"
    for model in ("vfio-ccw", "vfio-ap"):
        assert found(f"<hostdev mode='subsystem' type='mdev' model='{model}'>{source}</hostdev>", machine) == names


@pytest.mark.parametrize(
    ("address", "is_right"), [("10.0.2.1", True), ("10.1", True), ("256.1.1.1", False), ("1.2.3.4.5", False)]
)
def test_what_is_forwarded_is_an_address_in_numbers(address: str, is_right: bool) -> None:
    made = channel("pipe", "<source path='/a'/>", f"type='guestfwd' address='{address}' port='1'")
    assert found(made) == ([] if is_right else ["guestfwd-address"])
