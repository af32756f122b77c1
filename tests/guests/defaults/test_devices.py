"""The devices, features and clock that a guest gets."""

from __future__ import annotations

import pytest

from tests.guests.making import MODERN, WINDOWS, complete, guest, host_telling
from virtxml.guests.defaults.boot import set_boot_order
from virtxml.guests.defaults.controllers import set_controllers
from virtxml.guests.defaults.disks import add_disk, default_bus, set_targets
from virtxml.guests.defaults.features import set_clock, set_features
from virtxml.guests.defaults.graphics import default_video, set_graphics
from virtxml.guests.defaults.networks import default_card, set_networks
from virtxml.guests.defaults.security import set_launch_security, set_security_labels
from virtxml.guests.errors import GuestError
from virtxml.guests.guest import Guest
from virtxml.guests.hosts import builtin_host
from virtxml.guests.osinfo import OsFacts
from virtxml.schema.capabilities import Host as HostElement
from virtxml.schema.domain import (
    Controller,
    DeviceBoot,
    Disk,
    DiskSource,
    DiskTarget,
    Graphics,
    Input,
    Interface,
    LaunchSecurity,
    Seclabel,
    Serial,
    Sound,
)

OLD = OsFacts("old", ("old",), netmodels=("pcnet", "rtl8139"))


def disk(device: str = "disk", **fields: object) -> Disk:
    return Disk(device=device, source=DiskSource(file="/x"), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("system", "kind", "of_disk", "of_cdrom"),
    [
        (MODERN, {}, "virtio", "sata"),
        (OLD, {}, "ide", "ide"),
        (OLD, {"machine": "q35"}, "sata", "sata"),
        (MODERN, {"arch": "aarch64"}, "virtio", "scsi"),
        (WINDOWS, {"arch": "aarch64"}, "usb", "usb"),
        (MODERN, {"arch": "s390x"}, "virtio", "scsi"),
    ],
)
def test_disks_get_the_fastest_bus_that_the_system_knows(
    system: OsFacts, kind: dict[str, str], of_disk: str, of_cdrom: str
) -> None:
    made = guest(system, **kind)
    assert (default_bus(made, disk()), default_bus(made, disk("cdrom"))) == (of_disk, of_cdrom)
    assert default_bus(made, disk("floppy")) == "fdc"


def test_disks_are_named_behind_the_last_name_of_their_kind() -> None:
    made = guest(MODERN)
    for one in (disk(), disk("cdrom"), disk(target=DiskTarget(dev="sdz", bus="usb")), disk(), disk("floppy")):
        add_disk(made, one)
    set_targets(made)
    names = [one.target and (one.target.dev, one.target.bus) for one in made.devices.disks]
    assert names == [("vda", "virtio"), ("sdaa", "sata"), ("sdz", "usb"), ("vdb", "virtio"), ("fda", "fdc")]


def test_a_new_sparse_file_gives_room_back_and_a_block_device_is_not_cached() -> None:
    made = guest(MODERN)
    add_disk(made, disk(), format="qcow2", sparse=True)
    add_disk(made, Disk(type="block", source=DiskSource(dev="/dev/sdx")), format="raw")
    add_disk(made, Disk(device="cdrom"))
    drivers = [one.driver.to_xml().strip() if one.driver else None for one in made.devices.disks]
    assert drivers == [
        "<driver name='qemu' type='qcow2' discard='unmap'/>",
        "<driver name='qemu' type='raw' cache='none' io='native' discard='unmap'/>",
        None,
    ]
    assert made.devices.disks[2].readonly


def controllers(made: Guest) -> list[str]:
    return [f"{one.type}:{one.model}" for one in made.devices.controllers]


def test_pci_express_has_ports_for_what_is_plugged_in_later() -> None:
    made = guest(MODERN)
    set_controllers(made)
    assert controllers(made) == ["usb:qemu-xhci", "pci:pcie-root", *["pci:pcie-root-port"] * 14]
    fewer, none = guest(MODERN), guest(MODERN)
    set_controllers(fewer, root_ports=2)
    set_controllers(none, root_ports=0)
    assert controllers(fewer)[1:] == ["pci:pcie-root", *["pci:pcie-root-port"] * 2]
    assert controllers(none) == ["usb:qemu-xhci"]


def test_controllers_that_are_said_are_not_doubled() -> None:
    made = guest(MODERN)
    made.devices.controllers = [Controller(type="usb", model="none"), Controller(type="pci", index=0)]
    set_controllers(made)
    assert controllers(made) == ["usb:none", "pci:None"]


def test_old_systems_get_usb_2_and_disks_of_scsi_their_controller() -> None:
    made = guest(OLD)
    set_controllers(made)
    assert controllers(made) == ["usb:ich9-ehci1", "usb:ich9-uhci1", "usb:ich9-uhci2", "usb:ich9-uhci3"]
    modern = guest(MODERN)
    modern.devices.disks = [disk(target=DiskTarget(bus="scsi"))]
    set_controllers(modern, root_ports=0)
    assert controllers(modern) == ["usb:qemu-xhci", "scsi:virtio-scsi"]


@pytest.mark.parametrize(
    ("system", "kind", "card"),
    [
        (MODERN, {}, "virtio"),
        (OLD, {}, "rtl8139"),
        (OLD, {"machine": "q35"}, "e1000e"),
        (WINDOWS, {"machine": "pc"}, "e1000"),
        (WINDOWS, {"arch": "aarch64"}, None),
    ],
)
def test_network_cards_are_the_best_that_the_system_knows(
    system: OsFacts, kind: dict[str, str], card: str | None
) -> None:
    assert default_card(guest(system, **kind)) == card


def test_guests_of_a_user_have_a_network_of_their_own() -> None:
    of_user, of_system = guest(host=builtin_host(is_session=True)), guest()
    set_networks(of_user)
    set_networks(of_system)
    assert of_user.devices.interfaces[0].type == "user"
    assert of_system.devices.interfaces[0].source is not None
    assert of_system.devices.interfaces[0].source.network == "default"


def test_each_interface_has_an_address_of_its_own() -> None:
    made = guest()
    made.devices.interfaces = [Interface() for _ in range(50)]
    set_networks(made)
    addresses = {one.mac.address for one in made.devices.interfaces if one.mac is not None}
    assert len(addresses) == 50
    assert all(address is not None and address.startswith("52:54:00:") for address in addresses)


def graphics_of(text: str) -> str | None:
    made = guest(host=host_telling(f"<devices><graphics supported='yes'>{text}</graphics></devices>"))
    set_graphics(made)
    return made.devices.graphics[0].type


def test_spice_is_taken_where_the_host_has_it() -> None:
    assert graphics_of("<enum name='type'><value>vnc</value><value>spice</value></enum>") == "spice"
    assert graphics_of("<enum name='type'><value>vnc</value></enum>") == "vnc"


def test_graphics_that_listen_nowhere_have_no_ports() -> None:
    made = guest(host=host_telling(""))
    made.devices.graphics = [
        Graphics.from_xml("<graphics type='vnc'><listen type='none'/></graphics>"),
        Graphics(type="vnc"),
        Graphics(type="spice", port=5901),
    ]
    set_graphics(made)
    ports = [(one.port, one.tls_port, one.autoport) for one in made.devices.graphics]
    assert ports == [(None, None, None), (-1, None, None), (5901, -1, None)]


VIDEO = "<devices><video supported='yes'><enum name='modelType'>{}</enum></video></devices>"


@pytest.mark.parametrize(
    ("system", "known", "uefi", "spice", "card"),
    [
        (MODERN, "virtio qxl vga", False, True, "virtio"),
        (MODERN, "qxl vga", False, True, "qxl"),
        (OLD, "virtio qxl vga", False, True, "qxl"),
        (OLD, "virtio qxl vga bochs", False, False, "vga"),
        (OLD, "virtio qxl vga bochs", True, False, "bochs"),
        (OLD, "vga", True, False, "vga"),
    ],
)
def test_video_is_the_best_that_host_and_system_know(
    system: OsFacts, known: str, uefi: bool, spice: bool, card: str
) -> None:
    values = "".join(f"<value>{name}</value>" for name in known.split())
    made = guest(system, host=host_telling(VIDEO.format(values)))
    made.os.firmware = "efi" if uefi else None
    made.devices.graphics = [Graphics(type="spice" if spice else "vnc")]
    assert default_video(made) == card


SPICE = "<devices><graphics supported='yes'><enum name='type'><value>spice</value></enum></graphics></devices>"


def test_spice_brings_sound_channel_and_usb_of_who_looks() -> None:
    made = guest(OLD, host=host_telling(SPICE))
    complete(made)
    assert made.devices.sounds == [Sound(model="ich6")]
    assert [channel.type for channel in made.devices.channels] == ["spicevmc"]
    assert [one.type for one in made.devices.redirdevs] == ["spicevmc"] * 2
    assert made.domain.features is not None
    assert made.domain.features.vmport is not None
    assert made.domain.features.vmport.state is False


@pytest.mark.parametrize(
    "kind", ["graphics", "sound", "channel", "redirdev", "input", "console", "rng", "tpm", "network"]
)
def test_what_is_unwanted_is_left_out(kind: str) -> None:
    made = guest(MODERN, host=host_telling(SPICE))
    made.without = frozenset([kind])
    complete(made)
    plural = {"graphics": "graphics", "sound": "sounds", "network": "interfaces"}.get(kind, f"{kind}s")
    assert getattr(made.devices, plural) == []


def test_a_balloon_that_is_unwanted_is_said_so() -> None:
    made = guest(MODERN)
    made.without = frozenset(["memballoon"])
    complete(made)
    assert made.devices.memballoon is not None
    assert made.devices.memballoon.model == "none"


def test_devices_that_are_said_stay_as_they_are() -> None:
    made = guest(MODERN)
    made.devices.inputs = [Input(type="mouse", bus="ps2")]
    made.devices.serials = [Serial(type="pty")]
    complete(made)
    assert made.devices.inputs == [Input(type="mouse", bus="ps2")]
    assert made.devices.consoles == []


@pytest.mark.parametrize(("arch", "types"), [("x86_64", ["tablet"]), ("aarch64", ["tablet", "keyboard"])])
def test_a_keyboard_is_added_where_machines_have_none(arch: str, types: list[str]) -> None:
    made = guest(MODERN, arch=arch)
    complete(made)
    assert [(one.type, one.bus) for one in made.devices.inputs] == [(name, "usb") for name in types]


def test_uefi_brings_a_tpm() -> None:
    made, plain = guest(MODERN), guest(MODERN)
    made.os.firmware = "efi"
    complete(made)
    complete(plain)
    assert [tpm.to_xml() for tpm in made.devices.tpms] == [
        "<tpm model='tpm-crb'>\n  <backend type='emulator'/>\n</tpm>\n"
    ]
    assert plain.devices.tpms == []


HYPERV = "<features><hyperv supported='yes'><enum name='features'>{}</enum></hyperv></features>"


def test_windows_gets_the_enlightenments_that_the_host_has() -> None:
    names = ("relaxed", "spinlocks", "vpindex", "synic", "reset")
    host = host_telling(HYPERV.format("".join(f"<value>{name}</value>" for name in names)))
    made = guest(WINDOWS, host=host)
    set_features(made)
    assert made.domain.features is not None
    hyperv = made.domain.features.hyperv
    assert hyperv is not None
    found = [name for name in hyperv.xml_fields if getattr(hyperv, name) is not None]
    assert found == ["relaxed", "spinlocks", "vpindex", "synic"]
    assert hyperv.spinlocks is not None
    assert hyperv.spinlocks.retries == 8191


def test_the_clock_is_what_the_system_takes_it_for() -> None:
    windows, other, arm = guest(WINDOWS), guest(MODERN), guest(MODERN, arch="aarch64")
    for made in (windows, other, arm):
        set_clock(made)
    clocks = [made.domain.clock for made in (windows, other, arm)]
    assert [clock and clock.offset for clock in clocks] == ["localtime", "utc", "utc"]
    timers = [[timer.name for timer in clock.timers] for clock in clocks if clock is not None]
    assert timers == [["rtc", "pit", "hpet", "hypervclock"], ["rtc", "pit", "hpet"], []]


def test_the_first_device_of_each_kind_gets_its_place_in_the_boot_order() -> None:
    made = guest(MODERN)
    made.devices.disks = [disk("cdrom"), disk(), disk()]
    set_boot_order(made, ["cdrom", "hd", "network"])
    assert [one.boot and one.boot.order for one in made.devices.disks] == [1, 2, None]
    assert made.os.boots == []


def test_a_boot_order_that_is_said_stays() -> None:
    made = guest(MODERN)
    made.devices.disks = [disk(), disk(boot=DeviceBoot(order=1))]
    set_boot_order(made, ["hd"])
    assert made.devices.disks[0].boot is None


def test_other_hypervisors_list_what_they_boot_from() -> None:
    made = guest(host=builtin_host(driver="bhyve"))
    set_boot_order(made, ["network", "hd"])
    assert [boot.dev for boot in made.os.boots] == ["network", "hd"]


def test_a_container_starts_a_program() -> None:
    made = guest(host=builtin_host(driver="lxc"))
    complete(made)
    assert made.os.init == "/bin/sh"
    assert made.domain.clock is None
    assert made.devices.graphics == []


def test_a_label_belongs_to_a_model_of_the_host() -> None:
    made = guest()
    made.domain.seclabels = [Seclabel(type="dynamic"), Seclabel(type="static", label="107:107")]
    set_security_labels(made)
    first = made.host.capabilities.host
    assert first is not None
    assert [label.model for label in made.domain.seclabels] == [first.secmodels[0].model, "dac"]
    made.domain.seclabels = [Seclabel(model="nonsense"), Seclabel(relabel=True)]
    set_security_labels(made)
    assert [label.type for label in made.domain.seclabels] == ["dynamic", None]


SECURITY = """
  <secmodel><model>selinux</model><doi>0</doi><baselabel type='kvm'>system_u:system_r:svirt_t:s0</baselabel></secmodel>
  <secmodel><model>dac</model><doi>0</doi><baselabel type='kvm'>+107:+107</baselabel></secmodel>
"""


@pytest.mark.parametrize(
    ("label", "model"), [(None, "selinux"), ("107:107", "dac"), ("a:b:c:s0:c1,c2", "selinux"), ("word", None)]
)
def test_a_label_looks_like_those_of_its_model(label: str | None, model: str | None) -> None:
    made = guest()
    made.host.capabilities.host = HostElement.from_xml(f"<host>{SECURITY}</host>")
    made.domain.seclabels = [Seclabel(type="static", label=label)]
    set_security_labels(made)
    assert made.domain.seclabels[0].model == model


def test_encrypted_memory_needs_q35_and_uefi() -> None:
    made = guest(MODERN)
    made.os.firmware = "efi"
    made.domain.launch_security = LaunchSecurity(type="sev")
    set_launch_security(made)
    assert repr(made.domain.launch_security.policy) == "0x03"
    plain = guest(OLD)
    plain.domain.launch_security = LaunchSecurity(type="sev")
    with pytest.raises(GuestError, match="encrypted memory needs the machine q35 and UEFI") as caught:
        set_launch_security(plain)
    assert (caught.value.node, caught.value.field) == (plain.domain.launch_security, "type")
