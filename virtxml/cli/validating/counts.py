"""How much was found in how many documents, and what that is in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.diagnostics.diagnostic import SEVERITIES, is_as_bad

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.diagnostics.diagnostic import Severity
    from virtxml.validation import Verdict

_NOUNS = {"error": "mistake", "warning": "warning", "info": "info"}


class Counts:
    """Counts documents, and what is found in them.

    Attributes:
        good: the documents in which nothing is so bad that it fails.
        failed: the other documents.
        unreadable: the files that could not be read.
    """

    def __init__(self, fail_on: Severity) -> None:
        """Take the least severity that fails."""
        self.good = self.failed = self.unreadable = 0
        self._fail_on: Severity = fail_on
        self._elsewhere = 0
        self._findings: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
        self._documents: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)

    def add(self, verdicts: Iterable[Verdict]) -> None:
        """Count the documents of a file."""
        for verdict in verdicts:
            found: list[Severity] = [one.severity for one in verdict.diagnostics]
            for severity in set(found):
                self._findings[severity] += found.count(severity)
                self._documents[severity] += 1
            if any(is_as_bad(severity, self._fail_on) for severity in found):
                self.failed += 1
            else:
                self.good += 1
            self._elsewhere += bool(verdict.releases) and "error" in found

    def summary(self) -> str:
        """Return the numbers in one line."""
        parts = []
        for severity in SEVERITIES:
            if self._findings[severity]:
                found = _count(self._findings[severity], _NOUNS[severity])
                parts.append(f"{found} in {_count(self._documents[severity], 'document')}")
            if severity == "error" and self._elsewhere:
                all_ = self._elsewhere == self._documents["error"]
                which = "" if all_ else f"{self._elsewhere:,} of these documents "
                parts.append(f"{which}valid for other releases of libvirt")
        if self.good:
            parts.append(f"{_count(self.good, 'document')} valid")
        if self.unreadable:
            parts.append(f"{_count(self.unreadable, 'file')} could not be read")
        return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
