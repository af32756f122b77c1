"""What libvirt's own tests say of its documents: which it takes, and which it refuses with what words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.support import shared_dir
from virtxml.diagnostics.diagnostic import Diagnostic
from virtxml.errors import ParseError
from virtxml.lint import Host, Linter
from virtxml.validation import Validator

RELEASE = "11.3.0"
_CASE = re.compile(r"(?P<name>.+)\.[a-z0-9_]+-(?:latest|\d[\d.]*\d)[^.]*(?:\.abi-update)?\.(?:xml|err)")


def corpus() -> Path:
    shared = shared_dir()
    assert shared is not None
    return shared / "corpus" / f"libvirt-{RELEASE}"


class Refused(NamedTuple):
    """A document that libvirt refuses."""

    name: str
    source: bytes
    words: str
    undecided: bool
    """Whether other QEMUs take it."""


def refused() -> Iterator[Refused]:
    """Iterate over the documents that libvirt refuses."""
    directory = corpus() / "qemuxmlconfdata"
    for err in sorted(directory.glob("*.err")):
        match = _CASE.fullmatch(err.name)
        assert match is not None, err
        document = directory / f"{match['name']}.xml"
        if document.exists():
            yield Refused(err.stem, document.read_bytes(), err.read_text().strip(), _is_taken(directory, match["name"]))


def _is_taken(directory: Path, name: str) -> bool:
    found = (_CASE.fullmatch(path.name) for path in directory.glob(f"{name}.*.xml"))
    return any(match is not None and match["name"] == name for match in found)


def inputs() -> Iterator[bytes]:
    """Iterate over the domains that libvirt's tests give to its QEMU driver."""
    for path in sorted((corpus() / "qemuxmlconfdata").glob("*.xml")):
        if _CASE.fullmatch(path.name) is None:
            yield path.read_bytes()


TAKEN = (
    "qemuxmlconfdata",
    "genericxml2xmlindata",
    "genericxml2xmloutdata",
    "networkxml2xmlin",
    "networkxml2xmlout",
    "networkxml2confdata",
    "storagepoolxml2xmlin",
    "storagepoolxml2xmlout",
    "storagevolxml2xmlin",
    "storagevolxml2xmlout",
    "nwfilterxml2xmlin",
    "nwfilterxml2xmlout",
    "nodedevxml2xmlout",
    "nodedevschemadata",
    "qemudomainsnapshotxml2xmlin",
    "qemudomainsnapshotxml2xmlout",
    "qemudomaincheckpointxml2xmlin",
    "qemudomaincheckpointxml2xmlout",
    "domainbackupxml2xmlin",
    "domainbackupxml2xmlout",
    "secretxml2xmlin",
    "interfaceschemadata",
    "lxcxml2xmldata",
    "lxcxml2xmloutdata",
    "bhyvexml2xmloutdata",
    "xml2vmxdata",
    "vmx2xmldata",
    "xlconfigdata",
    "xmconfigdata",
    "libxlxml2domconfigdata",
    "securityselinuxlabeldata",
    "qemuhotplugtestdomains",
    "qemumemlockdata",
    "networkxml2firewalldata",
    "nwfilterxml2firewalldata",
)
"""The folders whose documents libvirt takes, but for those with a refusal beside them."""
_UNREADABLE = re.compile(r"-invalid|-mismatch$|^chardev-.*-missing-")
"""What is in the names of documents that libvirt's parser is to refuse: they have no message beside them."""


REFUSED_BY_DRIVERS = {
    "genericxml2xmlindata/cachetune-cdp.xml": "cachetune is only supported for KVM domains",
    "genericxml2xmlindata/cachetune-colliding-allocs.xml": "Colliding cache allocations for cache level '3' id '0'",
    "genericxml2xmlindata/cachetune-colliding-monitor.xml": "Monitor vcpus conflicts with allocation",
    "genericxml2xmlindata/cachetune-colliding-tunes.xml": "Identical vcpus in cachetunes found",
    "genericxml2xmlindata/cachetune-colliding-types.xml": "Colliding cache allocations for cache level '3' id '0'",
    "genericxml2xmlindata/cachetune-small.xml": "cachetune is only supported for KVM domains",
    "genericxml2xmlindata/memorytune-colliding-allocs.xml": "Memory Bandwidth already defined for node 0",
    "genericxml2xmlindata/vcpus-individual.xml": "vcpu 0 can't be offline",
    "genericxml2xmloutdata/memorytune.xml": "cachetune is only supported for KVM domains",
    "qemudomainsnapshotxml2xmlin/disk_snapshot.xml": "disk 'hde' specified twice",
    "qemudomainsnapshotxml2xmlout/disk_snapshot.xml": "disk 'hde' specified twice",
    "networkxml2xmlin/hostdev-duplicate.xml": "PCI device '0000:03:00.3' can only be listed once in network hostdev",
    "networkxml2xmlin/open-network-with-forward-dev.xml": "forward dev not allowed for network 'open'",
    "networkxml2xmlin/openvswitch-net.xml": "type doesn't support vlan configuration",
    "networkxml2xmlout/8021Qbh-net.xml": "type doesn't support vlan configuration",
    "networkxml2xmlout/openvswitch-net.xml": "type doesn't support vlan configuration",
    "networkxml2xmlout/passthrough-address-crash.xml": "lists a device by PCI address in the device pool",
    "networkxml2xmlout/passthrough-pf.xml": "Unsupported <ip> element in network local with forward mode='passthrough'",
}
"""Documents that libvirt's tests only read and write again, with what its drivers say when they are defined."""


def taken() -> Iterator[Path]:
    """Iterate over the documents that libvirt takes, or has written."""
    for folder in TAKEN:
        for path in sorted((corpus() / folder).glob("*.xml")):
            match = _CASE.fullmatch(path.name)
            if match is None and any(True for _ in path.parent.glob(f"{path.stem}.*.err")):
                continue
            if path.with_suffix(".err").exists() or f"{folder}/{path.name}" in REFUSED_BY_DRIVERS:
                continue
            if not _UNREADABLE.search(path.stem):
                yield path


def findings(source: bytes, *, libvirt: str = RELEASE) -> list[Diagnostic] | None:
    """Return what the rules say of a document; None if the schema refuses it, or nobody can read it."""
    try:
        if not Validator(libvirt=libvirt).is_valid(source):
            return None
    except ParseError:
        return None
    return Validator(libvirt=libvirt, then=Linter(Host(libvirt=libvirt))).validate(source)
