"""Builders that go on from guests that are there: they add what is asked for, and all else stays."""

from __future__ import annotations

from pathlib import Path

import pytest

import virtxml
from tests.support import FIXTURES
from virtxml import Document, Domain, builders, validate
from virtxml.builders import BuildError

from .test_growth import FEW, MANY, lines_of

GUESTS = sorted((FIXTURES / "domain").glob("*.xml"))
OURS = [path for path in GUESTS if "type='kvm'" in path.read_text() or "type='qemu'" in path.read_text()]
WRITTEN = """<?xml version="1.0" encoding="UTF-8"?>
<!-- kept in git -->
<domain type="kvm" xmlns:v="urn:v" v:of="us">
    <name>web</name>  <!-- the first one -->

    <memory unit="GiB">4</memory>
    <os><type arch="x86_64" machine="q35">hvm</type></os>
    <devices>
        <!-- the system -->
        <disk type="file"
              device="disk">
            <source file="/srv/web.img"/>
            <target dev="vda" bus="virtio"/>
            <address type="pci" domain="0" bus="4" slot="0" function="0"/>
        </disk>
        <disk type="file" device="disk">
            <source file="/srv/data.img"/>
            <target dev="vdc"/>
            <v:note/>
        </disk>
    </devices>
</domain>
"""


def new_lines(document: Document[Domain]) -> list[str]:
    """Return the lines that are new in a document of which no other line changes."""
    lines = [line for line in document.diff(context=0).splitlines() if line[:3] not in ("---", "+++", "@@ ")]
    assert all(line[0] == "+" for line in lines)
    return [line[1:] for line in lines]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_without_steps_nothing_changes(path: Path) -> None:
    document = Document.read(path, Domain)
    assert builders.domain(document.model).build() is document.model
    assert document.diff() == ""


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_what_was_there_stays(path: Path) -> None:
    document = Document.read(path, Domain)
    before = document.model.devices
    there = [] if before is None else [*before.disks, *before.interfaces, *before.controllers]
    builders.domain(document.model).disk("/srv/new.qcow2").network("default").channel("org.example.new").build()
    after = document.model.devices
    assert after is not None
    assert before is None or after is before
    left = {id(one) for one in (*after.disks, *after.interfaces, *after.controllers)}
    assert all(id(one) in left for one in there)
    assert validate(document.to_text()) == []
    text = document.to_text()
    new = document.diff(context=0)
    if before is not None:
        for line in new_lines(document):
            text = text.replace(f"{line}\n", "", 1)
        assert sorted(text.splitlines()) == sorted(path.read_text().splitlines())
    assert "/srv/new.qcow2" in new


def test_the_next_name_that_is_free_is_given_and_only_new_lines_are_written() -> None:
    document = Document.parse(WRITTEN, Domain)
    builders.domain(document.model).disk("/srv/b.img").disk("/srv/d.img").build()
    assert new_lines(document) == [
        '        <disk type="file" device="disk">',
        '            <driver name="qemu" type="raw"/>',
        '            <source file="/srv/b.img"/>',
        '            <target dev="vdb" bus="virtio"/>',
        "        </disk>",
        '        <disk type="file" device="disk">',
        '            <driver name="qemu" type="raw"/>',
        '            <source file="/srv/d.img"/>',
        '            <target dev="vdd" bus="virtio"/>',
        "        </disk>",
    ]


def test_a_device_brings_what_it_needs_unless_that_is_there() -> None:
    document = Document.parse(WRITTEN, Domain)
    builder = builders.domain(document.model)
    builder.disk("/srv/b.img", bus="scsi").build()
    controller = '        <controller type="scsi" model="virtio-scsi"/>'
    assert controller in new_lines(document)
    builder.disk("/srv/c.img", bus="scsi").build()
    lines = new_lines(document)
    assert [line.strip() for line in lines if "target dev" in line] == [
        '<target dev="sda" bus="scsi"/>',
        '<target dev="sdb" bus="scsi"/>',
    ]
    assert lines.count(controller) == 1


def test_other_steps_change_what_they_say_and_nothing_else() -> None:
    document = Document.parse(WRITTEN, Domain)
    builders.domain(document.model).title("Web").vcpus(4).build()
    assert new_lines(document) == ["    <title>Web</title>", "    <vcpu>4</vcpu>"]
    builders.domain(document.model).memory("8 GiB").build()
    assert document.model.memory is not None
    assert document.model.memory.bytes == 8 << 30


def test_it_goes_with_editing_a_file(tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text(WRITTEN)
    with virtxml.edit(path, Domain) as domain:
        builders.domain(domain).cdrom("/iso/debian.iso").build()
    text = path.read_text()
    start, _, rest = text.partition('        <disk type="file" device="cdrom">\n')
    added, _, end = rest.partition("        </disk>\n")
    assert start + end == WRITTEN
    assert '<target dev="sda" bus="sata"/>' in added


def test_what_cannot_work_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text(WRITTEN)

    def edit() -> None:
        with virtxml.edit(path, Domain) as domain:
            builders.domain(domain).disk("/srv/x.img").disk("/srv/y.img", target="vda").build()

    with pytest.raises(BuildError, match="vda"):
        edit()
    assert path.read_text() == WRITTEN


def test_what_is_wrong_already_is_no_obstacle() -> None:
    twice = WRITTEN.replace("vdc", "vda")
    document = Document.parse(twice, Domain)
    builders.domain(document.model).network("default").build()
    assert new_lines(document)[0] == '        <interface type="network">'
    with pytest.raises(BuildError, match="vda"):
        builders.domain(document.model).disk("/srv/x.img", target="vda")


def test_guests_of_other_hypervisors_are_refused() -> None:
    with pytest.raises(BuildError, match="kvm, qemu and test, not 'lxc'"):
        builders.domain(Domain(type="lxc", name="a"))


def guest(disks: int) -> Domain:
    model = builders.domain("web01").memory("4 GiB").build()
    assert model.devices is not None
    disk = builders.domain("a").disk("/srv/x.img").build().to_xml()
    start, end = disk.index("    <disk"), disk.index("</disk>") + 8
    some = "".join(disk[start:end].replace("x.img", f"{n}.img").replace("vda", f"vd{n}") for n in range(disks))
    return Domain.from_xml(model.to_xml().replace("<devices>", f"<devices>\n{some}"))


def test_a_step_costs_the_same_behind_many_devices_that_are_there() -> None:
    few, many = (builders.domain(guest(count)) for count in (FEW, MANY))
    for builder in (few, many):
        builder.network("default")
    behind_few = lines_of(lambda: few.network("default"))
    assert lines_of(lambda: many.network("default")) < 1.05 * behind_few


def test_a_thousand_disks_take_ten_times_as_long_as_a_hundred() -> None:
    def work(count: int) -> int:
        document = Document.parse(guest(count).to_xml(), Domain)

        def add() -> None:
            builders.domain(document.model).network("default").network("default").build()
            document.to_text()

        return lines_of(add)

    work(10)
    assert work(1000) < 12 * work(100)
