"""What editing takes: reading a document for it, beside reading its model alone; saving a change; many devices."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count

from lxml import etree

from virtxml import Document, Domain, Node

from .documents import ROOT, directory, documents, elements_of
from .timing import best_of, chunked

Works = dict[str, Callable[[Sequence[bytes]], object]]
_DISK = "    <disk type='file'>\n      <source file='/srv/{0}'/>\n      <target dev='vd{0}'/>\n    </disk>\n"


def measure(rounds: int = 7, share: int = 3) -> Iterator[str]:
    """Iterate over the lines of the report, for one domain in ``share`` of all."""
    found = [source for cls, source in documents() if cls is Domain][::share]
    elements = sum(map(elements_of, found)) / len(found)
    yield f"{len(found)} domains from {directory().name}, {elements:.0f} elements each on average"
    names = count()
    works: Works = {
        "lxml.etree.fromstring": lambda chunk: [etree.fromstring(source) for source in chunk],
        "reading": lambda chunk: [Domain.from_xml(source) for source in chunk],
        "reading for editing": lambda chunk: [Document.parse(source, Domain) for source in chunk],
        "… one change, saving": lambda chunk: [_renamed(source, f"n{next(names)}") for source in chunk],
    }
    seconds = best_of(works, chunked(found, 30), rounds)
    for name, total in seconds.items():
        ratio = total / seconds["reading"]
        yield f"{name:24} {total / len(found) * 1e6:8.1f} µs a document {ratio:8.2f} times reading"
    yield from _growth()


def _renamed(source: bytes, name: str) -> bytes:
    document = Document.parse(source, Domain)
    document.model.name = name
    return document.to_bytes()


def _growth() -> Iterator[str]:
    """Iterate over how long it takes to change one of many disks."""
    text = (ROOT / "tests" / "fixtures" / "xml" / "domain" / "database.xml").read_text("utf-8")
    for devices in (1_000, 10_000, 100_000):
        disks = "".join(_DISK.format(number) for number in range(devices))
        document: Document[Node] = Document.parse(text.replace("  </devices>", f"{disks}  </devices>"), Domain)
        assert isinstance(document.model, Domain)
        assert document.model.devices is not None
        some = document.model.devices.disks
        some[devices // 2].serial = "1"
        del some[7]
        some.append(some.pop(3))
        start = time.perf_counter()
        document.to_text()
        seconds = time.perf_counter() - start
        yield f"{devices:9,} disks, three changes {seconds:8.3f} s {seconds / devices * 1e6:8.1f} µs a disk"
