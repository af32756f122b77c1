"""Tables as lines: columns share the width, and what there is no room for beside a row stands below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.diagnostics.display import width as width_of

from .fitting import fit, padded, shares, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..screen import Row, Table
    from .marks import Marks

_GAP = "  "
_BELOW = "    "


def table_lines(table: Table, width: int, marks: Marks) -> Iterator[str]:
    """Iterate over the lines of a table: names of columns, and for each row one line or several."""
    columns, rows = _filled(table)
    if table.loose in columns and sum(_natural(columns, rows, marks)) + len(_GAP) * len(columns) > width:
        columns, rows = _without(table.loose, columns, rows)
    wide = _with_more(columns, rows)
    beside = wide is not None and sum(_natural(*wide, marks)) + len(_GAP) * len(columns) <= width
    if beside and wide is not None:
        columns, rows = wide
    room = width - len(_GAP) * (len(columns) - 1)
    widths = shares(_natural(columns, rows, marks), room)
    if any(columns):
        yield marks.paint(
            _line([fit(marks.shown(name), at, marks.dots) for name, at in _zip(columns, widths)], widths), "name"
        )
    for row in rows:
        yield from _row(row, widths, width, marks, beside)


def _row(row: Row, widths: list[int], width: int, marks: Marks, beside: bool) -> Iterator[str]:
    """Iterate over the lines of a row."""
    yield _line([fit(marks.shown(cell), at, marks.dots) for cell, at in _zip(row.cells, widths)], widths)
    for parts in ([] if beside or not row.more else [row.more]) + row.below:
        for line in wrap(parts, width - len(_BELOW), marks):
            yield f"{_BELOW}{marks.paint(line, 'aside')}"


def _zip(texts: list[str], widths: list[int]) -> Iterator[tuple[str, int]]:
    return zip(texts, widths, strict=True)


def _line(cells: list[str], widths: list[int]) -> str:
    return _GAP.join(padded(cell, width) for cell, width in _zip(cells, widths))


def _filled(table: Table) -> tuple[list[str], list[Row]]:
    """Return the columns in which something is said, and the rows with these."""
    kept = [index for index in range(len(table.columns)) if any(row.cells[index] for row in table.rows)]
    rows = [row.changed(cells=[row.cells[index] for index in kept]) for row in table.rows]
    return [table.columns[index] for index in kept], rows


def _without(name: str, columns: list[str], rows: list[Row]) -> tuple[list[str], list[Row]]:
    """Return columns and rows without one column."""
    index = columns.index(name)
    return (
        columns[:index] + columns[index + 1 :],
        [row.changed(cells=row.cells[:index] + row.cells[index + 1 :]) for row in rows],
    )


def _with_more(columns: list[str], rows: list[Row]) -> tuple[list[str], list[Row]] | None:
    """Return columns and rows with one more column for what else is said; None if nothing is."""
    if not any(row.more for row in rows):
        return None
    return [*columns, ""], [row.changed(cells=[*row.cells, ", ".join(row.more)]) for row in rows]


def _natural(columns: list[str], rows: list[Row], marks: Marks) -> list[int]:
    """Return how wide each column is if nothing is left out."""
    return [
        max([width_of(marks.shown(name)), *(width_of(marks.shown(row.cells[index])) for row in rows)])
        for index, name in enumerate(columns)
    ]
