"""A host refuses what the rules say of it, by its own capabilities, and takes the rest."""

from __future__ import annotations

import re
from typing import Any

import pytest

import virtxml
from tests.support import requires_shared, shared_dir
from virtxml.lint import Host, Linter, Selection
from virtxml.schema.capabilities import Capabilities
from virtxml.schema.domain import Domain
from virtxml.schema.domaincaps import DomainCapabilities
from virtxml.validation import Validator

from .libvirts import RELEASE, defined, undefine

RULES = Selection(("VX88", "VX89", "VX900", "VX95"))
"""The rules about hosts."""


_WRITTEN = re.compile(r"-latest|-\d+\.\d+\.\d+")
"""What is in the names of documents that libvirt has written; the others were written for it."""


def _said(libvirt: Any, connection: Any, guest: Domain) -> list[str]:
    """Return what the rules say that this host refuses as a guest is defined, given what it tells of such guests."""
    assert guest.os is not None
    assert guest.os.type is not None
    capabilities = virtxml.parse(connection.getCapabilities())
    assert isinstance(capabilities, Capabilities)
    try:
        told = connection.getDomainCapabilities(None, guest.os.type.arch, guest.os.type.machine, guest.type)
        domcapabilities = virtxml.parse(told)
        assert isinstance(domcapabilities, DomainCapabilities)
        host = Host(RELEASE, capabilities=capabilities, domcapabilities=domcapabilities)
    except libvirt.libvirtError:
        host = Host(RELEASE, capabilities=capabilities)
    found = Linter(host, RULES).run(guest)
    return [one.name for one in found if one.severity == "error" and one.phase == "define"]


def _refuses(libvirt: Any, connection: Any, guest: Domain) -> bool:
    handle, _ = defined(libvirt, connection, "domain", guest.to_xml())
    if handle is not None:
        undefine(libvirt, handle)
    return handle is None


@pytest.mark.parametrize(
    ("changes", "inside"),
    [
        ({}, ""),
        ({"q35": "pc"}, ""),
        ({"q35": "pc-q35-1.0"}, ""),
        ({"'qemu'": "'kvm'"}, ""),
        ({"x86_64": "sparc64", "q35": "sun4u"}, ""),
        ({"<vcpu>1": "<vcpu>9999"}, ""),
        ({}, "<video><model type='xen'/></video>"),
        ({}, "<video><model type='virtio'/></video>"),
        ({}, "<panic model='isa'/>"),
        ({}, "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>"),
        ({}, "<disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>"),
        ({}, "<graphics type='vnc' port='-1'/>"),
        ({}, "<memory model='sgx-epc'><target><size unit='KiB'>16384</size></target></memory>"),
        ({}, "<emulator>/usr/bin/qemu-system-x86_64</emulator>"),
    ],
)
def test_the_rules_say_what_the_host_says(libvirt: Any, connection: Any, changes: dict[str, str], inside: str) -> None:
    text = (
        "<domain type='qemu'><name>guest</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>"
        "<os><type arch='x86_64' machine='q35'>hvm</type></os><features><acpi/></features>"
        f"<devices>{inside}</devices></domain>"
    )
    for old, new in changes.items():
        text = text.replace(old, new)
    guest = virtxml.parse(text)
    assert isinstance(guest, Domain)
    assert bool(_said(libvirt, connection, guest)) == _refuses(libvirt, connection, guest)


@requires_shared
def test_the_host_takes_nothing_that_the_rules_say_it_refuses(libvirt: Any, connection: Any) -> None:
    shared = shared_dir()
    assert shared is not None
    wrong, counts = [], {True: 0, False: 0}
    for path in sorted((shared / "corpus" / "libvirt-11.3.0" / "qemuxmlconfdata").glob("*.xml")):
        text = path.read_bytes()
        if _WRITTEN.search(path.name) or not Validator(libvirt=RELEASE).is_valid(text):
            continue
        guest = virtxml.parse(text)
        if not isinstance(guest, Domain) or guest.os is None or guest.os.type is None or guest.os.type.arch is None:
            continue
        if guest.devices is not None:
            guest.devices.emulator = None
        refused = bool(_said(libvirt, connection, guest))
        counts[refused] += 1
        if refused and not _refuses(libvirt, connection, guest):
            wrong.append(path.name)
    assert min(counts.values()) > 20
    assert wrong == []


def test_what_a_guest_does_not_name_is_what_the_host_gives_it(libvirt: Any, connection: Any) -> None:
    text = "<domain type='qemu'><name>guest</name><memory>65536</memory><os><type>hvm</type></os></domain>"
    handle, words = defined(libvirt, connection, "domain", text)
    assert handle is not None, words
    has = virtxml.parse(handle.XMLDesc(0))
    undefine(libvirt, handle)
    assert isinstance(has, Domain)
    assert has.os is not None
    assert has.os.type is not None
    capabilities = virtxml.parse(connection.getCapabilities())
    assert isinstance(capabilities, Capabilities)
    host = Host(RELEASE, capabilities=capabilities)
    assert (host.usual_arch(), host.usual_machine("x86_64", "qemu")) == (has.os.type.arch, has.os.type.machine)
