"""How many of libvirt's own documents are valid for another release once they are converted, and what that takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from time import perf_counter

from tests.compare.converting.corpus import counted, models
from tests.support import shared_dir
from virtxml import Node, convert
from virtxml.catalogue import RELEASES
from virtxml.compare.converting import ConversionError


def has(model: Node, release: str) -> bool:
    """Tell whether a release has documents of a kind."""
    with suppress(ConversionError):
        return bool(convert(model, release))
    return False


def measure() -> Iterator[str]:
    """Iterate over the lines of the report."""
    shared = shared_dir()
    if shared is None:
        yield "needs libvirt's own documents: ../shared, or VIRTXML_SHARED"
        return
    found = list(models(shared / "corpus"))
    for release in RELEASES:
        counts: Counter[str] = Counter()
        for name, model in found:
            counted(name, model, release, counts)
        there = [model for _, model in found if has(model, release)]
        start = perf_counter()
        for model in there:
            convert(model, release)
        each = (perf_counter() - start) / max(1, len(there))
        share = counts["valid"] / max(1, counts["documents"])
        yield f"{release}: {share:.2%} valid, {each * 1e3:.2f} ms each"
        yield "  " + ", ".join(f"{name} {count:,}" for name, count in counts.items())
