"""What the JSON Schemas are made of, and what they say of each field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest

from virtxml import Domain
from virtxml.catalogue import OLDEST
from virtxml.json_schema.document import json_schema
from virtxml.plain.documents import KINDS

schema_of = cache(json_schema)


def takes(data: dict[str, Any], **of: str) -> bool:
    return bool(jsonschema.Draft202012Validator(json_schema("domain", **of)).is_valid({"kind": "domain", **data}))


def disk(**fields: Any) -> dict[str, Any]:
    return {"devices": {"disks": [fields]}}


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_a_schema_of_objects_that_are_all_described(kind: str) -> None:
    schema = schema_of(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["kind"] == {"const": kind, "description": "Which kind of document it is."}
    objects = [schema, *schema["$defs"].values()]
    assert all(one["additionalProperties"] is False and one["title"] for one in objects)
    classes = [one for name, one in schema["$defs"].items() if not name.startswith("unknown.")]
    undescribed = [
        f"{one['title']}.{name}"
        for one in [schema, *classes]
        for name, field in one["properties"].items()
        if not field.get("description")
    ]
    assert undescribed == []


def test_descriptions_name_libvirts_pages_and_releases() -> None:
    found = schema_of("domain")
    assert found["description"].endswith("https://libvirt.org/formatdomain.html")
    assert "Since libvirt" in found["properties"]["name"]["description"]


def patterns(schema: Any) -> Iterator[str]:
    pending = [schema]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            if isinstance(one.get("pattern"), str):
                yield one["pattern"]
            pending += one.values()
        elif isinstance(one, list):
            pending += one


def test_patterns_are_whole_and_such_as_javascript_has_too() -> None:
    found = {pattern for kind in KINDS for pattern in patterns(schema_of(kind))}
    assert len(found) > 50
    for pattern in found:
        re.compile(pattern)
        assert pattern.startswith("^")
        assert pattern.endswith("$")
        outside = re.sub(r"\[(?:\\.|[^\]\\])*\]", "", pattern)
        # A strict reader knows these escapes alone.
        assert set(re.findall(r"\\(.)", outside)) <= set("^$\\.*+?()[]{}|/ds"), pattern


@pytest.mark.parametrize(
    ("data", "taken"),
    [
        ({"name": "a"}, True),
        ({"name": 1}, True),
        ({"uuid": "a"}, False),
        ({"nmae": "a"}, False),
        ({"type": "kvm"}, True),
        ({"type": "kmv"}, False),
        ({"memory": {"value": 1, "unit": "GiB"}}, True),
        ({"memory": {"value": 1, "unit": "Gib"}}, True),
        ({"memory": {"value": 1, "unit": "GiBi"}}, False),
        ({"memory": {"value": -1}}, False),
        ({"memory": {"value": 1.5}}, False),
        ({"memory": {"value": "18446744073709551615"}}, True),
        ({"memory": {"value": "99999999999999999999999"}}, False),
        ({"memory": {"value": "lots"}}, False),
        ({"memory": {"value": 1, "dump_core": True}}, True),
        ({"memory": {"value": 1, "dump_core": "on"}}, False),
        ({"features": {"acpi": True}}, True),
        ({"features": {"acpi": "yes"}}, False),
        (disk(address={"type": "pci", "bus": "0x01"}), True),
        (disk(address={"type": "pci", "bus": "0x100"}), False),
        (disk(address={"type": "pci", "bus": 255}), True),
        (disk(address={"type": "pci", "bus": 1000}), False),
        (disk(address={"type": "pci", "controller": 1}), False),
        (disk(address={"type": "pcii", "bus": 1}), False),
        (disk(address={"bus": 1}), False),
        (disk(address={"element": "address", "attributes": {"type": "new"}}), False),
        (disk(extra={"attributes": {"a": "b"}, "content": [{"at": 0, "element": "c", "text": "d"}]}), True),
        (disk(extra={"content": [{"element": "c"}]}), False),
        ({"metadata": {"content": [{"element": "a", "content": ["b", {"comment": "c"}]}]}}, True),
        ({"metadata": {"content": [{"elements": "a"}]}}, False),
        ({"$schema": "domain.schema.json"}, True),
        ({"devices": {"disks": {}}}, False),
        ({"description": None}, False),
    ],
)
def test_a_value_is_taken_if_libvirts_schema_has_it(data: dict[str, Any], taken: bool) -> None:
    assert takes(data) is taken


def test_the_kind_has_to_be_there() -> None:
    judge = jsonschema.Draft202012Validator(schema_of("domain"))
    assert not judge.is_valid({"name": "a"})
    assert not judge.is_valid({"kind": "network", "name": "a"})


def test_an_item_of_several_elements_has_one_name() -> None:
    judge = jsonschema.Draft202012Validator(schema_of("filter"))
    rule = {"rule": {"action": "drop", "direction": "in"}}
    assert judge.is_valid({"kind": "filter", "entries": [rule]})
    assert not judge.is_valid({"kind": "filter", "entries": [{**rule, "filterref": {"filter": "a"}}]})
    assert not judge.is_valid({"kind": "filter", "entries": [{}]})


def test_an_address_that_need_not_tell_its_type_may_be_an_element_of_any_name() -> None:
    address = {"element": "address", "attributes": {"bus": "0", "device": "0"}}
    assert takes({"devices": {"interfaces": [{"source": {"address_element": address}}]}})


def test_an_older_release_has_neither_newer_fields_nor_values() -> None:
    assert Domain.since("iothreadids") == OLDEST
    newer = next(name for name, field in Domain.xml_fields.items() if field.since)
    assert newer in json_schema("domain")["properties"]
    assert newer not in json_schema("domain", libvirt=OLDEST)["properties"]
    driver = disk(driver={"discard": "unmap", "queue_size": 8})
    assert takes(driver)
    assert not takes(driver, libvirt="4.5.0")


def test_what_is_no_kind_or_release_is_refused() -> None:
    with pytest.raises(ValueError, match='did you mean "network"'):
        json_schema("netwrok")
    with pytest.raises(ValueError, match="release"):
        json_schema("domain", libvirt="never")
