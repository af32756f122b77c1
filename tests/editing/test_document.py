"""Documents that people wrote, and what becomes of their text when the model changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import virtxml
from virtxml import Document, Domain, GuestCPU, Node
from virtxml.editing.splices import Splices
from virtxml.schema.domain import Disk
from virtxml.source.edits import Edit

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = """<?xml version="1.0"?>
<!-- kept in git -->
<domain type="kvm">
    <name>web</name>  <!-- the first one -->

    <memory unit="GiB">4</memory>
    <features>
        <acpi/>
    </features>
    <devices>
        <!-- the system -->
        <disk type="file"
              device="disk">
            <source file="/srv/web.img"/>
            <target dev="vda"/>
        </disk>
        <disk type="file" device="disk">
            <source file="/srv/data.img"/>
            <target dev="vdb"/>
        </disk>
    </devices>
</domain>
"""


@pytest.fixture
def document() -> Document[Domain]:
    return Document.parse(WRITTEN, Domain)


def disks(document: Document[Domain]) -> list[Disk]:
    """Return the disks of a document."""
    assert document.model.devices is not None
    return document.model.devices.disks


def changed(document: Document[Domain]) -> list[str]:
    """Return the lines that are gone and those that are new."""
    return [line for line in document.diff(context=0).splitlines()[2:] if not line.startswith("@@")]


def test_what_nobody_changed_stays_as_it_is_written(document: Document[Domain]) -> None:
    assert document.to_text() == WRITTEN
    assert document.to_bytes() == WRITTEN.encode()
    assert not document.changes()
    assert not document.diff()


def test_a_value_is_written_where_it_stood(document: Document[Domain]) -> None:
    document.model.name = "db"
    assert changed(document) == [
        "-    <name>web</name>  <!-- the first one -->",
        "+    <name>db</name>  <!-- the first one -->",
    ]
    (change,) = document.changes()
    assert WRITTEN[change.start : change.end] == "web"
    assert change.text == "db"


def test_what_is_new_is_written_as_its_neighbours_are(document: Document[Domain]) -> None:
    disks(document).append(Disk.from_xml("<disk type='file'><target dev='vdc'/></disk>"))
    disks(document)[0].snapshot = "no"
    assert changed(document) == [
        '+              device="disk"',
        '-              device="disk">',
        '+              snapshot="no">',
        '+        <disk type="file">',
        '+            <target dev="vdc"/>',
        "+        </disk>",
    ] or changed(document) == [
        '-              device="disk">',
        '+              device="disk"',
        '+              snapshot="no">',
        '+        <disk type="file">',
        '+            <target dev="vdc"/>',
        "+        </disk>",
    ]


def test_the_comment_above_what_moves_goes_along_and_that_above_what_is_gone_stays(document: Document[Domain]) -> None:
    disks(document).reverse()
    text = document.to_text()
    assert text.index("data.img") < text.index("<!-- the system -->") < text.index("web.img")
    del disks(document)[1]
    assert "<!-- the system -->" in document.to_text()
    assert "web.img" not in document.to_text()
    document.drop_comments = True
    assert "<!-- the system -->" not in document.to_text()


def test_a_file_is_saved_at_the_end_of_a_block_unless_something_goes_wrong(tmp_path: Path) -> None:
    path = tmp_path / "web.xml"
    path.write_text(WRITTEN)
    with virtxml.edit(path, Domain) as domain:
        domain.title = "The shop"
    assert path.read_text() == WRITTEN.replace(
        "</name>  <!-- the first one -->\n", "</name>  <!-- the first one -->\n    <title>The shop</title>\n"
    )
    before = path.read_bytes()
    with (  # noqa: PT012 - it is the block that fails
        pytest.raises(ValueError, match="another one"),
        virtxml.edit(path, Domain) as domain,
    ):
        domain.title = "Another"
        raise ValueError("another one")
    assert path.read_bytes() == before


def test_a_file_that_somebody_else_has_changed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "web.xml"
    path.write_text(WRITTEN)
    document = Document.read(path, Domain)
    document.model.name = "db"
    path.write_text(WRITTEN.replace("GiB", "MiB"))
    with pytest.raises(OSError, match="changed meanwhile"):
        document.save()
    assert path.read_text() == WRITTEN.replace("GiB", "MiB")


def test_an_attribute_deep_in_what_no_class_knows_is_replaced_wherever_its_prefix_is_declared() -> None:
    inside = "<o:info xmlns:o='urn:o'>\n      <o:os id='1'/><!-- kept -->\n    </o:info>"
    text = f"<domain>\n  <metadata>\n    {inside}\n  </metadata>\n</domain>\n"
    document = Document.parse(text, Domain)
    assert document.model.metadata is not None
    document.model.metadata.children[0].children[0].attributes["id"] = "2"
    assert document.to_text() == text.replace("id='1'", "id='2'")


def test_an_element_that_no_class_knows_may_get_another_prefix() -> None:
    document = Document.parse("<cpu><a:x xmlns:a='urn:a'/></cpu>", GuestCPU)
    document.model = GuestCPU.from_xml("<cpu><b:x xmlns:b='urn:a'/></cpu>")
    assert document.to_text() == "<cpu><b:x xmlns:b='urn:a'/></cpu>"


def test_what_moves_may_be_written_anew_as_well() -> None:
    document = Document.parse("<cpu><a/><b:x xmlns:b='urn:b'/></cpu>", GuestCPU)
    document.model = GuestCPU.from_xml("<cpu><c:x xmlns:c='urn:b'/><a/></cpu>")
    assert GuestCPU.from_xml(document.to_text()) == document.model


def becomes(text: str, cls: type[Node], other: str) -> str:
    """Return what is written when a document becomes what another one says, which is the same."""
    document = Document.parse(text, cls)
    document.model = cls.from_xml(other)
    written = document.to_text()
    assert cls.from_xml(written) == document.model
    return written


def test_what_is_new_stands_on_its_side_of_what_no_class_knows() -> None:
    text = "<domain>\n    <devices>\n        <disk type='file'/>\n        <new/>\n    </devices>\n</domain>\n"
    document = Document.parse(text, Domain)
    disks(document).append(Disk(type="block"))
    document.model.name = "web"
    added = "        <new/>\n        <disk type='block'/>\n"
    expected = text.replace("        <new/>\n", added).replace("<domain>\n", "<domain>\n    <name>web</name>\n")
    assert document.to_text() == expected
    assert becomes("<cpu> <a> </a> <b/> </cpu>", GuestCPU, "<cpu><a> </a><b/><a/></cpu>") == (
        "<cpu> <a> </a> <b/><a/> </cpu>"
    )


def test_what_no_class_knows_keeps_its_order_under_two_prefixes_of_one_namespace() -> None:
    one, other = "xmlns:a='urn:a'", "xmlns:b='urn:a'"
    wanted = f"<cpu><b:x {other} y='1'/><a:x {one}><!-- of it --></a:x><b:x {other}/></cpu>"
    assert becomes(f"<cpu><a:x {one}/><a:x {one}/></cpu>", GuestCPU, wanted) == wanted


def test_what_is_declared_on_one_child_only_is_declared_for_another_as_well() -> None:
    uri = "xmlns:p='http://libvirt.org/schemas/domain/qemu/1.0'"
    own = uri.replace(":p=", ":qemu=")
    text, other = f"<domain><p:commandline {uri}/></domain>", f"<domain><p:capabilities {uri}/></domain>"
    assert becomes(text, Domain, other) == f"<domain><qemu:capabilities {own}/></domain>"
    # The prefix has another meaning there.
    taken = "<domain xmlns:qemu='urn:x'><qemu:x/></domain>"
    assert becomes(taken, Domain, other.replace("/></", "/><q:x xmlns:q='urn:x'/></")).count(own) == 1


def test_what_no_class_knows_declares_a_prefix_for_what_is_new_in_it() -> None:
    wanted = "<cpu><a xmlns:v='urn:v' v:x='1'><b v:x='2'/></a></cpu>"
    assert becomes("<cpu><a x='1'/></cpu>", GuestCPU, wanted) == wanted


def test_what_is_written_anew_declares_its_own_prefix_as_before() -> None:
    uri = "xmlns:p='http://libvirt.org/schemas/domain/qemu/1.0'"
    wanted = f"<domain><p:commandline {uri}>one<p:arg value='1'/>two</p:commandline></domain>"
    assert becomes(f"<domain><p:commandline {uri}>text</p:commandline></domain>", Domain, wanted) == wanted


def test_a_comment_in_another_place_is_another_thing_in_what_no_class_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    text, wanted = "<cpu><a/><a/></cpu>", "<cpu><a><!-- b --></a><a/></cpu>"
    wrong = text.replace("/></cpu>", "><!-- b --></a></cpu>")
    monkeypatch.setattr(Splices, "find", lambda *_: [Edit(0, len(text), wrong)])
    assert becomes(text, GuestCPU, wanted) == wanted
