"""How often what libvirt makes of a document is what was wanted: `python -m benchmarks.comparing.satisfied [NUMBER]`.

Over libvirt's own test documents, random domains, and plain guests with one random part. It needs libvirt-python, and
what `make test-live` needs. What is printed as a difference is one that libvirt really made, or a gap.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import virtxml
from benchmarks.linting.rates import for_here, guests_with_a_part, random_domains
from tests.lint.verdicts import inputs
from tests.live.qemu.daemon import Daemon
from tests.live.qemu.linting.libvirts import defined, undefine

_ITEM = re.compile(r"\[[^\]]*\]")
"""What tells an item of a list in a path."""


def report(libvirt: Any, connection: Any, title: str, texts: Iterable[str]) -> None:
    """Print how many documents are what was wanted, and what differs in the others."""
    counts: Counter[bool] = Counter()
    differences: Counter[str] = Counter()
    flags = libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE
    for text in texts:
        handle, _ = defined(libvirt, connection, "domain", text)
        if handle is None:
            continue
        try:
            answer = virtxml.satisfies(virtxml.parse(handle.XMLDesc(flags)), virtxml.parse(text))
        finally:
            undefine(libvirt, handle)
        counts[bool(answer)] += 1
        differences.update(f"{one.kind} {_ITEM.sub('', one.path)}" for one in answer)
    print(f"{title}: {counts[True]} of {counts.total()} are what was wanted")
    for what, count in differences.most_common(20):
        print(f"  {count:4} {what}")


def main(arguments: list[str]) -> None:
    """Print all shares."""
    libvirt: Any = import_module("libvirt")
    libvirt.registerErrorHandler(lambda _context, _error: None, None)
    number = next((int(one) for one in arguments if one.isdecimal()), 200)
    with Daemon() as daemon:
        connection = libvirt.open(daemon.uri)
        report(libvirt, connection, "libvirt's tests", filter(None, map(for_here, inputs())))
        report(libvirt, connection, "random domains", filter(None, map(for_here, random_domains(number))))
        report(libvirt, connection, "guests with one random part", guests_with_a_part(max(2, number // 20)))
        connection.close()


if __name__ == "__main__":
    main(sys.argv[1:])
