"""Read and write all documents, beside lxml alone and beside xsdata's own parser and serializer."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from .documents import Document, directory, documents, elements_of
from .timing import best_of, chunked

Work = Callable[[Sequence[Document]], object]


def measure(rounds: int = 10, xsdata_share: int = 10) -> Iterator[str]:
    """Iterate over the lines of the report; one document in ``xsdata_share`` is read by xsdata, too."""
    found = documents()
    elements = sum(elements_of(source) for _, source in found)
    yield f"{len(found)} documents from {directory().name}, {elements / len(found):.0f} elements each on average"
    works = {"lxml": _lxml, "lxml, reading": _lxml_reading, "virtxml": _virtxml, "virtxml, reading": _reading}
    yield from _lines(best_of(works, chunked(found, 60), rounds), len(found))
    yield ""
    xsdata = _xsdata()
    if xsdata is None:
        yield "virtxml.interop.xsdata is not here: xsdata is not measured"
        return
    some = found[::xsdata_share]
    yield f"{len(some)} of them, with xsdata's XmlParser and XmlSerializer on the same classes"
    yield from _lines(best_of({"lxml": _lxml, "virtxml": _virtxml, "xsdata": xsdata}, chunked(some, 30), 3), len(some))


def _lines(seconds: dict[str, float], count: int) -> Iterator[str]:
    for name, total in seconds.items():
        yield f"{name:20} {total / count * 1e6:8.1f} µs a document {total / seconds['lxml']:8.2f} times lxml"


def _lxml(chunk: Sequence[Document]) -> None:
    for _, source in chunk:
        etree.tostring(etree.fromstring(source))


def _lxml_reading(chunk: Sequence[Document]) -> None:
    for _, source in chunk:
        etree.fromstring(source)


def _virtxml(chunk: Sequence[Document]) -> None:
    for cls, source in chunk:
        cls.from_xml(source).to_xml()


def _reading(chunk: Sequence[Document]) -> None:
    for cls, source in chunk:
        cls.from_xml(source)


def _xsdata() -> Work | None:
    """Return the work of xsdata, or None without it."""
    try:
        from xsdata.formats.dataclass.parsers import XmlParser
        from xsdata.formats.dataclass.serializers import XmlSerializer

        from virtxml.interop.xsdata import context
    except ImportError:
        return None
    bindings = context()
    parser, serializer = XmlParser(context=bindings), XmlSerializer(context=bindings)

    def work(chunk: Sequence[Document]) -> None:
        with warnings.catch_warnings():
            # It warns of values that are not of their type; ours keeps them, and this is no test.
            warnings.simplefilter("ignore")
            for cls, source in chunk:
                serializer.render(parser.from_bytes(source, cls))

    return work
