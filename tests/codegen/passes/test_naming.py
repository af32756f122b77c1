"""Names of classes and fields, and where a person has to decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.names import UndecidedError
from codegen.passes.naming import camel, plural, snake
from tests.codegen.tiny import fields, models, names

DRIVER = "<element name='driver'><attribute name='{}'/></element>"
PART = "<element name='{}'><attribute name='a'/>{}</element>"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("currentMemory", "current_memory"),
        ("metadata_cache", "metadata_cache"),
        ("startupPolicy", "startup_policy"),
        ("on_poweroff", "on_poweroff"),
        ("latency-histogram", "latency_histogram"),
        ("class", "class_"),
        ("3dsupport", "_3dsupport"),
    ],
)
def test_fields_are_in_snake_case(text: str, name: str) -> None:
    assert snake(text) == name


def test_classes_are_in_camel_case() -> None:
    assert camel("metadata_cache", {}) == "MetadataCache"
    assert camel("latency-histogram", {}) == "LatencyHistogram"
    assert camel("commandline", {"commandline": "CommandLine"}) == "CommandLine"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("disk", "disks"),
        ("address", "addresses"),
        ("capability", "capabilities"),
        ("key", "keys"),
        ("fields", "fields"),
    ],
)
def test_lists_are_plural(text: str, name: str) -> None:
    assert plural(text, names(plurals={"fields": "fields"})) == name


def test_a_class_is_named_behind_its_only_parent(tmp_path: Path) -> None:
    content = PART.format("disk", PART.format("driver", ""))
    assert set(models(tmp_path, content)) == {"Box", "Disk", "DiskDriver"}


def test_a_class_with_several_parents_has_its_own_name(tmp_path: Path) -> None:
    lid = f"<define name='lid'>{PART.format('lid', '')}</define>"
    content = PART.format("disk", "<ref name='lid'/>") + PART.format("case", "<ref name='lid'/>")
    assert set(models(tmp_path, content, lid)) == {"Box", "Disk", "Case", "Lid"}


def test_two_classes_of_one_name_stop_the_generator(tmp_path: Path) -> None:
    content = PART.format("a", PART.format("b", "")) + PART.format("a-b", "")
    with pytest.raises(UndecidedError) as caught:
        models(tmp_path, content)
    message = str(caught.value)
    assert "2 classes of virtxml.schema.box would be called AB" in message
    assert '[classes] in names.toml: "box/a-b", "box/a/b"' in message or '"box/a/b", "box/a-b"' in message


def test_a_decision_settles_the_clash(tmp_path: Path) -> None:
    content = PART.format("a", PART.format("b", "")) + PART.format("a-b", "")
    assert set(models(tmp_path, content, classes={"box/a-b": "Other"})) == {"Box", "A", "AB", "Other"}


def test_an_attribute_and_a_child_of_one_name_stop_the_generator(tmp_path: Path) -> None:
    content = "<attribute name='model'/><element name='model'><attribute name='x'/></element>"
    with pytest.raises(UndecidedError) as caught:
        models(tmp_path, content)
    assert '"box/@model"' in str(caught.value)
    assert 'field "model" of Box is wanted twice' in str(caught.value)
    assert '"box/model"' in str(caught.value)


def test_a_decided_field_settles_it(tmp_path: Path) -> None:
    content = "<attribute name='model'/><element name='model'><attribute name='x'/></element>"
    found = models(tmp_path, content, fields={"box/model": "model_element"})
    assert fields(found["Box"]) == {"model": "attribute", "model_element": "class"}


def test_a_name_of_the_base_class_stops_the_generator(tmp_path: Path) -> None:
    with pytest.raises(UndecidedError, match='field "extra" of Box is a name of Node'):
        models(tmp_path, "<attribute name='extra'/>")


def test_all_clashes_are_told_at_once(tmp_path: Path) -> None:
    content = "<attribute name='extra'/><attribute name='since'/>"
    with pytest.raises(UndecidedError) as caught:
        models(tmp_path, content)
    assert len(str(caught.value).splitlines()) == 2
