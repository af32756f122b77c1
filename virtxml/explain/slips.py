"""Make diagnostics of slips in XML itself, beside those of what could be read."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from virtxml.diagnostics.diagnostic import Diagnostic, Related, in_order

from .codes import NOT_WELL_FORMED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from virtxml.source.lines import Lines
    from virtxml.source.slips.reading import Reading
    from virtxml.source.slips.slip import Slip


def with_slips(reading: Reading, rest: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return what is to be said of a text that is not well-formed, in its order.

    ``rest`` is what was found in the text as it was mended, with places in the text as it is. What is about a tag that
    had to be guessed is left out: it may be wrong as soon as the slip is mended.
    """
    lines = reading.lines
    doubt = sorted((lines.place(start), lines.place(end)) for slip in reading.slips for start, end in slip.doubt)
    starts = [start for start, _ in doubt]
    ends = list(accumulate((end for _, end in doubt), max))
    kept = [one for one in rest if not _is_in((one.line or 0, one.column or 0), starts, ends)]
    return in_order([*(_diagnostic(slip, lines) for slip in reading.slips), *kept])


def _is_in(place: tuple[int, int], starts: list[tuple[int, int]], ends: list[tuple[int, int]]) -> bool:
    """Tell whether a place is in one of some spans: their starts in order, and for each the last end so far."""
    index = bisect_right(starts, place) - 1
    return index >= 0 and place < ends[index]


def _diagnostic(slip: Slip, lines: Lines) -> Diagnostic:
    line, column = lines.place(slip.span[0])
    end_line, end_column = lines.place(slip.span[1])
    related = (Related(*lines.place(slip.first[0]), slip.said),) if slip.first else ()
    return Diagnostic(
        code=NOT_WELL_FORMED,
        message=slip.message,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        help=slip.help,
        related=related,
    )
