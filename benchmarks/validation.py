"""How long it takes to judge documents, beside libxml2's validator: warm, cold, and as a document grows."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lxml import etree

from tests.large import large_domain
from virtxml import Domain
from virtxml.releases.grammars import NEWEST, schema_files
from virtxml.validation import validate

from .documents import ROOT, directory, documents, elements_of
from .growth import SIZES
from .timing import best_of, chunked

DOCUMENT = ROOT / "tests" / "fixtures" / "xml" / "domain" / "database.xml"
PROCESSES = 15
Judge = Callable[[bytes], object]


def measure(rounds: int = 6) -> Iterator[str]:
    """Iterate over the lines of the report."""
    libxml2 = libxml2_judge()
    yield from _warm(libxml2, rounds)
    yield ""
    yield from _growth(libxml2)
    yield ""
    yield from _cold()


def libxml2_judge() -> Judge | None:
    """Return libxml2's validator for domains, parsing included; None without libvirt's schemas."""
    schemas = directory().parent / "schemas" / NEWEST
    if not schemas.is_dir():
        return None
    schema = etree.RelaxNG(etree.parse(schema_files(schemas)["domain"]))
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return lambda source: schema.validate(etree.fromstring(source, parser))


def _warm(libxml2: Judge | None, rounds: int) -> Iterator[str]:
    """Judge all valid domains over and over: by the best round, and by the first, in which most values are new."""
    domains = [source for cls, source in documents() if cls is Domain]
    start = time.perf_counter()
    verdicts = [not validate(source) for source in domains]
    first = (time.perf_counter() - start) / len(domains)
    valid = [source for source, verdict in zip(domains, verdicts, strict=True) if verdict]
    elements = sum(map(elements_of, valid)) / len(valid)
    yield f"{len(valid)} valid domains from {directory().name}, {elements:.0f} elements each on average"
    invalid = len(domains) - len(valid)
    yield f"{'virtxml, first time':20} {first * 1e6:8.1f} µs a domain, {invalid} invalid ones among them"
    works = {"parsing alone": etree.fromstring, "virtxml": validate} | ({"libxml2": libxml2} if libxml2 else {})
    seconds = best_of({name: _each(judge) for name, judge in works.items()}, chunked(valid, 60), rounds)
    yield from _lines(seconds, len(valid))


def _each(judge: Judge) -> Callable[[Sequence[bytes]], None]:
    def work(chunk: Sequence[bytes]) -> None:
        for source in chunk:
            judge(source)

    return work


def _lines(seconds: dict[str, float], count: int) -> Iterator[str]:
    for name, total in seconds.items():
        ratio = f"{total / seconds['libxml2']:8.2f} times libxml2" if "libxml2" in seconds else ""
        yield f"{name:20} {total / count * 1e6:8.1f} µs a domain {ratio}"


def _growth(libxml2: Judge | None) -> Iterator[str]:
    """Judge domains with more and more devices. No two documents share names of files, serial numbers and the like."""
    yield "devices     elements         judging   an element (times the first)   times libxml2"
    cost_of_first = 0.0
    works: dict[str, Judge] = {"virtxml": _asserted} | ({"libxml2": libxml2} if libxml2 else {})
    for devices in SIZES:
        sources = [_domain(devices, salt) for salt in range(max(2_000 // devices, 2))]
        elements = elements_of(sources[0])
        total = best_of(works, sources, 1)
        seconds = {name: value / len(sources) for name, value in total.items()}
        cost = seconds["virtxml"] / elements * 1e6
        cost_of_first = cost_of_first or cost
        ratio = f"{seconds['virtxml'] / seconds['libxml2']:15.2f}" if libxml2 else ""
        yield (
            f"{devices:7,} {elements:12,} {seconds['virtxml'] * 1e3:12.1f} ms {cost:12.2f} µs"
            f" ({cost / cost_of_first:4.2f}) {ratio}"
        )


def _domain(devices: int, salt: int) -> bytes:
    """Return a valid domain; another salt gives other values."""
    source = large_domain(devices).replace(b"<devices>", b"<memory>1</memory><os><type>hvm</type></os><devices>")
    for before in (b"/images/data", b"<serial>S", b"ua-disk"):
        source = source.replace(before, before + b"%d-%d-" % (devices, salt))
    return source


def _asserted(source: bytes) -> None:
    """Judge a document that is valid."""
    found = validate(source)
    if found:
        raise AssertionError(found[0])


def _cold() -> Iterator[str]:
    """Judge one document in a process of its own, beside a process that only imports lxml.etree."""
    works = {
        "python alone": ["-c", "pass"],
        "lxml.etree": ["-c", "import lxml.etree"],
        "virtxml validate": ["-m", "virtxml", "validate", "--quiet", str(DOCUMENT)],
    }
    found: dict[str, list[float]] = {name: [] for name in works}
    with tempfile.TemporaryDirectory() as target:
        # A copy, so that its compiled files are new, and those of the checkout stay as they are.
        shutil.copytree(ROOT / "virtxml", Path(target) / "virtxml", ignore=shutil.ignore_patterns("__pycache__"))
        environment = os.environ | {"PYTHONPATH": target, "PYTHONDONTWRITEBYTECODE": ""}
        for turn in range(PROCESSES + 1):
            for name, arguments in works.items():
                start = time.perf_counter()
                subprocess.run([sys.executable, *arguments], env=environment, cwd=target, check=True)
                if turn:  # the first run compiles
                    found[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(seconds) for name, seconds in found.items()}
    yield f"one domain of {elements_of(DOCUMENT.read_bytes())} elements in a process of its own, median of {PROCESSES}"
    for name, median in medians.items():
        yield f"{name:20} {median * 1e3:8.1f} ms {median / medians['lxml.etree']:8.2f} times lxml.etree"
