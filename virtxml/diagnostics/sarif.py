"""A report in SARIF 2.1.0, the form in which GitHub and others take findings of analysis tools.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

import os
from json import dumps
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from virtxml.packaged import __version__

from .about import about
from .codes import FIXABLE
from .report import Report
from .short import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .about import About
    from .diagnostic import Diagnostic

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "ROOTPATH"
"""Stands for the directory that relative paths start from. Who reads the report knows where that is."""


class SarifReport(Report):
    """A SARIF log with one run. Columns count characters, not units of UTF-16 as they do by default."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._results: list[dict[str, Any]] = []
        self._notifications: list[dict[str, Any]] = []
        self._names: dict[str, str] = {}
        self._numbers: dict[str, int] = {}

    def file(self, name: str, source: str, diagnostics: Sequence[Diagnostic]) -> str:
        """Keep the findings, and return nothing: a log is made as a whole."""
        self._results += [self._result(name, diagnostic) for diagnostic in diagnostics]
        return ""

    def unreadable(self, name: str, reason: str) -> str:
        """Keep a notification, and return nothing."""
        place = {"physicalLocation": {"artifactLocation": _artifact(name)}}
        self._notifications.append({"level": "error", "message": {"text": reason}, "locations": [place]})
        return ""

    def end(self) -> str:
        """Return the log, in ASCII."""
        driver = {
            "name": "virtxml",
            "semanticVersion": __version__,
            "rules": [_rule(code, name, (self.about or about)(code)) for code, name in self._names.items()],
        }
        invocation: dict[str, Any] = {"executionSuccessful": not self._notifications}
        if self._notifications:
            invocation["toolExecutionNotifications"] = self._notifications
        run = {
            "tool": {"driver": driver},
            "invocations": [invocation],
            "columnKind": "unicodeCodePoints",
            "results": self._results,
        }
        return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"

    def _result(self, name: str, diagnostic: Diagnostic) -> dict[str, Any]:
        self._names.setdefault(diagnostic.code, diagnostic.name)
        artifact = _artifact(name)
        region = _region(diagnostic.line, diagnostic.column, diagnostic.end_line, diagnostic.end_column)
        location = _location(artifact, region)
        if diagnostic.path:
            location["logicalLocations"] = [{"fullyQualifiedName": diagnostic.path}]
        result: dict[str, Any] = {
            "ruleId": diagnostic.code,
            "ruleIndex": self._numbers.setdefault(diagnostic.code, len(self._numbers)),
            "level": _LEVELS[diagnostic.severity],
            "message": {"text": sentence(diagnostic)},
            "locations": [location],
        }
        if diagnostic.related:
            result["relatedLocations"] = [
                _location(artifact, _region(place.line, place.column)) | {"message": {"text": place.message}}
                for place in diagnostic.related
            ]
        if diagnostic.code in FIXABLE and diagnostic.suggestions and "endColumn" in region:
            result["fixes"] = [_fix(artifact, region, diagnostic.suggestions[0])]
        properties = {"documentation": diagnostic.url, "phase": diagnostic.phase}
        if any(properties.values()):
            result["properties"] = {key: value for key, value in properties.items() if value}
        return result


def _rule(code: str, name: str, about: About) -> dict[str, Any]:
    """Return what a log says of a kind of finding."""
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": about.title},
        "help": {"text": about.why or about.title},
        "helpUri": about.page,
        "defaultConfiguration": {"level": _LEVELS[about.severity]},
    }
    if name:
        rule["name"] = name
    if about.why:
        rule["fullDescription"] = {"text": about.why}
    properties = {"phase": about.phase, "group": about.group}
    if any(properties.values()):
        rule["properties"] = {key: value for key, value in properties.items() if value}
    return rule


def _artifact(name: str) -> dict[str, str]:
    """Return a file's address: relative if its name is, as a report is read where the files are."""
    path = quote(os.fsencode(name.replace(os.sep, "/")), safe="/")
    if name.startswith("/"):
        return {"uri": f"file://{path}"}
    return {"uri": path, "uriBaseId": _ROOT}


def _region(*numbers: int | None) -> dict[str, int]:
    names = ("startLine", "startColumn", "endLine", "endColumn")
    return {name: number for name, number in zip(names, numbers, strict=False) if number is not None}


def _location(artifact: dict[str, str], region: dict[str, int]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": artifact}
    if region:
        place["region"] = region
    return {"physicalLocation": place}


def _fix(artifact: dict[str, str], region: dict[str, int], suggestion: str) -> dict[str, Any]:
    from xml.sax.saxutils import escape

    text = escape(suggestion, {"'": "&apos;", '"': "&quot;"})
    replacement = {"deletedRegion": region, "insertedContent": {"text": text}}
    return {
        "description": {"text": f"replace by {suggestion}"},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
    }
