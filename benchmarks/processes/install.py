"""How long `virtxml install` takes from start to end, beside virt-install with the same arguments."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..documents import ROOT

SYSTEMS = ("generic", "debian12")
OLDER = {"debian12": "debian11"}
"""What is measured where virt-install does not know a system, as the machine's osinfo-db is older."""
COMMAND = "--connect test:///default --name timed --memory 2048 --disk none --import --print-xml --dry-run"
PROCESSES = 11
LIMIT = 0.5
"""The share of virt-install's time that is to be kept below."""


def measure(processes: int = PROCESSES) -> Iterator[str]:
    """Iterate over the lines of the report: medians of processes that run in turns."""
    virt_install = shutil.which("virt-install")
    yield f"virtxml install {COMMAND}"
    if virt_install is None:
        yield "virt-install is not installed (Debian: apt-get install virtinst): there is nothing to compare with"
    with tempfile.TemporaryDirectory() as directory:
        # A copy, so that its compiled files are new, and those of the checkout stay as they are.
        shutil.copytree(ROOT / "virtxml", Path(directory) / "virtxml", ignore=shutil.ignore_patterns("__pycache__"))
        for system in SYSTEMS:
            yield from _lines(system, virt_install, directory, processes)


def _lines(system: str, virt_install: str | None, directory: str, processes: int) -> Iterator[str]:
    works = {"virtxml install": [sys.executable, "-m", "virtxml", "install"]}
    if virt_install is not None:
        known = system if _succeeds([virt_install], system) else OLDER.get(system, system)
        if known != system:
            yield f"virt-install does not know {system} here: {known} in its place"
        system = known
        works["virt-install"] = [virt_install]
    found = _medians(works, system, directory, processes)
    yield f"--osinfo {system}, median of {processes}"
    for name, median in found.items():
        yield f"  {name:16} {median * 1e3:7.0f} ms"
    if virt_install is not None:
        ratio = found["virtxml install"] / found["virt-install"]
        yield f"  {ratio:.2f} of virt-install's time, {'within' if ratio <= LIMIT else 'OVER'} the limit of {LIMIT}"


def _medians(works: Mapping[str, Sequence[str]], system: str, directory: str, processes: int) -> dict[str, float]:
    """Return the seconds of each program; the first run of each compiles, and is not counted."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(processes + 1):
        for name, program in works.items():
            start = time.perf_counter()
            _run(program, system, directory).check_returncode()
            if turn:
                found[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def _succeeds(program: Sequence[str], system: str) -> bool:
    return _run(program, system).returncode == 0


def _run(program: Sequence[str], system: str, directory: str | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="")
    if directory is not None and program[0] == sys.executable:
        environment["PYTHONPATH"] = directory
    words = [*program, *COMMAND.split(), "--osinfo", system]
    return subprocess.run(words, env=environment, cwd=directory, capture_output=True, check=False)


if __name__ == "__main__":
    for line in measure(int(sys.argv[1]) if sys.argv[1:] else PROCESSES):
        print(line, flush=True)
