"""Parts of documents, status files, and several documents in a file: told from what is in them, or from a kind."""

from __future__ import annotations

from pathlib import Path

import pytest

import virtxml
from tests.support import FIXTURES, fixture_documents
from virtxml import Domain, HostInterface, Network, ParseError, is_valid, validate
from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main
from virtxml.kinds import known as kinds
from virtxml.releases.grammars import fragment, grammar_of
from virtxml.schema.capabilities import HostTopologyCellCpu
from virtxml.schema.domain import Disk, Hostdev, Interface, PciAddress, QemuCommandLine
from virtxml.schema.domaincheckpoint import Disk as CheckpointDisk
from virtxml.schema.network import IpDhcpHost, NetworkDomain
from virtxml.validation import Validator

PARTS = FIXTURES.parent / "parts"
STATUS = FIXTURES.parent / "status"
CLASSES = {"guest-interface": Interface, "usb-hostdev": Hostdev, "block-disk": Disk, "dhcp-host": IpDhcpHost}
MINIMAL = (FIXTURES / "domain" / "minimal.xml").read_text()
DEFAULT = (FIXTURES / "network" / "default.xml").read_text()


@pytest.mark.parametrize("name", CLASSES)
def test_a_part_is_told_by_its_root_and_what_is_in_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = PARTS / f"{name}.xml"
    part = virtxml.read(path)
    assert type(part) is CLASSES[name]
    assert part.extra is None
    assert validate(path.read_bytes()) == part.validate() == []
    assert is_valid(path.read_text())
    for command in (["validate"], ["format", "--check"], ["python"], ["python", "--builders"]):
        assert main([*command, str(path)]) == GOOD
    program = capsys.readouterr().out
    assert f"import {CLASSES[name].__name__}" in program or f"    {CLASSES[name].__name__}," in program


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("<interface type='network'><source network='default'/></interface>", Interface),
        ("<interface type='user'/>", Interface),
        ("<interface type='network'><source nework='default'/><model type='virtio'/></interface>", Interface),
        ("<interface type='bridge' name='br0'><bridge stp='on'/></interface>", HostInterface),
        ("<interface type='bridge' name='br0'><brigde/></interface>", HostInterface),
        ("<disk type='file'><souce file='/a'/><target dev='vda' bus='virtio'/></disk>", Disk),
        ("<cpu id='0' socket_id='0' die_id='0' core_id='0' siblings='0'/>", HostTopologyCellCpu),
        ("<domain name='lab.example' localOnly='yes'/>", NetworkDomain),
        ("<domain type='kvm'/>", Domain),
        ("<domain/>", Domain),
        ("<domain type='kmv'><nmae>a</nmae></domain>", Domain),
    ],
)
def test_what_is_in_it_decides_where_several_kinds_have_a_root(text: str, cls: type) -> None:
    assert type(virtxml.parse(text)) is cls
    found = validate(text)
    root = text.split(maxsplit=1)[0].strip("</>")
    assert found == virtxml.validate(text, kind=kinds.paths_of(cls)[0] if kinds.paths_of(cls) else root)


def test_the_mistakes_in_a_guests_interface_are_those_of_one() -> None:
    (found,) = validate(
        "<interface type='network'>\n  <source nework='default'/>\n  <model type='virtio'/>\n</interface>"
    )
    assert (found.code, found.line, found.suggestions) == ("VX102", 2, ("network",))


@pytest.mark.parametrize(
    "text", ["<host colour='red'/>", "<disk name='vda' colour='red'/>", "<source/>"], ids=["host", "disk", "source"]
)
def test_what_may_be_of_several_kinds_lists_them_to_choose_from(text: str, tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="may be of several kinds") as error:
        virtxml.parse(text)
    mistakes = validate(text)
    listed = error.value.reason.partition(", of ")[2].split(", ")
    assert len(listed) > 1
    if mistakes:  # else it is valid, whichever it is
        (found,) = mistakes
        assert (found.code, found.line) == ("VX002", 1)
        assert set(found.expected) >= set(listed) - {""}
    for kind in listed:
        assert type(virtxml.parse(text, kind)).__name__ != ""
        validate(text, kind=kind)
    document = tmp_path / "part.xml"
    document.write_text(text)
    for command in (["format", "--check"], ["python"]):
        assert main([*command, str(document)]) == BAD_INPUT
        assert main([*command, "--kind", listed[0], str(document)]) in (GOOD, FINDINGS)


def test_a_kind_may_be_a_class_or_a_name_with_what_is_around_it() -> None:
    text = "<disk name='vda'/>"
    assert type(virtxml.parse(text, "domaincheckpoint/disks/disk")) is CheckpointDisk
    assert type(virtxml.parse(text, CheckpointDisk)) is CheckpointDisk
    assert type(virtxml.parse("<interface/>", "devices/interface")) is Interface
    assert type(virtxml.parse("<interface/>", "interface")) is HostInterface
    assert type(virtxml.parse("<address type='pci'/>", "disk/address")) is PciAddress
    assert virtxml.parse(MINIMAL, Domain) == virtxml.parse(MINIMAL, "domain") == Domain.from_xml(MINIMAL)
    assert virtxml.read(PARTS / "block-disk.xml", "disk") == virtxml.read(PARTS / "block-disk.xml", kind=Disk)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("disk", "<domain> is no <disk>"),
        ("network", "<domain> is no <network>"),
        (Network, "<domain> is not <network>, the element of Network"),
    ],
)
def test_a_text_of_another_kind_is_a_parse_error(kind: str, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        virtxml.parse(MINIMAL, kind)


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        ("dsk", "disk"),
        ("devices/interfce", "devices/interface"),
        ("devics/disk", "devices/disk"),
        ("domian", "domain"),
        ("storagepool", "pool"),
        ("NodeDevice", "device"),
        ("nwfilter", "filter"),
    ],
)
def test_an_unknown_kind_gets_a_suggestion_everywhere(
    kind: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    document = str(PARTS / "block-disk.xml")
    said = f'there is no kind of document or element "{kind}": did you mean "{meant}"?'
    for call in (virtxml.parse, virtxml.read):
        with pytest.raises(ValueError, match="no kind") as error:
            call(document if call is virtxml.read else "<disk/>", kind)
        assert str(error.value) == said
    with pytest.raises(ValueError, match="no kind") as error:
        validate("<disk/>", kind=kind)
    assert str(error.value) == said
    for command in ("validate", "format", "python"):
        assert main([command, "--kind", kind, document]) == BAD_INPUT
        assert capsys.readouterr().err == f"virtxml {command}: error: {said}\n"


def test_every_part_is_named_so_that_it_is_found_again() -> None:
    names = [name for name in kinds.part_names() if name.isidentifier()]
    found = [kind for name in names for kind in kinds.parts(name)]
    assert len(found) > 600
    grammar = grammar_of()
    for kind in found:
        assert kind.target in [one.target for path in kind.paths for one in kinds.parts_at(path)]
        assert fragment(grammar, kind.paths) is not None
        kinds.check(kind.name)


def test_models_of_parts_are_judged_as_what_they_are_where_documents_have_their_name() -> None:
    interface = Interface.from_xml((PARTS / "guest-interface.xml").read_text())
    assert interface.validate() == []
    assert is_valid(interface)
    interface.type = "birdge"  # type: ignore[assignment]
    (found,) = interface.validate()
    assert (found.path, found.suggestions) == ("/interface/@type", ("bridge",))


def test_a_part_in_a_namespace_is_a_part_as_any_other() -> None:
    uri = "http://libvirt.org/schemas/domain/qemu/1.0"
    text = f"<qemu:commandline xmlns:qemu='{uri}'><qemu:arg value='-s'/></qemu:commandline>"
    assert type(virtxml.parse(text)) is QemuCommandLine
    assert type(virtxml.parse(text, "domain/qemu:commandline")) is QemuCommandLine
    assert validate(text) == validate(text, kind="qemu:commandline") == virtxml.parse(text).validate() == []
    assert [one.code for one in validate(text.replace("value", "valeu"))] == ["VX102"]
    with pytest.raises(ValueError, match=r'"qemu:comandline": did you mean "qemu:commandline"\?'):
        virtxml.parse(text, "qemu:comandline")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<on_reboot>restart</on_reboot>", "it is a plain value of what is around it"),
        ("<metadata/>", "it may hold anything"),
    ],
)
def test_a_part_without_a_class_says_why_it_has_none(text: str, why: str) -> None:
    with pytest.raises(ParseError, match=why):
        virtxml.parse(text)


@pytest.mark.parametrize("text", ['{"name": "a"}', "hello\n", "---\nname: a\n"])
def test_a_text_without_any_tag_is_no_document(text: str) -> None:
    (found,) = validate(text)
    assert (found.message, found.help) == ("there is no document", "write its root element")


@pytest.mark.parametrize("wrong", [None, 1, Path("a.xml"), ["<domain/>"], object()])
def test_what_is_no_text_is_one_clear_type_error(wrong: object) -> None:
    for call in (
        virtxml.parse,
        virtxml.parse_all,
        validate,
        is_valid,
        virtxml.require_valid,
        Validator().validate_each,
    ):
        with pytest.raises(TypeError, match="a document is str") as error:
            call(wrong)  # type: ignore[call-overload, arg-type]
        assert type(wrong).__name__ in str(error.value)
    with pytest.raises(TypeError, match="a kind is text"):
        virtxml.parse(MINIMAL, 3)  # type: ignore[call-overload]


def test_no_name_is_so_long_that_a_message_is() -> None:
    long = "a" * 100_000
    for text, kind in ((f"<{long}/>", None), (f"<{long}/>", "disk"), ("<disk/>", long), (f"<{long}/>", Domain)):
        with pytest.raises(ValueError, match=r".") as error:
            virtxml.parse(text, kind)
        assert len(str(error.value)) < 300
    with pytest.raises(ParseError) as found:
        Domain.from_xml(f"<{long}/>")
    assert len(str(found.value)) < 300
    assert all(len(one.message) + len(one.help) < 600 for one in validate(f"<{long}/>"))


def test_a_document_that_another_release_takes_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = MINIMAL.replace("</os>", "</os><devices><controller type='nvme'><serial>a</serial></controller></devices>")
    found = validate(text, libvirt="9.0.0")[0]
    assert "valid for libvirt 12.8.0, not for 9.0.0" in [one.message for one in found.related]
    (verdict,) = Validator(libvirt="9.0.0").validate_each(text)
    assert verdict.releases == ("12.8.0",)
    (verdict,) = Validator(libvirt="9.0.0").validate_each(text.replace("<os>", "<os typ='hvm'>"))
    assert verdict.releases == ()
    document = tmp_path / "vm.xml"
    document.write_text(text)
    assert main(["validate", "--libvirt", "9.0.0", str(document)]) == FINDINGS
    shown = capsys.readouterr()
    assert "= valid for libvirt 12.8.0, not for 9.0.0" in shown.out
    assert shown.err.endswith(" in 1 document, valid for other releases of libvirt\n")


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_whole_documents_stay_what_they_are(path: Path) -> None:
    document = virtxml.read(path)
    assert virtxml.parse_all(path.read_bytes()) == [document]
    assert virtxml.read(path, type(document)) == virtxml.read(path, document.xml_name) == document
    assert type(document).read(path) == type(document).read(str(path)) == document


def test_a_class_reads_its_element_from_a_file_and_nothing_else(tmp_path: Path) -> None:
    assert Disk.read(PARTS / "block-disk.xml") == virtxml.read(PARTS / "block-disk.xml")
    assert Domain.read(STATUS / "domstatus.xml") == virtxml.read(STATUS / "domstatus.xml")
    wide = tmp_path / "wide.xml"
    wide.write_bytes(MINIMAL.encode("utf-16"))
    assert Domain.read(wide) == Domain.from_xml(MINIMAL)
    with pytest.raises(ParseError, match=r"wide\.xml:1: <domain> is not <network>, the element of Network"):
        Network.read(wide)
    with pytest.raises(FileNotFoundError, match=r"none\.xml"):
        Domain.read(tmp_path / "none.xml")
