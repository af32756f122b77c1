"""How long it takes to find where everything stands in a text, beside lxml's parser: quickly, in full, and mending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from virtxml.source.decoding import decode
from virtxml.source.places import Positions
from virtxml.source.tree import any_text, parsed

from .documents import directory, documents, elements_of
from .timing import best_of, chunked

Pair = tuple[bytes, str]
"""A document as bytes and as characters."""


def measure(rounds: int = 7, share: int = 2) -> Iterator[str]:
    """Iterate over the lines of the report, for one document in ``share``."""
    found = [(source, decode(source)) for _, source in documents()[::share]]
    elements = sum(elements_of(source) for source, _ in found) / len(found)
    yield f"{len(found)} documents from {directory().name}, {elements:.0f} elements each on average"
    works: dict[str, Callable[[Pair], object]] = {
        "lxml.etree.fromstring": lambda pair: etree.fromstring(pair[0]),
        "tags and texts": lambda pair: parsed(pair[1]),
        "attributes, too": lambda pair: _all(pair[1]),
        "places, from bytes": lambda pair: Positions(pair[0]),
        "as if it had slips": lambda pair: any_text(pair[1]),
    }
    seconds = best_of({name: _each(work) for name, work in works.items()}, chunked(found, 60), rounds)
    for name, total in seconds.items():
        ratio = total / seconds["lxml.etree.fromstring"]
        yield f"{name:24} {total / len(found) * 1e6:8.1f} µs a document {ratio:8.2f} times lxml"


def _each(work: Callable[[Pair], object]) -> Callable[[Sequence[Pair]], None]:
    def all_of(chunk: Sequence[Pair]) -> None:
        for pair in chunk:
            work(pair)

    return all_of


def _all(text: str) -> None:
    for element in parsed(text).elements:
        _ = element.attributes
