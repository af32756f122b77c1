"""A report in JUnit's XML, the form in which GitLab, Jenkins and others take the results of tests.

A file is a test case. There is no standard; this keeps to what the schema of Jenkins's xUnit plugin allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

from .diagnostic import is_as_bad
from .display import escape
from .report import Report
from .short import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .diagnostic import Diagnostic


class JunitReport(Report):
    """One test suite. A file with findings has failed, one that could not be read is an error.

    Findings that are not bad enough to fail are what a test case has printed.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._cases: list[str] = []
        self._failures = 0
        self._errors = 0

    def file(self, name: str, source: str, diagnostics: Sequence[Diagnostic]) -> str:
        """Keep the file's test case, and return nothing: the numbers of cases come first."""
        failed = [one for one in diagnostics if is_as_bad(one.severity, self.fail_on)]
        others = [one for one in diagnostics if not is_as_bad(one.severity, self.fail_on)]
        inside = ""
        if failed:
            self._failures += 1
            first, count = failed[0], len(failed)
            message = first.message if count == 1 else f"{first.message} (and {count - 1:,} more)"
            attributes = f"message={_attribute(message)} type={_attribute(first.code)}"
            inside = f"<failure {attributes}>{_text(name, failed)}</failure>"
        if others:
            inside += f"<system-out>{_text(name, others)}</system-out>"
        return self._case(name, inside)

    def unreadable(self, name: str, reason: str) -> str:
        """Keep a test case with an error, and return nothing."""
        self._errors += 1
        return self._case(name, f'<error message={_attribute(reason)} type="unreadable"/>')

    def end(self) -> str:
        """Return the document."""
        numbers = f'tests="{len(self._cases)}" failures="{self._failures}" errors="{self._errors}"'
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<testsuites name="virtxml validate" {numbers}>\n'
            f'<testsuite name="virtxml validate" {numbers} skipped="0">\n'
            f"{''.join(self._cases)}</testsuite>\n</testsuites>\n"
        )

    def _case(self, name: str, inside: str) -> str:
        attributes = f'classname="virtxml.validate" name={_attribute(name)} file={_attribute(name)}'
        self._cases.append(f"<testcase {attributes}>{inside}</testcase>\n")
        return ""


def _attribute(text: str) -> str:
    """Return an attribute's value in quotes, without the characters that XML cannot hold."""
    return quoteattr(escape(text))


def _text(name: str, diagnostics: Sequence[Diagnostic]) -> str:
    lines = "".join(f"{one_line(name, diagnostic)}\n" for diagnostic in diagnostics)
    return escape_xml("".join(f"{escape(line)}\n" for line in lines.split("\n")[:-1]))
