"""What telling differences takes, beside what other libraries take that compare XML or plain data, and as guests grow.

Peers that are not installed are left out: `pip install xmldiff deepdiff`.
"""

from __future__ import annotations

import difflib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from importlib import import_module
from typing import Any

from lxml import etree

import virtxml
from benchmarks.documents import directory
from benchmarks.timing import best_of, chunked
from virtxml import Domain
from virtxml.schema.domain import Devices, Disk, DiskSource, DiskTarget

Pair = tuple[bytes, bytes]
_MADE = ".x86_64-latest.xml"
"""What the names of documents end with that libvirt made of those that people wrote."""


def measure(rounds: int = 5, share: int = 6) -> Iterator[str]:
    """Iterate over the lines of the report, for one pair in ``share`` of what people wrote and libvirt made of it."""
    found = _pairs()[::share]
    yield f"{len(found)} pairs of what people wrote and what libvirt made of it"
    models = {pair: (Domain.from_xml(pair[0]), Domain.from_xml(pair[1])) for pair in found}
    works: dict[str, Callable[[Sequence[Pair]], object]] = {
        "lxml: c14n, then difflib": lambda chunk: [_lines(*pair) for pair in chunk],
        "virtxml.diff, texts": lambda chunk: [virtxml.diff(*map(Domain.from_xml, pair)) for pair in chunk],
        "virtxml.diff, models": lambda chunk: [virtxml.diff(*models[pair]) for pair in chunk],
        "… libvirt's own left out": lambda chunk: [
            virtxml.diff(*models[pair], ignore_defaults=True, ignore_runtime=True) for pair in chunk
        ],
    }
    seconds = best_of(works | _peers(), chunked(found, 10), rounds)
    for name, total in seconds.items():
        ratio = total / seconds["virtxml.diff, texts"]
        yield f"{name:26} {total / len(found) * 1e6:9.1f} µs a pair {ratio:8.2f} times virtxml.diff of texts"
    yield from _growth()


def _pairs() -> list[Pair]:
    """Return domains of libvirt's tests, each with what libvirt makes of it."""
    made = sorted(directory().rglob(f"*{_MADE}"))
    both = [(path.with_name(path.name.replace(_MADE, ".xml")), path) for path in made]
    texts = [(one.read_bytes(), other.read_bytes()) for one, other in both if one.exists()]
    return [pair for pair in texts if all(b"<domain" in text for text in pair)]


def _lines(one: bytes, other: bytes) -> list[str]:
    """Return the lines that differ between two canonical forms."""
    old, new = (
        etree.tostring(
            etree.fromstring(text, etree.XMLParser(remove_blank_text=True)), pretty_print=True, method="c14n2"
        )
        .decode()
        .replace("><", ">\n<")
        .splitlines()
        for text in (one, other)
    )
    return [*difflib.unified_diff(old, new)]


def _peers() -> dict[str, Callable[[Sequence[Pair]], object]]:
    """Return what other libraries do, of those that are installed."""
    found: dict[str, Callable[[Sequence[Pair]], object]] = {}
    try:
        xmldiff: Any = import_module("xmldiff.main")
        found["xmldiff, texts"] = lambda chunk: [xmldiff.diff_texts(*pair) for pair in chunk]
    except ImportError:
        pass
    try:
        deepdiff: Any = import_module("deepdiff")
        found["deepdiff of to_dict()"] = lambda chunk: [
            deepdiff.DeepDiff(*(Domain.from_xml(text).to_dict() for text in pair), ignore_order=True) for pair in chunk
        ]
    except ImportError:
        pass
    return found


def _growth() -> Iterator[str]:
    """Iterate over how long it takes to compare guests with many disks."""
    for devices in (1_000, 10_000):
        old = _guest(devices)
        for what, change in (("the same", _nothing), ("all changed", _all), ("in another order", _shuffle)):
            new = deepcopy(old)
            assert new.devices is not None
            change(new.devices.disks)
            start = time.perf_counter()
            found = virtxml.diff(old, new)
            seconds = time.perf_counter() - start
            each = seconds / devices * 1e6
            yield f"{devices:7,} disks, {what:17} {len(found):6,} differences {seconds:7.3f} s {each:8.1f} µs a disk"


def _guest(devices: int) -> Domain:
    disks = [
        Disk(type="file", source=DiskSource(file=f"/srv/{number}"), target=DiskTarget(dev=f"vd{number}", bus="virtio"))
        for number in range(devices)
    ]
    return Domain(name="many", devices=Devices(disks=disks))


def _nothing(_disks: list[Disk]) -> None:
    """Change nothing."""


def _all(disks: list[Disk]) -> None:
    for disk in disks:
        disk.serial = "1"


def _shuffle(disks: list[Disk]) -> None:
    random.Random(1).shuffle(disks)
