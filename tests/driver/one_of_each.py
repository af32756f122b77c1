"""A host of libvirt-python's with one of each kind of thing, all of which the driver can be asked for."""

from __future__ import annotations

from typing import Any

from tests.driver.fake import FakeObject
from virtxml import (
    AnyElement,
    Domain,
    DomainBackup,
    DomainCheckpoint,
    DomainSnapshot,
    HostCPU,
    HostInterface,
    Network,
    NetworkPort,
    NodeDevice,
    NWFilter,
    NWFilterBinding,
    Secret,
    StoragePool,
    StorageVolume,
)
from virtxml.schema import network as parts
from virtxml.schema.domain import Disk

UUID = "5c9f0a54-6f7e-4c1d-9a53-2b1f0d8c7e11"
DOMAIN = Domain(name="web01", uuid=UUID)
NETWORK = Network(name="lab", uuid=UUID)
POOL = StoragePool(name="images", uuid=UUID)
FILTER = NWFilter(name="web", uuid=UUID)
BACKUP = DomainBackup(mode="push")
CHECKPOINT = DomainCheckpoint(name="nightly")
SNAPSHOT = DomainSnapshot(name="before")
CPU = HostCPU(arch="x86_64")
DISK = Disk(type="file")
OWNER = AnyElement("lab:owner", {"v": "1"}, None, {"lab": "urn:lab"})
HOST = parts.IpDhcpHost(mac="52:54:00:00:00:01", ip="192.0.2.1")
PARTS = [
    (parts.Bridge(), 1),
    (parts.NetworkDomain(), 2),
    (parts.Ip(), 3),
    (HOST, 4),
    (parts.IpDhcpRange(), 5),
    (parts.Forward(), 6),
    (parts.ForwardInterface(), 7),
    (parts.ForwardPf(), 8),
    (parts.Portgroup(), 9),
    (parts.DnsHost(), 10),
    (parts.DnsTxt(), 11),
    (parts.DnsSrv(), 12),
]
"""Parts of a network, and libvirt's numbers of where they stand."""


def kind(model: Any, **answers: Any) -> FakeObject:
    """Return an object of libvirt-python that has a document."""
    return FakeObject(XMLDesc=model.to_xml(), getXMLDesc=model.to_xml(), **answers)


def connection() -> FakeObject:
    """Return a connection with one of each kind."""
    groups = {**_domains(), **_networks(), **_pools(), **_devices(), **_others()}
    return FakeObject(
        **{name: [each] if name[:4] == "list" else each for each, names in groups.items() for name in names},
        getCapabilities="<capabilities/>",
        getDomainCapabilities="<domainCapabilities/>",
        getStoragePoolCapabilities="<storagepoolCapabilities/>",
        getSysinfo="<sysinfo type='smbios'/>",
        **dict.fromkeys(["baselineCPU", "baselineHypervisorCPU"], "<cpu mode='custom'/>"),
        **dict.fromkeys(["compareCPU", "compareHypervisorCPU"], 2),
        domainXMLFromNative=DOMAIN.to_xml(),
        domainXMLToNative="qemu -nodefaults",
        getURI="qemu:///system",
        getLibVersion=11003000,
        close=0,
    )


Group = dict[FakeObject, list[str]]
"""Objects, and the functions of a connection that give them."""
_NAMED = {"name": "web01", "UUIDString": UUID}
_DONE = {"create": 0, "destroy": 0, "undefine": 0, "delete": 0, "isActive": 1}
_ANNOTATED = {"autostart": 1, "setAutostart": 0, "metadata": "<a/>", "setMetadata": 0}


def _domains() -> Group:
    snapshot = kind(SNAPSHOT, getName="before", delete=0)
    checkpoint = kind(CHECKPOINT, getName="nightly", delete=0)
    devices = dict.fromkeys(["attachDeviceFlags", "detachDeviceFlags", "detachDeviceAlias", "updateDeviceFlags"], 0)
    domain = kind(
        DOMAIN,
        **_NAMED,
        **devices,
        **_ANNOTATED,
        **dict.fromkeys(["createWithFlags", "undefineFlags", "suspend", "resume", "shutdown", "destroy"], 0),
        isActive=1,
        backupBegin=0,
        backupGetXMLDesc=BACKUP.to_xml(),
        revertToSnapshot=0,
        **dict.fromkeys(["snapshotCreateXML", "snapshotLookupByName", "snapshotCurrent"], snapshot),
        listAllSnapshots=[snapshot],
        **dict.fromkeys(["checkpointCreateXML", "checkpointLookupByName"], checkpoint),
        listAllCheckpoints=[checkpoint],
    )
    return {domain: ["defineXMLFlags", "createXML", *_lookups(""), "lookupByID", "listAllDomains"]}


def _networks() -> Group:
    port = kind(NetworkPort(uuid=UUID), UUIDString=UUID, delete=0)
    ports = dict.fromkeys(["portCreateXML", "portLookupByUUIDString"], port)
    network = kind(NETWORK, **_NAMED, **_DONE, **_ANNOTATED, **ports, listAllPorts=[port], update=0)
    made = ["networkDefineXML", "networkDefineXMLFlags", "networkCreateXML", "networkCreateXMLFlags"]
    return {network: [*made, *_lookups("network"), "listAllNetworks"]}


def _pools() -> Group:
    volume = kind(StorageVolume(name="a"), name="a", key="k", path="/a", delete=0)
    volumes = dict.fromkeys(["createXML", "createXMLFrom", "storageVolLookupByName"], volume)
    pool = kind(POOL, **_NAMED, **_DONE, **_ANNOTATED, **volumes, build=0, refresh=0, listAllVolumes=[volume])
    made = ["storagePoolDefineXML", "storagePoolCreateXML"]
    return {
        pool: [*made, *_lookups("storagePool"), "listAllStoragePools"],
        volume: ["storageVolLookupByPath", "storageVolLookupByKey"],
    }


def _devices() -> Group:
    interface = kind(HostInterface(name="br0"), name="br0", MACString="52:54:00:00:00:01", **_DONE)
    device = kind(NodeDevice(name="pci"), name="pci", **_DONE, **_ANNOTATED)
    looked_up = ["interfaceLookupByName", "interfaceLookupByMACString"]
    return {
        interface: ["interfaceDefineXML", *looked_up, "listAllInterfaces"],
        device: ["nodeDeviceDefineXML", "nodeDeviceCreateXML", "nodeDeviceLookupByName", "listAllDevices"],
    }


def _others() -> Group:
    secret = kind(Secret(uuid=UUID), UUIDString=UUID, setValue=0, undefine=0)
    nwfilter = kind(FILTER, **_NAMED, undefine=0)
    binding = kind(NWFilterBinding(), portDev="vnet0", delete=0)
    return {
        secret: ["secretDefineXML", "secretLookupByUUIDString", "secretLookupByUsage", "listAllSecrets"],
        nwfilter: ["nwfilterDefineXML", "nwfilterDefineXMLFlags", *_lookups("nwfilter"), "listAllNWFilters"],
        binding: ["nwfilterBindingCreateXML", "nwfilterBindingLookupByPortDev", "listAllNWFilterBindings"],
    }


def _lookups(prefix: str) -> list[str]:
    start = f"{prefix}L" if prefix else "l"
    return [f"{start}ookupByName", f"{start}ookupByUUIDString"]
