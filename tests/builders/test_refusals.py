"""What cannot work is refused where it is written, with a message that says why."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

import virtxml
from virtxml import builders
from virtxml.builders import BuildError
from virtxml.builders.domains import DomainBuilder

DOMAIN: dict[str, tuple[Callable[[DomainBuilder], object], str]] = {
    "a type that is not QEMU's": (lambda vm: vm.type("lxc"), "use the models"),  # type: ignore[arg-type]
    "a machine that nothing is called": (lambda vm: vm.machine("a b"), "machine"),
    "an unknown system": (lambda vm: vm.os("debain12"), "debian12"),
    "a size that is none": (lambda vm: vm.memory("4 XB"), "not a unit of size"),
    "a size without a unit": (lambda vm: vm.memory("4"), "with a unit, as in '4 GiB'"),
    "no memory": (lambda vm: vm.memory(0), "no room at all"),
    "more memory at the start than there is": (
        lambda vm: vm.memory("1 GiB", current="2 GiB"), "memory: the guest has 1 GiB, and cannot start",
    ),
    "slots without a maximum": (lambda vm: vm.memory("1 GiB", slots=4), "without `maximum`"),
    "limits of nothing": (lambda vm: vm.memory_limits(), "which limits"),
    "memory of which nothing is said": (lambda vm: vm.memory_backing(locked=False), "what about the memory"),
    "pages of two sizes": (lambda vm: vm.hugepages("2 MiB").hugepages("1 GiB"), "hugepages: pages of another size"),
    "a soft limit above the hard one": (lambda vm: vm.memory_limits(hard="1 GiB", soft="2 GiB"), "never be reached"),
    "shared memory of no power of two": (lambda vm: vm.shmem("a", "3 MiB"), "power of two"),
    "no CPU": (lambda vm: vm.vcpus(0), "at least one virtual CPU"),
    "text for a number": (lambda vm: vm.vcpus("4"), "'4' is not a whole number"),  # type: ignore[arg-type]
    "an arrangement of another number": (lambda vm: vm.vcpus(4, sockets=3), "cannot be arranged as 3 sockets"),
    "a pinned CPU that is not there": (lambda vm: vm.vcpus(2).pin_vcpu(2, 0), "no virtual CPU 2: the guest has 2"),
    "fewer CPUs than are pinned": (lambda vm: vm.pin_vcpu(3, 0).vcpus(2), "no virtual CPU 3"),
    "a CPU that is pinned twice": (lambda vm: vm.pin_vcpu(0, 1).pin_vcpu(0, 2), "pinned already"),
    "a thread that is not there": (lambda vm: vm.memory(2**30).pin_iothread(1, "0").build(), "the guest has none"),
    "fewer threads than are in use": (lambda vm: vm.iothreads(2).pin_iothread(2, 0).iothreads(1), "no I/O thread 2"),
    "a CPU in two nodes": (lambda vm: vm.numa_cell("1 GiB", 0).numa_cell("1 GiB", 0), "is in another cell already"),
    "nodes with more memory": (lambda vm: vm.memory("1 GiB").numa_cell("2 GiB", 0), "the guest has 1073741824"),
    "a node far from itself": (lambda vm: vm.numa_cell("1 GiB", 0, distances={0: 20}), "a cell is 10 away from itself"),
    "another node in the same place": (lambda vm: vm.numa_cell("1 GiB", 0, distances={1: 10}), "11 to 255 away"),
    "distances of no node": (
        lambda vm: vm.memory("64 MiB").numa_cell("64 MiB", "0-1", distances={1: 20}).build(),
        "numa_cell: there is no cell 1: the guest has 1, numbered from 0",
    ),
    "memory of no node": (
        lambda vm: vm.memory("1 GiB").numa_memory(0, cell=1).numa_cell("1 GiB", 0).build(), "there is no NUMA cell 1",
    ),
    "nodes with more CPUs than usual": (lambda vm: vm.numa_cell("1 GiB", "0-3").build(), "Say vcpus(4)"),
    "a pinned CPU beyond the usual ones": (lambda vm: vm.pin_vcpu(3, 0).build(), "Say vcpus(4)"),
    "limits of no CPU": (lambda vm: vm.cpu_limits(), "which limits"),
    "less weight than the kernel knows": (lambda vm: vm.for_libvirt("9.0.0").cpu_limits(shares=1), "2 to 262144"),
    "more weight than the kernel knows": (lambda vm: vm.for_libvirt("9.0.0").cpu_limits(shares=300000), "to 262144"),
    "a short period": (lambda vm: vm.cpu_limits(period=999), "1000 to 1000000"),
    "a short time in each period": (lambda vm: vm.cpu_limits(quota=1), "1000 to 17592186044415"),
    "a feature that is wanted and not": (
        lambda vm: vm.cpu("EPYC", require=["a"], disable=["a"]), "a is named already",
    ),
    "the host's CPU without KVM": (lambda vm: vm.qemu().cpu("host-passthrough"), "it cannot be the host's"),
    "UEFI after a BIOS": (lambda vm: vm.bios().uefi(), "`bios` was asked for before"),
    "a BIOS after UEFI": (lambda vm: vm.uefi().bios(), "`uefi` was asked for before"),
    "Secure Boot on an old PC": (lambda vm: vm.machine("pc").uefi(secure_boot=True), "not for pc of x86_64"),
    "an old PC with Secure Boot": (lambda vm: vm.uefi(secure_boot=True).machine("pc"), "not for pc of x86_64"),
    "Secure Boot on ARM": (lambda vm: vm.arch("aarch64").uefi(secure_boot=True), "not for virt of aarch64"),
    "two orders of booting": (lambda vm: vm.boot("hd").network(boot=1), "say the order in one way"),
    "two devices in one place": (
        lambda vm: vm.network(boot=1).cdrom(boot=1), "another device has the boot order 1, too",
    ),
    "place 0": (lambda vm: vm.network(boot=0), "counted from 1"),
    "a path that is none": (lambda vm: vm.disk("a.qcow2"), "not an absolute path"),
    "a size of a block device": (lambda vm: vm.disk("/dev/sdb", size="1 GiB"), "has the size that it has"),
    "one file as two disks": (
        lambda vm: vm.disk("/a.img").disk("/a.img"), "disk: another disk is the image /a.img, too",
    ),
    "two disks of one name": (
        lambda vm: vm.disk("/a", target="vda").disk("/b", target="vda"), "disk: another disk is called vda, too",
    ),
    "a name of another bus": (lambda vm: vm.disk("/a", bus="virtio", target="sda"), "are called vda"),
    "IDE on q35": (lambda vm: vm.disk("/a", bus="ide"), "the machine q35 has no IDE"),
    "q35 with IDE": (lambda vm: vm.machine("pc").disk("/a", bus="ide").machine("q35"), "no IDE"),
    "a CD-ROM at virtio": (lambda vm: vm.cdrom("/a.iso", bus="virtio"), "has no CD-ROM drives"),
    "floppies on ARM": (lambda vm: vm.arch("aarch64").floppy(), "the machine virt has no floppy drives"),
    "native I/O in the host's cache": (
        lambda vm: vm.disk("/a", io="native", cache="writeback"), "past the host's cache",
    ),
    "a thread for a slow bus": (lambda vm: vm.iothreads(1).disk("/a", bus="sata", iothread=1), "not on sata"),
    "a disk of LUKS": (
        lambda vm: vm.disk("/a", format="luks"), "luks is no format of images",  # type: ignore[arg-type]
    ),
    "qcow2 for several guests": (lambda vm: vm.disk("/a.qcow2", shareable=True), "format raw only"),
    "a user without a key": (lambda vm: vm.network_disk("rbd", "p/i", hosts=["a"], user="u"), "`secret`"),
    "users of web servers": (lambda vm: vm.network_disk("https", "a", hosts=["a"], user="u", secret="x"), "no users"),
    "a disk of nobody": (lambda vm: vm.network_disk("nbd", "a", hosts=[]), "Say its `hosts`"),
    "an address of many cards": (lambda vm: vm.network(mac="53:54:00:11:22:33"), "unicast"),
    "an address that another card has": (
        lambda vm: vm.network(mac="52:54:00:11:22:33").network(mac="52:54:00:11:22:33"), "another interface has",
    ),
    "queues of a slow card": (lambda vm: vm.network(model="e1000e", queues=4), "only cards of the model virtio"),
    "text that is no PCI address": (lambda vm: vm.hostdev_pci("3b"), "`lspci -D` shows it"),
    "a PCI slot that does not exist": (lambda vm: vm.hostdev_pci("0000:3b:20.0"), "at most 0x1f"),
    "a PCI device twice": (
        lambda vm: vm.hostdev_pci("3b:00.0").hostdev_pci("pci_0000_3b_00_0"), "this device is assigned twice",
    ),
    "a card that is a device already": (
        lambda vm: vm.hostdev_pci("3b:00.0").hostdev_network("3b:00.0"), "this device is assigned twice",
    ),
    "text that is no USB device": (lambda vm: vm.hostdev_usb("mouse"), "vendor:product"),
    "a mediated device without a UUID": (lambda vm: vm.hostdev_mdev("x"), "not a UUID"),
    "a long tag": (lambda vm: vm.share("/srv", tag="x" * 37), "1 to 36 bytes"),
    "a tag that is taken": (
        lambda vm: vm.share("/a", tag="x").share("/b", tag="x"), "share: another filesystem is called x, too",
    ),
    "virtiofs with private memory": (
        lambda vm: vm.memory(2**30).memory_backing(access="private").share("/a", tag="x").build(), "memory",
    ),
    "private memory with virtiofs": (
        lambda vm: vm.memory(2**30).share("/a", tag="x").memory_backing(access="private").build(), "memory",
    ),
    "virtiofs with other owners": (lambda vm: vm.share("/a", tag="x", accessmode="mapped"), "passthrough only"),
    "two TPMs": (lambda vm: vm.tpm().tpm(), "tpm: there is another TPM"),
    "an old TPM with a new interface": (lambda vm: vm.tpm("tpm-crb", version="1.2"), "tpm-crb are of version 2.0"),
    "a host's TPM of a version": (lambda vm: vm.tpm(device="/dev/tpm0", version="2.0"), "its own version"),
    "two screens of a kind": (lambda vm: vm.vnc().vnc(), "graphics: there is another of type vnc"),
    "a port that is none": (lambda vm: vm.vnc(port=70000), "1 to 65535"),
    "a port before VNC's": (lambda vm: vm.vnc(port=80), "begin at 5900"),
    "a socket with a port": (lambda vm: vm.vnc(socket="/run/a", port=5900), "takes the place"),
    "a watchdog of another machine": (lambda vm: vm.watchdog("ib700"), "the machine is q35 if none is named"),
    "two vsocks": (lambda vm: vm.vsock().vsock(), "one only"),
    "the hypervisor's number": (lambda vm: vm.vsock(cid=0), "they begin at 3"),
    "the number of this machine": (lambda vm: vm.vsock(cid=1), "they begin at 3"),
    "the host's number": (lambda vm: vm.vsock(cid=2), "they begin at 3"),
    "the number that means any": (lambda vm: vm.vsock(cid=2**32 - 1), "they end at 4294967294"),
    "a serial port without its socket": (lambda vm: vm.serial("unix"), "Say its `path`"),
    "a console without its socket": (lambda vm: vm.console("unix", target="virtio"), "Say its `path`"),
    "a line by TCP without a port": (lambda vm: vm.serial("tcp"), "takes a `port`"),
    "a channel twice": (lambda vm: vm.guest_agent().guest_agent(), "channel: another channel is called org.qemu"),
    "a period without a rate": (lambda vm: vm.rng(period=100), "Say `rate`"),
    "a place without a clock for it": (lambda vm: vm.clock(timezone="Europe/Berlin"), "go together"),
    "a timer twice": (lambda vm: vm.timer("hpet").timer("hpet"), "set already"),
    "nothing to hide": (lambda vm: vm.qemu().kvm_hidden(), "KVM does not run this guest"),
    "Windows's features on POWER": (lambda vm: vm.arch("ppc64le").hyperv(), "only PCs"),
    "encryption with a BIOS": (lambda vm: vm.bios().launch_security("sev"), "takes UEFI"),
    "encryption with a host's device": (
        lambda vm: vm.launch_security("sev").hostdev_pci("3b:00.0"), "cannot reach encrypted memory",
    ),
    "arguments for no QEMU": (lambda vm: vm.type("test").qemu_args("-s"), "starts no program"),
    "metadata without a namespace": (lambda vm: vm.metadata("<owner/>"), "a namespace of your own"),
    "metadata of one namespace twice": (
        lambda vm: vm.metadata("<a xmlns='urn:a'/>").metadata("<b xmlns='urn:a'/>"), "one element of each namespace",
    ),
    "no device": (lambda vm: vm.add(virtxml.Domain()), "no device of a guest"),  # type: ignore[arg-type]
    "a release that there is not": (lambda vm: vm.for_libvirt("yesterday"), "no release of libvirt"),
    "what an old release does not know": (
        lambda vm: vm.for_libvirt("7.0.0").user_network(backend="passt"), "since 9.0.0",
    ),
    "an old release after new things": (
        lambda vm: vm.user_network(backend="passt").for_libvirt("7.0.0"), "since 9.0.0",
    ),
    "control characters": (lambda vm: vm.description("\x00"), "XML cannot hold"),
    "empty text": (lambda vm: vm.title(""), "empty text says nothing"),
}  # fmt: skip
OTHERS: dict[str, tuple[Callable[[], object], str]] = {
    "a name with a slash": (lambda: builders.domain("a/b"), "no slashes"),
    "two ways out": (lambda: builders.network("n").nat().route(), "one way out only"),
    "a network without its prefix": (lambda: builders.network("n").ip("192.168.1.1"), "'192.168.100.1/24'"),
    "networks that overlap": (lambda: builders.network("n").ip("10.0.0.1/8").ip("10.1.0.1/16"), "overlap"),
    "guests' addresses elsewhere": (
        lambda: builders.network("n").ip("10.0.0.1/24", dhcp=("10.0.1.2", "10.0.1.9")), "10.0.1.2 is not in",
    ),
    "the host's address for guests": (
        lambda: builders.network("n").ip("10.0.0.1/24", dhcp=("10.0.0.1", "10.0.0.9")), "the host's own",
    ),
    "addresses the wrong way round": (
        lambda: builders.network("n").ip("10.0.0.1/24", dhcp=("10.0.0.9", "10.0.0.2")), "the first address first",
    ),
    "an address in no network": (lambda: builders.network("n").dhcp_host("10.0.0.9", name="a"), "none of the networks"),
    "addresses on somebody's bridge": (
        lambda: builders.network("n").host_bridge("br0").ip("10.0.0.1/24"), "from others",
    ),
    "NAT without addresses": (lambda: builders.network("n").nat().build(), "needs addresses"),
    "a way out by a route without addresses": (lambda: builders.network("n").route().build(), "needs addresses"),
    "an open network without addresses": (lambda: builders.network("n").open().build(), "needs addresses"),
    "a card twice": (lambda: builders.network("n").direct("eno1", "eno2", "eno1"), "eno1 is named twice"),
    "a card once more": (lambda: builders.network("n").direct("eno1").direct("eno1"), "one way out only"),
    "packets on cards of the host": (lambda: builders.network("n").hostdev("eno1").mtu(1500), "as the host's card"),
    "packets on a bridge of the host": (lambda: builders.network("n").host_bridge("b").mtu(1500), "as the host's card"),
    "packets before cards of the host": (lambda: builders.network("n").mtu(1500).direct("eno1"), "as the host's card"),
    "a limit in no direction": (lambda: builders.network("n").bandwidth(), "Say `inbound` or `outbound`"),
    "a bridge of which nothing is said": (lambda: builders.network("n").bridge(), "libvirt makes one by itself"),
    "a file to boot from that nobody is told of": (
        lambda: builders.network("n").ip("10.0.0.1/24", tftp="/t", bootp="a").build(), "who is told of `bootp`",
    ),
    "files to boot from by IPv6": (lambda: builders.network("n").ip("fd00::1/64", tftp="/t"), "by IPv4 only"),
    "a card's address for IPv6": (
        lambda: builders.network("n").ip("fd00::1/64").dhcp_host("fd00::2", mac="52:54:00:11:22:33"), "by `name`",
    ),
    "the host's bridge and libvirt's": (
        lambda: builders.network("n").host_bridge("br0").bridge("b"), "`host_bridge` was there before",
    ),
    "libvirt's bridge and the host's": (
        lambda: builders.network("n").bridge("b").host_bridge("br0"), "`bridge` was there before",
    ),
    "a bridge for cards of the host": (lambda: builders.network("n").direct("eno1").bridge("b"), "has no bridge"),
    "a long name of a bridge": (lambda: builders.network("n").bridge("a-bridge-with-a-name"), "1 to 15 characters"),
    "a pool of no kind": (lambda: builders.pool("p").build(), "what kind of pool"),
    "a pool of two kinds": (lambda: builders.pool("p").dir("/a").logical(), "one type only"),
    "a pool's user without a key": (lambda: builders.pool("p").rbd("a", user="u"), "`secret`"),
    "rights of which nothing is said": (lambda: builders.pool("p").dir("/a").permissions(), "Say `mode`"),
    "rights of a volume of which nothing is said": (lambda: builders.volume("v").permissions(), "Say `mode`"),
    "a volume of no size": (lambda: builders.volume("v").build(), "how large"),
    "more room than there is": (lambda: builders.volume("v").capacity("1 GiB").allocation("2 GiB"), "than it has"),
    "a raw file of differences": (lambda: builders.volume("v.raw").backing("/a.qcow2"), "qcow2 keeps differences"),
    "qcow2's clusters in a raw file": (
        lambda: builders.volume("v.iso").qcow2().format("raw").qcow2(compat="1.1"), "raw",
    ),
    "a volume of LUKS": (
        lambda: builders.volume("v").format("luks"), "say `encryption`",  # type: ignore[arg-type]
    ),
    "memory in no file": (lambda: builders.snapshot("s").memory("external"), "go together"),
    "an inner snapshot in a file": (
        lambda: builders.snapshot("s").disk("vda", snapshot="internal", file="/a"), "only an external",
    ),
    "a disk of a snapshot twice": (lambda: builders.snapshot("s").disk("vda").disk("vda"), "named before"),
    "changes of no disk": (lambda: builders.checkpoint("c").disk("vda", checkpoint="no", bitmap="b"), "left out"),
    "changes under another name": (
        lambda: builders.checkpoint("a").disk("vda", bitmap="b"), "called as the checkpoint, 'a', not 'b'",
    ),
    "a server and files": (lambda: builders.backup().disk("vda", file="/a").pull(host="h"), "was there before"),
    "a server nowhere": (lambda: builders.backup().pull(), "where does the server listen"),
    "a secret for two things": (lambda: builders.secret().for_ceph("a").for_tls("b"), "one use only"),
    "ports of pings": (lambda: builders.nwfilter("f").accept("icmp", port=1), "icmp has no ports"),
    "a filter of itself": (lambda: builders.nwfilter("f").include("f"), "the filter itself"),
    "a chain that there is not": (lambda: builders.nwfilter("f").chain("x y"), "chain"),
}  # fmt: skip


@pytest.mark.parametrize("what", DOMAIN)
def test_what_a_guest_cannot_have_is_refused_with_the_reason(what: str) -> None:
    step, reason = DOMAIN[what]
    with pytest.raises(BuildError, match=re.escape(reason)):
        step(builders.domain("web01"))


TOO_SMALL: dict[str, tuple[Callable[[], object], str]] = {
    "memory in MiB": (lambda: builders.domain("a").memory(2048), "'2048 MiB', or 2048 * 1024**2"),
    "memory in GiB": (lambda: builders.domain("a").memory(4), "'4 GiB', or 4 * 1024**3"),
    "memory in KiB": (lambda: builders.domain("a").memory(2 * 1024**2), "'2097152 KiB', or 2097152 * 1024"),
    "memory at the start": (lambda: builders.domain("a").memory("8 GiB", current=1024), "current memory: "),
    "memory at most": (lambda: builders.domain("a").memory("8 GiB", maximum=16), "maximum memory: "),
    "memory of a node": (lambda: builders.domain("a").vcpus(2).numa_cell(512, "0-1"), "'512 MiB'"),
    "huge pages": (lambda: builders.domain("a").hugepages(2048), "'2048 KiB'"),
    "gigantic pages": (lambda: builders.domain("a").hugepages(1), "'1 GiB'"),
    "a hard limit": (lambda: builders.domain("a").memory_limits(hard=9000), "hard limit: "),
    "a soft limit": (lambda: builders.domain("a").memory_limits(soft=9000), "soft limit: "),
    "a limit of swap": (lambda: builders.domain("a").memory_limits(swap=9000), "limit of swap: "),
    "shared memory": (lambda: builders.domain("a").shmem("b", 4), "'4 MiB'"),
    "a disk in GiB": (lambda: builders.domain("a").disk("/a.qcow2", size=20), "'20 GiB', or 20 * 1024**3"),
    "a disk in MiB": (lambda: builders.domain("a").disk("/a.qcow2", size=20480), "'20480 MiB'"),
    "a volume": (lambda: builders.volume("a").capacity(100), "'100 GiB'"),
    "room of a volume": (lambda: builders.volume("a").capacity("1 TiB").allocation(1), "allocation: "),
    "clusters": (lambda: builders.volume("a").capacity("1 TiB").qcow2(cluster_size=64), "'64 KiB'"),
}


@pytest.mark.parametrize("what", TOO_SMALL)
def test_a_number_that_was_meant_in_another_unit_is_refused_with_both_ways_to_write_it(what: str) -> None:
    step, spelling = TOO_SMALL[what]
    with pytest.raises(BuildError, match=r"a number is of bytes, and .* can hardly be meant; write") as caught:
        step()
    assert spelling in str(caught.value)


def test_small_sizes_are_taken_where_they_can_be_meant() -> None:
    vm = (
        builders.domain("a")
        .memory("2 KiB")
        .memory(16 * 1024**2)
        .arch("aarch64")
        .hugepages(64 * 1024)
        .shmem("b", 1024**2)
    )
    assert "<memory unit='KiB'>16384</memory>" in vm.disk("/seed.iso", size=374784).vcpus(1).build().to_xml()
    volume = builders.volume("a").capacity("20 bytes").capacity(374784).allocation(200704).qcow2(cluster_size=512)
    assert volume.build().allocation is not None
    assert builders.volume("a").capacity(2**30).allocation(0).build().allocation is not None


@pytest.mark.parametrize("what", OTHERS)
def test_what_other_documents_cannot_have_is_refused_with_the_reason(what: str) -> None:
    step, reason = OTHERS[what]
    with pytest.raises(BuildError, match=re.escape(reason)):
        step()


def test_what_a_document_needs_may_be_said_later() -> None:
    vm = builders.domain("a").os("generic").for_libvirt("9.0.0").vcpus(2).numa_cell("1 GiB", 0, distances={1: 21})
    with pytest.raises(BuildError, match="how much memory"):
        vm.build()
    assert vm.memory("2 GiB").numa_cell("1 GiB", 1).build().cpu is not None
    lan = builders.network("a").open().for_libvirt("9.0.0").ip("10.0.0.1/24", bootp="a")
    assert "<bootp file='a'/>" in lan.dhcp_host("10.0.0.2", name="b").build().to_xml()


def test_what_is_at_the_edge_of_what_libvirt_takes_is_taken() -> None:
    vm = builders.domain("a").cpu_limits(shares=2, period=1000, quota=1000).cpu_limits(quota=-1).vsock(3)
    assert "<quota>-1</quota>" in vm.channel("b").serial("unix", path="/c").build().to_xml()
    assert "bitmap='a'" in builders.checkpoint("a").disk("vda", bitmap="a").build().to_xml()
    assert "<mtu size='9000'/>" in builders.network("a").open().ip("10.0.0.1/24").mtu(9000).build().to_xml()


def test_a_refused_step_changes_nothing() -> None:
    vm = builders.domain("web01").disk("/a.qcow2").network()
    before = vm.build()
    with pytest.raises(BuildError, match="spice: 70000 is no port"):
        vm.spice(port=70000)
    assert vm.build() == before


def test_an_error_is_a_value_error_that_carries_what_validation_says() -> None:
    with pytest.raises(ValueError, match="not an absolute path") as caught:
        builders.domain("web01").disk("a.qcow2")
    assert isinstance(caught.value, virtxml.VirtXMLError)
    assert [found.code for found in caught.value.diagnostics]  # type: ignore[attr-defined]


def test_passwords_are_not_in_messages() -> None:
    with pytest.raises(BuildError, match="passwords have 8 characters") as caught:
        builders.domain("web01").vnc(password="correct-horse")
    assert "correct-horse" not in str(caught.value)
    secret: Any = 12345
    with pytest.raises(BuildError, match="<hidden> is not text") as caught:
        builders.domain("web01").vnc(password=secret)
    assert "12345" not in str(caught.value)


def test_what_customize_breaks_is_refused_by_build() -> None:
    def spoil(domain: virtxml.Domain) -> None:
        domain.on_reboot = "explode"  # type: ignore[assignment]

    with pytest.raises(BuildError, match="on_reboot"):
        builders.domain("web01").customize(spoil).build()


def test_what_an_old_release_takes_once_is_refused_where_it_is_said_again() -> None:
    vm = builders.domain("web01").for_libvirt("4.5.0").machine("pc").watchdog("i6300esb")
    with pytest.raises(BuildError, match=r"^watchdog: there is another watchdog"):
        vm.watchdog("ib700")
    vm.for_libvirt("12.0.0").watchdog("ib700")
