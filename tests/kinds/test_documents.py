"""Reading documents of any kind, and the names of the package."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import virtxml
from tests.corpus import class_of, root_classes
from tests.support import FIXTURES, ROOT, fixture_documents
from virtxml import Domain, GuestCPU, HostCPU, Node


@pytest.mark.parametrize("name", sorted(root_classes()))
def test_the_root_element_tells_the_kind(name: str) -> None:
    cls = root_classes()[name]
    inside = "<arch>x86_64</arch>" if name == "HostCPU" else ""
    source = f"<{cls.xml_name}>{inside}</{cls.xml_name}>"
    assert type(virtxml.parse(source)) is cls
    assert getattr(virtxml, name) is cls


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_is_read_as_its_text_is(path: Path) -> None:
    node = virtxml.read(path)
    assert type(node) is class_of(path.read_bytes())
    assert node == virtxml.read(str(path)) == virtxml.parse(path.read_bytes()) == virtxml.parse(path.read_text("utf-8"))


def test_there_is_a_document_of_ours_for_every_kind() -> None:
    assert {class_of(path.read_bytes()) for path in fixture_documents()} == set(root_classes().values())


def test_a_cpu_with_an_architecture_is_a_hosts() -> None:
    assert isinstance(virtxml.parse("<cpu><arch>x86_64</arch></cpu>"), HostCPU)
    assert isinstance(virtxml.parse("<cpu mode='host-model'/>"), GuestCPU)


@pytest.mark.parametrize(
    ("text", "cls", "message"),
    [
        ("<cpu><arhc>x86_64</arhc><model>a</model></cpu>", HostCPU, "unknown element <arhc>"),
        ("<cpu><model>a</model><microcode version='3'/></cpu>", HostCPU, "lacks the element <arch>"),
        ("<cpu arch='x86_64'><microcode version='3'/></cpu>", HostCPU, 'unknown attribute "arch" on <cpu>'),
        ("<cpu><arch>x86_64</arch><feature policy='require' name='vme'/></cpu>", HostCPU, 'attribute "policy"'),
        ("<cpu mode='custom'><arch>x86_64</arch></cpu>", HostCPU, 'attribute "mode" on <cpu>'),
        ("<cpu mode='custom' match='exact'><arch>x86_64</arch></cpu>", GuestCPU, "<arch> does not belong in <cpu>"),
        ("<cpu mode='custom'><modle>a</modle></cpu>", GuestCPU, "unknown element <modle>"),
    ],
)
def test_a_cpu_with_a_mistake_is_judged_as_what_knows_most_of_it(text: str, cls: type[Node], message: str) -> None:
    assert isinstance(virtxml.parse(text), cls)
    (found,) = virtxml.validate(text)
    assert message in found.message
    assert found.url.partition("#")[0] == cls.xml_page.partition("#")[0]


def test_every_public_name_is_there_and_listed() -> None:
    for name in virtxml.__all__:
        assert getattr(virtxml, name) is not None
        assert name in dir(virtxml)
    assert issubclass(virtxml.Domain, Node)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Domian'"):
        _ = virtxml.Domian


def test_importing_the_package_loads_no_classes_and_no_lxml() -> None:
    code = "import sys, virtxml; print(sorted(name for name in sys.modules if name.startswith(('lxml', 'virtxml.'))))"
    assert _output(code) == "[]\n"


def test_reading_a_domain_loads_no_dataclasses_and_no_other_kind() -> None:
    code = f"""
import sys, virtxml
virtxml.read({str(FIXTURES / "domain" / "database.xml")!r}).to_xml()
heavy = {{"dataclasses", "typing_extensions", "xsdata", "virtxml.schema.nodedev", "virtxml.schema.capabilities"}}
print(sorted(heavy & sys.modules.keys()))
"""
    assert _output(code) == "[]\n"


def test_building_writing_and_judging_a_document_needs_no_lxml() -> None:
    code = """
import sys
from virtxml.schema.network import Network
from virtxml.validation import is_valid
print(is_valid(Network(name="lab")), sorted({"lxml", "dataclasses", "inspect"} & sys.modules.keys()))
"""
    assert _output(code) == "True []\n"


def _output(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_a_domain_is_changed_through_its_fields() -> None:
    domain = Domain.from_xml("<domain><devices><disk><target dev='vda'/></disk></devices></domain>")
    assert domain.devices is not None
    assert domain.devices.disks[0].target is not None
    domain.devices.disks[0].target.dev = "vdb"
    assert "<target dev='vdb'/>" in domain.to_xml()


def test_a_large_document_leaves_the_garbage_collector_as_it_was() -> None:
    source = "<domain><devices>" + "<disk><target dev='vda'/></disk>" * 5_000 + "</devices></domain>"
    assert gc.isenabled()
    virtxml.parse(source)
    assert gc.isenabled()
    gc.disable()
    try:
        virtxml.parse(source)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_no_break_space_between_unknown_elements_is_text() -> None:
    source = "<domain><foo><a/>\u00a0<b/></foo></domain>"
    assert "<a/>\u00a0<b/>" in Domain.from_xml(source).to_xml()


def test_comments_are_kept_only_inside_metadata() -> None:
    inside = "<o:a xmlns:o='u'><!--4--></o:a>"
    source = f"<domain><name>x<!--1-->y</name><!--2--><metadata><!--3-->{inside}</metadata>z<!--5-->w</domain>"
    domain = Domain.from_xml(source)
    assert domain.name == "xy"
    assert domain.extra is not None
    assert domain.extra.content == [(2, "zw")]
    written = domain.to_xml()
    assert [number for number in "12345" if f"<!--{number}-->" in written] == ["3", "4"]


@pytest.mark.parametrize("wrong", [None, 5, ["<domain/>"], bytearray(b"<domain/>"), Domain, object()])
@pytest.mark.parametrize(
    "take", [virtxml.parse, virtxml.parse_all, Domain.from_xml, virtxml.validate, virtxml.is_valid, Node.to_xml]
)
def test_what_is_neither_text_nor_model_is_told_by_its_type(take: Callable[[Any], object], wrong: object) -> None:
    with pytest.raises(TypeError, match=rf"(str or bytes|or a model|classes are written), not {type(wrong).__name__}$"):
        take(wrong)


def test_a_kind_of_a_wrong_type_is_told() -> None:
    for take in (virtxml.parse, virtxml.validate):
        with pytest.raises(TypeError, match=r"a kind is text, such as devices/disk, .*not int"):
            take("<domain/>", kind=5)  # type: ignore[operator]
    with pytest.raises(TypeError, match=r"a kind is text, .*or a class of elements, not int"):
        virtxml.parse("<domain/>", int)  # type: ignore[type-var]


def test_a_number_is_no_path() -> None:
    with pytest.raises(TypeError, match="PathLike"):
        virtxml.read(0)  # type: ignore[call-overload]
