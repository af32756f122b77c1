"""Bytes, line ends, references and sections: how a document is written besides its elements."""

from __future__ import annotations

from pathlib import Path

import pytest

from virtxml import Document, Domain, Network, Node, ParseError, parse


def renamed(source: str | bytes, cls: type[Domain] = Domain) -> Document[Domain]:
    document = Document.parse(source, cls)
    document.model.title = "Grün & <neu>"
    return document


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1"])
def test_the_encoding_stays(encoding: str) -> None:
    declared = "<?xml version='1.0' encoding='iso-8859-1'?>\n" if encoding == "latin-1" else ""
    text = f"{declared}<domain>\n  <name>Büro</name>\n  <memory>1</memory>\n</domain>\n"
    document = renamed(text.encode(encoding))
    new = text.replace("</name>\n", "</name>\n  <title>Grün &amp; &lt;neu&gt;</title>\n")
    assert document.to_text() == new
    assert document.to_bytes() == new.encode(encoding)
    assert Domain.from_xml(document.to_bytes()) == document.model


def test_what_an_encoding_lacks_is_written_as_a_reference() -> None:
    source = b"<?xml version='1.0' encoding='us-ascii'?><domain><name>a</name></domain>"
    document = Document.parse(source, Domain)
    document.model.name = "Ä 😀"
    assert document.to_bytes() == source.replace(b"a</name>", b"&#196; &#128512;</name>")
    assert Domain.from_xml(document.to_bytes()).name == "Ä 😀"


def test_line_ends_of_windows_stay() -> None:
    text = "<domain>\r\n\t<name>a</name>\r\n\t<description>one\r\ntwo</description>\r\n</domain>\r\n"
    document = Document.parse(text, Domain)
    assert document.model.description == "one\ntwo"
    document.model.description = "one\ntwo\nthree"
    document.model.title = "x"
    assert document.to_text() == text.replace("two", "two\r\nthree").replace(
        "</name>\r\n", "</name>\r\n\t<title>x</title>\r\n"
    )


def test_a_section_stays_a_section() -> None:
    text = "<domain><name>a</name><description><![CDATA[1 < 2]]></description></domain>"
    document = Document.parse(text, Domain)
    document.model.description = "2 > 1 & 0"
    assert document.to_text() == text.replace("1 < 2", "2 > 1 & 0")
    document.model.description = "]]>"
    assert Domain.from_xml(document.to_text()).description == "]]>"


def test_references_elsewhere_stay() -> None:
    text = "<domain><name>a&#x62;&quot;</name><title>&lt;&#60;</title></domain>"
    document = Document.parse(text, Domain)
    document.model.name = "c"
    assert document.to_text() == text.replace("a&#x62;&quot;", "c")


def test_a_document_on_one_line_stays_on_it() -> None:
    document = renamed("<domain type='kvm'><name>a</name><devices/></domain>")
    document.model.memory = Domain.from_xml("<domain><memory unit='GiB'>4</memory></domain>").memory
    assert document.to_text() == (
        "<domain type='kvm'><name>a</name><title>Grün &amp; &lt;neu&gt;</title>"
        "<memory unit='GiB'>4</memory><devices/></domain>"
    )


@pytest.mark.parametrize("around", ["domstatus", "hookData"])
def test_what_is_around_a_document_stays(around: str) -> None:
    name = "domain" if around == "domstatus" else "network"
    text = f"<{around} state='running'>\n  <!-- x -->\n  <{name}>\n    <name>a</name>\n  </{name}>\n</{around}>\n"
    kind: type[Domain | Network] = Domain if name == "domain" else Network
    document = Document.parse(text, kind)
    document.model.name = "b"
    assert document.to_text() == text.replace(">a<", ">b<")


def test_comments_around_the_root_can_be_changed() -> None:
    text = '<?xml version="1.0"?>\n<!-- one -->\n<network>\n  <name>a</name>\n</network>\n<!-- two -->\n'
    document = Document.parse(text, Network)
    assert document.model.extra is not None
    document.model.extra.before = "<!-- first -->\n"
    document.model.extra.after = ""
    assert document.to_text() == text.replace("one", "first").replace("<!-- two -->\n", "")


def test_another_model_in_the_place_of_the_one_that_was_read_leaves_comments() -> None:
    text = "<!-- one -->\n<network>\n  <!-- two -->\n  <name>a</name>\n</network>\n<!-- three -->\n"
    document = Document.parse(text, Network)
    document.model = Network(name="b")
    assert document.to_text() == text.replace(">a<", ">b<")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"<domain><name>\xff</name></domain>", "0xFF is not UTF-8"),
        (b"<?xml version='1.0' encoding='none-such'?><domain/>", "not known"),
        (b"<!DOCTYPE domain><domain/>", "document type declaration"),
        (b"<domain>", "<domain>"),
    ],
)
def test_what_cannot_be_read_is_refused(source: bytes, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        Document.parse(source, Domain)


def test_a_model_that_cannot_be_written_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<domain><name>a</name></domain>")
    document = Document.read(path, Domain)
    document.model.name = "\0"
    with pytest.raises(ValueError, match="XML cannot hold"):
        document.save()
    assert path.read_text() == "<domain><name>a</name></domain>"
    document.model.name = "b"
    document.save()
    assert path.read_text() == "<domain><name>b</name></domain>"


def test_a_document_without_a_file_is_saved_where_it_is_told(tmp_path: Path) -> None:
    document = Document.parse("<domain><name>a</name></domain>", Domain)
    with pytest.raises(ValueError, match="say where"):
        document.save()
    document.save(tmp_path / "new.xml")
    assert (tmp_path / "new.xml").read_text() == "<domain><name>a</name></domain>"
    document.model.name = "b"
    document.save()
    document.model.name = "a"
    document.save()
    assert (tmp_path / "new.xml").read_text() == "<domain><name>a</name></domain>"


def test_the_prefixes_of_a_text_are_used_for_what_is_new() -> None:
    uri = "http://libvirt.org/schemas/domain/qemu/1.0"
    text = f"<domain xmlns:q='{uri}'>\n  <name>a</name>\n</domain>\n"
    document = Document.parse(text, Domain)
    other = parse(f"<domain xmlns:qemu='{uri}'><qemu:commandline><qemu:arg value='-x'/></qemu:commandline></domain>")
    assert isinstance(other, Domain)
    document.model.qemu_commandline = other.qemu_commandline
    inside = "  <q:commandline>\n    <q:arg value='-x'/>\n  </q:commandline>\n"
    assert document.to_text() == text.replace("</name>\n", f"</name>\n{inside}")
    document.model.qemu_commandline = None
    assert document.to_text() == text


def test_a_prefix_that_nothing_needs_any_more_goes() -> None:
    uri = "http://libvirt.org/schemas/domain/qemu/1.0"
    text = f"<domain type='kvm' xmlns:qemu='{uri}'>\n  <name>a</name>\n  <qemu:commandline/>\n</domain>\n"
    document = Document.parse(text, Domain)
    document.model.qemu_commandline = None
    assert document.to_text() == "<domain type='kvm'>\n  <name>a</name>\n</domain>\n"


def test_any_class_has_documents() -> None:
    document: Document[Node] = Document.parse("<disk type='file'>\n  <target dev='vda'/>\n</disk>")
    assert document.to_text() == "<disk type='file'>\n  <target dev='vda'/>\n</disk>"
