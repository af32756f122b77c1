"""What paths lead to in models, and what becomes of these when it is set or taken away."""

from __future__ import annotations

import copy
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.support import fixture_documents
from virtxml import Document, Domain, Node, NWFilter, parse
from virtxml.editing.paths import PathError, get, set_, unset
from virtxml.schema.domain import PciAddress, UsbAddress

DOMAIN = """<domain type='kvm'>
  <name>web</name>
  <memory unit='GiB'>4</memory>
  <os>
    <type arch='x86_64'>hvm</type>
    <initarg>a</initarg>
    <initarg>b</initarg>
    <initarg>a</initarg>
  </os>
  <features>
    <acpi/>
  </features>
  <devices>
    <disk type='file' device='disk'>
      <source file='/srv/a]b.img'/>
      <target dev='vda'/>
    </disk>
    <disk type='file' device='cdrom'>
      <target dev='sda'/>
    </disk>
    <disk type='block' device='disk'>
      <target dev='vdb'/>
      <address type='pci' slot='0x05'/>
    </disk>
    <graphics type='vnc' passwd='hunter2'/>
  </devices>
</domain>
"""


def domain() -> Domain:
    return Domain.from_xml(DOMAIN)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("@type", ["kvm"]),
        ("name", ["web"]),
        ("/domain/name", ["web"]),
        ("memory", ["4"]),
        ("memory/@unit", ["GiB"]),
        ("os/type", ["hvm"]),
        ("os/initarg[2]", ["b"]),
        ("os/initarg[-1]", ["a"]),
        ("os/initarg[*]", ["a", "b", "a"]),
        ("os/initarg[b]", ["b"]),
        ("os/initarg[.=b]", ["b"]),
        ("features/acpi", ["<acpi/>"]),
        ("devices/disk[2]/target/@dev", ["sda"]),
        ("devices/disk[target.dev=vdb]/@type", ["block"]),
        ("devices/disk[@device=disk][2]/target/@dev", ["vdb"]),
        ("devices/disk[device=disk][-1]/target/@dev", ["vdb"]),
        ("devices/disk[source.file='/srv/a]b.img']/target/@dev", ["vda"]),
        ("devices/disk[*]/target/@dev", ["vda", "sda", "vdb"]),
        ("devices/disk[*]/address/@slot", ["0x05"]),
        ("devices/disk[2]/target", ["<target dev='sda'/>"]),
        ("devices/graphics/@passwd", ["hunter2"]),
    ],
)
def test_a_path_leads_to_what_is_there(path: str, found: list[str]) -> None:
    assert get(domain(), path) == found


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("devices/dsk", "devices: <devices> has no element 'dsk': did you mean 'disk'?"),
        ("devices/disk[1]/@typ", "devices/disk[1]: <disk> has no attribute 'typ': did you mean '@type'?"),
        ("devices/disk[1]/target/dev", "devices/disk[1]/target: <target> has no element 'dev': did you mean '@dev'?"),
        ("devices/@disk", "devices: <devices> has no attribute 'disk': did you mean 'disk'?"),
        (
            "devices/disk[targt.dev=vda]",
            "devices/disk[targt.dev=vda]: <disk> has no element 'targt': did you mean 'target'?",
        ),
        ("devices/disk", "devices/disk: there are 3; [1] to [3] or [NAME=VALUE] tells which, and [*] means all"),
        ("devices/disk[target.dev=vdq]", "devices/disk[target.dev=vdq]: nothing is there"),
        ("devices/disk[4]", "devices/disk[4]: nothing is there"),
        ("devices/graphics[passwd=x]/@port", "devices/graphics[passwd=…]/@port: nothing is there"),
        ("name/@x", "name: <name> has no elements and attributes"),
        ("/network/name", "/network/name: the root element is <domain>"),
        ("devices/disk[1", "devices/disk: what follows is no part of a path"),
        ("devices//disk", "devices/: the name of an element or @ATTRIBUTE is missing, or a bracket or quotation mark"),
    ],
)
def test_a_path_that_leads_nowhere_says_why(path: str, said: str) -> None:
    with pytest.raises(PathError) as caught:
        get(domain(), path)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        ("name", "db & co", ["  <name>db &amp; co</name>"]),
        ("memory", "8", ["  <memory unit='GiB'>8</memory>"]),
        ("memory/@unit", "MiB", ["  <memory unit='MiB'>4</memory>"]),
        ("title", "x", ["  <title>x</title>"]),
        ("features/pae", None, ["    <pae/>"]),
        ("features/hyperv/relaxed/@state", "on", ["    <hyperv>", "      <relaxed state='on'/>", "    </hyperv>"]),
        ("os/initarg[2]", "c", ["    <initarg>c</initarg>"]),
        ("os/initarg[+]", "c", ["    <initarg>c</initarg>"]),
        ("os/boot[+]/@dev", "hd", ["    <boot dev='hd'/>"]),
        ("devices/disk[target.dev=vda]/driver/@cache", "none", ["      <driver cache='none'/>"]),
        ("devices/disk[*]/target/@dev", "vda", ["      <target dev='vda'/>", "      <target dev='vda'/>"]),
        ("devices/disk[1]/address/@type", "pci", ["      <address type='pci'/>"]),
    ],
)
def test_only_what_is_set_changes(path: str, value: str | None, lines: list[str]) -> None:
    document = Document.parse(DOMAIN, Domain)
    set_(document.model, path, value)
    new = [line[1:] for line in document.diff().splitlines() if line[0] == "+" and not line.startswith("+++")]
    assert new == lines
    last = path.replace("[+]", "[-1]")
    assert value is None or set(get(document.model, last)) == {value}


def test_objects_that_are_there_stay() -> None:
    model = domain()
    assert model.devices is not None
    first = model.devices.disks[0]
    set_(model, "devices/disk[1]/target/@bus", "virtio")
    assert model.devices.disks[0] is first
    assert first.target is not None
    assert first.target.bus == "virtio"


def test_another_kind_of_an_element_keeps_what_both_have() -> None:
    model = domain()
    assert model.devices is not None
    disk = model.devices.disks[2]
    assert isinstance(disk.address, PciAddress)
    set_(model, "devices/disk[3]/address/@bus", "0x01")
    set_(model, "devices/disk[3]/address/@type", "usb")
    assert isinstance(disk.address, UsbAddress)
    assert "<address type='usb' bus='0x01'/>" in model.to_xml()


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("devices/disk[1]/@device", "dsk", "none of its values, floppy, disk, cdrom, lun; did you mean 'disk'?"),
        ("devices/disk[1]/driver/@iommu", "yes", "none of its values, on, off"),
        ("devices/disk[1]/address/@slot", "1", "@type comes first and tells what it is: pci, "),
        ("devices/disk[1]/address/@type", "pic", "none of its values, pci, "),
        ("devices/disk[target.dev=vdq]/@type", "file", "nothing is there"),
        ("devices/sound/@model", "ich9", "there is none; sound[+] adds one"),
        ("devices/disk/@type", "file", "there are 3"),
        ("name[+]", "x", "[+] stands alone, where several may be; it is there once at most"),
        ("features/acpi", "yes", "has no value"),
        ("devices/disk[1]/target", "x", "<target> has no text; its attributes are @dev, @bus"),
        ("devices/disk[1]/driver/@cahce", "none", "<driver> has no attribute 'cahce'"),
        ("metadata", "x", "paths do not make <metadata>"),
        ("name", None, ""),
        ("@type", None, "an attribute needs a value"),
    ],
)
def test_what_is_refused_changes_nothing(path: str, value: str | None, said: str) -> None:
    model = domain()
    if said:
        with pytest.raises(PathError) as caught:
            set_(model, path, value)
        assert said in str(caught.value)
    else:
        set_(model, path, value)
    assert model.to_xml() == DOMAIN


def test_words_that_the_schema_does_not_have_are_set_by_force() -> None:
    model = domain()
    set_(model, "devices/disk[1]/@device", "tape", force=True)
    assert get(model, "devices/disk[1]/@device") == ["tape"]


@pytest.mark.parametrize(
    "path", ["devices/graphics/@passwd/x", "devices/graphics/@type", "devices/graphics/@paswd", "name/@x", "@type"]
)
def test_no_value_is_in_a_message(path: str) -> None:
    with pytest.raises(PathError) as caught:
        set_(domain(), path, "hunter3")
    assert "hunter" not in str(caught.value)


@pytest.mark.parametrize(
    ("path", "count", "gone"),
    [
        ("memory/@unit", 1, " unit='GiB'"),
        ("features/acpi", 1, "    <acpi/>\n"),
        ("os/initarg[3]", 1, "    <initarg>a</initarg>\n"),
        ("devices/disk[2]", 1, "    <disk type='file' device='cdrom'>\n      <target dev='sda'/>\n    </disk>\n"),
        ("devices/disk[3]/address", 1, "      <address type='pci' slot='0x05'/>\n"),
        ("devices/disk[*]/address/@slot", 1, " slot='0x05'"),
        ("devices/watchdog", 0, ""),
        ("devices/disk[1]/driver/@cache", 0, ""),
    ],
)
def test_what_is_taken_away_is_gone(path: str, count: int, gone: str) -> None:
    document = Document.parse(DOMAIN, Domain)
    assert unset(document.model, path) == count
    text = document.to_text()
    if "initarg" in path:
        assert get(document.model, "os/initarg[*]") == ["a", "b"]
    elif "acpi" not in path:
        assert text == DOMAIN.replace(gone, "")
    assert gone == "" or len(text) < len(DOMAIN)


def test_what_tells_the_kind_of_an_element_is_not_taken_away_alone() -> None:
    with pytest.raises(PathError, match="which kind of <address>"):
        unset(domain(), "devices/disk[3]/address/@type")


def test_elements_of_one_list_are_told_apart_by_their_names() -> None:
    model = NWFilter.from_xml(
        "<filter name='f'><rule action='drop'/><filterref filter='a'/><rule action='accept'/></filter>"
    )
    assert get(model, "rule[2]/@action") == ["accept"]
    set_(model, "filterref[+]/@filter", "b")
    assert get(model, "filterref[*]/@filter") == ["a", "b"]


def _paths(root: Any) -> list[tuple[str, str]]:
    """Return the path of each attribute of a document as lxml tells it, with its value."""
    found = []
    for element in root.iter(etree.Element):
        way = [element, *element.iterancestors()][-2::-1]
        names = [f"{one.tag}[{sum(1 for _ in one.itersiblings(one.tag, preceding=True)) + 1}]" for one in way]
        if "{" in "".join(names) or any(one.tag in ("metadata", "cookie") for one in way):
            continue
        found += [("/".join([*names, f"@{name}"]), value) for name, value in element.items()]
    return found


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_attribute_of_our_documents_has_a_path(path: Path) -> None:
    text = path.read_text()
    model = parse(text)
    found = _paths(etree.fromstring(text.encode()))
    assert found
    for way, value in found:
        assert get(model, way) == [value]
        set_(model, way, value, force=True)
    assert model.to_xml() == text


def _tells_a_kind(model: Node, way: str, value: str) -> bool:
    """Tell whether an attribute tells which class an element has, and no class is that of a value."""
    with suppress(PathError):
        set_(copy.deepcopy(model), way, value, force=True)
        return False
    return way.endswith("/@type")


@given(st.sampled_from(fixture_documents()), st.data())
@settings(max_examples=60, deadline=None)
def test_an_attribute_that_is_set_is_all_that_changes(path: Path, data: st.DataObject) -> None:
    text = path.read_text()
    document = Document.parse(text)
    way, _ = data.draw(st.sampled_from(_paths(etree.fromstring(text.encode()))))
    value = data.draw(st.text("abc<&'\" ", max_size=5))
    if _tells_a_kind(document.model, way, value):
        return
    set_(document.model, way, value, force=True)
    expected: Any = etree.fromstring(text.encode())
    steps, _, name = way.rpartition("@")
    (element,) = expected.xpath(steps.rstrip("/") or ".")
    element.set(name, value)
    after = etree.fromstring(document.to_text().encode())
    assert etree.tostring(after, method="c14n") == etree.tostring(expected, method="c14n")
