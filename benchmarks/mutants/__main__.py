"""`python -m benchmarks.mutants`: the table of who finds what, or what virtxml gets wrong."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import benchmarks.mutants
from tests.mutants.judging.judges import JUDGES
from virtxml.testing.misuses import ALL_KINDS

from .report import measure, measure_fuzz


def main() -> None:
    """Print the report that was asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mutants",
        description=benchmarks.mutants.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=int, default=3000, help="how many invalid mutants to make (3000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other mutants (1)")
    parser.add_argument(
        "--kind", action="append", choices=ALL_KINDS, help="make only mistakes of this kind; repeatable"
    )
    parser.add_argument("--judge", action="append", choices=JUDGES, help="measure only this one; repeatable")
    parser.add_argument(
        "--failures",
        type=int,
        default=0,
        metavar="N",
        help="show N mutants that the last judge does not treat as wanted",
    )
    parser.add_argument(
        "--fuzz",
        type=int,
        default=0,
        metavar="N",
        help="compare verdicts on N documents with random edits, all releases",
    )
    options = parser.parse_args()
    lines = measure_fuzz(options.fuzz, options.seed, options.failures or 10) if options.fuzz else _table(options)
    for line in lines:
        print(line, flush=True)


def _table(options: argparse.Namespace) -> Iterator[str]:
    kinds, names = options.kind or tuple(ALL_KINDS), options.judge or tuple(JUDGES)
    return measure(options.count, options.seed, kinds, options.failures, names)


if __name__ == "__main__":
    main()
