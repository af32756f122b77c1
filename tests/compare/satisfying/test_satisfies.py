"""Is a document what is wanted? What libvirt adds by itself and how it writes things is no difference."""

from __future__ import annotations

import pytest

import virtxml
from tests.growth import assert_cheap, seconds
from virtxml import Domain
from virtxml.compare.satisfying import Answer, satisfies

WANTED = """
<domain type='kvm'>
  <name>web</name>
  <memory unit='GiB'>2</memory>
  <vcpu cpuset='0,1,2,3'>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/><boot dev='network'/></os>
  <features><acpi/></features>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none'/>
      <source file='/images/web.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>
    <interface type='network'>
      <mac address='52:54:00:AA:BB:CC'/>
      <source network='default'/>
      <model type='virtio'/>
    </interface>
    <graphics type='vnc' port='-1'/>
  </devices>
</domain>
"""
ACTUAL = """
<domain type='kvm'>
  <name>web</name>
  <uuid>7c0f1d5e-1111-4222-8333-444455556666</uuid>
  <memory unit='KiB'>2097152</memory>
  <currentMemory unit='KiB'>2097152</currentMemory>
  <vcpu placement='static' cpuset='0-3'>2</vcpu>
  <os>
    <type arch='x86_64' machine='pc-q35-9.0'>hvm</type>
    <boot dev='hd'/>
    <boot dev='network'/>
  </os>
  <features>
    <acpi/>
  </features>
  <cpu mode='custom' match='exact' check='none'>
    <model fallback='forbid'>qemu64</model>
  </cpu>
  <clock offset='utc'/>
  <on_poweroff>destroy</on_poweroff>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='cdrom'>
      <driver name='qemu' type='raw'/>
      <target dev='sda' bus='sata'/>
      <readonly/>
      <address type='drive' controller='0' bus='0' target='0' unit='0'/>
    </disk>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none'/>
      <source file='/images/web.qcow2'/>
      <target dev='vda' bus='virtio'/>
      <address type='pci' domain='0x0000' bus='0x02' slot='0x00' function='0x0'/>
    </disk>
    <controller type='sata' index='0'>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x1f' function='0x2'/>
    </controller>
    <controller type='usb' index='0' model='qemu-xhci'/>
    <controller type='pci' index='0' model='pcie-root'/>
    <controller type='pci' index='1' model='pcie-root-port'/>
    <controller type='pci' index='2' model='pcie-root-port'/>
    <controller type='pci' index='3' model='pcie-root-port'/>
    <interface type='network'>
      <mac address='52:54:00:aa:bb:cc'/>
      <source network='default'/>
      <model type='virtio'/>
      <address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
    </interface>
    <input type='mouse' bus='ps2'/>
    <input type='keyboard' bus='ps2'/>
    <graphics type='vnc' port='-1' autoport='yes'>
      <listen type='address'/>
    </graphics>
    <audio id='1' type='none'/>
    <video>
      <model type='vga' vram='16384' heads='1' primary='yes'/>
    </video>
    <watchdog model='itco' action='reset'/>
    <memballoon model='virtio'/>
  </devices>
</domain>
"""


def ask(actual: str = ACTUAL, wanted: str = WANTED) -> Answer:
    """Return the answer for two domains as text."""
    return satisfies(virtxml.Domain.from_xml(actual), virtxml.Domain.from_xml(wanted))


def replaced(text: str, old: str, new: str) -> str:
    """Return a text with something in it replaced, which is there once."""
    assert text.count(old) == 1
    return text.replace(old, new)


def test_libvirts_own_additions_and_forms_are_no_difference() -> None:
    answer = ask()
    assert answer, str(answer)
    assert not answer.active


def test_a_document_is_what_it_is() -> None:
    assert ask(ACTUAL, ACTUAL)
    assert ask(WANTED, WANTED)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("cache='none'", "cache='writeback'", "devices/disk[vda]/driver/@cache: none is wanted, writeback is there"),
        (">2097152</memory", ">1048576</memory", "memory: 2 GiB is wanted, 1048576 KiB is there"),
        ("cpuset='0-3'", "cpuset='0-2'", "vcpu/@cpuset: 0,1,2,3 is wanted, 0-2 is there"),
        ("pc-q35-9.0", "q35x-9.0", "os/type/@machine: q35 is wanted, q35x-9.0 is there"),
        ("<boot dev='hd'/>", "", "os/boot[hd]: <boot> is wanted, and not there"),
        ("<acpi/>", "", "features/acpi: yes is wanted, and not there"),
        ("network='default'", "network='other'", "devices/interface[52:54:00:aa:bb:cc]/source/@network: default is"),
    ],
)
def test_what_is_wanted_and_not_so_is_told_by_its_path(old: str, new: str, line: str) -> None:
    answer = ask(replaced(ACTUAL, old, new))
    assert str(answer).startswith(line)
    assert len(answer) == 1
    assert not answer.drift


def test_the_order_of_boot_devices_is_wanted() -> None:
    order = "<boot dev='hd'/>\n    <boot dev='network'/>"
    answer = ask(replaced(ACTUAL, order, "<boot dev='network'/>\n    <boot dev='hd'/>"))
    assert str(answer) == "os/boot: hd, network is wanted, network, hd is there"


@pytest.mark.parametrize(
    "device",
    [
        "<disk type='file' device='disk'><source file='/b'/><target dev='vdb' bus='virtio'/></disk>",
        "<interface type='network'><source network='default'/></interface>",
        "<controller type='scsi' index='0' model='virtio-scsi'/>",
        "<controller type='pci' index='4' model='pcie-root-port'/>",
        "<controller type='usb' index='1' model='piix3-uhci'/>",
        "<input type='tablet' bus='usb'/>",
        "<input type='keyboard' bus='usb'/>",
        "<video><model type='qxl'/></video>",
        "<audio id='2' type='none'/>",
        "<audio id='1' type='jack'/>",
        "<serial type='pty'/>",
        "<console type='pty'><target type='virtio'/></console>",
        "<panic model='isa'/>",
        "<watchdog model='i6300esb'/>",
        "<hub type='usb'/>",
        "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>",
        "<tpm model='tpm-crb'><backend type='emulator'/></tpm>",
        "<vsock model='virtio'/>",
        "<iommu model='intel'/>",
        "<hostdev mode='subsystem' type='usb'><source><vendor id='0x1234'/><product id='0x5678'/></source></hostdev>",
    ],
)
def test_a_device_that_libvirt_does_not_add_is_drift(device: str) -> None:
    answer = ask(replaced(ACTUAL, "  </devices>", f"{device}</devices>"))
    assert len(answer) == 1
    assert len(answer.drift) == 1
    assert answer.drift[0].path.startswith("devices/" + device[1:].partition(" ")[0].partition(">")[0])


def test_graphics_on_d_bus_have_an_address_that_is_no_place_on_a_bus() -> None:
    devices = "<graphics type='dbus' address='unix:path=/tmp/a'/><hub type='usb'/></devices>"
    drift = ask(replaced(ACTUAL, "  </devices>", devices)).drift
    assert [one.path for one in drift] == ["devices/graphics[unix:path=/tmp/a]", "devices/hub[1]"]


@pytest.mark.parametrize(
    "what", ["<title>T</title>", "<cputune><shares>2</shares></cputune>", "<metadata><a:b xmlns:a='u'/></metadata>"]
)
def test_what_only_people_write_is_drift(what: str) -> None:
    assert len(ask(replaced(ACTUAL, "  <clock offset='utc'/>", what)).drift) == 1


def test_metadata_of_others_beside_what_is_wanted_is_not() -> None:
    mine, both = (
        "<metadata><a:b xmlns:a='u'>1</a:b></metadata>",
        "<metadata><c:d xmlns:c='v'/><a:b xmlns:a='u'>1</a:b></metadata>",
    )
    wanted = replaced(WANTED, "<features>", f"{mine}<features>")
    assert ask(replaced(ACTUAL, "<features>", f"{both}<features>"), wanted)
    assert ask(wanted=wanted).missing


def test_what_only_runs_is_not_wanted() -> None:
    running = replaced(ACTUAL, "<domain type='kvm'>", "<domain type='kvm' id='3'>")
    running = replaced(running, "port='-1' autoport='yes'", "port='5900' autoport='yes'")
    running = replaced(
        running,
        "<watchdog model='itco' action='reset'/>",
        "<watchdog model='itco' action='reset'><alias name='watchdog0'/></watchdog>",
    )
    answer = ask(running)
    assert answer, str(answer)
    assert answer.active
    assert ask(ACTUAL, running)


NUMA = "<cpu><numa><cell id='0' cpus='0-1' memory='1' unit='GiB'/></numa></cpu>"


def test_memory_that_libvirt_counts_up_by_itself_is_no_difference() -> None:
    counted = replaced(
        replaced(ACTUAL, ">2097152</memory", ">1048576</memory"), ">2097152</current", ">1048576</current"
    )
    counted = replaced(counted, "<cpu mode='custom' match='exact' check='none'>", NUMA.replace("</cpu>", ""))
    wanted = replaced(WANTED, "<features>", f"<currentMemory>0</currentMemory>{NUMA}<features>")
    assert ask(counted, wanted), str(ask(counted, wanted))
    assert not ask(replaced(counted, ">1048576</memory", ">3145728</memory"), wanted)


def test_other_kinds_of_documents() -> None:
    wanted = virtxml.Network.from_xml(
        "<network><name>n</name><forward mode='nat'/><ip address='10.0.0.1' netmask='255.255.255.0'><dhcp>"
        "<host mac='52:54:00:00:00:01' ip='10.0.0.5'/></dhcp></ip></network>"
    )
    actual = virtxml.Network.from_xml(
        "<network connections='1'><name>n</name><uuid>7c0f1d5e-1111-4222-8333-444455556666</uuid>"
        "<forward mode='nat'><nat><port start='1024' end='65535'/></nat></forward><bridge name='virbr1'/>"
        "<mac address='52:54:00:00:00:fe'/><ip address='10.0.0.1' netmask='255.255.255.0'><dhcp>"
        "<host mac='52:54:00:00:00:01' ip='10.0.0.5'/></dhcp></ip></network>"
    )
    assert satisfies(actual, wanted)
    assert satisfies(actual, wanted).active
    dhcp = actual.ips[0].dhcp
    assert dhcp is not None
    dhcp.hosts.append(type(dhcp.hosts[0])(mac="52:54:00:00:00:02", ip="10.0.0.6"))
    assert [one.path for one in satisfies(actual, wanted).drift] == ["ip[10.0.0.1]/dhcp/host[52:54:00:00:00:02]"]


def test_documents_of_two_kinds_are_no_question() -> None:
    with pytest.raises(TypeError, match="a Network cannot be a Domain"):
        satisfies(virtxml.Network(), virtxml.Domain())


def test_secrets_are_not_told() -> None:
    one, other = (replaced(WANTED, "port='-1'", f"port='-1' passwd='{word}'") for word in ("secret1", "secret2"))
    answer = ask(one, other)
    assert str(answer) == "devices/graphics[1]/@passwd: <hidden> is wanted, <hidden> is there"
    assert "secret" not in repr(answer.changed)


def test_secrets_that_no_schema_knows_are_not_told_either() -> None:
    one, other = (replaced(WANTED, "port='-1'", f"port='-1' password='{word}'") for word in ("secret1", "secret2"))
    assert str(ask(one, other)) == "devices/graphics[1]/@password: <hidden> is wanted, <hidden> is there"


def many(count: int) -> virtxml.Domain:
    """Return a domain with many devices without anything that tells them from each other at once."""
    redirdev = "<redirdev bus='usb' type='tcp'><source mode='connect' host='h' service='{}'/></redirdev>"
    return virtxml.Domain.from_xml(
        f"<domain><devices>{''.join(redirdev.format(number) for number in range(count))}</devices></domain>"
    )


@pytest.mark.parametrize("reverse", [False, True])
def test_time_grows_as_the_documents_do(reverse: bool) -> None:
    def ask_about(count: int) -> float:
        wanted, actual = many(count), many(count)
        assert wanted.devices is not None
        if reverse:
            wanted.devices.redirdevs.reverse()
        assert satisfies(actual, wanted)
        return seconds(lambda: satisfies(actual, wanted))

    assert_cheap(ask_about, 300, 3000, at_most=25)


def test_all_cpus_from_the_start_are_what_nobody_has_to_say() -> None:
    actual = virtxml.parse("<domain><name>a</name><vcpu>2</vcpu></domain>", Domain)
    assert satisfies(actual, virtxml.parse("<domain><vcpu current='2'>2</vcpu></domain>", Domain))
    assert not satisfies(actual, virtxml.parse("<domain><vcpu current='1'>2</vcpu></domain>", Domain))
