"""What type checkers accept, and what they refuse."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.house.test_docs import PAGES, blocks_of
from tests.support import ROOT

ACCEPTED = """
import dataclasses
import pathlib
import virtxml
from virtxml import AnyElement, Domain, Network, ParseError
from virtxml.schema.domain import Devices, Disk, DiskSource, DiskTarget, PciAddress

disk = Disk(type="file", device="disk", source=DiskSource(file="/a"), target=DiskTarget(dev="vda", bus="virtio"))
domain = Domain(type="kvm", name="a", devices=Devices(disks=[disk]))
text: str = domain.to_xml()
other: Domain = Domain.from_xml(text)
fragment: Disk = Disk.from_xml("<disk/>")
replaced: Disk = dataclasses.replace(disk, type="block")
age: str = Disk.since("type")
if other.devices is not None:
    for found in other.devices.disks:
        address = found.address
        if isinstance(address, PciAddress):
            bus: int | None = address.bus
        elif isinstance(address, AnyElement):
            words: dict[str, str] = address.attributes
        match found:
            case Disk(type="file", target=DiskTarget(dev=str(dev))):
                print(dev.upper())
from_file: Domain = Domain.read("a.xml")
network: Network = Network.read(pathlib.Path("a.xml"))
part: Disk = Disk.read("disk.xml")
chosen: Network = virtxml.read("a.xml", Network)
parsed: Disk = virtxml.parse("<disk/>", Disk)
any_document = virtxml.read("a.xml")
if isinstance(any_document, Domain):
    name: str | None = any_document.name
try:
    virtxml.parse(b"")
except ParseError as error:
    line: int | None = error.line
"""

HEAD = """
from virtxml import Domain
from virtxml.schema.domain import Devices, Disk, DiskDriver, DiskTarget, PciAddress

domain = Domain(name="a", devices=Devices())
disk = Disk()
"""

REFUSED = {
    "a value outside a closed set": 'Disk(device="flopy")',
    "a field that is not there": "Disk(typo=1)",
    "an attribute that is not there": "domain.nme",
    "setting an attribute that is not there": "domain.nme = 'a'",
    "an argument by position": 'Disk("file")',
    "text where an object is wanted": "Disk(target='vda')",
    "another class": "Disk(target=DiskDriver())",
    "text where a number is wanted": "DiskDriver(queues='many')",
    "text where a switch is wanted": "DiskDriver(ioeventfd='on')",
    "a number where text is wanted": "Domain(name=1)",
    "one object where a list is wanted": "Devices(disks=Disk())",
    "a list of another class": "Devices(disks=[DiskTarget()])",
    "a variant's other type": "PciAddress(type='usb')",
    "setting a value outside a closed set": "disk.device = 'flopy'",
    "using what may be None": "domain.devices.disks",
    "a document that is no text": "Disk.from_xml(1)",
}


def write_programs(directory: Path, accepted: str, head: str, refused: Iterable[str]) -> Path:
    """Write all programs into one directory, so that each checker runs once."""
    (directory / "accepted.py").write_text(accepted)
    for index, statement in enumerate(refused):
        (directory / f"refused_{index}.py").write_text(f"{head}{statement}\n")
    return directory


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = write_programs(tmp_path_factory.mktemp("programs"), ACCEPTED, HEAD, REFUSED.values())
    for name, text in shown_programs().items():
        (directory / name).write_text(text)
    return directory


def shown_programs() -> dict[str, str]:
    """Return the programs of README.md and docs/ by names of files: the blocks of a page are one, on its lines."""
    found: dict[str, str] = {}
    for page in PAGES:
        lines: list[str] = []
        for block in blocks_of(page.read_text()):
            if block.language in ("python", "py"):
                lines += [""] * (block.line - 1 - len(lines))
                lines += block.text.splitlines()
        if lines:
            found[f"page_{page.stem.lower().replace('-', '_')}.py"] = "\n".join(lines) + "\n"
    return found


def _last_line(path: Path) -> int:
    return len(path.read_text().splitlines())


@cache
def _mypy(directory: Path) -> set[tuple[str, int]]:
    """Return file and line of each of mypy's errors."""
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-incremental",
        "--no-error-summary",
        "--python-version=3.10",
    ]
    files = [str(path) for path in sorted(directory.glob("*.py"))]
    done = subprocess.run([*command, *files], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found = re.findall(r"([a-z_0-9]+\.py):(\d+): error: ", done.stdout)
    return {(file, int(line)) for file, line in found}


@cache
def _pyright(directory: Path) -> set[tuple[str, int]]:
    """Return file and line of each of pyright's errors."""
    settings = {"extraPaths": [str(ROOT)], "pythonVersion": "3.10", "typeCheckingMode": "standard"}
    (directory / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(directory)]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found = json.loads(done.stdout)["generalDiagnostics"]
    return {(Path(one["file"]).name, one["range"]["start"]["line"] + 1) for one in found if one["severity"] == "error"}


def _installed(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(importlib.util.find_spec(name) is None, reason=f"{name} is not installed")


CHECKERS = [
    pytest.param(_mypy, marks=_installed("mypy"), id="mypy"),
    pytest.param(_pyright, marks=_installed("pyright"), id="pyright"),
]
slow = pytest.mark.slow


@slow
@pytest.mark.parametrize("checker", CHECKERS)
def test_right_programs_are_accepted(checker: object, programs: Path) -> None:
    assert callable(checker)
    assert not {line for file, line in checker(programs) if file == "accepted.py"}


@slow
@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("index", range(len(REFUSED)), ids=list(REFUSED))
def test_wrong_programs_are_refused_at_the_line_that_is_wrong(index: int, checker: object, programs: Path) -> None:
    assert callable(checker)
    name = f"refused_{index}.py"
    assert {line for file, line in checker(programs) if file == name} == {_last_line(programs / name)}


@slow
@pytest.mark.parametrize("checker", CHECKERS)
def test_what_the_pages_show_is_accepted(checker: object, programs: Path) -> None:
    assert callable(checker)
    assert len(shown_programs()) > 10
    assert not {(file, line) for file, line in checker(programs) if file.startswith("page_")}
