"""`python -m benchmarks [NAME…]`: run the measurements."""

from __future__ import annotations

import argparse
import sys

import benchmarks

from . import builders, corpus, editing, growth, kept, linting, memory, mutants, source, validation
from .comparing import converting, differences
from .processes import install, jobs, startup

MEASUREMENTS = {
    "builders": builders.measure,
    "converting": converting.measure,
    "corpus": corpus.measure,
    "differences": differences.measure,
    "editing": editing.measure,
    "growth": growth.measure,
    "install": install.measure,
    "jobs": jobs.measure,
    "kept": kept.measure,
    "linting": linting.measure,
    "memory": memory.measure,
    "mutants": mutants.measure,
    "source": source.measure,
    "startup": startup.measure,
    "validation": validation.measure,
}


def main() -> int:
    """Run the measurements that were asked for; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=benchmarks.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(MEASUREMENTS)}; all without one")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in MEASUREMENTS]
    if unknown:
        parser.error(f"there is no measurement {', '.join(unknown)}; there are {', '.join(MEASUREMENTS)}")
    for name in options.names or MEASUREMENTS:
        print(f"== {name}")
        for line in MEASUREMENTS[name]():
            print(line, flush=True)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
