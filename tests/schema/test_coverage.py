"""Every element and attribute that libvirt's newest schemas declare is a field of the class it belongs to."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.corpus import root_classes
from tests.schema.walk import Walk
from tests.support import requires_shared, shared_dir
from virtxml.relaxng.schema.reader import read_schema

RELEASE = "12.8.0"
FILES = {
    "Domain": "domain.rng",
    "DomainSnapshot": "domainsnapshot.rng",
    "DomainCheckpoint": "domaincheckpoint.rng",
    "DomainBackup": "domainbackup.rng",
    "DomainCapabilities": "domaincaps.rng",
    "Capabilities": "capability.rng",
    "Network": "network.rng",
    "NetworkPort": "networkport.rng",
    "StoragePool": "storagepool.rng",
    "StorageVolume": "storagevol.rng",
    "StoragePoolCapabilities": "storagepoolcaps.rng",
    "NodeDevice": "nodedev.rng",
    "NWFilter": "nwfilter.rng",
    "NWFilterBinding": "nwfilterbinding.rng",
    "Secret": "secret.rng",
    "HostInterface": "interface.rng",
    "GuestCPU": "cpu.rng",
    "HostCPU": "cpu.rng",
    "SysInfo": "sysinfo.rng",
}
DEFINITIONS = {"GuestCPU": "guestcpu", "HostCPU": "hostcpu"}
"""A file with several root elements names the definition of each."""


@cache
def walks() -> dict[str, Walk]:
    """Walk all kinds of documents, and the inactive domain beside them."""
    directory = shared_dir()
    assert directory
    schemas = directory / "schemas" / RELEASE
    found = {}
    for name, cls in root_classes().items():
        grammar = read_schema(schemas / FILES[name])
        found[name] = Walk()
        found[name].document(cls, grammar.defines[DEFINITIONS[name]] if name in DEFINITIONS else grammar.start)
    return found


def test_every_kind_of_document_is_walked() -> None:
    assert FILES.keys() == root_classes().keys()


@requires_shared
@pytest.mark.parametrize("name", FILES)
def test_no_declared_element_or_attribute_is_without_a_field(name: str) -> None:
    assert not walks()[name].missing


@requires_shared
def test_no_field_is_without_a_declaration() -> None:
    seen = {(cls, field) for walk in walks().values() for cls, field in walk.seen}
    classes = {cls for walk in walks().values() for cls, *_ in walk.walked}
    invented = [f"{cls.__name__}.{field}" for cls in classes for field in cls.xml_fields if (cls, field) not in seen]
    assert not invented


@requires_shared
def test_the_walk_goes_everywhere() -> None:
    declared = {name: walk.declared for name, walk in walks().items()}
    assert declared["Domain"] > 1600
    assert sum(declared.values()) > 3000
    assert len({cls for walk in walks().values() for cls, *_ in walk.walked}) > 700


def test_every_schema_of_the_release_has_a_kind(shared: Path) -> None:
    grammars = {path.name for path in (shared / "schemas" / RELEASE).glob("*.rng") if "<start>" in path.read_text()}
    assert grammars - set(FILES.values()) == {"inactiveDomain.rng"}


@requires_shared
def test_the_inactive_domain_is_a_domain() -> None:
    directory = shared_dir()
    assert directory
    walk = Walk()
    walk.document(root_classes()["Domain"], read_schema(directory / "schemas" / RELEASE / "inactiveDomain.rng").start)
    assert not walk.missing
    assert walk.declared > 1600


def test_the_walk_finds_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "secret.rng"
    path.write_text(
        "<element name='secret' xmlns='http://relaxng.org/ns/structure/1.0'>"
        "<attribute name='ephemeral'/><attribute name='color'/><element name='shape'><text/></element>"
        "<element name='uuid'><attribute name='form'/><text/></element>"
        "<element name='usage'><attribute name='type'/><element name='hour'><empty/></element></element></element>"
    )
    walk = Walk()
    walk.document(root_classes()["Secret"], read_schema(path).start)
    assert sorted(walk.missing) == [
        "secret/@color: 0 fields",
        "secret/shape: 0 fields",
        "secret/usage/hour: 0 fields",
        "secret/uuid: more than value",
    ]
