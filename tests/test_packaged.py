"""virtxml works from where there are no files: a zip on the path, a zipapp, a loader that knows only resources."""

from __future__ import annotations

import os
import subprocess
import sys
import zipapp
import zipfile
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import virtxml
from tests.support import ROOT
from virtxml import schema
from virtxml.packaged import read_packaged

PACKAGE = Path(virtxml.__file__).parent
UNTIDY = "<network><name>lab</name><forward mode='nta'/></network>"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a zip with the package in it."""
    path = tmp_path_factory.mktemp("zip") / "virtxml.zip"
    with zipfile.ZipFile(path, "w") as out:
        for file in PACKAGE.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                out.write(file, file.relative_to(PACKAGE.parent))
    return path


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
]


@pytest.mark.parametrize(("arguments", "status", "shown"), COMMANDS)
def test_commands_work_from_a_zip(arguments: list[str], status: int, shown: str, archive: Path) -> None:
    done = run("-m", "virtxml", *arguments, path=archive, source=UNTIDY)
    assert (done.returncode, shown in done.stdout) == (status, True), done.stderr


def test_the_command_works_as_a_zipapp(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "app")
    zipapp.create_archive(tmp_path / "app", tmp_path / "virtxml.pyz", main="virtxml.cli:main")
    done = run(tmp_path / "virtxml.pyz", "validate", "-", source=UNTIDY)
    assert 'did you mean "nat"?' in done.stdout


def test_loaders_that_know_only_resources_are_asked_for_them() -> None:
    class Frozen:
        def get_resource_reader(self, name: str) -> Any:
            return self

        def files(self) -> Path:
            return PACKAGE / "schema"

    frozen = ModuleType("virtxml.schema")
    frozen.__spec__ = ModuleSpec("virtxml.schema", Frozen(), is_package=True)  # type: ignore[arg-type]
    assert read_packaged(frozen, "grammars/12.8.0.json") == read_packaged(schema, "grammars/12.8.0.json")
    with pytest.raises(OSError, match="no-such"):
        read_packaged(frozen, "no-such.json")
