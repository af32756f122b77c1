"""Classes and fields know the first of libvirt's schema releases that has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.schema.walk import content, names
from tests.strategies import all_classes
from virtxml import Domain, Node
from virtxml.catalogue import RELEASES
from virtxml.fields import ATTRIBUTE
from virtxml.relaxng.schema import syntax
from virtxml.relaxng.schema.reader import read_schema
from virtxml.schema import domain

PLACES: list[tuple[type[Node], str, str]] = [
    (domain.Devices, "pstore", "devices/pstore"),
    (domain.DiskDriver, "discard_no_unref", "devices/disk/driver/@discard_no_unref"),
    (domain.DiskDriver, "queue_size", "devices/disk/driver/@queue_size"),
    (domain.DiskDriver, "page_per_vq", "devices/disk/driver/@page_per_vq"),
    (domain.DiskDriver, "cache", "devices/disk/driver/@cache"),
    (domain.DiskDriver, "iothreads", "devices/disk/driver/iothreads"),
    (domain.DiskDriver, "statistics", "devices/disk/driver/statistics"),
    (domain.Disk, "serial", "devices/disk/serial"),
    (domain.Disk, "snapshot", "devices/disk/@snapshot"),
    (domain.Interface, "backend", "devices/interface/backend"),
    (domain.Interface, "port_forwards", "devices/interface/portForward"),
    (domain.Devices, "cryptos", "devices/crypto"),
    (domain.Devices, "disks", "devices/disk"),
    (domain.Devices, "audios", "devices/audio"),
    (Domain, "iommufd", "iommufd"),
    (Domain, "throttlegroups", "throttlegroups"),
    (Domain, "name", "name"),
    (Domain, "id", "@id"),
    (Domain, "qemu_deprecation", "{http://libvirt.org/schemas/domain/qemu/1.0}deprecation"),
]


def known(schemas: Path, release: str, path: str) -> bool:
    """Tell whether a release's schema declares a path below `<domain>`, found by a walk of its own."""
    patterns: list[syntax.Pattern] = [read_schema(schemas / release / "domain.rng").start]
    wanted = ["domain", *([path] if path.startswith("{") else path.split("/"))]
    for step in wanted:
        role = syntax.Attribute if step.startswith("@") else syntax.Element
        parts = [part for pattern in patterns for part in content(pattern, None) if isinstance(part, role)]
        patterns = [part.content for part in parts if step.lstrip("@") in names(part)]
    return bool(patterns)


@pytest.mark.parametrize(("cls", "field", "path"), PLACES, ids=[path for _, _, path in PLACES])
def test_a_field_is_as_old_as_its_declaration(cls: type[Node], field: str, path: str, shared: Path) -> None:
    releases = [release for release in RELEASES if known(shared / "schemas", release, path)]
    assert releases
    # The field belongs to this place: the declaration's name is its own.
    found = cls.xml_fields[field]
    assert path.endswith(("@" if found.role == ATTRIBUTE else "") + found.xml)
    assert cls.since(field) == releases[0]


def test_some_fields_of_each_age_are_looked_at() -> None:
    assert {cls.since(field) for cls, field, _ in PLACES} == set(RELEASES)


def test_a_disk_driver_knows_its_newest_attributes() -> None:
    assert domain.DiskDriver.since("discard_no_unref") == "9.8.0"
    assert domain.DiskDriver.since("name") == "4.5.0"
    assert domain.DiskDriver.since() == "4.5.0"


def test_fields_of_a_new_class_are_as_new_as_the_class() -> None:
    assert domain.DiskDriverStatistics.since() == "12.8.0"
    assert domain.DiskDriverStatistics.since("statistics") == "12.8.0"


def test_a_name_that_is_no_field_is_refused() -> None:
    with pytest.raises(AttributeError, match="DiskDriver has no field 'nme'"):
        domain.DiskDriver.since("nme")


def test_no_field_is_older_than_its_class() -> None:
    order = RELEASES.index
    for cls in all_classes():
        for field in cls.xml_fields:
            assert order(cls.since(field)) >= order(cls.since()), (cls, field)
