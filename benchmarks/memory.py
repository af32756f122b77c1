"""The memory of an element, beside lxml's trees: each in a process of its own, as the system sees it."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.large import large_domain

from .documents import ROOT, elements_of

DEVICES = 20_000
_SCRIPT = """
import gc, sys
from tests.large import large_domain
from benchmarks.memory import READERS, give_back, memory
read = READERS[sys.argv[1]]
read(large_domain(10))
source = large_domain(int(sys.argv[2]))
gc.collect()
# What is free by now would be used before the system is asked for more, and hide as much of what is kept.
give_back()
before = memory("VmRSS")
kept = read(source)
gc.collect()
give_back()
print(memory("VmRSS") - before, memory("VmHWM") - before)
"""


def measure() -> Iterator[str]:
    """Iterate over the lines of the report."""
    if not Path("/proc/self/status").exists():
        yield "this system does not tell a process its memory: not measured"
        return
    elements = elements_of(large_domain(DEVICES))
    yield f"a domain with {DEVICES:,} disks, {elements:,} elements"
    held: dict[str, int] = {}
    for name in READERS:
        command = [sys.executable, "-c", _SCRIPT, name, str(DEVICES)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        held[name], most = map(int, done.stdout.split())
        yield (
            f"{name:8} holds {held[name] / elements:6.0f} bytes an element"
            f" ({held[name] / held['lxml']:4.2f} times lxml), at most {most / elements:6.0f} while reading"
        )


def give_back() -> None:
    """Let the C library give memory that is free back to the system, so that what is left is in use."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)


def memory(name: str) -> int:
    """Return the bytes of memory that this process has now (VmRSS), or had at most (VmHWM)."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith(f"{name}:"))


def _lxml(source: bytes) -> object:
    from lxml import etree

    return etree.fromstring(source)


def _virtxml(source: bytes) -> object:
    from virtxml import Domain

    return Domain.from_xml(source)


READERS = {"lxml": _lxml, "virtxml": _virtxml}
