"""Commands with many files, and the processes that work on them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support import ROOT, fixture_documents

UNTIDY = '<network><name>lab</name><forward mode="nat"/></network>'
TIDY = "<network>\n  <name>lab</name>\n  <forward mode='nat'/>\n</network>\n"

METHODS = ["fork", "spawn"] if hasattr(os, "fork") else ["spawn"]

SCRIPT = """
import multiprocessing, os, sys, time
from contextlib import suppress
from pathlib import Path
from virtxml import cli
from virtxml.cli import batches, jobs
from virtxml.cli.commands import format, validate
if {method!r}:
    multiprocessing.set_start_method({method!r})
jobs.PATIENCE, batches.MOST_ITEMS, first = 0.0, 3, os.getpid()
{patch}
sys.exit(cli.main(sys.argv[1:]))
"""
"""Other processes start at once, and get little at a time."""


def start(*arguments: str, method: str = "", patch: str = "", **options: object) -> subprocess.Popen[str]:
    """Start a command, with code that is run before it."""
    command = [sys.executable, "-c", SCRIPT.format(method=method, patch=patch), *arguments]
    pipe = subprocess.PIPE
    given = {"stdin": pipe, "stdout": pipe, "stderr": pipe, "text": True, **options}
    given["env"] = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, **given)  # type: ignore[call-overload, no-any-return]


def run(*arguments: str, stdin: str = "", **options: object) -> tuple[int, str, str]:
    """Run a command; return its status and what it writes."""
    process = start(*arguments, **options)  # type: ignore[arg-type]
    out, err = process.communicate(stdin, timeout=120)
    return process.returncode, out, err


def plant(directory: Path) -> Path:
    """Return a new directory of documents with all that can be the matter with them."""
    top = directory / "tree"
    (top / "below" / "deep").mkdir(parents=True)
    (top / ".hidden").mkdir()
    for number, path in enumerate(fixture_documents()):
        target = top / "below" / "deep" if number % 3 == 0 else top
        (target / f"{number:03}-{path.name}").write_bytes(path.read_bytes())
    for number in range(0, 40, 4):
        (top / f"{number:03}-wrong.xml").write_text(
            "<domain typ='kvm'>\n <nam>a</nam>\n <devices><dsk/></devices></domain>"
        )
        (top / f"{number:03}-latin.xml").write_bytes(b"<?xml version='1.0' encoding='latin-1'?><pool><n\xe9/></pool>")
        (top / "below" / f"{number}-broken.xml").write_text(f"<network><name>a{number}</network>")
        (top / "below" / f"{number}-untidy.xml").write_text(UNTIDY)
    (top / ".hidden" / "vm.xml").write_text("<no/>")
    (top / "empty.xml").write_text("")
    (top / "gone.xml").symlink_to("nowhere")
    (top / "same.xml").symlink_to("000-wrong.xml")
    (top / "below" / "other.xml").hardlink_to(top / "below" / "0-untidy.xml")
    os.mkfifo(top / "pipe.xml")
    return top
