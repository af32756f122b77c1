"""`--add-device` and `--build-xml`: new elements get what is usual for the guest that they are for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.install.changes.changing import GUEST, SPICE, difference, outcome, places
from virtxml import Document, Domain
from virtxml.install import InstallError, builtin_host, change, read_host

if TYPE_CHECKING:
    from pathlib import Path

HOST = """\
<node>
  <domain type='kvm'>
    <name>shop</name>
    <devices>
      <interface type='network'>
        <mac address='52:54:00:aa:00:01'/>
      </interface>
      <disk type='file' device='disk'>
        <source file='/srv/shop.qcow2'/>
        <target dev='vda'/>
      </disk>
    </devices>
  </domain>
  <domain type='kvm'>
    <name>other</name>
    <devices>
      <disk type='file' device='disk'>
        <source file='/srv/other.qcow2'/>
        <target dev='vda'/>
      </disk>
    </devices>
  </domain>
</node>
"""


@pytest.mark.parametrize(
    ("said", "element"),
    [
        ("--sound ac97", '<sound model="ac97"/>'),
        ("--sound", '<sound model="ich9"/>'),
        ("--channel spicevmc", '<channel type="spicevmc"><target type="virtio" name="com.redhat.spice.0"/></channel>'),
        (
            "--channel unix,target.name=x",
            '<channel type="unix"><source mode="bind"/><target type="virtio" name="x"/></channel>',
        ),
        ("--memballoon virtio", '<memballoon model="virtio"/>'),
        ("--rng /dev/random", '<rng model="virtio"><backend model="random">/dev/random</backend></rng>'),
        ("--watchdog default", '<watchdog model="i6300esb" action="reset"/>'),
        ("--vsock default", '<vsock model="virtio"><cid auto="yes"/></vsock>'),
        ("--seclabel model=dac", '<seclabel type="dynamic" model="dac"/>'),
        ("--disk device=cdrom", '<disk type="file" device="cdrom"><target dev="sda" bus="sata"/><readonly/></disk>'),
    ],
)
def test_a_device_gets_what_is_usual_and_no_other_is_added(said: str, element: str) -> None:
    assert {line[0] for line in difference(f"--add-device {said}")} == {"+"}
    (node,) = outcome(f"--add-device {said}")[1].nodes
    assert "".join(line.strip() for line in node.to_xml().splitlines()) == element.replace('"', "'")


def test_a_disk_gets_the_next_name_and_the_bus_that_its_system_has_a_driver_for() -> None:
    document, found = outcome("--add-device --disk size=5 --disk /dev/vg/more --osinfo debian12")
    disks = document.model.devices.disks if document.model.devices is not None else []
    assert [disk.target.dev for disk in disks if disk.target] == ["vda", "vdb", "vdc", "vdd"]
    assert [volume.path for volume in found.storage] == ["/var/lib/libvirt/images/shop.qcow2"]
    assert any("/dev/vg/more" in warning for warning in found.warnings)
    assert '<libosinfo:os id="http://debian.org/debian/12"/>' in document.to_text()


def test_the_system_that_the_document_names_decides() -> None:
    noted = outcome("--edit --metadata os_name=win10")[0].to_text()
    assert '<model type="e1000e"/>' in "".join(difference("--add-device --network default", noted))
    noted = outcome("--edit --metadata os_name=fedora40", noted)[0].to_text()
    assert '<model type="virtio"/>' in "".join(difference("--add-device --network default", noted))


def test_an_interface_gets_an_address_that_no_other_has_and_may_not_take_one() -> None:
    added = "".join(difference("--add-device --network default --network bridge=br0"))
    assert len(set(re.findall("52:54:00:[0-9a-f:]{8}", added))) == 2
    with pytest.raises(InstallError, match="another interface"):
        outcome("--add-device --network default,mac=52:54:00:aa:00:01")


def test_a_guest_is_not_in_its_own_way_on_the_host_but_others_are(tmp_path: Path) -> None:
    (tmp_path / "host.xml").write_text(HOST)
    host = read_host(host=tmp_path / "host.xml")
    assert difference("--add-device --disk /srv/shop.qcow2", host=host)
    with pytest.raises(InstallError, match="'other' uses this disk"):
        outcome("--add-device --disk /srv/other.qcow2", host=host)


def test_a_new_device_may_take_a_place_in_the_order_of_booting() -> None:
    source = outcome("--edit --disk boot.order=1")[0].to_text()
    added = outcome("--add-device --network default,boot.order=1", source)[0].to_text()
    assert places(added) == [2, None, None, None, 1]


def test_spice_graphics_bring_what_spice_is_for_unless_it_is_there() -> None:
    assert '+<channel type="spicevmc">' in difference("--add-device --graphics spice")
    assert "spicevmc" not in "".join(difference("--add-device --graphics spice", SPICE))


def test_information_for_the_firmware_is_told_to_it() -> None:
    text = outcome("--add-device --sysinfo system.serial=7")[0].to_text()
    assert '<smbios mode="sysinfo"/>' in text
    assert '<entry name="serial">7</entry>' in text


def test_there_is_no_second_of_what_a_guest_has_one_of() -> None:
    text = outcome("--add-device --memballoon virtio")[0].to_text()
    with pytest.raises(InstallError, match="there is one"):
        outcome("--add-device --memballoon virtio", text)


def test_without_facts_the_host_is_one_for_the_hypervisor_of_the_document() -> None:
    assert "00:16:3e" in "".join(difference("--add-device --network default", GUEST.replace("kvm", "xen", 1)))


def test_a_host_of_another_hypervisor_decides_as_for_its_own_guests() -> None:
    source = GUEST.replace("kvm", "test", 1)
    added = "".join(difference("--add-device --network default --osinfo debian12", source, builtin_host()))
    assert '<model type="virtio"/>' in added


def test_an_element_is_built_for_the_guest_of_a_document_or_for_none() -> None:
    def built(argv: str, domain: Domain | None = None) -> str:
        return "".join(line.strip() for node in change(domain, argv).nodes for line in node.to_xml().splitlines())

    assert built("--build-xml --sound hda,audio.id=2") == "<sound model='hda'><audio id='2'/></sound>"
    assert built("--build-xml --clock offset=utc,clearxml=no") == "<clock offset='utc'/>"
    assert built("--build-xml --cpu host-passthrough") == "<cpu mode='host-passthrough'/>"
    assert built("--build-xml --sound ich9 --sound xpath1.set=./@model=x") == "<sound model='ich9'/><sound model='x'/>"
    document = Document.parse(GUEST, Domain)
    assert "dev='vdc'" in built("--build-xml --disk /x,bus=virtio", document.model)
    assert document.changes() == []
