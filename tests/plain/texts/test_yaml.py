"""YAML of plain data: the same to readers of YAML 1.1 and 1.2, and nothing but plain data when it is read."""

from __future__ import annotations

import random
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tests.corpus import documents as corpus
from tests.strategies import RELAXED, TEXT_VALUES, all_classes, objects
from tests.support import FIXTURES, requires_shared, shared_dir
from virtxml import Domain, Node
from virtxml.errors import ParseError
from virtxml.plain.texts.yaml import from_yaml, to_yaml
from virtxml.plain.texts.yaml_reading import place_of

WORDS = """y n yes No ON off true null ~ 1 01 0x10 0o7 1_000 1.5 1e3 .5 .inf 1:20:30 52:54:00:12:34:56 2001-01-01 = <<
- ? : a: a:b a#b #a & * ! | > % @ ` { [ ] , ' " a,b /dev/vda https://example.org -- --- ..."""
SPACED = ["", " ", "a ", " a", "a: b", "a #b", "a\nb", "a\n", "a\n\n", " a\nb", "a\n b\n", "a \nb", "\n", "-- a"]
TRICKY = st.sampled_from([*WORDS.split(), *SPACED])
PLAIN = st.recursive(
    st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT_VALUES | TRICKY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT_VALUES | TRICKY, inner, max_size=3),
    max_leaves=8,
)


def loaded(text: str, version: str) -> Any:
    """Return what another reader makes of YAML."""
    reader: Any = YAML(typ="safe", pure=True)
    reader.version = version
    reader.allow_duplicate_keys = False
    return reader.load(StringIO(text))


@settings(RELAXED, max_examples=300)
@given(PLAIN)
def test_all_plain_data_comes_back_with_its_types(data: Any) -> None:
    assert repr(from_yaml(to_yaml(data))) == repr(data)


@settings(RELAXED, max_examples=200)
@given(st.dictionaries(TRICKY, PLAIN, max_size=4))
@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_readers_of_both_versions_take_it_for_the_same(version: str, data: Any) -> None:
    assert repr(loaded(to_yaml(data), version)) == repr(data)


@settings(RELAXED, max_examples=50)
@given(st.sampled_from(all_classes()).flatmap(objects))
def test_objects_come_back(node: Node) -> None:
    assert type(node).from_dict(from_yaml(to_yaml(node.to_dict()))) == node


def test_our_own_documents_come_back() -> None:
    for _, source, cls in corpus(FIXTURES):
        node = cls.from_xml(source)
        assert cls.from_dict(from_yaml(to_yaml(node.to_dict()))).to_xml() == node.to_xml()


def come_back(found: list[tuple[Path, bytes, type[Node]]]) -> None:
    for _, source, cls in found:
        node = cls.from_xml(source)
        again = cls.from_dict(from_yaml(to_yaml(node.to_dict())))
        assert again == node
        assert again.to_xml() == node.to_xml()


def libvirts_documents() -> list[tuple[Path, bytes, type[Node]]]:
    directory = shared_dir()
    assert directory is not None
    return list(corpus(directory / "corpus"))


@requires_shared
def test_some_of_libvirts_documents_come_back() -> None:
    come_back(random.Random(2).sample(libvirts_documents(), 100))


@pytest.mark.slow
@requires_shared
@pytest.mark.parametrize("part", range(4))
def test_all_of_libvirts_documents_come_back(part: int) -> None:
    found = libvirts_documents()
    assert len(found) > 2000
    come_back(found[part::4])


def test_it_is_written_as_people_write_it() -> None:
    data = {
        "kind": "domain",
        "name": "a guest",
        "title": "on",
        "description": "two\n  lines\n",
        "devices": {"disks": [{"source": {"file": "/a/b-c.img"}}, {}], "interfaces": []},
        "mac": "52:54:00:12:34:56",
        "bus": "0x10",
        "count": 3,
        "y": True,
        "url": "https://example.org/a",
    }
    assert to_yaml(data) == (
        "kind: domain\nname: a guest\ntitle: 'on'\ndescription: |\n  two\n    lines\ndevices:\n  disks:\n"
        "    - source:\n        file: /a/b-c.img\n    - {}\n  interfaces: []\nmac: '52:54:00:12:34:56'\n"
        "bus: '0x10'\ncount: 3\n'y': true\nurl: https://example.org/a\n"
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        ("007", "007"),
        ("-0", "-0"),
        ("+1", "+1"),
        ("1_000", "1_000"),
        ("52:54:00:12:34:56", "52:54:00:12:34:56"),
        ("2001-01-01", "2001-01-01"),
        ("12", 12),
        ("-12", -12),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("true", True),
        ("'true'", "true"),
        ("~", None),
        ("", None),
        ("''", ""),
        ("|\n  a\n  b", "a\nb"),
        (">\n  a\n  b", "a b"),
    ],
)
def test_a_scalar_is_what_is_written(text: str, value: object) -> None:
    found = from_yaml(f"a: {text}")["a"]
    assert (type(found), found) == (type(value), value)


def test_keys_are_the_text_that_is_written() -> None:
    assert from_yaml("on: 1\ntrue: 2\n3: 3\n'4': 4") == {"on": 1, "true": 2, "3": 3, "4": 4}


def test_aliases_and_merges_say_a_thing_once() -> None:
    text = "a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\nd: {<<: [*a, {z: 4}]}"
    found = from_yaml(text)
    assert found == {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 2}, "c": {"x": 1, "y": 3}, "d": {"x": 1, "y": 2, "z": 4}}


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        (BOMB, (6, 14), "too much comes of aliases"),
        ("a: !!python/object/apply:os.system ['true']", (1, 4), "tags are not taken: this is plain data"),
        ("a: !!int '1'", (1, 4), "tags are not taken: this is plain data"),
        ("a: !new {}", (1, 4), "tags are not taken: this is plain data"),
        ("a: 1\n---\nb: 2", (2, 1), "there is a second document, where one is expected"),
        ("a: 1\na: 2", (2, 1), 'the key "a" is there twice in one object'),
        ("? [a]\n: 1", (1, 3), "a key is text"),
        ("a: *b", (1, 4), "this alias stands for nothing before it"),
        ("a: &a [*a]", (1, 8), "this alias stands for nothing before it"),
        ("a: {<<: 1}", (1, 9), '"<<" takes an object, or a list of them'),
        (f"a: {'9' * 100}", (1, 4), "the number has more digits than any of libvirt's"),
        ("[" * 5000, (1, 1001), "objects are nested too deeply"),
    ],
    ids=range(12),
)
def test_what_is_more_than_plain_data_is_refused(text: str, place: tuple[int, int], reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        from_yaml(text)
    assert ((caught.value.line, caught.value.column), caught.value.reason) == (place, reason)


@pytest.mark.parametrize("text", ["a: [1", "a: 'b", "\ta: b", "a: b: c", b"\xff", "a: \x07"])
def test_what_is_no_yaml_is_refused(text: str | bytes) -> None:
    with pytest.raises(ParseError, match="this is no YAML: "):
        from_yaml(text)


def test_bytes_are_read_too() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert from_yaml("a: é".encode(encoding)) == {"a": "é"}


def test_documents_may_be_nested_as_deeply_as_xml() -> None:
    data: Any = {}
    for _ in range(250):
        data = {"a": [data]}
    assert to_yaml(from_yaml(to_yaml(data))) == to_yaml(data)


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        (("devices", "disks", 1, "targt"), (5, 7)),
        (("devices", "disks", 1, "targt", "dev"), (5, 15)),
        (("devices", "disks", 1), (5, 7)),
        (("devices", "disks", 0, "none"), (4, 7)),
        (("name",), (6, 1)),
        (("none",), None),
        ((), None),
    ],
)
def test_the_place_of_an_error_is_found(steps: tuple[str | int, ...], place: tuple[int, int] | None) -> None:
    text = "kind: domain\ndevices:\n  disks:\n    - type: file\n    - targt: {dev: vda}\nname: a\n"
    assert place_of(text, steps) == place


def test_without_ruamel_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    with pytest.raises(ModuleNotFoundError, match=r"^YAML needs ruamel.yaml: pip install 'virtxml\[yaml\]'$"):
        to_yaml(Domain().to_dict())
    with pytest.raises(ModuleNotFoundError, match=r"^YAML needs ruamel.yaml: pip install 'virtxml\[yaml\]'$"):
        from_yaml("a: 1")
