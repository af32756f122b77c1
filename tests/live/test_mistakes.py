"""Mistakes as people make them: libvirt refuses the document, and the exception says what is wrong, and where."""

from __future__ import annotations

from typing import Any

import pytest

import virtxml
from virtxml import Node, driver

GUEST = "<domain type='test'><name>a</name><memory>65536</memory><os><type>hvm</type></os>{}</domain>"
LAN = "<network><name>lan</name>{}<ip address='10.0.0.1' prefix='24'/></network>"
VOLUME = "<volume><name>a</name>{}<target/></volume>"
INVALID, NOT_SUPPORTED = driver.InvalidDocumentError, driver.NotSupportedError

MISTAKES = {
    "a name is missing": (GUEST.replace("<name>a</name>", "").format(""), INVALID, "/domain"),
    "another type": (GUEST.replace("'test'", "'kvn'").format(""), NOT_SUPPORTED, "/domain/@type"),
    "a UUID is none": (GUEST.format("<uuid>123</uuid>"), INVALID, "/domain/uuid"),
    "a number is none": (GUEST.format("<vcpu>many</vcpu>"), INVALID, "/domain/vcpu"),
    "a unit is none": (
        GUEST.format("<currentMemory unit='GX'>1</currentMemory>"),
        driver.InvalidArgumentError,
        "/domain/currentMemory/@unit",
    ),
    "a feature is none": (GUEST.format("<features><acip/></features>"), NOT_SUPPORTED, "/domain/features/acip"),
    "a bus is none": (
        GUEST.format("<devices><disk type='file'><target dev='vda' bus='virtoi'/></disk></devices>"),
        INVALID,
        "/domain/devices/disk/target/@bus",
    ),
    "a target is missing": (
        GUEST.format("<devices><disk type='file'/></devices>"),
        INVALID,
        "/domain/devices/disk",
    ),
    "an address is none": (
        GUEST.format("<devices><interface type='user'><mac address='53:54:00:1:2:3'/></interface></devices>"),
        INVALID,
        "/domain/devices/interface/mac/@address",
    ),
    "a slot is too high": (
        GUEST.format("<devices><controller type='usb'><address type='pci' slot='99'/></controller></devices>"),
        INVALID,
        "/domain/devices/controller/address/@slot",
    ),
    "a mode is none": (LAN.format("<forward mode='nta'/>"), NOT_SUPPORTED, "/network/forward/@mode"),
    "a pool of no type": (
        "<pool type='dri'><name>a</name><target><path>/a</path></target></pool>",
        INVALID,
        "/pool/@type",
    ),
    "a pool without place": ("<pool type='dir'><name>a</name></pool>", INVALID, "/pool"),
    "a format is none": (
        VOLUME.replace("<target/>", "<target><format type='qcow3'/></target>").format("<capacity>1</capacity>"),
        NOT_SUPPORTED,
        "/volume/target/format/@type",
    ),
    "a capacity of no unit": (
        VOLUME.format("<capacity unit='GX'>1</capacity>"),
        driver.InvalidArgumentError,
        "/volume/capacity/@unit",
    ),
    "a state is none": (
        "<domainsnapshot><memory snapshot='outside'/></domainsnapshot>",
        INVALID,
        "/domainsnapshot/memory/@snapshot",
    ),
    "a checkpoint of no kind": (
        "<domaincheckpoint><disks><disk name='vda' checkpoint='bitmpa'/></disks></domaincheckpoint>",
        INVALID,
        "/domaincheckpoint/disks/disk/@checkpoint",
    ),
    "a start of no kind": (
        "<interface type='bridge' name='br0'><start mode='sometimes'/><bridge/></interface>",
        INVALID,
        "/interface/start/@mode",
    ),
}
ALLOWED = {
    "no operating system": (GUEST.replace("<os><type>hvm</type></os>", "").format(""), INVALID),
    "a name with a slash": (GUEST.replace(">a<", ">a/b<").format(""), INVALID),
    "no address to translate": ("<network><name>a</name><forward mode='nat'/></network>", INVALID),
    "two disks of one name": (
        GUEST.format("<devices>" + 2 * "<disk type='file'><target dev='vda'/></disk>" + "</devices>"),
        INVALID,
    ),
    "a range from back to front": (
        LAN.replace("/>", "><dhcp><range start='10.0.0.9' end='10.0.0.2'/></dhcp></ip>").format(""),
        driver.LibvirtError,
    ),
}


def make(document: Node, host: driver.Connection) -> None:
    """Define or make what a document describes."""
    domain = host.domains.lookup("test")
    makers: dict[str, Any] = {
        "domain": host.domains.define,
        "network": host.networks.define,
        "pool": host.pools.define,
        "volume": host.pools.lookup("default-pool").volumes.create,
        "interface": host.interfaces.define,
        "domainsnapshot": domain.snapshots.create,
        "domaincheckpoint": domain.checkpoints.create,
    }
    makers[document.xml_name](document)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named(name: str, host: driver.Connection) -> None:
    text, cls, path = MISTAKES[name]
    with pytest.raises(driver.LibvirtError) as error:
        make(virtxml.parse(text), host)
    assert (type(error.value), [mistake.path for mistake in error.value.diagnostics]) == (cls, [path])
    assert error.value.diagnostics[0].message in str(error.value)


@pytest.mark.parametrize("name", ALLOWED)
def test_what_schemas_allow_and_libvirt_does_not_has_no_diagnostics(name: str, host: driver.Connection) -> None:
    text, cls = ALLOWED[name]
    with pytest.raises(driver.LibvirtError) as error:
        make(virtxml.parse(text), host)
    assert (type(error.value), error.value.diagnostics) == (cls, ())
    assert str(error.value) == error.value.message


def test_a_mistake_in_a_secret_or_a_filter_is_named(qemu: driver.Connection) -> None:
    secret = virtxml.Secret.from_xml("<secret><usage type='cehp'><name>a</name></usage></secret>")
    with pytest.raises(driver.LibvirtError) as error:
        qemu.secrets.define(secret)
    assert [mistake.path for mistake in error.value.diagnostics] == ["/secret/usage/@type"]
    nwfilter = virtxml.NWFilter.from_xml("<filter name='a'><rule action='acept' direction='in'/></filter>")
    with pytest.raises(driver.LibvirtError) as error:
        qemu.filters.define(nwfilter)
    assert [mistake.path for mistake in error.value.diagnostics] == ["/filter/rule/@action"]
