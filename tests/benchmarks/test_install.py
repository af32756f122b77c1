"""The measurement of `virtxml install` runs, says what it compares with, and judges."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

SLOW = "/bin/sleep 3"
FAST = ":"
ONLY_OLDER = 'case "$*" in *debian12*) exit 1;; esac'


def report(directory: Path, program: str | None) -> str:
    """Return what a measurement prints in which virt-install is a shell script, or is not there."""
    if program is not None:
        script = directory / "virt-install"
        script.write_text(f"#!/bin/sh\n{program}\n")
        script.chmod(0o755)
    command = [sys.executable, "-m", "benchmarks.processes.install", "1"]
    environment = os.environ | {"PATH": str(directory)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("program", "verdict"), [(SLOW, "within the limit"), (FAST, "OVER the limit")])
def test_the_share_of_virt_installs_time_is_judged(program: str, verdict: str, tmp_path: Path) -> None:
    assert report(tmp_path, program).count(verdict) == 2


def test_an_older_system_stands_in_for_one_that_virt_install_does_not_know(tmp_path: Path) -> None:
    assert "does not know debian12 here: debian11 in its place" in report(tmp_path, ONLY_OLDER)


def test_it_says_plainly_that_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    found = report(tmp_path, None)
    assert "virt-install is not installed" in found
    assert "virtxml install " in found
    assert "limit" not in found
