"""What stands around documents: status files, several in a file, elements that only hold others."""

from __future__ import annotations

from pathlib import Path

import pytest

import virtxml
from tests.support import FIXTURES
from virtxml import Domain, Network, NWFilterBinding, ParseError, StoragePool, is_valid, validate
from virtxml.catalogue import DOCUMENTS, WRAPPERS
from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main
from virtxml.schema.domain import Disk, Hostdev, Interface
from virtxml.validation import Validator

STATUS = FIXTURES.parent / "status"
INSIDE = {
    "domstatus": Domain,
    "networkstatus": Network,
    "poolstate": StoragePool,
    "filterbindingstatus": NWFilterBinding,
}
MINIMAL = (FIXTURES / "domain" / "minimal.xml").read_text()
DEFAULT = (FIXTURES / "network" / "default.xml").read_text()


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_the_document_inside_a_status_file_is_read_and_judged(wrapper: str) -> None:
    path = STATUS / f"{wrapper}.xml"
    assert type(virtxml.read(path)) is INSIDE[wrapper]
    assert validate(path.read_bytes()) == []
    assert is_valid(path.read_text())
    assert validate(path.read_bytes(), kind=WRAPPERS[wrapper]) == []
    assert INSIDE[wrapper].__name__ in DOCUMENTS


def test_a_mistake_in_a_status_file_has_its_line_and_path_there(capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        (STATUS / "domstatus.xml").read_text().replace("<memory unit", "<memroy unit").replace("</memory", "</memroy")
    )
    found = validate(text)
    line = text[: text.index("<memroy")].count("\n") + 1
    assert [(one.code, one.line, one.column, one.path) for one in found if one.code == "VX101"] == [
        ("VX101", line, 6, "/domstatus/domain/memroy")
    ]
    assert not is_valid(text)


@pytest.mark.parametrize("around", ["domstatus", "nodes", "hookData"])
def test_a_prefix_may_be_declared_around_a_document(around: str) -> None:
    inside = "<domain type='kvm'><name>a</name><memory>1</memory><os><type>hvm</type></os>{}</domain>"
    known = "<qemu:commandline><qemu:arg value='-s'/></qemu:commandline>"
    text = f"<{around} xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n{inside}</{around}>"
    assert validate(text.format(known)) == []
    (found,) = validate(text.format(f"{known}<zz/>"))
    place = inside.format(known).index("</domain>") + 2
    assert (found.code, found.line, found.column, found.path) == ("VX101", 2, place, f"/{around}/domain/zz")


def test_a_status_file_without_a_document_says_so() -> None:
    with pytest.raises(ParseError, match="there is no <domain> in <domstatus>"):
        virtxml.parse("<domstatus><devices/></domstatus>")
    assert [one.code for one in validate("<domstatus/>")] == ["VX002"]


def test_a_status_file_is_not_formatted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "lab.xml"
    document.write_bytes((STATUS / "networkstatus.xml").read_bytes())
    before = document.read_bytes()
    assert main(["format", "--drop-comments", str(document)]) == BAD_INPUT
    assert "status file" in capsys.readouterr().err
    assert document.read_bytes() == before


SEVERAL = f"<?xml version='1.0'?>\n<!-- one -->\n{DEFAULT}\n<?xml version='1.0'?>\n<!-- two -->\n{MINIMAL}"


def test_each_document_of_a_file_is_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert validate(SEVERAL) == validate(SEVERAL.encode()) == []
    assert is_valid(SEVERAL)
    wrong = SEVERAL.replace("<name>default</name>", "<nmae>default</nmae>").replace("<os>", "<os typ=''>")
    found = validate(wrong)
    lines = [wrong[: wrong.index(text)].count("\n") + 1 for text in ("<nmae>", "<os typ")]
    assert [(one.code, one.line) for one in found if one.code in ("VX101", "VX102")] == [
        ("VX101", lines[0]),
        ("VX102", lines[1]),
    ]
    assert not is_valid(wrong)
    document = tmp_path / "both.xml"
    document.write_text(SEVERAL)
    assert main(["validate", str(document)]) == GOOD
    assert capsys.readouterr().err == "2 documents valid\n"
    document.write_text(wrong)
    assert main(["validate", str(document)]) == FINDINGS
    assert "in 2 documents" in capsys.readouterr().err


def test_a_document_that_is_not_well_formed_does_not_hide_the_others() -> None:
    text = f"<?xml version='1.0'?>\n<network>\n  <name>a</name>\n\n<?xml version='1.0'?>\n{MINIMAL}".replace(
        "<os>", "<os typ=''>"
    )
    found = validate(text)
    assert [one.code for one in found] == ["VX001", "VX102"]
    assert [one.line for one in found] == [2, text[: text.index("<os typ")].count("\n") + 1]


def test_several_documents_are_read_by_parse_all_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert virtxml.parse_all(SEVERAL) == [Network.from_xml(DEFAULT), Domain.from_xml(MINIMAL)]
    assert virtxml.parse_all(DEFAULT) == [Network.from_xml(DEFAULT)]
    second = SEVERAL.index("<?xml", 5)
    with pytest.raises(ParseError, match="there are 2 documents, where one is expected") as error:
        virtxml.parse(SEVERAL)
    assert error.value.line == SEVERAL[:second].count("\n") + 1
    document = tmp_path / "both.xml"
    document.write_text(SEVERAL)
    for command in ("format", "python"):
        assert main([command, str(document)]) == BAD_INPUT
        assert "there are 2 documents" in capsys.readouterr().err
    assert document.read_text() == SEVERAL
    with pytest.raises(ParseError, match="dsik") as error:
        virtxml.parse_all(f"{DEFAULT}\n<domain/>\n<network/><dsik></network>")
    assert error.value.line is not None


DISK = "<disk type='file'>\n  <source file='/a'/>\n  <target dev='vda'/>\n</disk>\n"
INTERFACE = "<interface type='network'>\n  <source network='default'/>\n</interface>\n"
HOSTDEV = "<hostdev mode='subsystem' type='usb'>\n  <source><address bus='1' device='2'/></source>\n</hostdev>\n"


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        (DISK * 2, [Disk, Disk]),
        (DISK + INTERFACE + HOSTDEV, [Disk, Interface, Hostdev]),
        (INTERFACE.strip() + DISK.strip(), [Interface, Disk]),
        (INTERFACE + HOSTDEV + MINIMAL, [Interface, Hostdev, Domain]),
        (f"<nodes>\n{DISK}{INTERFACE}{HOSTDEV}</nodes>\n", [Disk, Interface, Hostdev]),
        (f"<hookData>\n{DEFAULT}{MINIMAL}</hookData>\n", [Network, Domain]),
    ],
    ids=["disks", "parts", "without line ends", "an ambiguous root first", "wrapped by virsh", "for a hook"],
)
def test_parts_that_stand_one_after_the_other_are_taken_one_by_one(text: str, classes: list[type]) -> None:
    assert [type(one) for one in virtxml.parse_all(text)] == classes
    assert [verdict.diagnostics for verdict in Validator().validate_each(text)] == [[] for _ in classes]
    assert is_valid(text)
    assert not is_valid(text.replace("</name>", "</name><nmae/>").replace("<source", "<souce/><source"))
    with pytest.raises(ParseError, match=f"there are {len(classes)} documents, where one is expected"):
        virtxml.parse(text)


def test_what_is_around_documents_may_hold_one_or_one_of_a_kind(tmp_path: Path) -> None:
    for_hook = f"<hookData>\n{DEFAULT}<networkport>\n  <group>a</group>\n</networkport>\n</hookData>\n"
    assert virtxml.parse(for_hook, Network) == virtxml.parse(for_hook, "network") == virtxml.parse(DEFAULT)
    assert virtxml.parse(f"<nodes>{DISK}</nodes>") == virtxml.parse(DISK)
    with pytest.raises(ParseError, match="there is no <domain> in <hookData>") as error:
        virtxml.parse(for_hook, Domain)
    assert error.value.line == 1
    with pytest.raises(ParseError, match="there is no document in <nodes>"):
        virtxml.parse("<nodes/>")
    assert [one.code for one in validate("<nodes/>")] == ["VX002"]
    document = tmp_path / "hook.xml"
    document.write_text(for_hook)
    assert main(["format", "--kind", "network", str(document)]) == BAD_INPUT
    assert document.read_text() == for_hook


def test_a_mistake_inside_what_is_around_documents_has_its_line_and_path() -> None:
    (found,) = validate(f"<nodes>\n{DISK}{INTERFACE.replace('network=', 'nework=')}</nodes>\n")
    assert (found.code, found.line, found.path) == ("VX102", 7, "/nodes/interface/source/@nework")


AROUND = {
    "networks": "<networks><network><name>a</name></network><network><name>b</name></network></networks>",
    "domains": "<domains><domain><name>a</name></domain></domains>",
    "a name of ours": "<root><pool><name>a</name></pool></root>",
    "several kinds": "<list><secret/><domain/></list>",
}


@pytest.mark.parametrize("text", AROUND.values(), ids=AROUND.keys())
def test_what_is_only_put_around_documents_is_to_be_left_out(text: str) -> None:
    (found,) = virtxml.validate(text)
    assert (found.code, found.suggestions) == ("VX002", ())
    assert "is no document, only around some" in found.message
    assert "leave it out" in found.help
    with pytest.raises(ParseError, match="only around some: leave it out"):
        virtxml.parse(text)


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("<domainsnapshto><domain><name>a</name></domain></domainsnapshto>", "did you mean <domainsnapshot>?"),
        ("<netwokr><name>a</name></netwokr>", "did you mean <network>?"),
    ],
)
def test_a_misspelled_document_is_none_that_stands_around_others(text: str, help_: str) -> None:
    assert [found.help for found in virtxml.validate(text)] == [help_]


def test_a_part_with_elements_that_are_named_like_documents_is_a_part() -> None:
    (found,) = virtxml.validate("<devices><interface type='netwrok'/></devices>")
    assert "netwrok" in found.message
