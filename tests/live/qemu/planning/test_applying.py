"""Plans are done on a real QEMU: nothing moves, what can be changed in what runs is, and the rest is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.qemu.daemon import Daemon
from virtxml import Domain, Network, NWFilter, Secret, StoragePool, StorageVolume, driver
from virtxml.compare.planning import Item, Wanted, plan
from virtxml.compare.planning.applying import Done, How, apply
from virtxml.node import Node
from virtxml.schema.domain import Interface, PciAddress

GUEST = """\
<domain type='qemu'>
  <name>web</name>
  <memory unit='MiB'>128</memory>
  <vcpu current='1'>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw'/><source file='{0}/a.img'/><target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'><driver name='qemu' type='raw'/><target dev='sda' bus='sata'/></disk>
    <controller type='scsi' model='virtio-scsi'/>
    <controller type='usb' model='qemu-xhci'/>
    <interface type='user'><model type='virtio'/></interface>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <graphics type='vnc' passwd='sesame'/>
  </devices>
</domain>
"""
SCSI = """\
<disk type='file' device='disk'>
  <driver name='qemu' type='raw'/><source file='{0}/b.img'/><target dev='sdb' bus='scsi'/>
</disk>
"""
CARD = "<interface type='user'><model type='virtio'/></interface>"
NETWORK = """\
<network>
  <name>lab</name>
  <bridge name='virbr57'/>
  <ip address='10.57.0.1' netmask='255.255.255.0'><dhcp><range start='10.57.0.5' end='10.57.0.99'/></dhcp></ip>
</network>
"""
LIVE = How(live=True)


@pytest.fixture
def guest(own_daemon: Daemon, qemu: driver.Connection) -> Iterator[str]:
    """Return the guest's document, whose images are there; take away all that a test has made, in the end."""
    images = own_daemon.directory / "lib"
    for name in ("a", "b"):
        with (images / f"{name}.img").open("wb") as file:
            file.truncate(1 << 20)
    yield GUEST.format(images)
    for one in [*qemu.domains, *qemu.networks, *qemu.pools]:
        if one.active:
            one.destroy()
        one.undefine()
    for other in [*qemu.filters, *qemu.secrets]:
        other.undefine()


def item_for(host: driver.Connection, wanted: Node) -> Item:
    """Return what a plan says of a document."""
    (item,) = plan([wanted], host)
    return item


def done(host: driver.Connection, wanted: Node, how: How | None = None) -> list[Done]:
    """Do the plan for a document; see that all is as it is wanted then, and nothing is left to be done."""
    steps = [*apply(plan([wanted], host), host, how)]
    assert item_for(host, wanted).outcome == "same"
    assert [*apply(plan([wanted], host), host)] == []
    return steps


def with_device(text: str, device: str) -> Domain:
    """Return a guest with one more device."""
    return Domain.from_xml(text.replace("</devices>", f"{device}</devices>"))


def scsi(text: str) -> str:
    """Return a disk beside that of a guest."""
    return SCSI.format(Path(text.partition("file='")[2].partition("'")[0]).parent)


@pytest.fixture
def running(guest: str, qemu: driver.Connection) -> str:
    """Return the document of a guest, which runs."""
    done(qemu, Domain.from_xml(guest), How(start=True))
    assert qemu.domains.lookup("web").active
    return guest


def test_a_new_guest_is_the_same_with_all_that_libvirt_has_added(guest: str, qemu: driver.Connection) -> None:
    assert item_for(qemu, Domain.from_xml(guest)).outcome == "missing"
    assert [step.what for step in done(qemu, Domain.from_xml(guest))] == ["defined"]
    devices = qemu.domains.lookup("web").document(inactive=True).devices
    assert devices is not None
    assert len(devices.controllers) > 5


def test_a_running_guest_that_was_not_changed_waits_for_nothing(running: str, qemu: driver.Connection) -> None:
    item = item_for(qemu, Domain.from_xml(running))
    assert (item.outcome, item.running, item.pending) == ("same", True, ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unit='MiB'>128", "unit='KiB'>131001"),
        ("<features>", "<cpu mode='host-model'/><features>"),
        ("<features>", "<cpu mode='maximum'/><features>"),
        ("<features>", "<clock offset='variable' basis='localtime'/><features>"),
        ("<vcpu", "<currentMemory unit='MiB'>100</currentMemory><vcpu"),
    ],
)
def test_what_starting_makes_of_a_guest_is_nothing_that_waits(
    old: str, new: str, guest: str, qemu: driver.Connection
) -> None:
    wanted = Domain.from_xml(guest.replace(old, new))
    done(qemu, wanted, How(start=True))
    item = item_for(qemu, wanted)
    assert (item.outcome, item.running, item.pending) == ("same", True, ())
    assert [*apply(plan([wanted], qemu), qemu, How(restart=True, patience=1))] == []


def test_a_moved_controller_changes_nothing_and_restarts_nothing(running: str, qemu: driver.Connection) -> None:
    handle = qemu.domains.lookup("web")
    before = handle.libvirt.ID()
    moved = handle.document(inactive=True, secure=True)
    assert moved.devices is not None
    usb = next(one for one in moved.devices.controllers if one.type == "usb")
    ports = [one for one in moved.devices.controllers if one.model == "pcie-root-port"]
    place = usb.address
    assert isinstance(place, PciAddress)
    place.bus = max(one.index or 0 for one in ports)
    qemu.domains.define(moved)
    now = handle.document(inactive=True, secure=True)
    item = item_for(qemu, Domain.from_xml(running))
    assert (item.outcome, item.pending) == ("same", ())
    assert [*apply(plan([Domain.from_xml(running)], qemu), qemu, How(live=True, restart=True, patience=1))] == []
    assert handle.document(inactive=True, secure=True) == now
    assert handle.libvirt.ID() == before


def test_an_added_disk_moves_nothing(guest: str, qemu: driver.Connection) -> None:
    done(qemu, Domain.from_xml(guest))
    before = qemu.domains.lookup("web").document(inactive=True, secure=True)
    done(qemu, with_device(guest, scsi(guest).replace("sdb", "vdb").replace("scsi", "virtio")))
    after = qemu.domains.lookup("web").document(inactive=True, secure=True)
    assert after.devices is not None
    assert before.devices is not None
    assert before.devices.disks[0] == after.devices.disks[0]
    assert before.devices.interfaces == after.devices.interfaces
    assert all(one in after.devices.controllers for one in before.devices.controllers)
    assert after.uuid == before.uuid


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dev='sda' bus='sata'", "dev='sda' bus='scsi'"),
        ("<model type='virtio'/></interface>", "<model type='e1000e'/></interface>"),
        ("<features>", "<cpu mode='maximum'/><features>"),
        ("machine='q35'", "machine='pc'"),
        ("unit='MiB'>128", "unit='GiB'>1"),
        ("</devices>", "<video><model type='virtio'/></video></devices>"),
    ],
)
def test_what_is_of_another_type_is_taken_by_libvirt(old: str, new: str, guest: str, qemu: driver.Connection) -> None:
    done(qemu, Domain.from_xml(guest))
    text = guest.replace(old, new)
    if "'pc'" in new:
        text = text.replace("dev='sda' bus='sata'", "dev='hda' bus='ide'")
    assert item_for(qemu, Domain.from_xml(text)).outcome == "would change"
    assert [step.what for step in done(qemu, Domain.from_xml(text))] == ["defined"]


def test_a_card_that_somebody_added_goes(guest: str, qemu: driver.Connection) -> None:
    done(qemu, Domain.from_xml(guest))
    qemu.domains.lookup("web").attach(Interface.from_xml(CARD), config=True)
    assert [change.kind for change in item_for(qemu, Domain.from_xml(guest)).changes] == ["drift"]
    done(qemu, Domain.from_xml(guest))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<driver name='qemu' type='raw'/><target dev='sda'", "<driver name='qemu' type='raw'/>{}<target dev='sda'"),
        ("sesame", "rhubarb"),
        ("<model type='virtio'/></interface>", "<model type='virtio'/><link state='down'/></interface>"),
        ("<vcpu", "<title>Web</title><description>Shop</description><vcpu"),
        ("<vcpu", "<metadata><x:a xmlns:x='urn:x' b='1'/></metadata><vcpu"),
        ("current='1'", "current='2'"),
        ("bus='virtio'/>", "bus='virtio'/><iotune><total_iops_sec>500</total_iops_sec></iotune>"),
        ("</devices>", "<input type='tablet' bus='usb'/></devices>"),
        ("</devices>", f"{CARD}</devices>"),
        ("</devices>", "<channel type='unix'><target type='virtio' name='org.x.0'/></channel></devices>"),
    ],
)
def test_what_can_be_changed_while_it_runs_is(old: str, new: str, running: str, qemu: driver.Connection) -> None:
    medium = scsi(running).partition("<driver name='qemu' type='raw'/>")[2].partition("<target")[0]
    wanted = Domain.from_xml(running.replace(old, new.format(medium)))
    before = qemu.domains.lookup("web").libvirt.ID()
    assert item_for(qemu, wanted).ways == {"live"}
    steps = done(qemu, wanted, LIVE)
    assert [step.error for step in steps if step.error] == []
    assert item_for(qemu, wanted).pending == ()
    assert qemu.domains.lookup("web").libvirt.ID() == before


def test_a_disk_comes_and_goes_while_a_guest_runs(running: str, qemu: driver.Connection) -> None:
    wanted = with_device(running, scsi(running))
    assert [step.what for step in done(qemu, wanted, LIVE)] == ["defined", "devices/disk[sdb] attached"]
    assert item_for(qemu, wanted).pending == ()
    steps = done(qemu, Domain.from_xml(running), LIVE)
    assert [step.what for step in steps] == ["defined", "devices/disk[sdb] detached"]
    assert item_for(qemu, Domain.from_xml(running)).pending == ()


def test_without_being_asked_nothing_changes_in_what_runs(running: str, qemu: driver.Connection) -> None:
    wanted = with_device(running, scsi(running))
    steps = done(qemu, wanted)
    assert [step.what for step in steps] == ["defined", "takes effect with the next start: devices/disk[sdb]"]
    assert [change.path for change in item_for(qemu, wanted).pending] == ["devices/disk[sdb]"]
    # It can still be done, though the definition is right.
    assert [step.what for step in done(qemu, wanted, LIVE)] == ["devices/disk[sdb] attached"]


def test_a_card_has_one_address_in_what_runs_and_in_its_definition(running: str, qemu: driver.Connection) -> None:
    done(qemu, with_device(running, CARD), LIVE)
    handle = qemu.domains.lookup("web")
    now, defined = handle.document().devices, handle.document(inactive=True).devices
    assert now is not None
    assert defined is not None
    assert [card.mac for card in now.interfaces] == [card.mac for card in defined.interfaces]


def test_what_waits_for_a_restart_is_told_and_a_guest_that_does_not_listen_goes_on(
    running: str, qemu: driver.Connection
) -> None:
    wanted = Domain.from_xml(running.replace("type='raw'/><source", "type='raw' cache='none'/><source"))
    assert item_for(qemu, wanted).ways == {"restart"}
    steps = done(qemu, wanted, How(live=True, restart=True, patience=1))
    assert [(step.what, step.error) for step in steps] == [
        ("defined", ""),
        ("", "the guest has not shut down in 1 seconds: it goes on"),
    ]
    assert qemu.domains.lookup("web").active
    assert [change.path for change in item_for(qemu, wanted).pending] == ["devices/disk[vda]/driver/@cache"]
    qemu.domains.lookup("web").destroy()
    qemu.domains.lookup("web").start()
    assert item_for(qemu, wanted).pending == ()


def test_what_libvirt_cannot_do_while_it_runs_is_told(running: str, qemu: driver.Connection) -> None:
    # The daemon has no control groups.
    wanted = Domain.from_xml(running.replace("<os>", "<cputune><shares>512</shares></cputune><os>"))
    first, second = done(qemu, wanted, LIVE)
    assert first.what == "defined"
    assert second.error.startswith("cputune changed: Requested operation is not valid: cgroup CPU controller")
    assert second.waits


def test_a_network_is_changed_while_it_is_up(guest: str, qemu: driver.Connection) -> None:
    done(qemu, Network.from_xml(NETWORK), How(start=True))
    host = "<host mac='52:54:00:00:00:01' name='printer' ip='10.57.0.7'/>"
    for text in (
        NETWORK.replace("</dhcp>", f"{host}</dhcp>"),
        NETWORK.replace("</dhcp>", f"{host}</dhcp>").replace("0.7", "0.8"),
    ):
        wanted = Network.from_xml(text)
        assert item_for(qemu, wanted).ways == {"live"}
        assert [step.error for step in done(qemu, wanted, LIVE)] == ["", ""]
        assert item_for(qemu, wanted).pending == ()
    assert [step.error for step in done(qemu, Network.from_xml(NETWORK), LIVE)] == ["", ""]
    dhcp = qemu.networks.lookup("lab").document().ips[0].dhcp
    assert dhcp is not None
    assert dhcp.hosts == []


def test_a_network_keeps_its_bridge_and_waits_for_what_cannot_be_changed(guest: str, qemu: driver.Connection) -> None:
    text = NETWORK.replace("  <bridge name='virbr57'/>\n", "")
    done(qemu, Network.from_xml(text), How(start=True))
    before = qemu.networks.lookup("lab").document(inactive=True)
    wanted = Network.from_xml(text.replace("<ip", "<domain name='lab.test'/><ip"))
    steps = done(qemu, wanted, LIVE)
    assert [step.what for step in steps] == ["defined", "takes effect with the next start: domain"]
    after = qemu.networks.lookup("lab").document(inactive=True)
    assert (after.uuid, after.bridge, after.mac) == (before.uuid, before.bridge, before.mac)
    steps = [*apply(plan([wanted], qemu), qemu, How(live=True, restart=True))]
    assert [step.what for step in steps] == ["restarted"]
    assert item_for(qemu, wanted).pending == ()


def test_a_pool_is_made_and_its_volume_grows(guest: str, own_daemon: Daemon, qemu: driver.Connection) -> None:
    place = "/var/lib/libvirt/images"
    pool = StoragePool.from_xml(f"<pool type='dir'><name>images</name><target><path>{place}</path></target></pool>")
    text = "<volume><name>w.img</name><capacity unit='{}'>1</capacity><target><format type='raw'/></target></volume>"
    steps = done(qemu, pool, How(start=True))
    assert [step.what for step in steps] == ["defined", "started"]
    for unit, what in (("MiB", "made"), ("GiB", "resized to 1,073,741,824 bytes")):
        wanted = Wanted(StorageVolume.from_xml(text.format(unit)), pool="images")
        assert [step.what for step in apply(plan([wanted], qemu), qemu)] == [what]
        assert [item.outcome for item in plan([wanted], qemu)] == ["same"]
    smaller = Wanted(StorageVolume.from_xml(text.format("KiB")), pool="images")
    (step,) = apply(plan([smaller], qemu), qemu)
    assert step.error == "capacity: a smaller volume would lose what is in it"


def test_filters_and_secrets_are_changed_at_once(guest: str, qemu: driver.Connection) -> None:
    text = "<filter name='quiet' chain='ipv4'><rule action='drop' direction='in'><ip protocol='icmp'/></rule></filter>"
    done(qemu, NWFilter.from_xml(text))
    uuid = qemu.filters.lookup("quiet").uuid
    done(qemu, NWFilter.from_xml(text.replace("icmp", "udp")))
    assert qemu.filters.lookup("quiet").uuid == uuid
    secret = "<secret><usage type='ceph'><name>client.web</name></usage></secret>"
    done(qemu, Secret.from_xml(secret))
    described = Secret.from_xml(secret.replace("<usage", "<description>Ceph</description><usage"))
    assert [change.way for change in item_for(qemu, described).changes] == ["live"]
    done(qemu, described)
    assert len([*qemu.secrets]) == 1
