"""`virtxml editor` as the editor of `virsh edit`, on libvirt's test driver."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands.editor.scripted import scripted, seen
from tests.support import ROOT

pytestmark = pytest.mark.skipif(shutil.which("virsh") is None, reason="needs virsh")


def edited(directory: Path, *steps: tuple[str, str]) -> tuple[str, str]:
    """Edit the guest of the test driver with virsh in steps; return what it is then, and all that was said."""
    (directory / "tmp").mkdir()
    environment = {name: value for name, value in os.environ.items() if name not in ("VISUAL", "PYTHONPATH")}
    environment |= {
        "EDITOR": f"{sys.executable} -m virtxml editor",
        "VIRTXML_EDITOR": scripted(directory, *steps),
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(directory / "tmp"),
    }
    # In one go: the test driver forgets all when virsh ends.
    command = ["virsh", "-c", "test:///default", "edit test; dumpxml --inactive test"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    return done.stdout, done.stderr


def test_a_valid_change_is_defined(tmp_path: Path) -> None:
    after, said = edited(tmp_path, ("<name>test</name>", "<name>test</name><title>T</title>"))
    assert "<title>T</title>" in after
    assert "Domain 'test' XML configuration edited." in after
    assert said.strip() == ""
    assert len(seen(tmp_path)) == 1


def test_a_mistake_is_shown_before_libvirt_sees_it(tmp_path: Path) -> None:
    steps = [("<name>test</name>", "<name>test</name><title>T</titel>"), ("titel", "title")]
    after, _ = edited(tmp_path, *steps)
    assert "<title>T</title>" in after
    assert "<!-- virtxml editor: 1 mistake" in seen(tmp_path)[1]
    assert "virtxml editor" not in after
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_is_given_up_is_not_defined_and_not_lost(tmp_path: Path) -> None:
    after, said = edited(tmp_path, ("<name>test</name>", "<name>test</name><titel>T</titel>"))
    kept = re.search(r"your changes are kept in (.*)", said)
    assert kept is not None
    assert "<titel>T</titel>" in Path(kept[1]).read_text()
    assert "titel" not in after
