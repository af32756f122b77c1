"""What reading through xsdata costs, beside our own reader: `python -m benchmarks.with_xsdata DIRECTORY`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter

from xsdata.formats.dataclass.parsers import XmlParser

from virtxml import Node, ParseError, parse
from virtxml.interop.xsdata import Handler, context

Document = tuple[bytes, type[Node]]


def readers() -> dict[str, Callable[[bytes, type[Node]], Node]]:
    """Return the ways to read a document into our classes, by name."""
    return {
        "from_xml": lambda source, cls: cls.from_xml(source),
        "xsdata's XmlParser": XmlParser(context=context()).from_bytes,
        "xsdata's XmlParser with our Handler": XmlParser(context=context(), handler=Handler).from_bytes,
    }


def seconds_per_document(documents: Iterable[Document], rounds: int = 5) -> dict[str, float]:
    """Return, for each way, the mean seconds that a document takes in the fastest of some rounds."""
    found = list(documents)
    best = dict.fromkeys(readers(), float("inf"))
    for _ in range(rounds):
        for name, read in readers().items():
            start = perf_counter()
            for source, cls in found:
                read(source, cls)
            best[name] = min(best[name], (perf_counter() - start) / len(found))
    return best


def _documents(directory: Path) -> Iterable[Document]:
    """Iterate over the libvirt documents below a directory; other XML is passed over."""
    for path in sorted(directory.rglob("*.xml")):
        source = path.read_bytes()
        try:
            yield source, type(parse(source))
        except ParseError:
            continue


if __name__ == "__main__":
    for way, seconds in seconds_per_document(_documents(Path(sys.argv[1]))).items():
        print(f"{seconds * 1e6:8.0f} µs  {way}")
