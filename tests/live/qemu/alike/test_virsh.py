"""libvirt has the same of guests, networks, pools and volumes after `virtxml virsh` as after virsh."""

from __future__ import annotations

import re
import shlex

import pytest

from .bench import Bench, check_alike, check_change, comments
from .documents import NETWORK

DEVICES = {
    "disk": "<disk type='file'><source file='/images/z.img'/><target dev='vdz' bus='virtio'/></disk>",
    "medium": """<disk type='file' device='cdrom'><source file='/images/b.iso'/><target dev='sda' bus='sata'/>
        <readonly/></disk>""",
    "faster": """<disk type='file' device='disk'><driver name='qemu' type='raw' cache='writeback'/>
        <source file='/images/data.img'/><target dev='vdb' bus='virtio'/></disk>""",
    "card": "<interface type='bridge'><mac address='52:54:00:00:00:77'/><source bridge='br7'/></interface>",
    "unplugged": """<interface type='bridge'><mac address='52:54:00:00:00:01'/><source bridge='br8'/>
        <model type='virtio'/><link state='down'/></interface>""",
    "pci": """<hostdev mode='subsystem' type='pci' managed='yes'>
        <source><address domain='0' bus='3' slot='0' function='0'/></source></hostdev>""",
    "usb": """<hostdev mode='subsystem' type='usb'>
        <source><vendor id='0x0781'/><product id='0x5151'/></source></hostdev>""",
    "channel": "<channel type='unix'><target type='virtio' name='org.example.1'/></channel>",
    "screen": "<graphics type='vnc' port='5901' listen='127.0.0.1' passwd='new'/>",
    "random": "<rng model='virtio'><backend model='random'>/dev/random</backend></rng>",
    "directory": "<filesystem type='mount'><source dir='/a'/><target dir='t'/></filesystem>",
    "sound": "<sound model='ich9'/>",
    "controller": "<controller type='scsi' model='virtio-scsi'/>",
}
"""Devices that files describe, as `{name}`."""

ON_DEVICES = [
    "attach-disk {guest} /images/new.qcow2 vdc --subdriver qcow2 --cache none --serial abc",
    "attach-disk {guest} /images/new.iso sdb --type cdrom --mode readonly",
    "attach-disk {guest} /images/new.img sdb --targetbus scsi --wwn 5000c500155b8d1a --shareable",
    "detach-disk {guest} vdb",
    "change-media {guest} sda /images/c.iso --update",
    "change-media {guest} sda --eject",
    "attach-interface {guest} bridge br5 --mac 52:54:00:00:00:33 --model e1000 --inbound 100,200,300 --outbound 50",
    "attach-interface {guest} network lab --model virtio",
    "attach-interface {guest} hostdev 0000:03:00.0 --managed --mac 52:54:00:00:00:36",
    "detach-interface {guest} network --mac 52:54:00:00:00:02",
    "domif-setlink {guest} 52:54:00:00:00:01 down",
    "domiftune {guest} 52:54:00:00:00:01 --inbound 1000,2000,3000 --outbound 500",
    "domiftune {guest} 52:54:00:00:00:02 --inbound 0",
    *(f"attach-device {{guest}} {{{name}}}" for name in ("disk", "card", "pci", "channel", "random", "directory")),
    "attach-device {guest} {controller}",
    *(f"detach-device {{guest}} {{{name}}}" for name in ("usb", "sound", "faster")),
    "detach-device-alias {guest} ua-front",
    *(f"update-device {{guest}} {{{name}}}" for name in ("medium", "faster", "unplugged", "screen")),
]
ON_THE_MACHINE = [
    "setvcpus {guest} 3",
    "setvcpus {guest} 8 --maximum",
    "setvcpu {guest} 3 --enable",
    "setmem {guest} 1G",
    "setmaxmem {guest} 8G",
    "vcpupin {guest} 0 0-1",
    "vcpupin {guest} 1 0-1,^0",
    "emulatorpin {guest} 0",
    "iothreadadd {guest} 7",
    "iothreaddel {guest} 2",
    "iothreadpin {guest} 1 0",
    "blkdeviotune {guest} vdb --total-bytes-sec 0 --read-bytes-sec 1048576 --write-iops-sec 30 --write-iops-sec-max 70",
    "memtune {guest} --hard-limit 5G --soft-limit 4G --swap-hard-limit 6G",
    "blkiotune {guest} --weight 500 --device-weights /dev/null,300 --device-read-iops-sec /dev/null,100",
    "numatune {guest} --mode interleave --nodeset 0",
    "schedinfo {guest} --set cpu_shares=2048 --set vcpu_quota=50000",
    "schedinfo {guest} emulator_quota=50000",
    "desc {guest} --new-desc 'What is sold'",
    "desc {guest} --title ''",
    """metadata {guest} http://example.org/shop --key shop --set '<kind of="web"><b/></kind>'""",
    "metadata {guest} http://example.org/app --remove",
    "set-lifecycle-action {guest} crash coredump-destroy",
]
ON_NETWORKS = [
    "add ip-dhcp-host \"<host mac='52:54:00:00:00:0a' name='scanner' ip='10.77.0.6'/>\"",
    "modify ip-dhcp-host \"<host mac='52:54:00:00:00:09' name='plotter' ip='10.77.0.5'/>\"",
    "delete ip-dhcp-host \"<host mac='52:54:00:00:00:09'/>\"",
    "add ip-dhcp-range \"<range start='10.77.0.10' end='10.77.0.20'/>\"",
    "delete ip-dhcp-range \"<range start='10.77.0.100' end='10.77.0.200'/>\"",
    "add-first dns-host \"<host ip='10.77.0.8'><hostname>new</hostname></host>\"",
    "delete dns-host \"<host ip='10.77.0.9'/>\"",
    "add dns-txt \"<txt name='c' value='d'/>\"",
    "add-last dns-srv \"<srv service='ldap' protocol='tcp' domain='example.org' target='.' port='389'/>\"",
    "add portgroup \"<portgroup name='slow'><bandwidth><inbound average='10'/></bandwidth></portgroup>\"",
    "modify portgroup \"<portgroup name='fast'><bandwidth><inbound average='9000'/></bandwidth></portgroup>\"",
]
POOLS = [
    "images dir --target {place}/images",
    "disks logical --source-dev /dev/null --source-name vg",
    "shares netfs --source-host nas --source-path /export --target {place}/shares --source-format nfs",
]
VOLUMES = [
    "a.qcow2 1M --format qcow2",
    "b.img 3M --allocation 0 --format raw",
]


@pytest.mark.usefixtures("virsh")
@pytest.mark.parametrize("change", [*ON_DEVICES, *ON_THE_MACHINE])
def test_a_guest_is_what_virsh_makes_of_it(change: str, bench: Bench) -> None:
    files = {name: bench.place / f"{name}.xml" for name in DEVICES}
    for name, file in files.items():
        file.write_text(DEVICES[name])
    arguments = [*shlex.split(change.format(guest="{guest}", **files)), "--config"]
    check_change(
        bench,
        lambda: bench.theirs("virsh", *(argument.replace("{guest}", "guest") for argument in arguments)),
        lambda: bench.ours("virsh", *(argument.replace("{guest}", str(bench.file)) for argument in arguments)),
        change + "".join(DEVICES.values()),
    )


@pytest.mark.usefixtures("virsh")
@pytest.mark.parametrize("change", ON_NETWORKS)
def test_a_network_is_what_virsh_makes_of_it(change: str, bench: Bench) -> None:
    arguments = shlex.split(change)
    before = bench.network_defined(NETWORK)
    bench.theirs("virsh", "net-update", "lab", *arguments, "--config")
    theirs = bench.network_told()
    assert theirs != before
    for text in (before, NETWORK):
        bench.file.write_text(text)
        bench.ours("virsh", "net-update", str(bench.file), *arguments, "--config")
        after = bench.file.read_text()
        assert comments(after) == comments(text)
        check_alike(theirs, bench.network_defined(after), before)


@pytest.mark.usefixtures("virsh")
@pytest.mark.parametrize("said", POOLS)
def test_a_pool_is_what_virsh_makes_of_the_same_words(said: str, bench: Bench) -> None:
    arguments = ["pool-define-as", *said.format(place=bench.place).split()]
    bench.theirs("virsh", *arguments)
    pool = bench.libvirt.storagePoolLookupByName(arguments[1])
    theirs = pool.XMLDesc()
    pool.undefine()
    check_alike(theirs, bench.libvirt.storagePoolDefineXML(bench.ours("virsh", *arguments)).XMLDesc(), said)


@pytest.mark.usefixtures("virsh")
@pytest.mark.parametrize("said", VOLUMES)
def test_a_volume_is_what_virsh_makes_of_the_same_words(said: str, bench: Bench) -> None:
    (bench.place / "images").mkdir()
    bench.theirs("virsh", *f"pool-create-as images dir --target {bench.place}/images".split())
    arguments = ["vol-create-as", "images", *said.split()]
    bench.theirs("virsh", *arguments)
    pool = bench.libvirt.storagePoolLookupByName("images")
    volume = pool.storageVolLookupByName(arguments[2])
    theirs = volume.XMLDesc()
    volume.delete()
    ours = pool.createXML(bench.ours("virsh", *arguments)).XMLDesc()
    check_alike(_without_times(theirs), _without_times(ours), "")


def _without_times(text: str) -> str:
    return re.sub("<timestamps>.*</timestamps>", "", text, flags=re.DOTALL)
