"""The comparison that the tests with real libvirt rest on can fail."""

from __future__ import annotations

from tests.live.comparing import lost, unknown
from virtxml import Domain
from virtxml.schema.domain import Devices, Disk, DiskTarget, Memory


def test_what_is_added_is_not_lost_and_what_has_changed_is() -> None:
    given = Domain(name="a", memory=Memory(value=1), devices=Devices(disks=[Disk(target=DiskTarget(dev="vda"))]))
    more = Disk(type="file", target=DiskTarget(dev="vda", bus="virtio"))
    back = Domain(name="a", uuid="u", memory=Memory(value=1), devices=Devices(disks=[Disk(), more]))
    assert lost(given, back) == []
    back.memory = Memory(value=1024, unit="bytes")
    assert lost(given, back) == []
    back.memory.value = 1025
    more.target = DiskTarget(dev="vdb")
    assert lost(given, back) == [
        "domain.memory: Memory(value=1) became Memory(unit='bytes', value=1025)",
        "domain.devices.disks[0].target",
    ]
    assert lost(given, Domain(name="a")) == ["domain.memory", "domain.devices"]


def test_what_is_unknown_is_found_at_any_depth() -> None:
    domain = Domain.from_xml("<domain><devices><disk new='1'/></devices></domain>")
    assert unknown(domain) == ["domain.devices.disks[0]: <Extra @new>"]
