"""Annotations for GitHub: workflow commands, which a step of a workflow prints.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .codes import CODES
from .display import escape
from .report import Report
from .short import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .diagnostic import Diagnostic

_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


class GithubReport(Report):
    """Commands of the form `::error file=…,line=…,…,title=…::message`, or `::warning`, or `::notice`."""

    def file(self, name: str, source: str, diagnostics: Sequence[Diagnostic]) -> str:
        """Return a line for each finding."""
        return "".join(_command(name, diagnostic) for diagnostic in diagnostics)

    def unreadable(self, name: str, reason: str) -> str:
        """Return an error of the file as a whole."""
        return f"::error file={name.translate(_IN_PROPERTY)}::{reason.translate(_IN_DATA)}\n"


def _command(name: str, diagnostic: Diagnostic) -> str:
    title = f"{diagnostic.code} {CODES.get(diagnostic.code, diagnostic.name)}".rstrip()
    properties = {"file": name, **_region(diagnostic), "title": title}
    words = ",".join(f"{key}={str(value).translate(_IN_PROPERTY)}" for key, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {words}::{escape(sentence(diagnostic)).translate(_IN_DATA)}\n"


def _region(diagnostic: Diagnostic) -> dict[str, int | None]:
    """Return the properties that say where; GitHub takes columns only if all is in one line."""
    region = {"line": diagnostic.line, "endLine": diagnostic.end_line}
    if diagnostic.end_line in (None, diagnostic.line):
        region |= {"col": diagnostic.column, "endColumn": diagnostic.end_column}
    order = ("line", "col", "endLine", "endColumn")
    return {key: region[key] for key in order if region.get(key) is not None}
