"""A process in which many threads use virtxml for the first time at once; run by `test_threads`.

Every thread does all of the work, beginning at another place. What each piece of work gives is printed, once for
all threads if it is the same.
"""

from __future__ import annotations

import json
import pickle
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "fixtures" / "xml"
NAMES = (
    "domain",
    "domainsnapshot",
    "domaincheckpoint",
    "domainbackup",
    "network",
    "nodedev",
    "storagepool",
    "nwfilter",
)
MODULES = ("domain", "domain.disk", "domain.features", "domainsnapshot", "domaincheckpoint", "domain.domain", "common")


def _texts() -> dict[str, str]:
    """Return a document of each kind, and one with mistakes."""
    found = {name: min(FIXTURES.glob(f"{name}/*.xml")).read_text() for name in NAMES}
    wrong = "<domain type='kvm'><name>a</name><memroy>1</memroy><devices><disk typ='x'><readonly/></disk><os/>"
    found["wrong"] = wrong + "<interface type='x'/></devices><vcpu>x</vcpu></domain>"
    found["wrong network"] = "<network><forward mod='nat'/><name>a</name><ip addres='1'/><bridge/><mac/></network>"
    return found


def _jobs() -> list[Callable[[], object]]:
    """Return pieces of work, each as a function that returns what it found."""

    def roundtrip(text: str) -> object:
        from virtxml import parse

        node = parse(text)
        return node.to_xml(), parse(node.to_xml()) == node, repr(node)

    def diagnoses(text: str) -> object:
        from virtxml import validate

        return [(one.code, one.message, one.line, one.suggestions) for one in validate(text)]

    def imported(name: str) -> object:
        return import_module(f"virtxml.schema.{name}").__name__

    def unpickled() -> object:
        name = b"\x80\x04cvirtxml.schema.domain.hostdev\nHostdev\n."
        return pickle.loads(name).__name__

    def types() -> object:
        from typing import get_type_hints

        from virtxml.schema.domain import Devices

        return sorted(get_type_hints(Devices))

    texts = _texts()
    jobs: list[Callable[[], object]] = [lambda name=name: imported(name) for name in MODULES]  # type: ignore[misc]
    jobs += [lambda text=text: roundtrip(text) for text in texts.values()]  # type: ignore[misc]
    jobs += [lambda text=text: diagnoses(text) for text in texts.values()]  # type: ignore[misc]
    return [*jobs, unpickled, types]


def main(threads: int, seed: int) -> None:
    """Run all jobs in so many threads; print what each job found, all that differs between threads included."""
    jobs = _jobs()
    found: list[list[object]] = [[] for _ in jobs]
    barrier = threading.Barrier(threads)

    def work(number: int) -> None:
        first = (seed * 5 + number * 7) % len(jobs)
        barrier.wait()
        for place in range(len(jobs)):
            job = (first + place) % len(jobs)
            try:
                found[job].append(jobs[job]())
            except Exception as error:  # noqa: BLE001 - it is what was found
                found[job].append(f"{type(error).__name__}: {error}")

    running = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    sys.stdout.write(json.dumps([sorted({json.dumps(one) for one in results}) for results in found]))


if __name__ == "__main__":
    sys.setswitchinterval(1e-5)
    main(int(sys.argv[1]), int(sys.argv[2]))
