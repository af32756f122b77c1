"""The measurement of `virtxml install` runs, says what it compares with, and judges."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import install

SLOW = "sleep 3"
FAST = ":"
ONLY_OLDER = 'case "$*" in *debian12*) exit 1;; esac'


def report(directory: Path, monkeypatch: pytest.MonkeyPatch, program: str | None) -> str:
    """Return the lines of a measurement in which virt-install is a shell script, or is not there."""
    if program is not None:
        script = directory / "virt-install"
        script.write_text(f"#!/bin/sh\n{program}\n")
        script.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda _: None if program is None else str(script))
    return "\n".join(install.measure(processes=1))


@pytest.mark.slow
@pytest.mark.parametrize(("program", "verdict"), [(SLOW, "within the limit"), (FAST, "OVER the limit")])
def test_the_share_of_virt_installs_time_is_judged(
    program: str, verdict: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report(tmp_path, monkeypatch, program).count(verdict) == len(install.SYSTEMS)


def test_an_older_system_stands_in_for_one_that_virt_install_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "does not know debian12 here: debian11 in its place" in report(tmp_path, monkeypatch, ONLY_OLDER)


def test_it_says_plainly_that_there_is_nothing_to_compare_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = report(tmp_path, monkeypatch, None)
    assert "virt-install is not installed" in found
    assert "virtxml install " in found
    assert "limit" not in found
