"""`virtxml.validate` and what is around it: which schemas judge what, and what callers get."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

import virtxml
from tests.corpus import root_classes
from tests.support import FIXTURES, fixture_documents, requires_shared
from virtxml import AnyElement, Domain, Extra, ParseError, ValidationError, VirtXMLError, validate
from virtxml.catalogue import DOCUMENTS
from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main
from virtxml.diagnostics.report import FORMATS
from virtxml.releases.grammars import RELEASES, schema_files
from virtxml.schema.domain import Disk, DiskDriver, DiskSource, DiskTarget
from virtxml.validation import Validator, is_valid, require_valid

DOMAIN = (FIXTURES / "domain" / "minimal.xml").read_text()
BROKEN = DOMAIN.replace("<name>tiny</name>", "<nmae>tiny</nmae>")
RNG = "xmlns='http://relaxng.org/ns/structure/1.0' datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'"


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_our_documents_are_valid_as_text_bytes_and_models(path: Path) -> None:
    assert validate(path.read_text()) == []
    assert validate(path.read_bytes()) == []
    assert validate(virtxml.read(path)) == []
    assert virtxml.read(path).validate() == []


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_verdict_on_models_is_that_on_their_text(path: Path) -> None:
    model = virtxml.read(path)
    assert is_valid(model)
    model.extra = Extra({"surplus": "1"})
    assert not is_valid(model)


def test_a_model_that_is_no_xml_is_a_parse_error() -> None:
    with pytest.raises(ParseError, match='the prefix "a" is not declared'):
        is_valid(Domain(metadata=AnyElement("metadata", content=[AnyElement("a:b")])))


@pytest.mark.parametrize("release", RELEASES)
def test_what_may_come_once_or_more_and_may_be_empty_may_be_missing(release: str) -> None:
    assert is_valid("<pool type='logical'><source/><target/></pool>", libvirt=release)


@requires_shared
def test_our_documents_are_valid_for_libxml2(shared: Path) -> None:
    files = schema_files(shared / "schemas" / "12.8.0")
    for path in fixture_documents():
        root = etree.parse(path).getroot()
        etree.RelaxNG(etree.parse(files[root.tag])).assertValid(root)


def test_a_mistake_in_text_has_a_place_and_one_in_a_model_a_path() -> None:
    (found,) = validate(BROKEN)
    assert (found.code, found.line, found.column, found.end_column) == ("VX101", 2, 4, 8)
    (found,) = validate(Domain.from_xml(BROKEN))
    assert (found.code, found.line, found.column, found.end_line, found.end_column) == ("VX101", None, None, None, None)
    assert found.path == "/domain/nmae"


def test_models_of_fragments_are_judged_as_what_they_are() -> None:
    disk = Disk(type="file", device="disk", source=DiskSource(file="/a"), target=DiskTarget(dev="vda"))
    assert disk.validate() == []
    disk.driver = DiskDriver(type="qcow3")
    (found,) = disk.validate()
    assert (found.path, found.suggestions[0]) == ("/disk/driver/@type", "qcow2")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_empty_model_of_any_kind_can_be_validated(name: str) -> None:
    assert all(found.path.startswith(f"/{DOCUMENTS[name][1]}") for found in root_classes()[name]().validate())


def test_an_exception_holds_all_that_is_wrong_and_says_the_first_and_where() -> None:
    require_valid(DOMAIN)
    with pytest.raises(ValidationError, match=r"^line 2, column 4: unknown element <nmae> in <domain>$") as caught:
        require_valid(BROKEN)
    assert list(caught.value.diagnostics) == validate(BROKEN)
    with pytest.raises(ValueError, match=r"^/domain/nmae: unknown element"):
        require_valid(Domain.from_xml(BROKEN))
    with pytest.raises(ValidationError, match=r"\(and 1 more\)$"):
        require_valid(BROKEN.replace("<os>", "<os typ=''>"))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("disk", "<disk type='file'><source file='/a'/><target dev='vda'/></disk>"),
        ("devices/interface", "<interface type='network'><source network='default'/></interface>"),
        ("interface", "<interface type='bridge' name='br0'><bridge/></interface>"),
        ("interface/bridge", "<bridge stp='on'/>"),
        ("network/bridge", "<bridge name='virbr0'/>"),
        ("domain", DOMAIN),
    ],
)
def test_fragments_are_judged_by_their_kind(kind: str, text: str) -> None:
    assert validate(text, kind=kind) == []
    assert is_valid(text, kind=kind)
    assert validate(text.replace(" ", " nonsense='1' ", 1), kind=kind) != []


def test_a_fragment_of_another_kind_says_what_was_asked_for() -> None:
    (found,) = validate("<interface type='user'/>", kind="disk")
    assert (found.code, found.message) == ("VX002", "<interface> is no <disk>")


@pytest.mark.parametrize("call", [validate, is_valid, require_valid])
def test_releases_and_kinds_that_there_are_not_are_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=r'"yesterday".*4\.5\.0, .*, 12\.8\.0'):
        call(DOMAIN, libvirt="yesterday")
    with pytest.raises(ValueError, match='"dsk"'):
        call(DOMAIN, kind="dsk")


@pytest.mark.parametrize("release", RELEASES)
def test_each_release_judges_by_its_own_schemas(release: str) -> None:
    newer = DOMAIN.replace("</os>", "</os><devices><controller type='nvme'><serial>a</serial></controller></devices>")
    assert is_valid(newer, libvirt=release) == (release == "12.8.0")
    codes = {found.code for found in validate(newer, libvirt=release)}
    assert codes == (set() if release == "12.8.0" else {"VX107"})


def test_text_that_is_not_well_formed_is_a_finding_with_a_place_beside_all_others() -> None:
    other, slip = validate("<domain>\n  <name>web01</nme>\n</domain>")
    assert (slip.code, slip.line, slip.column, slip.message) == ("VX001", 2, 16, "</nme> does not close <name>")
    assert (other.code, other.line) == ("VX301", 1)
    assert [one.code for one in validate("")] == ["VX001"]
    with pytest.raises(virtxml.ParseError, match="<domain> is never closed"):
        is_valid("<domain>")


@pytest.mark.parametrize("content", ["<!-- c -->", "<?p i?>", "<a xmlns='urn:a'>x<!-- c -->y<b/></a>", "x<!-- c -->"])
def test_comments_in_metadata_are_no_mistakes(content: str) -> None:
    text = DOMAIN.replace("</os>", f"</os>\n<metadata>{content}</metadata>\n<x/>")
    (found,) = [one for one in validate(text) if one.code != "VX304"]
    assert (found.message, found.line) == ("unknown element <x> in <domain>", 8)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_columns_count_characters_in_every_encoding(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f"<?xml version='1.0' encoding='{declared}'?>\n<network>\n  <name>é</name><brdige/>\n</network>"
    (found,) = validate(text.encode(encoding))
    assert (found.code, found.line, found.column, found.end_column) == ("VX101", 3, 18, 24)


def test_a_secret_beside_a_mistake_is_not_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "vm.xml"
    devices = "<devices><graphics type='vnx' passwd='hunter2'/></devices>"
    document.write_text(DOMAIN.replace("</os>", f"</os>{devices}"))
    for form in FORMATS:
        assert main(["validate", "--format", form, str(document)]) == FINDINGS
        shown = capsys.readouterr().out
        assert "vnx" in shown
        assert "hunter2" not in shown


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    """Return a directory with a schema of our own in the place of that of networks."""
    content = "<element name='name'><text/></element><optional><attribute name='vendor'/></optional>"
    (tmp_path / "network.rng").write_text(
        f"<grammar {RNG}><start><element name='network'>{content}</element></start></grammar>"
    )
    return tmp_path


def test_schemas_of_a_directory_judge_instead(schemas: Path) -> None:
    validator = Validator(schemas=schemas)
    assert validator.libvirt is None
    assert validator.validate("<network vendor='x'><name>lab</name></network>") == []
    (found,) = validator.validate("<network><nmae>lab</nmae></network>")
    assert (found.code, found.suggestions) == ("VX101", ("name",))
    (found,) = validator.validate(DOMAIN)
    assert (found.code, found.expected) == ("VX002", ("network",))


def test_schemas_of_a_directory_are_looked_for_once(schemas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    validator = Validator(schemas=schemas)
    right, wrong = "<network><name>lab</name></network>", "<network><nmae>lab</nmae></network>"
    assert [len(validator.validate(text)) for text in (right, wrong)] == [0, 1]

    def fail(self: Path) -> bool:
        raise AssertionError(f"{self} was looked for")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "exists", fail)
        assert [len(validator.validate(text)) for text in (right, wrong)] == [0, 1]


def test_the_command_takes_schemas_of_a_directory(schemas: Path) -> None:
    document = schemas / "lab.xml"
    document.write_text("<network vendor='x'><name>lab</name></network>")
    assert main(["validate", "--schemas", str(schemas), str(document)]) == GOOD
    assert main(["validate", str(document)]) == FINDINGS


def test_a_schema_that_is_wrong_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "network.rng").write_text("<grammar>")
    (tmp_path / "lab.xml").write_text("<network/>")
    assert main(["validate", "--schemas", str(tmp_path), str(tmp_path / "lab.xml")]) == BAD_INPUT
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert "network.rng" in shown.err


@requires_shared
def test_libvirts_schemas_from_a_directory_say_what_those_of_the_package_say(shared: Path) -> None:
    validator = Validator(schemas=shared / "schemas" / "9.0.0")
    for text in (DOMAIN, BROKEN, DOMAIN.replace("<os>", "<os typ=''>"), DOMAIN.replace("64", "lots")):
        assert validator.validate(text) == validate(text, libvirt="9.0.0")


def test_schemas_that_are_not_there_or_wrong_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there are no schemas"):
        Validator(schemas=tmp_path)
    with pytest.raises(ValueError, match="not both"):
        Validator(schemas=tmp_path, libvirt="9.0.0")
    (tmp_path / "network.rng").write_text("<grammar")
    with pytest.raises(VirtXMLError, match=r"network\.rng"):
        Validator(schemas=tmp_path).validate("<network/>")
