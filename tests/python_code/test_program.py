"""Programs that build documents: they build equal ones, and people can read them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import virtxml
from tests.corpus import documents
from tests.python_code.running import check
from tests.strategies import RELAXED, all_classes, objects
from tests.support import ROOT, fixture_documents, requires_shared
from virtxml import AnyElement, Domain, Extra, Node, Secret
from virtxml.python_code import python_program
from virtxml.python_code.expressions import WIDTH
from virtxml.schema.domain import Devices, Disk, DiskBackingStore, DiskTarget, PciAddress


def expression(program: str) -> str:
    """Return a program without its head and its end."""
    return program[program.index(" = ") + 3 : program.index("\n\nprint(")]


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_our_documents_are_built_again(path: Path) -> None:
    program = check(virtxml.read(path))
    assert max(map(len, program.splitlines())) <= WIDTH


@requires_shared
def test_libvirts_documents_are_built_again(shared: Path) -> None:
    count = 0
    for path, source, cls in documents(shared / "corpus"):
        try:
            program = check(cls.from_xml(source))
        except AssertionError as error:
            raise AssertionError(str(path)) from error
        too_long = [line for line in program.splitlines() if len(line) > WIDTH]
        assert (path, too_long) == (path, [])
        count += 1
    assert count > 2000


def test_only_what_is_set_is_written() -> None:
    target = DiskTarget(dev="vda", bus="virtio")
    domain = Domain(name="web01", devices=Devices(disks=[Disk(target=target, readonly=True)]))
    assert python_program(domain) == (
        '"""Build <domain> with virtxml, and print its XML."""\n\n'
        "from virtxml import Domain\n"
        "from virtxml.schema.domain import Devices, Disk, DiskTarget\n\n"
        "domain = Domain(\n"
        '    name="web01",\n'
        '    devices=Devices(disks=[Disk(target=DiskTarget(dev="vda", bus="virtio"), readonly=True)]),\n'
        ")\n\n"
        'print(domain.to_xml(), end="")\n'
    )


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<address type='pci' bus='0x04'/>", 'PciAddress(bus=Int("0x04"))'),
        ("<address type='pci' bus='4'/>", "PciAddress(bus=4)"),
        ("<address type='pci' bus='four'/>", 'PciAddress(bus="four")'),
    ],
)
def test_numbers_keep_their_form(xml: str, code: str) -> None:
    assert expression(check(PciAddress.from_xml(xml))) == code


def test_a_discriminator_that_is_taken_away_stays_away() -> None:
    assert expression(check(PciAddress(type=None, bus=0))) == "PciAddress(type=None, bus=0)"


def test_classes_of_one_name_get_two() -> None:
    program = check(virtxml.read(fixture_documents("domainsnapshot")[0]))
    assert "    Disk as DomainDisk,\n" in program
    assert "from virtxml.schema.domainsnapshot import Disk, " in program


@pytest.mark.parametrize(
    "xml",
    [
        "<disk colour='red' type='file'><source file='/a'/><new/>text<v:t xmlns:v='urn:v' v:a='1'>x</v:t></disk>",
        "<disk type='file' colour='red' device='disk' zone='1'/>",
        "<disk type='file' xmlns:v='urn:v' v:z='2' v:a='1' b='0' device='disk'/>",
        '<disk><serial>it\'s "both" &amp; more\\n\n</serial></disk>',
    ],
)
def test_what_no_field_has_room_for_is_built_too(xml: str) -> None:
    check(Disk.from_xml(xml))


def test_the_order_of_unknown_attributes_is_only_set_where_it_counts() -> None:
    assert "order" not in check(Disk.from_xml("<disk colour='red' type='file'/>"))
    assert 'order=["type", "colour"]' in check(Disk.from_xml("<disk type='file' colour='red'/>"))


def test_metadata_keeps_comments_and_text_and_has_no_needless_white_space() -> None:
    plain = '<domain>\n  <metadata>\n    <a xmlns="urn:a">\n      <b/>\n    </a>\n  </metadata>\n</domain>\n'
    assert "\\n" not in check(Domain.from_xml(plain))
    mixed = "<domain><metadata><!-- why --><a> text <b/>\n</a></metadata></domain>"
    assert 'Comment(" why ")' in check(Domain.from_xml(mixed))


def test_documents_that_are_nested_deep_are_built_in_steps() -> None:
    store = DiskBackingStore()
    for _ in range(200):
        store = DiskBackingStore(type="file", backing_store=store)
    program = check(Disk(backing_store=store))
    assert max(map(len, program.splitlines())) <= WIDTH
    element = AnyElement("a")
    for _ in range(200):
        element = AnyElement("a", content=[element])
    check(Domain(metadata=AnyElement("metadata", content=[element])))


def test_long_texts_are_broken_between_words() -> None:
    program = check(Domain(description="The quick brown fox jumps over the lazy dog. " * 4, title="one\ntwo"))
    assert expression(program) == (
        "Domain(\n"
        '    title="one\\ntwo",\n'
        "    description=(\n"
        '        "The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog. "\n'
        '        "The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog. "\n'
        "    ),\n"
        ")"
    )


@RELAXED
@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=400))
def test_texts_of_all_kinds_are_built_again(text: str) -> None:
    text += "\U00011747" * (len(text) // 2)
    program = check(Domain(description=text, extra=Extra(attributes={"a": text})))
    assert max(map(len, program.splitlines())) <= WIDTH


@RELAXED
@given(st.sampled_from(all_classes()).flatmap(objects))
def test_objects_of_all_classes_are_built_again(node: Node) -> None:
    check(node)


def test_the_code_holds_secrets() -> None:
    assert 'passwd="s3same!"' in python_program(virtxml.read(ROOT / "examples" / "web01.xml"))


def test_an_object_is_not_changed() -> None:
    domain = virtxml.read(ROOT / "examples" / "web01.xml")
    assert isinstance(domain, Domain)
    assert domain.metadata is not None
    before = list(domain.metadata.content)
    python_program(domain)
    assert domain.metadata.content == before
    assert isinstance(domain.metadata.content[0], str)


def test_a_value_that_no_document_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="float is no value"):
        python_program(Secret(description=1.5))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"U\+0000"):
        python_program(Secret(description="\0"))


def test_programs_satisfy_type_checkers(tmp_path: Path) -> None:
    paths = [path for path in fixture_documents() if path.parent.name in ("domain", "network", "storagepool")]
    for number, path in enumerate(paths):
        (tmp_path / f"program_{number}.py").write_text(python_program(virtxml.read(path)))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("Success"), done.stdout
