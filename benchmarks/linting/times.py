"""How long it takes to lint documents, beside libxml2's validator: warm, and as a document grows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tests.large import large_domain
from virtxml import Domain, Node, parse
from virtxml.lint import Host, Linter
from virtxml.validation import Validator

from ..documents import directory, documents
from ..growth import SIZES
from ..timing import best_of, chunked
from ..validation import libxml2_judge

Work = Callable[[Sequence[bytes]], object]


def measure(rounds: int = 6) -> Iterator[str]:
    """Iterate over the lines of the report."""
    plain, linter = Validator(), Linter(Host())
    linting = Validator(then=linter)
    valid = [source for cls, source in documents() if cls is Domain and plain.is_valid(source)]
    works = {"validated": _each(plain.validate), "validated and linted": _each(linting.validate)}
    libxml2 = libxml2_judge()
    if libxml2 is not None:
        works["libxml2"] = _each(libxml2)
    quiet = [source for source in valid if not linting.validate(source)]
    for title, sources in (("valid", valid), ("without a finding", quiet)):
        seconds = best_of(works, chunked(sources, 60), rounds)
        yield f"{len(sources)} domains from {directory().name}, {title}"
        yield from _lines(seconds, len(sources))
        models = best_of({"models": _run(linter)}, chunked([*map(parse, sources)], 60), rounds)["models"]
        ratio = f"{models / seconds['libxml2']:8.2f} times libxml2" if "libxml2" in seconds else ""
        yield f"  {'lint of a model':20} {models / len(sources) * 1e6:8.1f} µs a domain {ratio}"
    yield ""
    yield from _growth(linter)


def _each(judge: Callable[[bytes], object]) -> Work:
    def work(chunk: Sequence[bytes]) -> None:
        for source in chunk:
            judge(source)

    return work


def _run(linter: Linter) -> Callable[[Sequence[Node]], None]:
    def work(chunk: Sequence[Node]) -> None:
        for model in chunk:
            linter.run(model)

    return work


def _lines(seconds: dict[str, float], count: int) -> Iterator[str]:
    lint = seconds["validated and linted"] - seconds["validated"]
    for name, total in [*seconds.items(), ("lint alone", lint)]:
        ratio = f"{total / seconds['libxml2']:8.2f} times libxml2" if "libxml2" in seconds else ""
        yield f"  {name:20} {total / count * 1e6:8.1f} µs a domain {ratio}"


def _growth(linter: Linter) -> Iterator[str]:
    """Lint models with more and more devices."""
    yield "devices       linting     a device"
    for devices in SIZES:
        best = min(_seconds(partial(linter.run, parse(large_domain(devices)))) for _ in range(3))
        yield f"{devices:7} {best * 1e3:10.2f} ms {best / devices * 1e6:8.1f} µs"


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
