"""Slips of XML itself: whether the line is right, and whether nothing else is said of a document that was valid."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence

from tests.mutants.judging.score import share
from tests.mutants.making.schemas import Source
from virtxml.testing.slips import SLIPS
from virtxml.validation import validate


def measure_slips(sources: Sequence[Source], count: int, seed: int, failures: int = 0) -> Iterator[str]:
    """Iterate over the lines of a table: of each kind, how often the first finding is right, and the only one.

    Right is a finding on the line of the slip. ``failures`` is how many of the others to show.
    """
    yield f"{'slip':28}{'made':>8}{'right line':>14}{'nothing else':>14}"
    for kind, make in SLIPS.items():
        rng = random.Random(f"{seed} {kind}")
        right, single = [], []
        for _ in range(count):
            slip = make(rng.choice(sources).text, rng)
            if slip is None:
                continue
            found = validate(slip.text)
            line = slip.text.count("\n", 0, slip.start) + 1
            right.append(any(one.code == "VX001" and one.line == line for one in found[:1]))
            single.append(len(found) == 1)
            if failures and not (right[-1] and single[-1]):
                failures -= 1
                yield f"  {kind}, line {line}: {[(one.code, one.line, one.message) for one in found[:4]]}"
        yield f"{kind:28}{len(right):8}{share(right):>14}{share(single):>14}"


if __name__ == "__main__":
    from tests.mutants.making.schemas import documents

    sources = [source for source in documents() if not validate(source.text)]
    for row in measure_slips(sources, 300, 1, int(*sys.argv[1:] or "0")):
        print(row, flush=True)
