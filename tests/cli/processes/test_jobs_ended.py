"""Several processes that come to an end before their work does: all of them do, and it is told as of one."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.cli.processes.many import METHODS, plant, run, start
from virtxml.cli import BAD_INPUT


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory of documents, and enter the one above."""
    monkeypatch.chdir(tmp_path)
    return plant(tmp_path)


SLOW = """
work = format.formatted
def slow(*given):
    if os.getpid() != first:
        Path("busy").touch()
        {wait}
    return work(*given)
format.formatted = slow
"""
WAITS = {
    "asleep": "time.sleep(300)",
    "at work": "end = time.monotonic() + 300\n        while time.monotonic() < end: pass",
}


def wait_for(path: Path) -> None:
    """Wait until there is a file."""
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.skipif("fork" not in METHODS, reason="what is slow is only so in a copy of the process")
@pytest.mark.parametrize("wait", WAITS)
@pytest.mark.parametrize(
    ("number", "whole_group"),
    [(signal.SIGINT, True), (signal.SIGINT, False), (signal.SIGTERM, True), (signal.SIGTERM, False), (9, False)],
)
def test_a_signal_ends_all_processes_at_once(number: int, whole_group: bool, wait: str, tree: Path) -> None:
    patch = SLOW.format(wait=WAITS[wait]) + "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    process = start("format", "tree", "--jobs", "3", method="fork", patch=patch, start_new_session=True)
    wait_for(tree.parent / "busy")
    if whole_group:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    # All of them have the pipes: this comes to an end with the last.
    out, err = process.communicate(timeout=30)
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    assert out == ""
    assert "Traceback" not in err
    assert not list(tree.rglob(".virtxml-*"))


@pytest.mark.skipif("fork" not in METHODS, reason="what kills is only there in a copy of the process")
def test_a_process_that_is_killed_gives_one_error_behind_what_was_done(tree: Path) -> None:
    patch = (
        "from virtxml.cli.validating import judging\n"
        "judge = judging.read_input\n"
        "def read(name):\n"
        "    if '020-' in name and os.getpid() != first: os.kill(os.getpid(), 9)\n"
        "    return judge(name)\n"
        "judging.read_input = read"
    )
    given = ["validate", "--format", "short", "tree", "--output", "report"]
    status, out, err = run(*given, "--jobs", "2", method="fork", patch=patch)
    assert status == BAD_INPUT
    assert "tree/000-wrong.xml" in out
    assert "tree/020" not in out
    lines = [line for line in err.splitlines() if "process" in line]
    assert lines == [
        "virtxml validate: error: a process that did part of the work was ended by SIGKILL: "
        "--jobs 1 does all of it in one"
    ]
    assert "Traceback" not in err
    assert not (tree.parent / "report").exists()


@pytest.mark.skipif("fork" not in METHODS, reason="what fails is only there in a copy of the process")
@pytest.mark.parametrize(
    ("error", "line"),
    [
        ("MemoryError()", "virtxml: error: there is not enough memory"),
        ("OSError(5, 'Input/output error', 'grammar')", "virtxml: error: grammar: Input/output error"),
    ],
)
def test_errors_of_other_processes_are_told_as_those_of_one(error: str, line: str, tree: Path) -> None:
    patch = f"def fail(*given):\n    raise {error}\nif True:\n    from virtxml.validation import Validator\n"
    patch += "    Validator.validate_each = fail"
    for number in "13":
        assert run("validate", "tree/000-wrong.xml", "tree", "--jobs", number, patch=patch)[::2] == (
            BAD_INPUT,
            f"{line}\n",
        )


def test_a_reader_that_goes_away_ends_all_processes(tree: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = start("validate", "tree", "--format", "json", "--jobs", "3", stdout=writer)
    os.close(writer)
    assert process.communicate(timeout=60)[1].count("\n") <= 4
    assert process.returncode == 141
