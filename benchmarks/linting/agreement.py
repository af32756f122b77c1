"""How the rules agree with what libvirt's own tests say of its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.lint.verdicts import RELEASE, findings, refused, taken
from tests.support import shared_dir


def measure() -> Iterator[str]:
    """Iterate over the lines of the report."""
    if shared_dir() is None:
        yield "there are no documents of libvirt: see CONTRIBUTING.md"
        return
    told: Counter[str] = Counter()
    for case in refused():
        found = findings(case.source)
        told["schema" if found is None else "rules" if any(one.severity == "error" for one in found) else "nobody"] += 1
    yield f"{told.total()} documents that libvirt {RELEASE} refuses in its tests:"
    yield f"  refused by the schema {told['schema']}, by rules {told['rules']}, by nobody {told['nobody']}"
    counts: Counter[str] = Counter()
    for path in taken():
        found = findings(path.read_bytes())
        if found is not None:
            counts["documents"] += 1
            counts.update({one.severity for one in found})
    yield f"{counts['documents']} documents that it takes, or has written:"
    warned = counts["warning"] / counts["documents"]
    yield f"  with an error {counts['error']}, with a warning {counts['warning']} ({warned:.1%})"
