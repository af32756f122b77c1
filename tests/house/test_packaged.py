"""virtxml works from where there are no files: a zip on the path, a zipapp, a loader that knows only resources."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipapp
import zipfile
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

import virtxml
from tests.support import ROOT
from virtxml import packaged
from virtxml.diagnostics.codes import CODES

PACKAGE = Path(virtxml.__file__).parent
UNTIDY = "<network><name>lab</name><forward mode='nta'/></network>"


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the wheel, which is a zip, the source distribution, and the wheel that is built from that."""
    place = tmp_path_factory.mktemp("dist")
    build(ROOT, place, "wheel", "sdist")
    (wheel,), (source,) = place.glob("*.whl"), place.glob("*.tar.gz")
    with tarfile.open(source) as packed:
        packed.extractall(place, filter="data")
    build(place / source.name.removesuffix(".tar.gz"), place / "again", "wheel")
    (again,) = (place / "again").glob("*.whl")
    return {"wheel": wheel, "source": source, "again": again}


def build(project: Path, target: Path, *kinds: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(target)]
    options = [option for kind in kinds for option in ("--target", kind)]
    subprocess.run([*command, *options], cwd=project, check=True, capture_output=True)


@pytest.fixture
def archive(archives: dict[str, Path]) -> Path:
    """Return a zip with the package in it."""
    return archives["wheel"]


def run(*command: str | Path, path: Path | None = None, source: str = "") -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    if path:
        environment["PYTHONPATH"] = str(path)
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=path.parent if path else ROOT.parent,
        env=environment,
        input=source,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_package_is_loaded_from_the_zip(archive: Path) -> None:
    done = run("-c", "import virtxml; print(virtxml.__file__)", path=archive)
    assert done.stdout.startswith(str(archive))


COMMANDS = [
    (["validate", "-"], 1, 'did you mean "nat"?'),
    (["validate", "--libvirt", "7.0.0", "-"], 1, 'did you mean "nat"?'),
    (["format", "-"], 0, "  <forward mode='nta'/>\n"),
    (["python", "-"], 0, "Network("),
    (["install", "--osinfo", "list"], 0, "fedora41"),
    (["install", "--osinfo", "debian12", "--name", "a", "--disk", "none", "--import", "--print-xml"], 0, "debian/12"),
    (["install", "--help"], 0, "--osinfo"),
    (["explain", "VX302"], 0, "# VX302: missing child element\n"),
]


@pytest.mark.parametrize(("arguments", "status", "shown"), COMMANDS)
def test_commands_work_from_a_zip(arguments: list[str], status: int, shown: str, archive: Path) -> None:
    done = run("-m", "virtxml", *arguments, path=archive, source=UNTIDY)
    assert (done.returncode, shown in done.stdout) == (status, True), done.stderr


def test_the_command_works_as_a_zipapp(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "app")
    zipapp.create_archive(tmp_path / "app", tmp_path / "virtxml.pyz", main="virtxml.cli:program")
    done = run(tmp_path / "virtxml.pyz", "validate", "-", source=UNTIDY)
    assert 'did you mean "nat"?' in done.stdout


def test_loaders_that_know_only_resources_are_asked_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "schema/grammars/12.8.0.json"
    usual = packaged.read_packaged(name)
    monkeypatch.setattr(packaged, "__spec__", ModuleSpec("virtxml.packaged", None))
    assert packaged.read_packaged(name) == usual
    with pytest.raises(OSError, match="no-such"):
        packaged.read_packaged("no-such.json")


def test_packages_have_the_pages_of_diagnostics_also_if_they_are_built_from_a_source_distribution(
    archives: dict[str, Path],
) -> None:
    names = {key: set(zipfile.ZipFile(archives[key]).namelist()) for key in ("wheel", "again")}
    assert {f"virtxml/diagnostics/pages/{code}.md" for code in CODES} <= names["wheel"]
    assert names["again"] == names["wheel"]


def test_the_description_has_links_that_lead_somewhere(archives: dict[str, Path]) -> None:
    with zipfile.ZipFile(archives["wheel"]) as packed:
        (name,) = (name for name in packed.namelist() if name.endswith("/METADATA"))
        metadata = packed.read(name).decode()
    (source,) = re.findall(r"^Project-URL: Source, (.*)$", metadata, re.MULTILINE)
    links = re.findall(r"\]\(([^)]*)\)", metadata.partition("\n\n")[2])
    assert len(links) > 10
    assert all(link.startswith("https://") for link in links)
    for link in links:
        if link.startswith(source):
            assert (ROOT / link.removeprefix(f"{source}/blob/main/")).exists()
