"""The cost of an element as a document grows from 10 to 100,000 devices: it stays the same."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tests.large import large_domain
from virtxml import Domain

from .documents import elements_of
from .timing import best_of

SIZES = (10, 100, 1_000, 10_000, 100_000)


def measure() -> Iterator[str]:
    """Iterate over the lines of the report."""
    yield "devices     elements    read and write   an element (times the first)   times lxml"
    first = 0.0
    for devices in SIZES:
        source = large_domain(devices)
        elements = elements_of(source)
        seconds = best_of({"lxml": _lxml, "virtxml": _virtxml}, [source], 3 if devices > 1_000 else 30)
        cost = seconds["virtxml"] / elements * 1e6
        first = first or cost
        yield (
            f"{devices:7,} {elements:12,} {seconds['virtxml'] * 1e3:14.1f} ms {cost:12.2f} µs ({cost / first:4.2f})"
            f" {seconds['virtxml'] / seconds['lxml']:20.2f}"
        )


def _lxml(source: bytes) -> None:
    etree.tostring(etree.fromstring(source))


def _virtxml(source: bytes) -> None:
    Domain.from_xml(source).to_xml()
