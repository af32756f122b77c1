"""How things look in plain data: the forms that docs/json-and-yaml.md describes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.strategies import all_classes
from virtxml import AnyElement, Domain, Extra, HostCPU, Node, NWFilter
from virtxml.content import Comment
from virtxml.plain.documents import KIND, SCHEMA
from virtxml.plain.unknown.keys import ELEMENT as NAME
from virtxml.plain.writing import EXTRA
from virtxml.scalars import Int
from virtxml.schema import domain as d


def test_keys_are_the_names_of_fields_and_only_what_is_set_is_there() -> None:
    disk = d.Disk.from_xml("<disk type='file'><target dev='vda'/><readonly/></disk>")
    assert disk.to_dict() == {"type": "file", "target": {"dev": "vda"}, "readonly": True}
    assert list(disk.to_dict()) == [name for name in d.Disk.xml_fields if name in disk.to_dict()]


def test_a_document_says_its_kind_and_what_is_inside_another_does_not() -> None:
    assert Domain(name="a").to_dict() == {"kind": "domain", "name": "a"}
    assert HostCPU(arch="x86_64").to_dict() == {"kind": "hostcpu", "arch": "x86_64"}
    snapshot = Node.from_dict({"kind": "domainsnapshot", "domain": {"name": "a"}})
    assert snapshot.to_dict() == {"kind": "domainsnapshot", "domain": {"name": "a"}}


def test_classes_of_ones_own_are_of_the_kind_of_what_they_come_from() -> None:
    class Guest(Domain):
        pass

    guest = Guest(name="a")
    assert guest.to_dict() == {"kind": "domain", "name": "a"}
    assert type(Guest.from_dict(guest.to_dict())) is Guest


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (8, 8),
        (0, 0),
        (-1, -1),
        (Int("0x10"), "0x10"),
        (Int("007"), "007"),
        (Int("+1"), "+1"),
        ("12", 12),
        ("012", "012"),
        ("lots", "lots"),
        (2**53 - 1, 2**53 - 1),
        (2**53, "9007199254740992"),
        (-(2**53), "-9007199254740992"),
    ],
)
def test_a_number_has_one_form(value: Any, data: int | str) -> None:
    memory = d.Memory(value=value)
    assert memory.to_dict() == {"value": data}
    assert type(memory.to_dict()["value"]) is type(data)
    assert d.Memory.from_dict({"value": data}).to_xml() == memory.to_xml()


def test_a_switch_is_true_or_false_and_anything_else_is_the_text() -> None:
    texts = ["on", "off", "yes", "true", "maybe"]
    found = [d.FeaturesApic.from_xml(f"<apic eoi='{text}'/>").to_dict()["eoi"] for text in texts]
    assert found == [True, False, "yes", "true", "maybe"]
    assert d.FeaturesApic.from_dict({"eoi": "on"}).eoi is True


def test_numbers_are_taken_for_text_as_they_are_easily_written_so() -> None:
    assert Domain.from_dict({"name": 12}).name == "12"


def test_a_union_is_told_apart_by_its_own_attribute() -> None:
    data = {"address": {"type": "pci", "domain": "0x0000", "bus": "0x01"}}
    disk = d.Disk.from_dict(data)
    assert isinstance(disk.address, d.PciAddress)
    assert disk.to_dict() == data


def test_an_unknown_object_of_a_union_is_an_element_of_any_name() -> None:
    disk = d.Disk.from_xml("<disk><address type='new' slot='1'/></disk>")
    assert disk.to_dict() == {"address": {"element": "address", "attributes": {"type": "new", "slot": "1"}}}
    assert d.Disk.from_dict(disk.to_dict()) == disk


def test_an_object_that_would_be_read_as_another_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^Disk.address: the type of a PciAddress does not tell that it is one$"):
        d.Disk(address=d.PciAddress(type="drive")).to_dict()  # type: ignore[arg-type]


def test_items_of_a_list_of_several_elements_have_their_names_as_keys() -> None:
    rules = NWFilter.from_xml("<filter name='a'><filterref filter='b'/><rule action='drop'/></filter>")
    entries = [{"filterref": {"filter": "b"}}, {"rule": {"action": "drop"}}]
    assert rules.to_dict() == {"kind": "filter", "name": "a", "entries": entries}
    assert NWFilter.from_dict(rules.to_dict()) == rules


METADATA = """<domain>
  <metadata>
    <os:os xmlns:os="http://example.org/os">
      <os:id a="1">x</os:id>
      <!-- here -->
      <os:empty/>
    </os:os>
  </metadata>
</domain>
"""


def test_metadata_are_elements_of_any_name_without_the_white_space_around_them() -> None:
    guest = Domain.from_xml(METADATA)
    content = [
        {"element": "os:id", "attributes": {"a": "1"}, "text": "x"},
        {"comment": " here "},
        {"element": "os:empty"},
    ]
    os = {"element": "os:os", "namespaces": {"os": "http://example.org/os"}, "content": content}
    assert guest.to_dict() == {"kind": "domain", "metadata": {"content": [os]}}
    assert Domain.from_dict(guest.to_dict()).to_xml() == METADATA


@pytest.mark.parametrize("text", [METADATA.replace("    ", "\t"), METADATA.replace("><", "> <"), METADATA + "<!---->"])
def test_white_space_that_would_not_be_written_so_is_kept(text: str) -> None:
    guest = Domain.from_xml(text)
    assert Domain.from_dict(guest.to_dict()).to_xml() == guest.to_xml()


def test_what_belongs_to_no_field_is_under_extra_with_its_place() -> None:
    text = "<!-- a -->\n<disk x='1' type='file'>\n  <driver/>\n  <new a='b'/>\n  <target dev='vda'/>\n</disk>\n"
    disk = d.Disk.from_xml(text)
    assert disk.to_dict()["extra"] == {
        "attributes": {"x": "1"},
        "content": [{"at": 1, "element": "new", "attributes": {"a": "b"}}],
        "before": "<!-- a -->\n",
    }
    assert d.Disk.from_dict(disk.to_dict()).to_xml() == text


def test_the_places_of_unknown_content_are_those_of_now() -> None:
    disk = d.Disk.from_xml("<disk><driver/><new/><target/></disk>")
    disk.driver = None
    assert disk.to_dict()["extra"] == {"content": [{"at": 0, "element": "new"}]}


def test_texts_and_comments_have_their_places_too() -> None:
    disk = d.Disk(
        target=d.DiskTarget(dev="a"), extra=Extra(content=[(0, "x"), (1, Comment("y")), (1, AnyElement("z"))])
    )
    assert disk.to_dict()["extra"]["content"] == [
        {"at": 0, "text": "x"},
        {"at": 1, "comment": "y"},
        {"at": 1, "element": "z"},
    ]
    assert d.Disk.from_dict(disk.to_dict()).to_xml() == disk.to_xml()


def test_secrets_are_there_as_in_xml() -> None:
    graphics = d.Graphics(type="vnc", passwd="sesame")
    assert graphics.to_dict()["passwd"] == "sesame"


def test_documents_may_be_nested_as_deeply_as_xml() -> None:
    data: dict[str, object] = {}
    for _ in range(250):
        data = {"backing_store": data}
    disk = d.Disk.from_dict(data)
    assert disk.to_dict() == data
    assert d.Disk.from_dict(disk.to_dict()) == disk


def test_an_editors_schema_says_nothing() -> None:
    assert Domain.from_dict({"$schema": "domain.json", "name": "a"}) == Domain(name="a")


def test_a_part_is_told_by_its_place_too() -> None:
    disk = Node.from_dict({"kind": "devices/disk", "type": "file"})
    assert disk == d.Disk(type="file")
    assert d.Disk.from_dict({"kind": "disk"}) == d.Disk()


def test_no_field_has_the_name_of_a_key_that_means_something_else() -> None:
    keys = {KIND, SCHEMA, EXTRA, NAME}
    assert [cls for cls in all_classes() if keys & {*cls.xml_fields}] == []
