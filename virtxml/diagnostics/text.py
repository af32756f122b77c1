"""Findings as people read them, with the lines of the source that they are about."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from virtxml.source.lines import Lines
from virtxml.source.secrets.spans import secret_spans

from .display import can_show, cells, escape, width
from .report import Report
from .short import MOST, more, place, rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .diagnostic import Diagnostic

_BOLD, _BLUE, _CYAN = "1", "34", "36"
_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36"}
_AT_START = "libvirt takes the document; the guest fails to start"
_LEAD = 20
"""How many columns of a long line are shown before a culprit, and are kept for it."""


class TextReport(Report):
    """Messages with a frame of code, as compilers for people print them:

    vm.xml:14:27: error VX102: unknown attribute "typ" on <driver>
       13 │     <disk type='file' device='disk'>
       14 │       <driver name='qemu' typ='qcow2'/>
          │                           ^^^ did you mean "type"?
          = https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms
    """  # noqa: D400 - what is shown belongs to the sentence

    for_people = True

    def file(self, name: str, source: str, diagnostics: Sequence[Diagnostic]) -> str:
        """Return the message of each finding, with an empty line behind it."""
        lines = _Lines(source, self.encoding)
        shown = [self._message(name, lines, diagnostic) for diagnostic in diagnostics[:MOST]]
        shown += [f"{line}\n" for line in more(name, len(diagnostics), self.encoding)]
        return "".join(f"{message}\n" for message in shown)

    def _message(self, name: str, lines: _Lines, diagnostic: Diagnostic) -> str:
        frame = _Frame(self, lines, diagnostic)
        head = self._paint(escape(f"{place(name, diagnostic)}:", self.encoding), _BOLD)
        kind = self._paint(f"{diagnostic.severity} {diagnostic.code}", _COLOURS[diagnostic.severity])
        message = escape(diagnostic.message, self.encoding) + rule(diagnostic)
        return "".join(f"{line}\n" for line in [f"{head} {kind}: {message}", *frame.lines()])

    def _paint(self, text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self.colour and text else text


class _Mark(NamedTuple):
    """A piece of one line to underline, and what to say about it."""

    line: int
    column: int
    end: int
    sign: str
    label: str


class _Lines:
    """The lines of a source, found when they are asked for. Only line feeds end them, as for parsers of XML."""

    def __init__(self, source: str, encoding: str) -> None:
        self._source = source
        self._encoding = encoding
        self._lines = Lines(source)

    @cached_property
    def _secrets(self) -> list[tuple[int, int]]:
        return list(secret_spans(self._source))

    def piece(self, line: int, first: int, last: int) -> list[str]:
        """Return what is shown for each character of a piece of a line; nothing for a line that is not there."""
        start, end = self._lines.span(line)
        start, end = min(start + first, end), min(start + last, end)
        shown = cells(self._source[start:end], self._encoding)
        # A secret may begin in what is left out, or in a line before.
        secrets = self._secrets
        for left, right in secrets[max(0, bisect_right(secrets, (start, start)) - 1) :]:
            if left >= end:
                break
            for index in range(max(0, left - start), min(right, end) - start):
                shown[index] = "" if index > left - start else "***"
        return shown

    def size(self, line: int) -> int:
        """Return how many characters a line has."""
        start, end = self._lines.span(line)
        return end - start


class _Frame:
    """Lines of source with marks below, then what there is to say."""

    def __init__(self, report: TextReport, lines: _Lines, diagnostic: Diagnostic) -> None:
        self._report = report
        self._source = lines
        self._diagnostic = diagnostic
        self._bar = "│" if can_show("│", report.encoding) else "|"
        self._dots = "…" if can_show("…", report.encoding) else "..."
        self._marks = _marks(diagnostic, lines)
        last = max((mark.line for mark in self._marks), default=0)
        self._gutter = max(5, len(str(last)) + 1)
        self._room = max(2 * _LEAD, report.width - self._gutter - 4)

    def lines(self) -> list[str]:
        """Return the frame, line by line."""
        shown: list[str] = []
        before = 0
        for mark in self._marks:
            offset = self._offset(mark)
            if before and mark.line > before + (2 if mark.sign == "^" else 1):
                shown.append(f"{'':{self._gutter}} {self._dots}")
            if mark.sign == "^" and mark.line - 1 > before:
                text = self._code(mark.line - 1, offset)
                shown += [self._line(str(mark.line - 1), text)] if text.strip() else []
            if mark.line != before:
                shown.append(self._line(str(mark.line), self._code(mark.line, offset)))
            before = mark.line
            shown += self._underline(mark, offset)
        notes = [] if self._marks else [self._diagnostic.help]
        notes += [other.message for other in self._diagnostic.related if other.line is None]
        notes += [_AT_START] if self._diagnostic.phase == "start" else []
        return shown + [self._note(note) for note in [*notes, self._diagnostic.url] if note]

    def _offset(self, mark: _Mark) -> int:
        """Return the number of characters to leave out of a line, so that the mark is seen."""
        first = mark.column - 1
        start = max(0, first - self._room)
        widths = [width(cell) for cell in self._source.piece(mark.line, start, first)]
        if start == 0 and sum(widths) <= self._room - _LEAD:
            return 0
        lead = 0
        while widths and lead + widths[-1] <= _LEAD:
            lead += widths.pop()
        return start + len(widths)

    def _cells(self, line: int, offset: int) -> list[str]:
        """Return what is shown for each character of a line, behind a sign for those that are left out."""
        shown = [self._dots if offset else ""]
        used = 0
        for cell in self._source.piece(line, offset, offset + self._room):
            used += width(cell)
            if used > self._room:
                break
            shown.append(cell)
        return shown

    def _code(self, line: int, offset: int) -> str:
        """Return what is shown of a line; nothing if all is left out."""
        shown = self._cells(line, offset)
        clipped = offset + len(shown) - 1 < self._source.size(line)
        return "".join(shown) + (self._dots if clipped else "") if len(shown) > 1 else ""

    def _underline(self, mark: _Mark, offset: int) -> list[str]:
        shown = self._cells(mark.line, offset)
        first, last = mark.column - offset, mark.end - offset
        lead = width("".join(shown[:first])) + max(0, first - len(shown))
        signs = mark.sign * max(1, width("".join(shown[first:last])))
        label = escape(mark.label, self._report.encoding)
        colour = _COLOURS[self._diagnostic.severity] if mark.sign == "^" else _BLUE
        paint = self._report._paint
        if label and lead + len(signs) + 1 + width(label) > self._room:
            return [self._line("", " " * lead + paint(signs, colour)), self._note(mark.label)]
        return [self._line("", " " * lead + paint(f"{signs} {label}".rstrip(), colour))]

    def _line(self, number: str, text: str) -> str:
        return f"{self._report._paint(f'{number:>{self._gutter}} {self._bar}', _BLUE)} {text}".rstrip()

    def _note(self, text: str) -> str:
        sign = self._report._paint("=", _BLUE)
        return f"{'':{self._gutter}} {sign} {self._report._paint(escape(text, self._report.encoding), _CYAN)}"


def _marks(diagnostic: Diagnostic, lines: _Lines) -> list[_Mark]:
    """Return what is to be marked, in the order of lines. A culprit of several lines is marked in its first."""
    found = []
    if diagnostic.line is not None:
        column = diagnostic.column or 1
        size = lines.size(diagnostic.line)
        end = diagnostic.end_column or column + 1
        if diagnostic.end_line not in (None, diagnostic.line):
            end = size + 1
        found.append(_Mark(diagnostic.line, column, max(end, column + 1), "^", diagnostic.help))
    for other in diagnostic.related:
        if other.line is not None:
            column = other.column or 1
            found.append(_Mark(other.line, column, column + 1, "-", other.message))
    return sorted(found, key=lambda mark: mark.line)
