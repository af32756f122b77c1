"""`--edit`: what is said is changed, and what goes along with it; nothing is filled in."""

from __future__ import annotations

import pytest

from tests.install.changes.changing import GUEST, SPICE, difference, outcome, places
from virtxml.install import InstallError

CHANGES = {
    "--vcpus 8": ['-<vcpu current="1">2</vcpu>', '+<vcpu current="1">8</vcpu>'],
    "--vcpus 3,maxvcpus=8": ['-<vcpu current="1">2</vcpu>', '+<vcpu current="3">8</vcpu>'],
    "--cpu host-passthrough": ['+<cpu mode="host-passthrough"/>'],
    "--boot network,cdrom": ['-<boot dev="hd"/>', '+<boot dev="network"/>', '+<boot dev="cdrom"/>'],
    "--boot menu=on": ['+<bootmenu enable="yes"/>'],
    "--events on_poweroff=restart": ["+<on_poweroff>restart</on_poweroff>"],
    "--disk path=": ['-<source file="/srv/shop.qcow2"/>'],
    "--disk device=cdrom,path=": [
        *('-<disk type="file" device="disk">', '+<disk type="file" device="cdrom">'),
        '-<source file="/srv/shop.qcow2"/>',
    ],
    "--disk driver.type=": ['-<driver name="qemu" type="qcow2"/>', '+<driver name="qemu"/>'],
    "--network bridge=br1": [
        *('-<interface type="network">', '+<interface type="bridge">'),
        *('-<source network="default"/>', '+<source bridge="br1"/>'),
    ],
    "--network type=user": [
        *('-<interface type="network">', '+<interface type="user">'),
        '-<source network="default"/>',
    ],
    "--network type=network,source=lab": ['-<source network="default"/>', '+<source network="lab"/>'],
    "--graphics listen=none": [
        '-<graphics type="vnc" port="-1" autoport="yes">',
        '-<listen type="address"/>',
        '+<graphics type="vnc">',
        '+<listen type="none"/>',
    ],
    "--graphics port=5901": [
        '-<graphics type="vnc" port="-1" autoport="yes">',
        '+<graphics type="vnc" port="5901">',
    ],
    "--serial unix,path=/run/s": [
        '-<serial type="pty"/>',
        '+<serial type="unix">',
        '+<source path="/run/s"/>',
        "+</serial>",
    ],
    "--sound none": [],
    "--memory hugepages=off": [],
    "--features acpi=off": [],
    "--memballoon none": None,
}


@pytest.mark.parametrize("said", CHANGES)
def test_only_what_is_said_changes_and_what_contradicts_it(said: str) -> None:
    if CHANGES[said] is None:
        with pytest.raises(InstallError, match="no element"):
            outcome(f"--edit {said}")
    else:
        assert difference(f"--edit {said}") == CHANGES[said]


def test_an_element_is_emptied_first_if_that_is_said_and_keeps_its_place() -> None:
    found = difference("--edit --disk clearxml=yes,device=cdrom,target.dev=sda,target.bus=sata")
    assert found[0] == '-<disk type="file" device="disk">'
    assert [line for line in found if line[0] == "+"] == ['+<disk device="cdrom">', '+<target dev="sda" bus="sata"/>']


def test_several_options_go_to_the_same_element() -> None:
    assert difference("--edit 2 --disk serial=A --disk wwn=5000c50015ea71ad") == [
        "+<serial>A</serial>",
        "+<wwn>5000c50015ea71ad</wwn>",
    ]


def test_a_place_in_the_order_of_booting_moves_those_behind_it_and_ends_the_list_of_kinds() -> None:
    source = outcome("--edit 1 --network boot.order=1")[0].to_text()
    assert "<boot dev" not in source
    source = outcome("--edit 2 --network boot.order=3", source)[0].to_text()
    assert difference("--edit 2 --disk boot.order=1", source) == [
        '+<boot order="1"/>',
        *('-<boot order="1"/>', '+<boot order="2"/>'),
    ]
    assert places(outcome("--edit 2 --disk boot.order=2", source)[0].to_text()) == [None, 2, 1, 3]


def test_graphics_that_become_spice_bring_what_spice_is_for_once() -> None:
    found = outcome("--edit --graphics spice")[0].model
    assert found.devices is not None
    assert found.features is not None
    assert found.features.vmport is not None
    assert [channel.type for channel in found.devices.channels] == ["spicevmc"]
    assert len(found.devices.sounds) == 2
    assert difference("--edit --graphics image.compression=off", SPICE) == [
        '-<graphics type="spice" port="-1"/>',
        '+<graphics type="spice" port="-1">',
        '+<image compression="off"/>',
        "+</graphics>",
    ]


def test_the_system_is_noted_in_the_document() -> None:
    document, _ = outcome("--edit --metadata os_name=fedora40")
    assert 'id="http://fedoraproject.org/fedora/40"' in document.to_text()
    again = difference("--edit --metadata os_full_id=http://debian.org/debian/12", document.to_text())
    assert [line.partition(" id=")[2] for line in again] == [
        '"http://fedoraproject.org/fedora/40"/>',
        '"http://debian.org/debian/12"/>',
    ]


def test_uefi_takes_the_place_of_firmware_that_was_chosen_before() -> None:
    source = GUEST.replace('<boot dev="hd"/>', '<loader type="pflash">/x</loader>\n        <nvram>/y</nvram>')
    document, _ = outcome("--edit --boot uefi,secure-boot=off", source)
    os = document.model.os
    assert os is not None
    assert (os.firmware, os.loader, os.nvram) == ("efi", None, None)
    assert [(one.name, one.enabled) for one in os.firmware_element.features] == [("enrolled-keys", False)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("machine", "refreshed"),
    [("pc-q35-9.2", "q35"), ("pc-i440fx-8.2", "pc"), ("virt-9.0", "virt"), ("pseries-rhel9.2.0", "pseries")],
)
def test_a_machine_becomes_the_newest_of_its_kind(machine: str, refreshed: str) -> None:
    source = GUEST.replace("pc-q35-9.2", machine)
    assert f'machine="{refreshed}"' in outcome("--edit --boot refresh-machine-type=yes", source)[0].to_text()
    with pytest.raises(InstallError, match="no versions"):
        outcome("--edit --boot refresh-machine-type=yes", GUEST.replace("pc-q35-9.2", refreshed))


def test_the_finished_document_is_changed_by_xpath_and_keeps_its_form() -> None:
    assert difference("--edit --xml ./vcpu/@current=2 --xml xpath.delete=./devices/sound[2]") == [
        *('-<vcpu current="1">2</vcpu>', '+<vcpu current="2">2</vcpu>'),
        '-<sound model="usb"/>',
    ]
    assert difference("--edit 2 --sound xpath1.set=./@model=ac97") == [
        '-<sound model="usb"/>',
        '+<sound model="ac97"/>',
    ]
