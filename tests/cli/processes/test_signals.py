"""Signals while `virtxml format` replaces files: at each line of what does so, a real one is sent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

UNTIDY = '<network><name>lab</name><forward mode="nat"/>' + " " * 99 + "</network>"
TIDY = "<network>\n  <name>lab</name>\n  <forward mode='nat'/>\n</network>\n"

SCRIPT = """
import json, os, signal, sys
from pathlib import Path
from virtxml.cli import main
from virtxml.editing import saving


top, untidy, number, linked = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4] == "linked"
main(["format", "--check", "/dev/null"])
# A shell starts what runs in its background with interrupts ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

def lay_out():
    for name in os.listdir(top):
        (top / name).unlink()
    for name in ("a.xml", "b.xml"):
        (top / name).write_text(untidy)
        if linked:
            (top / f"{name}.bak").hardlink_to(top / name)

def run(moment):
    count = 0
    def trace(frame, event, argument):
        nonlocal count
        if frame.f_code.co_filename != saving.__file__:
            return None
        if event in ("line", "return"):
            count += 1
            if count == moment:
                os.kill(os.getpid(), number)
        return trace
    sys.settrace(trace)
    status = main(["format", str(top / "a.xml"), str(top / "b.xml")])
    sys.settrace(None)
    os._exit(status if count >= moment else 99)

found, moment = [], 0
while True:
    moment += 1
    lay_out()
    child = os.fork()
    if not child:
        # The traces of a program that is interrupted are not what is looked for here.
        run(moment)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == 99:
        break
    texts = {name: (top / name).read_text() for name in sorted(os.listdir(top))}
    found.append((status, texts))
print(json.dumps(found))
"""


@pytest.mark.parametrize("links", ["single", "linked"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1])
def test_a_signal_at_any_moment_ends_the_run_and_leaves_whole_files(
    number: signal.Signals, links: str, tmp_path: Path
) -> None:
    (tmp_path / "tree").mkdir()
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "tree"), UNTIDY, str(int(number)), links]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    found = json.loads(done.stdout)
    assert len(found) > 50
    names = ["a.xml", "b.xml"] if links == "single" else ["a.xml", "a.xml.bak", "b.xml", "b.xml.bak"]
    for moment, (status, texts) in enumerate(found, 1):
        assert list(texts) == names, moment
        assert set(texts.values()) <= {UNTIDY, TIDY}, moment
        # The last moments are behind the last file, and all others before the program has come to its end.
        assert status == (130 if number == signal.SIGINT else -number), moment
    assert {tuple(text == TIDY for text in texts.values()) for _, texts in found} >= {(False,) * len(names)}


@pytest.mark.parametrize("links", ["single", "linked"])
def test_a_program_that_is_killed_leaves_whole_files(links: str, tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "tree"), UNTIDY, str(int(signal.SIGKILL)), links]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    found = [texts for _, texts in json.loads(done.stdout)]
    assert {text.rstrip() for texts in found for text in texts.values()} == {UNTIDY, TIDY.rstrip()}
    if links == "single" and hasattr(os, "O_TMPFILE"):
        # Between two steps, each of two new files has a name, but is not in its place yet.
        assert sum(name.startswith(".") for texts in found for name in texts) <= 8
