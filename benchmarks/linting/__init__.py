"""What the rules find beside what libvirt says, and how long that takes."""

from __future__ import annotations

from collections.abc import Iterator

from . import agreement, times


def measure() -> Iterator[str]:
    """Iterate over the lines of the report."""
    yield from agreement.measure()
    yield ""
    yield from times.measure()
