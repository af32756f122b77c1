"""What rules say about a host that is known, and when they say nothing: with capabilities of others."""

from __future__ import annotations

import pytest

import virtxml
from virtxml.guests.hosts import builtin_host
from virtxml.lint import Host, Linter, Selection
from virtxml.schema.domain import Domain

GUEST = """
<domain type='{kind}'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  {inside}
  <os><type arch='{arch}' machine='{machine}'>hvm</type></os>
  <devices>{devices}</devices>
</domain>
"""
XEN = "<video><model type='xen'/></video>"


def _found(
    *,
    inside: str = "",
    devices: str = "",
    kind: str = "kvm",
    arch: str = "x86_64",
    machine: str = "q35",
    host: Host | None = None,
    select: tuple[str, ...] = ("VX88", "VX89", "VX900", "VX95"),
) -> list[str]:
    document = GUEST.format(kind=kind, arch=arch, machine=machine, inside=inside, devices=devices)
    model = virtxml.parse(document)
    assert isinstance(model, Domain)
    known = _host(kind="kvm", arch="x86_64", machine="q35") if host is None else host
    return [one.name for one in Linter(known, Selection(select, ("VX898",))).run(model)]


def _host(*, kind: str, arch: str, machine: str) -> Host:
    host = builtin_host(arch)
    return Host(capabilities=host.capabilities, domcapabilities=host.domain_capabilities(arch, machine, kind))


def test_nothing_is_found_without_facts() -> None:
    assert _found(devices=XEN, machine="nonsense", host=Host()) == []


@pytest.mark.parametrize("machine", ["q35", "pc-q35-9.2", "pc-q35-2.4"])
def test_domain_capabilities_hold_for_all_versions_of_a_machine(machine: str) -> None:
    assert "device-not-on-host" in _found(devices=XEN, machine=machine)


@pytest.mark.parametrize(
    ("kind", "arch", "machine", "devices"),
    [
        ("qemu", "x86_64", "q35", XEN),
        ("kvm", "x86_64", "pc", XEN),
        ("kvm", "i686", "q35", XEN),
        ("kvm", "x86_64", "q35", f"<emulator>/opt/qemu/qemu-system-x86_64</emulator>{XEN}"),
    ],
)
def test_domain_capabilities_of_other_guests_tell_nothing(kind: str, arch: str, machine: str, devices: str) -> None:
    assert _found(devices=devices, kind=kind, arch=arch, machine=machine) == []
    told = _found(devices=devices, kind=kind, arch=arch, machine=machine, select=("VX898",))
    assert told == []


@pytest.mark.parametrize(
    "devices",
    [
        "<channel type='null'><target type='virtio' name='x'/></channel>",
        "<disk type='file' device='cdrom'><target dev='hda' bus='ide'/></disk>",
        "<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5123456789abcde0'/></hostdev>",
        "<filesystem type='mount'><source dir='/srv'/><target dir='srv'/></filesystem>",
        "<interface type='user'><backend type='default'/></interface>",
        "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>",
    ],
)
def test_what_domain_capabilities_do_not_list_may_be_there(devices: str) -> None:
    assert _found(devices=devices) == []


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<cpu mode='host-passthrough'/>", []),
        ("<cpu mode='custom'><model fallback='forbid'>Nehalem</model></cpu>", []),
        ("<cpu mode='custom'><model fallback='forbid'>Nonsense</model></cpu>", ["cpu-model-not-on-host"]),
        ("<cpu mode='custom'><model>Nonsense</model></cpu>", ["cpu-model-beyond-host"]),
        ("<cpu><topology sockets='1' cores='1' threads='1'/></cpu>", []),
    ],
)
def test_a_model_of_cpu_has_to_be_known(inside: str, found: list[str]) -> None:
    assert _found(inside=inside) == found


def _blocked(usable: str) -> Host:
    host = _host(kind="kvm", arch="x86_64", machine="q35")
    assert host.domcapabilities is not None
    text = host.domcapabilities.to_xml().replace(
        "<model usable='yes' vendor='Intel'>Haswell</model>",
        f"<model usable='{usable}' vendor='Intel'>Haswell</model>"
        "<blockers model='Haswell'><feature name='hle'/><feature name='rtm'/></blockers>",
    )
    capabilities = virtxml.parse(text)
    assert isinstance(capabilities, virtxml.DomainCapabilities)
    return Host(domcapabilities=capabilities)


def test_features_that_the_guest_does_without_are_not_missing() -> None:
    def cpu(*disabled: str) -> str:
        features = "".join(f"<feature policy='disable' name='{name}'/>" for name in disabled)
        return f"<cpu mode='custom'><model>Haswell</model>{features}</cpu>"

    assert _found(inside=cpu(), host=_blocked("yes")) == []
    assert _found(inside=cpu(), host=_blocked("no")) == ["cpu-model-beyond-host"]
    assert _found(inside=cpu("hle"), host=_blocked("no")) == ["cpu-model-beyond-host"]
    assert _found(inside=cpu("hle", "rtm"), host=_blocked("no")) == []


def test_one_cause_is_told_once() -> None:
    assert _found(machine="pc-q35-1.0") == ["machine-not-on-host"]
    assert _found(arch="s390x", machine="s390-ccw-virtio") == ["arch-not-on-host"]
    assert _found(inside="<vcpu>9999</vcpu>") == ["too-many-vcpus-for-machine"]
    domcapabilities = _host(kind="kvm", arch="x86_64", machine="q35").domcapabilities
    assert _found(inside="<vcpu>9999</vcpu>", host=Host(domcapabilities=domcapabilities)) == ["too-many-vcpus-for-host"]


def test_capabilities_of_another_driver_tell_nothing() -> None:
    assert _found(host=Host(capabilities=builtin_host(driver="lxc").capabilities)) == []


def test_another_emulator_may_have_other_machines() -> None:
    emulator = "<emulator>/opt/qemu/qemu-system-x86_64</emulator>"
    assert _found(devices=emulator, machine="pc-q35-99.0", select=("VX883",)) == []
    assert _found(machine="pc-q35-99.0", select=("VX883",)) == ["machine-not-on-host"]


def test_what_the_guest_does_not_name_is_what_the_host_gives_it() -> None:
    host = _host(kind="kvm", arch="x86_64", machine="pc")
    for kind in ("<type>hvm</type>", "<type arch='x86_64'>hvm</type>"):
        text = GUEST.format(kind="kvm", arch="", machine="", inside="", devices=XEN)
        model = virtxml.parse(text.replace("<type arch='' machine=''>hvm</type>", kind))
        assert isinstance(model, Domain)
        found = Linter(host, Selection(("VX891",))).run(model)
        assert [one.name for one in found] == ["device-not-on-host"]
        without = Host(domcapabilities=host.domcapabilities)
        assert Linter(without, Selection(("VX891",))).run(model) == []
