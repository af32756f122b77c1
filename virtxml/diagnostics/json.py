"""A report in JSON, with everything that is known of each finding.

The form is stable: later versions of virtxml may add keys, and nothing else changes as long as `version` is 1.

    {"version": 1,
     "files": [
       {"file": "vm.xml", "diagnostics": [{"code": "VX102", "severity": "error", "message": "…", "line": 14, …}]},
       {"file": "gone.xml", "error": "No such file or directory", "diagnostics": []}]}

The keys of a diagnostic are the attributes of `Diagnostic`. Files without findings are there, too. A related place has
`line`, `column` and `message`.
"""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from .report import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .diagnostic import Diagnostic


_BEGIN = '{"version": 1, "files": ['


class JsonReport(Report):
    """A JSON document, in ASCII."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._separator = ""

    def file(self, name: str, source: str, diagnostics: Sequence[Diagnostic]) -> str:
        """Return the file's object, with the beginning of the document before the first."""
        lines = ",".join(f"\n  {dumps(as_dict(diagnostic))}" for diagnostic in diagnostics)
        return self._item(f'{{"file": {dumps(name)}, "diagnostics": [{lines}]}}')

    def unreadable(self, name: str, reason: str) -> str:
        """Return an object with the reason as `error`."""
        return self._item(dumps({"file": name, "error": reason, "diagnostics": []}))

    def end(self) -> str:
        """Return the end of the document."""
        return "\n]}\n" if self._separator else f"{_BEGIN}]}}\n"

    def _item(self, text: str) -> str:
        before, self._separator = self._separator or _BEGIN, ","
        return f"{before}\n{text}"


def as_dict(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic as JSON has it."""
    from dataclasses import fields

    found = {field.name: getattr(diagnostic, field.name) for field in fields(diagnostic)}
    found["related"] = [place._asdict() for place in diagnostic.related]
    return found
