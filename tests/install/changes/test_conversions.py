"""`--convert-to-q35` and `--convert-to-vnc`: changes of a whole guest."""

from __future__ import annotations

import pytest

from tests.install.changes.changing import SPICE, outcome
from virtxml import is_valid
from virtxml.install import InstallError

PC = """\
<domain type='kvm'>
  <name>old</name>
  <memory>1</memory>
  <os>
    <type arch='x86_64' machine='pc-i440fx-8.2'>hvm</type>
  </os>
  <devices>
    <disk type='file' device='disk'>
      <target dev='hda' bus='ide'/>
      <address type='drive' controller='0' bus='0' target='0' unit='0'/>
    </disk>
    <disk type='file' device='cdrom'>
      <target dev='hdc' bus='ide'/>
    </disk>
    <disk type='file' device='disk'>
      <target dev='sda' bus='scsi'/>
      <address type='drive' controller='0' bus='0' target='0' unit='0'/>
    </disk>
    <controller type='pci' index='0' model='pci-root'/>
    <controller type='ide' index='0'>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x01' function='0x1'/>
    </controller>
    <controller type='usb' index='0' model='qemu-xhci'>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x05' function='0x0'/>
    </controller>
    <interface type='user'>
      <model type='e1000'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x03' function='0x0'/>
    </interface>
    <sound model='ich6'/>
    <hostdev mode='subsystem' type='pci'>
      <source>
        <address domain='0x0000' bus='0x03' slot='0x00' function='0x0'/>
      </source>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x06' function='0x0'/>
    </hostdev>
  </devices>
</domain>
"""


def test_a_pc_gets_pci_express_and_libvirt_finds_places_for_its_devices() -> None:
    document, _ = outcome("--edit --convert-to-q35 num_pcie_root_ports=3", PC)
    devices = document.model.devices
    assert devices is not None
    assert is_valid(document.model)
    assert [(disk.target.bus, disk.target.dev) for disk in devices.disks if disk.target] == [
        ("sata", "sdb"),
        ("sata", "sdc"),
        ("scsi", "sda"),
    ]
    assert [disk.address is not None for disk in devices.disks] == [False, False, True]
    kinds = [(one.type, one.model) for one in devices.controllers]
    assert kinds == [("usb", "qemu-xhci"), ("pci", "pcie-root"), *[("pci", "pcie-root-port")] * 3]
    text = document.to_text()
    assert "e1000e" in text
    assert "ich9" in text
    assert text.count("bus='0x03'") == 1
    assert text.count("bus='0x00'") == 0


def test_only_a_pc_without_pci_express_can_get_it() -> None:
    done = outcome("--edit --convert-to-q35", PC)[0].to_text()
    for source, reason in ((done, "has this machine"), (PC.replace("x86_64", "s390x"), "only a PC")):
        with pytest.raises(InstallError, match=reason):
            outcome("--edit --convert-to-q35", source)
    with pytest.raises(InstallError, match="num_pcie_root_ports"):
        outcome("--edit --convert-to-q35 ports=3", PC)
    with pytest.raises(InstallError, match="number of ports"):
        outcome("--edit --convert-to-q35 num_pcie_root_ports=x", PC)


@pytest.mark.parametrize(("agent", "types"), [("", ["unix"]), (" qemu-vdagent=on", ["qemu-vdagent", "unix"])])
def test_vnc_takes_the_place_of_spice(agent: str, types: list[str]) -> None:
    document, _ = outcome(f"--edit --convert-to-vnc{agent}", SPICE)
    devices = document.model.devices
    assert devices is not None
    assert [one.type for one in devices.graphics] == ["vnc"]
    assert [one.type for one in devices.channels] == types
    assert (devices.redirdevs, devices.audios) == ([], [])
