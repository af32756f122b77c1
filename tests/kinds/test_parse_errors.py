"""ParseError: what is wrong, and where."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import virtxml
from virtxml import Domain, ParseError, VirtXMLError
from virtxml.schema.domain import Disk, DiskTarget

MALFORMED = {
    "a tag that is not closed": ("<domain>\n  <name>x</name>\n  <os>\n</domain>\n", 3, 3),
    "an attribute without quotes": ("<domain>\n  <disk type=file/>\n</domain>", 2, 14),
    "an attribute without a value": ("<domain>\n  <disk type/>\n</domain>", 2, 9),
    "an attribute that comes twice": ("<domain>\n  <disk a='1' a='2'/>\n</domain>", 2, 15),
    "an open quote": ("<domain type='kvm>\n</domain>", 1, 14),
    "an ampersand": ("<domain>\n  <name>a & b</name>\n</domain>", 2, 11),
    "an unknown entity": ("<domain>\n  <name>&nbsp;</name>\n</domain>", 2, 9),
    "a less-than sign in an attribute": ("<domain>\n  <disk a='<'/>\n</domain>", 2, 12),
    "a control character": ("<domain>\n  <name>\x01</name>\n</domain>", 2, 9),
    "a second root": ("<domain/>\n<domain/>\n", 2, 1),
    "text behind the root": ("<domain/>\n  x", 2, 3),
    "text before the root": ("\n  x<domain/>", 2, 3),
    "nothing": ("", 1, 1),
    "an end without a start": ("<domain>\n</name></domain>", 2, 1),
    "two hyphens in a comment": ("<domain>\n  <!-- a -- b -->\n</domain>", 2, 10),
    "an XML declaration that is not first": ("\n<?xml version='1.0'?>\n<domain/>", 2, 1),
    "characters of several bytes": ("<domain>\n  <name>éé😀 & b</name>\n</domain>", 2, 13),
    "a late mistake": ("<domain>\n" + "  <a/>\n" * 70_000 + "  <b>\n</domain>\n", 70_002, 3),
}


@pytest.mark.parametrize(("source", "line", "column"), MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_document_is_refused_with_line_and_column(source: str, line: int, column: int) -> None:
    for text in (source, source.encode()):
        with pytest.raises(ParseError) as caught:
            virtxml.parse(text)
        assert (caught.value.line, caught.value.column) == (line, column), str(caught.value)
        assert str(caught.value).startswith(f"line {line}, column {column}: ")
        assert str(caught.value).count("column") == 1


def test_a_parse_error_is_a_value_error_and_an_error_of_the_package() -> None:
    for expected in (ParseError, ValueError, VirtXMLError):
        with pytest.raises(expected, match="the start tag <domain> lacks its >"):
            virtxml.parse("<domain")


def test_a_parse_error_survives_pickling() -> None:
    error = ParseError("wrong", 3, 4, "vm.xml")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.reason, again.line, again.column, again.path) == (
        "vm.xml:3:4: wrong",
        "wrong",
        3,
        4,
        "vm.xml",
    )


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("wrong",), "wrong"),
        (("wrong", 3), "line 3: wrong"),
        (("wrong", 3, 4), "line 3, column 4: wrong"),
        (("wrong", None, None, "vm.xml"), "vm.xml: wrong"),
        (("wrong", 3, None, "vm.xml"), "vm.xml:3: wrong"),
        (("wrong", 3, 4, "vm.xml"), "vm.xml:3:4: wrong"),
    ],
)
def test_the_text_of_an_error_starts_with_the_place(arguments: tuple[object, ...], text: str) -> None:
    assert str(ParseError(*arguments)) == text  # type: ignore[arg-type]


def test_reading_a_file_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text("<domain>\n<os>\n</domain>")
    with pytest.raises(ParseError) as caught:
        virtxml.read(path)
    assert str(caught.value).startswith(f"{path}:2:1: ")
    assert caught.value.path == str(path)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.xml"):
        virtxml.read(tmp_path / "none.xml")


@pytest.mark.parametrize(
    ("root", "near"),
    [("domian", "domain"), ("netwrok", "network"), ("zzz", None), ("volumes", "volume"), ("devic", "device")],
)
def test_an_unknown_root_names_a_near_one(root: str, near: str | None) -> None:
    with pytest.raises(ParseError) as caught:
        virtxml.parse(f"<{root}/>")
    message = str(caught.value)
    assert f"<{root}>" in message
    assert ("did you mean" in message) == (near is not None)
    assert near is None or f'"{near}"' in message
    assert caught.value.line == 1


def test_a_known_name_in_another_namespace_is_no_known_root() -> None:
    with pytest.raises(ParseError, match="root of no libvirt document"):
        virtxml.parse("<domain xmlns='http://example.org/'/>")


def test_from_xml_of_another_element_says_which_was_expected() -> None:
    with pytest.raises(ParseError) as caught:
        Disk.from_xml("\n<interface/>")
    assert str(caught.value) == "line 2: <interface> is not <disk>, the element of Disk"
    with pytest.raises(ParseError, match="is not <domain>"):
        Domain.from_xml("<network/>")
    with pytest.raises(ParseError, match="is not <target>"):
        DiskTarget.from_xml("<x:target xmlns:x='u'/>")


def test_a_document_type_declaration_is_refused_by_its_name() -> None:
    with pytest.raises(ParseError, match="document type declaration"):
        virtxml.parse("<!DOCTYPE domain>\n<domain/>")


def test_a_refused_value_is_not_shown() -> None:
    source = "<domain>\n<devices><graphics passwd='hunter2' x=&/></devices></domain>"
    with pytest.raises(ParseError) as caught:
        virtxml.parse(source)
    assert "hunter2" not in str(caught.value)
