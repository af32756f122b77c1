"""How long `virtxml validate` and `format` take for many files in two processes, beside one, and their memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.large import large_domain

from ..documents import ROOT, documents

FILES = 4_000
ROUNDS = 5
COMMANDS = {
    "validate": ["validate", "--quiet"],
    "format": ["format", "--check"],
}
COUNTS = (2_000, 20_000)
_SCRIPT = """
import resource, sys, time
from benchmarks.memory import memory
from virtxml.cli import main
start = time.perf_counter()
main(sys.argv[1:])
seconds = time.perf_counter() - start
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
times = [each.ru_utime + each.ru_stime for each in used]
print(seconds, *times, memory("VmHWM") / 1024, used[1].ru_maxrss, file=sys.__stderr__)
"""


def measure() -> Iterator[str]:
    """Iterate over the lines of the report."""
    if not Path("/proc/self/status").exists():
        yield "this system does not tell a process its memory: not measured"
        return
    with tempfile.TemporaryDirectory() as directory:
        _write(Path(directory), FILES)
        yield f"{FILES:,} different files, {_cores()} cores; the best of {ROUNDS} rounds in turns"
        for name, command in COMMANDS.items():
            yield from _lines(name, command, directory)
        yield ""
        yield "the most memory of a process (the first, and the largest of the others), --jobs 2"
        for count in COUNTS:
            _write(Path(directory), count)
            for name, command in COMMANDS.items():
                *_, ours, theirs = _run([*command, directory, "--jobs", "2"])
                yield f"{name:9} {count:7,} files {ours / 1024:8.1f} MB {theirs / 1024:8.1f} MB"


def _lines(name: str, command: list[str], directory: str) -> Iterator[str]:
    best: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for jobs in ("1", "2"):
            found = _run([*command, directory, "--jobs", jobs])
            best[jobs] = min(best.get(jobs, found), found)
    for jobs, (seconds, ours, theirs, *_) in best.items():
        ratio = f"{seconds / best['1'][0]:5.2f} times one" if jobs != "1" else ""
        # Of a machine that does other things too, the time that processors work tells more.
        yield f"{name:9} --jobs {jobs} {seconds:6.2f} s {ratio:15} processors: {ours:.2f} s and {theirs:.2f} s"


def _write(directory: Path, count: int) -> None:
    """Write so many files: documents with names and values of their own."""
    sources = [source for _, source in documents()] or [large_domain(2)]
    for number in range(count):
        path = directory / f"{number:06}.xml"
        if not path.exists():
            source = sources[number % len(sources)]
            path.write_bytes(source.replace(b"</name>", b"-%d</name>" % number).replace(b".img'", b"%d.img'" % number))


def _run(arguments: list[str]) -> list[float]:
    """Return the seconds, those of the processor here and elsewhere, and the KB of memory here and elsewhere."""
    command = [sys.executable, "-c", _SCRIPT, *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=pipe, text=True, check=True)
    return [float(number) for number in done.stderr.split("\n")[-2].split()]


def _cores() -> int:
    return os.cpu_count() or 1
