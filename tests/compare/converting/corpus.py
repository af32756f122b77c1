"""libvirt's own documents, converted to other releases: what is counted of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.corpus import documents
from virtxml import Node, ParseError, convert, is_valid
from virtxml.catalogue import RELEASES
from virtxml.compare.converting import ConversionError

OLDER = RELEASES[:7]
"""The releases before that of the documents."""


def models(corpus: Path, every: int = 1) -> Iterator[tuple[str, Node]]:
    """Iterate over the documents that are valid for a release, or over one of so many: names and models."""
    for number, (path, source, cls) in enumerate(documents(corpus)):
        if number % every:
            continue
        try:
            model = cls.from_xml(source)
        except ParseError:  # some are not meant to be read
            continue
        if any(is_valid(model, libvirt=release) for release in reversed(RELEASES)):
            yield str(path.relative_to(corpus)), model


def counted(name: str, model: Node, release: str, counts: Counter[str]) -> None:
    """Convert a document, and count what comes out. Raises AssertionError where it is not as it has to be."""
    try:
        found = convert(model, release)
    except ConversionError:
        counts["no such documents"] += 1
        return
    valid = is_valid(found.model, libvirt=release)
    assert found.valid == valid, name
    again = convert(found.model, release)
    assert again.model == found.model, name
    assert not valid or {one.action for one in again.report} <= {"found"}, name
    counts["documents"] += 1
    counts["valid"] += valid
    counts["changed"] += bool(found.report)
    counts["with a loss"] += bool(found.losses)
    for one in found.report:
        counts[one.action] += 1
        counts[f"libvirt: {one.libvirt}"] += 1
        counts["known since nobody knows when"] += not (one.since or one.until or one.code)
