"""Random calls of builders' steps, drawn from their signatures."""

from __future__ import annotations

import collections.abc
import inspect
import os
import sys
import typing
from dataclasses import dataclass
from typing import Any, Literal

from hypothesis import strategies as st

from virtxml import AnyElement, builders
from virtxml.builders.base import Builder
from virtxml.schema import domain as schema
from virtxml.schema.nwfilter import RuleIcmp, RuleTcp

NOT_STEPS = {"build", "customize", "new_volumes", "for_libvirt"}
UUID = "2ec115d7-3a88-3ceb-bc12-0ac909a6fd87"


def some(*values: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


PATHS = some("/a.qcow2", "/srv/b.img", "/dev/sdb", "/dev/vg/x", "/c d/e.iso", "relative", "")
NAMES = some("a", "b", "web 01", "", "a/b", "x" * 40, "\x01", "ü&<")
CPUS = some(0, 1, "0-1", "2-3", [0, 2], range(4), "^1", "x", "", -1, "99999999", "3-1")
SIZES = some("1 GiB", "512 MiB", 1073741824, 4 * 1024**2, 0, -1, "4", "4 XB", "3 MiB", 1.5, True)
NUMBERS = some(0, 1, 2, 3, 4, 16, 100, 5900, -1, 70000, "x")
ADDRESSES = some("192.168.100.1", "192.168.100.9", "10.0.0.1", "fd00::5", "x", "")
PREFIXES = some("192.168.100.1/24", "10.0.0.1/8", "fd00::1/64", "192.168.100.1", "10.0.0.0/40", "x")

BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "path": PATHS,
    "loader": PATHS,
    "nvram": PATHS,
    "initrd": PATHS,
    "dtb": PATHS,
    "rom_file": PATHS,
    "socket": PATHS,
    "log": PATHS,
    "file": PATHS,
    "dev": some("eno1", "/dev/sdc", "", "x" * 30),
    "directory": PATHS,
    "tftp": PATHS,
    "name": NAMES,
    "title": NAMES,
    "description": NAMES,
    "text": some("one", "two\nlines", "\x00"),
    "tag": NAMES,
    "cpus": CPUS,
    "nodes": CPUS,
    "memory": SIZES,
    "amount": SIZES,
    "current": SIZES,
    "maximum": SIZES,
    "size": SIZES,
    "page_size": some("2 MiB", "1 GiB", "x"),
    "hard": SIZES,
    "soft": SIZES,
    "swap": SIZES,
    "cluster_size": SIZES,
    "mac": some("52:54:00:11:22:33", "random", "53:54:00:11:22:33", "x"),
    "uuid": some(UUID, "random", "x"),
    "value": some(UUID, "random", "x", "1"),
    "secret": some(UUID, "x"),
    "arch": some("x86_64", "aarch64", "i686", "pdp11"),
    "machine": some("q35", "pc", "virt", "pc-q35-9.2", "", "a b"),
    "emulator": PATHS,
    "device": some("/dev/tpm0", "3.7", "046d:c52b", "x"),
    "target": some("vda", "sdb", "hdc", "fda", "serial", "vnet7", "iqn.2013-06.com.example:pool", "ü"),
    "address": some("0000:3b:00.0", "3b:00.1", "pci_0000_3b_00_0", "0:0:99.0", "x"),
    "adapter": some("host3", "x"),
    "model": some("virtio", "e1000e", "EPYC", "host-model", "qemu-xhci", "selinux", "x y"),
    "listen": ADDRESSES,
    "host": some("localhost", "10.0.0.1", ""),
    "ip": ADDRESSES,
    "addr": ADDRESSES,
    "gateway": ADDRESSES,
    "source": some("10.0.0.0/8", "1.2.3.4", "1.2.3.4/255.0.0.0", "x"),
    "network": PREFIXES,
    "dhcp": some(("192.168.100.2", "192.168.100.99"), ("10.0.0.9", "10.0.0.2"), ("x", "y")),
    "ports": some((1024, 2048), (1, 99999)),
    "port": some(1, 22, 5901, 8080, -1, 0, 99999),
    "hosts": some(["ceph1"], ["a:1", "[2001:db8::1]:2"], ["a:b"], []),
    "devices": some([], ["/dev/sdb"]),
    "vlans": some([], [1], [1, 2], [99999]),
    "require": some([], ["vmx"], [""]),
    "disable": some([], ["vmx", "svm"]),
    "distances": some({0: 10, 1: 20}, {1: 21}, {0: 1}, {}),
    "parameters": some({}, {"IP": "1.2.3.4"}, {"a b": "c"}),
    "password": some("secret", "much too long"),
    "keymap": some("de", "en-us"),
    "serial": some("S1", "a b", "ü", True),
    "timezone": some("Europe/Berlin", "a b"),
    "cmdline": some("console=ttyS0", ""),
    "label": some("system_u:object_r:x", "0:0"),
    "mode": some("0711", "0600", "rwx"),
    "vendor_id": some("KVMKVMKVM", "x" * 13, "ü"),
    "filter": some("clean-traffic", "a b"),
    "portgroup": NAMES,
    "bitmap": some("monday", "b", ""),
    "exportname": NAMES,
    "checkpoint": NAMES,
    "initiator": some("iqn.2013-06.com.example:i", "x"),
    "user": some("admin", ""),
    "group": some("vg", 7, -1),
    "owner": some(0, -1, "x"),
    "pool": NAMES,
    "volume": NAMES,
    "domain": some("example.org", ""),
    "bootp": PATHS,
    "zone": some("public", "ü"),
    "card": some("eno1", ""),
    "element": some(
        "<a xmlns='urn:a'/>",
        "<b:c xmlns:b='urn:b'>d</b:c>",
        "<a/>",
        "<a",
        "text",
        AnyElement("z", namespaces={"": "urn:z"}),
    ),
    "match": some(RuleTcp(dstportstart=22), RuleIcmp(), RuleTcp(srcipaddr="x")),
    "partition": PATHS,
}
BY_STEP: dict[str, st.SearchStrategy[Any]] = {
    "SnapshotBuilder.disk.name": some("vda", "sdb", "/a.img", "a b"),
    "CheckpointBuilder.disk.name": some("vda", "sdb", "a b"),
    "BackupBuilder.disk.name": some("vda", "sdb", "a b"),
    "BackupBuilder.disk.dev": some("/dev/sdb", "sdb"),
    "SnapshotBuilder.disk.dev": some("/dev/sdb", "sdb"),
    "PoolBuilder.fs.device": some("/dev/sdb1", "x"),
    "PoolBuilder.disk.device": some("/dev/sdb", "x"),
    "DomainBuilder.hostdev_usb.device": some("3.7", "046d:c52b", "0x046d:0xc52b", "x"),
    "DomainBuilder.tpm.device": some("/dev/tpm0", "tpm0"),
    "DomainBuilder.rng.device": some("/dev/random", "x"),
    "DomainBuilder.host_input.device": some("/dev/input/event3", "x"),
    "DomainBuilder.disk.serial": some("S1", "a b", "ü", True),
    "DomainBuilder.controller.index": some(0, 1, -1),
    "DomainBuilder.network_disk.name": some("vms/a", "a", "iqn.2013-07.com.example:p/1", ""),
    "DomainBuilder.network_disk.hosts": some(["ceph1"], ["ceph1:6789", "[2001:db8::1]:6789"], ["a:b"], []),
    "DomainBuilder.os.name": some("debian12", "win11", "win7", "generic", "no such system"),
    "DomainBuilder.pin_vcpus.cpus": some([0, 1], ["0-1", "2"], [], 3, ["x"]),
    "DomainBuilder.vcpus.current": NUMBERS,
    "DomainBuilder.direct.mode": some("bridge", "vepa", "x"),
    "DomainBuilder.partition.path": some("/machine", "machine"),
    "DomainBuilder.cpu_limits.quota": some(-1, 0, 1, 1000, 50000),
    "DomainBuilder.cpu_limits.period": some(1000, 100000, 1),
    "DomainBuilder.network.mtu": some(1500, 9000, -1),
    "DomainBuilder.channel.name": some("org.example.a", "org.qemu.guest_agent.0", ""),
    "NetworkBuilder.mac.address": some("52:54:00:11:22:33", "x"),
    "NetworkBuilder.ip.network": some("192.168.100.1/24", "10.0.0.1/255.0.0.0", "fd00::1/64", "10.0.0.0/40", "1.2.3.4"),
    "NetworkBuilder.mtu.size": some(1500, 70000),
    "NetworkBuilder.bandwidth.inbound": some(1000, -1),
    "NWFilterBuilder.chain.name": some("root", "ipv4", "arp-x", "x"),
}
DEVICES = some(
    schema.Disk(type="file", device="disk", source=schema.DiskSource(file="/added.img")),
    schema.Redirdev(bus="usb", type="spicevmc"),
    schema.Hub(type="usb"),
    schema.Disk(device="flopy"),  # type: ignore[arg-type]
    schema.DiskTarget(dev="vda"),
)
VARIADIC = {
    "DomainBuilder.boot": st.lists(some("hd", "cdrom", "network", "fd", "x"), max_size=2),
    "DomainBuilder.hyperv": st.lists(some("stimer", "ipi", "spinlocks", "nothing"), max_size=2),
    "DomainBuilder.qemu_args": st.lists(some("-device", "edu", "\x00"), max_size=2),
    "NetworkBuilder.direct": st.lists(some("eno1", "eno2", ""), max_size=2),
    "NetworkBuilder.dns_host": st.lists(some("a.example.org", "b", ""), max_size=2),
    "NetworkBuilder.dnsmasq_options": st.lists(some("log-queries"), max_size=1),
}


@dataclass(frozen=True)
class Call:
    """A step that is called, with its arguments."""

    step: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def of(self, builder: Builder[Any]) -> object:
        return getattr(builder, self.step)(*self.args, **self.kwargs)


def steps_of(cls: type) -> list[str]:
    """Return the names of the steps of a builder."""
    return [name for name in dir(cls) if not name.startswith("_") and name not in NOT_STEPS]


@st.composite
def calls(draw: st.DrawFn, cls: type, step: str | None = None) -> Call:
    """Draw a call of one of a builder's steps, or of any."""
    step = step or draw(st.sampled_from(steps_of(cls)))
    function = getattr(cls, step)
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        place = f"{cls.__name__}.{step}"
        if parameter.kind is parameter.VAR_POSITIONAL:
            args += draw(VARIADIC[place])
            continue
        needed = parameter.default is parameter.empty
        if needed or draw(st.integers(0, 3)) == 0:
            own = BY_STEP.get(f"{place}.{parameter.name}")
            value = draw(_strategy(function, parameter) if own is None else own)
            if needed and parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
                args.append(value)
            else:
                kwargs[parameter.name] = value
    return Call(step, tuple(args), kwargs)


def _strategy(function: Any, parameter: inspect.Parameter) -> st.SearchStrategy[Any]:
    choices = _literals(_evaluated(function, parameter.annotation))
    if choices:
        return st.sampled_from([*choices, "no such value"])
    if parameter.annotation == "Device":
        return DEVICES
    if parameter.annotation.startswith("bool"):
        return st.booleans()
    if parameter.name in BY_NAME:
        return BY_NAME[parameter.name]
    if parameter.annotation.startswith("int"):
        return NUMBERS
    raise LookupError(f"no values for {function.__qualname__}({parameter.name}: {parameter.annotation})")


def _evaluated(function: Any, annotation: str) -> Any:
    """Return the type that an annotation stands for; what only type checkers see is any text."""
    names: dict[str, Any] = {
        "Sequence": collections.abc.Sequence,
        "Mapping": collections.abc.Mapping,
        "PathLike": os.PathLike,
    }
    names |= vars(sys.modules[function.__module__])
    names |= dict.fromkeys(("Amount", "Cpus", "Device", "Match", "AnyElement", "PciLocation"), str)
    return eval(annotation, names)


def _literals(found: Any) -> list[Any]:
    if typing.get_origin(found) is Literal:
        return list(typing.get_args(found))
    return [value for part in typing.get_args(found) for value in _literals(part)]


def started() -> dict[str, Any]:
    """Return a function that starts each kind of builder."""
    return {
        "domain": lambda: builders.domain("web01"),
        "network": lambda: builders.network("lan"),
        "pool": lambda: builders.pool("images"),
        "volume": lambda: builders.volume("web01.qcow2"),
        "snapshot": lambda: builders.snapshot("before"),
        "checkpoint": lambda: builders.checkpoint("monday"),
        "backup": builders.backup,
        "secret": builders.secret,
        "nwfilter": lambda: builders.nwfilter("clean"),
    }
