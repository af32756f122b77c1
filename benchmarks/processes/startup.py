"""How long a process takes that reads and writes a domain, or changes it, beside one that only imports lxml.etree."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ..documents import ROOT

DOCUMENT = ROOT / "tests" / "fixtures" / "xml" / "domain" / "database.xml"
PROCESSES = 21
WORKS = {
    "python alone": "pass",
    "lxml.etree": "import lxml.etree",
    "virtxml set": f"from virtxml.cli import main; main(['set', '--check', {str(DOCUMENT)!r}, 'memory=1'])",
    "virtxml": f"import virtxml; virtxml.read({str(DOCUMENT)!r}).to_xml()",
}


def measure() -> Iterator[str]:
    """Iterate over the lines of the report: medians of processes that run in turns."""
    with tempfile.TemporaryDirectory() as directory:
        # A copy, so that compiled files can be there or not without touching those of the checkout.
        shutil.copytree(ROOT / "virtxml", Path(directory) / "virtxml", ignore=shutil.ignore_patterns("__pycache__"))
        yield "without compiled files of virtxml"
        yield from _lines(_seconds(directory, write_bytecode=False))
        for name in WORKS:
            _run(name, directory, write_bytecode=True)
        yield "with compiled files"
        yield from _lines(_seconds(directory, write_bytecode=True))


def _lines(seconds: dict[str, float]) -> Iterator[str]:
    for name, median in seconds.items():
        yield f"  {name:14} {median * 1e3:7.1f} ms {median / seconds['lxml.etree']:6.2f} times lxml.etree"


def _seconds(directory: str, *, write_bytecode: bool) -> dict[str, float]:
    found: dict[str, list[float]] = {name: [] for name in WORKS}
    for _ in range(PROCESSES):
        for name, seconds in found.items():
            start = time.perf_counter()
            _run(name, directory, write_bytecode=write_bytecode)
            seconds.append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def _run(name: str, directory: str, *, write_bytecode: bool) -> None:
    environment = os.environ | {"PYTHONPATH": directory, "PYTHONDONTWRITEBYTECODE": "" if write_bytecode else "1"}
    subprocess.run([sys.executable, "-c", WORKS[name]], env=environment, cwd=directory, check=True)
