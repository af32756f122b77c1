"""How much memory there is, where it comes from, and what is in NUMA cells."""

from __future__ import annotations

from functools import partial

import pytest

import virtxml
from tests.lint import guests
from virtxml.lint import Linter

found = partial(guests.found, codes="VX6")
CELL = "<cell id='0' cpus='0' memory='1' unit='GiB'/>"
MOST = "<maxMemory slots='2' unit='GiB'>8</maxMemory>"


def numa(*cells: str, more: str = "") -> str:
    """Return the CPU of a guest with NUMA cells."""
    return f"<cpu><numa>{''.join(cells)}{more}</numa></cpu>"


def dimm(node: str = "<node>0</node>", size: int = 1, address: str = "", model: str = "dimm") -> str:
    """Return a module of memory."""
    return f"<memory model='{model}'><target><size unit='GiB'>{size}</size>{node}</target>{address}</memory>"


def whole(inside: str) -> list[str]:
    """Return what is found in a guest of which all is said, but for how it boots."""
    os = "<os><type arch='x86_64' machine='q35'>hvm</type></os>"
    text = f"<domain type='kvm'><name>guest</name>{os}{inside}</domain>"
    return [rule.name for rule, _ in Linter().problems(virtxml.parse(text))]


@pytest.mark.parametrize(
    ("inside", "names"),
    [
        ("", ["memory-missing"]),
        ("<memory>0</memory>", ["memory-missing"]),
        (f"<memory>0</memory>{numa(CELL)}", []),
        (numa(CELL), []),
        ("<memory unit='GiB'>2</memory><currentMemory unit='GiB'>2</currentMemory>", []),
        (
            "<memory unit='GiB'>2</memory><currentMemory unit='bytes'>2147483649</currentMemory>",
            ["current-memory-above"],
        ),
        (f"<memory unit='GiB'>2</memory><currentMemory unit='GiB'>2</currentMemory>{numa(CELL)}", []),
        ("<memory unit='KiB'>9007199254739968</memory>", []),
        ("<memory unit='KiB'>9007199254739969</memory>", ["memory-too-large"]),
        ("<memory unit='chunks'>2</memory>", []),
    ],
)
def test_memory_is_said_once_or_by_cells(inside: str, names: list[str]) -> None:
    assert whole(inside) == names


@pytest.mark.parametrize(
    ("devices", "most", "names"),
    [
        (dimm(), MOST, []),
        (dimm(node=""), MOST, ["memory-device-node"]),
        (dimm(), "", ["memory-device-slots"]),
        (dimm(), "<maxMemory unit='GiB'>8</maxMemory>", []),
        (dimm() * 3, MOST, ["memory-device-slots"]),
        (dimm(address="<address type='dimm' slot='2'/>"), MOST, ["memory-device-slots"]),
        (dimm(size=8), MOST, ["max-memory"]),
        (dimm(node="", model="sgx-epc"), "", []),
    ],
)
def test_modules_have_a_slot_and_a_cell(devices: str, most: str, names: list[str]) -> None:
    assert found(devices, beside=most + numa(CELL)) == names


def test_power_and_mainframes_plug_memory_in_without_cells() -> None:
    assert found("", beside=MOST) == ["memory-hotplug-needs-numa"]
    assert found("", "pseries", beside=MOST) == []
    assert found("", "s390-ccw-virtio", beside=MOST) == []
    assert found("", "", beside=MOST) == []


def test_modules_are_not_at_the_addresses_of_others() -> None:
    address = "<address type='dimm' slot='{}' base='{:#x}'/>"
    first = dimm(address=address.format(0, 2**32))
    assert found(first + dimm(address=address.format(1, 2**32 + 2**30)), beside=MOST + numa(CELL)) == []
    inside = dimm(address=address.format(1, 2**32 + 2**29))
    assert found(first + inside, beside=MOST + numa(CELL)) == ["memory-device-overlap"]
    assert found(first + inside, beside=MOST + numa(CELL), libvirt="9.0.0") == []
    assert found(dimm() + dimm(), beside=MOST + numa(CELL)) == []


def nvdimm(inside: str, target: str = "", attributes: str = "") -> str:
    """Return an NVDIMM of 1 GiB."""
    size = "<size unit='GiB'>1</size><node>0</node>"
    return f"<memory model='nvdimm'{attributes}>{inside}<target>{size}{target}</target></memory>"


PATH = "<source><path>/nvdimm</path></source>"
UUID = "<uuid>49545eb3-75e1-2d0a-acdd-f0294406c99e</uuid>"


@pytest.mark.parametrize(
    ("device", "machine", "good"),
    [
        (nvdimm(PATH), "q35", True),
        (nvdimm(""), "q35", False),
        (nvdimm(PATH, attributes=" discard='yes'"), "q35", False),
        (nvdimm(UUID + PATH), "q35", False),
        (nvdimm(UUID + PATH, "<label><size>128</size></label>"), "pseries", True),
        (nvdimm(PATH), "pseries", False),
        (nvdimm(PATH, "<label><size unit='MiB'>800</size></label>"), "pseries", False),
        (nvdimm(PATH, "<label><size>127</size></label>"), "q35", False),
        (nvdimm(PATH, "<label><size unit='GiB'>1</size></label>"), "q35", False),
    ],
)
def test_nvdimms_keep_what_they_hold_in_a_file(device: str, machine: str, good: bool) -> None:
    assert found(device, machine, beside=MOST + numa(CELL)) == ([] if good else ["memory-device-settings"])


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ([CELL, "<cell cpus='1' memory='1'/>"], []),
        (["<cell id='1' cpus='1' memory='1'/>", CELL], []),
        ([CELL, "<cell id='1' cpus='1,^1' memory='1'/>"], []),
        ([CELL, "<cell id='1' cpus='2-1' memory='1'/>"], ["empty-bitmap"]),
        ([CELL, CELL.replace("cpus='0'", "cpus='1'")], ["numa-cells"]),
        ([CELL, "<cell id='1' cpus='4' memory='1'/>"], ["numa-cpus"]),
        ([CELL, "<cell id='1' cpus='0-3' memory='1'/>"], ["numa-cpus"]),
    ],
)
def test_cells_share_the_cpus_of_the_guest(cells: list[str], names: list[str]) -> None:
    assert found("", beside=f"<vcpu>4</vcpu>{numa(*cells)}") == names


@pytest.mark.parametrize(
    ("sibling", "good"),
    [
        ("id='0' value='10'", True),
        ("id='0' value='11'", False),
        ("id='1' value='11'", True),
        ("id='1' value='10'", False),
        ("id='1' value='255'", True),
        ("id='1' value='256'", False),
        ("id='2' value='20'", False),
    ],
)
def test_a_cell_is_ten_away_from_itself_and_further_from_others(sibling: str, good: bool) -> None:
    first = CELL.replace("/>", f"><distances><sibling {sibling}/></distances></cell>")
    cells = numa(first, "<cell id='1' memory='1'/>")
    assert found("", beside=cells) == ([] if good else ["numa-distance"])


@pytest.mark.parametrize(
    ("ways", "good"),
    [
        ("<latency initiator='0' target='1' type='access' value='5'/>", True),
        ("<latency initiator='1' target='0' type='access' value='5'/>", False),
        ("<latency initiator='0' target='0' cache='1' type='access' value='5'/>", False),
        ("<latency initiator='0' target='0' type='read' value='5'/>" * 2, False),
        (
            "<latency initiator='0' target='0' type='read' value='5'/>"
            "<bandwidth initiator='0' target='0' type='read' value='5'/>",
            True,
        ),
    ],
)
def test_ways_lead_from_cpus_to_memory(ways: str, good: bool) -> None:
    cells = numa(CELL, "<cell id='1' memory='1'/>", more=f"<interconnects>{ways}</interconnects>")
    assert found("", beside=cells) == ([] if good else ["numa-hmat"])


@pytest.mark.parametrize(
    ("tuning", "vcpu", "names"),
    [
        ("<memory mode='strict'/>", "", ["numatune-nodeset"]),
        ("<memory mode='strict'/>", " placement='auto'", []),
        (
            "<memory mode='strict' placement='auto'/><memnode cellid='0' mode='strict' nodeset='0'/>",
            "",
            ["numatune-memnode-cell"],
        ),
        ("<memnode cellid='0' mode='strict' nodeset='0'/>", " placement='auto'", ["numatune-memnode-cell"]),
        ("<memnode cellid='0' mode='strict' nodeset='0'/>", "", []),
        ("<memnode cellid='1' mode='strict' nodeset='0'/>", "", ["numatune-memnode-cell"]),
        ("<memnode cellid='0' mode='restrictive' nodeset='0'/>", "", []),
    ],
)
def test_nodes_of_the_host_are_given_or_chosen(tuning: str, vcpu: str, names: list[str]) -> None:
    assert found("", beside=f"<vcpu{vcpu}>1</vcpu><numatune>{tuning}</numatune>{numa(CELL)}") == names


def test_restrictive_cells_were_taken_once() -> None:
    tuning = "<memory mode='strict' nodeset='0'/><memnode cellid='0' mode='restrictive' nodeset='0'/>"
    beside = f"<numatune>{tuning}</numatune>{numa(CELL)}"
    assert found("", beside=beside) == ["numatune-restrictive-mixed"]
    assert found("", beside=beside, libvirt="9.0.0") == []


@pytest.mark.parametrize(
    ("pages", "cells", "names"),
    [
        ("<page size='2048' nodeset='0'/>", "", []),
        ("<page size='2048' nodeset='1'/>", "", ["hugepages-node"]),
        ("<page size='2048'/><page size='1048576' nodeset='0'/>", numa(CELL), []),
        ("<page size='2048'/><page size='1048576'/>", "", ["hugepages-node"]),
        ("<page size='4'/>", "", []),
        ("<page size='65536'/>", "", ["hugepages-size"]),
    ],
)
def test_pages_are_for_cells_that_are_there(pages: str, cells: str, names: list[str]) -> None:
    backing = f"<memoryBacking><hugepages>{pages}</hugepages></memoryBacking>"
    assert found("", beside=backing + cells) == names


VIRTIOFS = "<filesystem><driver type='virtiofs'/><source dir='/srv'/><target dir='srv'/></filesystem>"


@pytest.mark.parametrize(
    ("access", "cell", "good"),
    [
        ("", "", False),
        ("shared", "", True),
        ("private", "", False),
        ("", "shared", True),
        ("shared", "private", False),
        ("shared", "default", True),
        ("", "default", False),
    ],
)
def test_virtiofs_shares_all_memory(access: str, cell: str, good: bool) -> None:
    backing = f"<memoryBacking><access mode='{access}'/></memoryBacking>" if access else ""
    of_cell = f" memAccess='{cell}'" if cell in ("shared", "private") else ""
    cells = numa(CELL.replace("/>", f"{of_cell}/>")) if cell else ""
    assert found(VIRTIOFS, beside=backing + cells) == ([] if good else ["requires-shared-memory"])


def test_interfaces_served_by_programs_share_memory_since_newer_releases() -> None:
    interface = "<interface type='vhostuser'><source type='unix' path='/s' mode='client'/></interface>"
    assert found(interface) == ["requires-shared-memory"]
    assert found(interface, libvirt="9.0.0") == []
