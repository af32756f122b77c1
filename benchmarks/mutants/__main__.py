"""`python -m benchmarks.mutants`: the table of who finds what, or what virtxml gets wrong."""

from __future__ import annotations

import argparse

import benchmarks.mutants

from .judges import JUDGES
from .mistakes import KINDS


def main() -> None:
    """Print the report that was asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mutants",
        description=benchmarks.mutants.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=int, default=3000, help="how many invalid mutants to make (3000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other mutants (1)")
    parser.add_argument("--kind", action="append", choices=KINDS, help="make only mistakes of this kind; repeatable")
    parser.add_argument("--judge", action="append", choices=JUDGES, help="measure only this one; repeatable")
    parser.add_argument(
        "--failures",
        type=int,
        default=0,
        metavar="N",
        help="show N mutants that the last judge does not treat as wanted",
    )
    options = parser.parse_args()
    kinds, names = options.kind or tuple(KINDS), options.judge or tuple(JUDGES)
    for line in benchmarks.mutants.measure(options.count, options.seed, kinds, options.failures, names):
        print(line, flush=True)


if __name__ == "__main__":
    main()
