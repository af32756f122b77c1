"""One line per finding, as compilers write them, for editors and grep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .codes import CODES
from .display import escape
from .report import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .diagnostic import Diagnostic

MOST = 100
"""How many findings of a file are shown to people."""


class ShortReport(Report):
    """Lines of the form `file:line:column: error VX102: message`, with the names of rules behind that."""

    for_people = True

    def file(self, name: str, source: str, diagnostics: Sequence[Diagnostic]) -> str:
        """Return a line for each finding."""
        lines = [escape(one_line(name, diagnostic), self.encoding) for diagnostic in diagnostics[:MOST]]
        lines += more(name, len(diagnostics), self.encoding)
        return "".join(f"{line}\n" for line in lines)


def one_line(name: str, diagnostic: Diagnostic) -> str:
    """Return a finding in one line, with what to do."""
    kind = f"{diagnostic.severity} {diagnostic.code}"
    return f"{place(name, diagnostic)}: {kind}: {sentence(diagnostic)}{rule(diagnostic)}"


def rule(diagnostic: Diagnostic) -> str:
    """Return the name of the rule that a finding is of, as it stands behind a message; nothing for the schema's."""
    return f" [{diagnostic.name}]" if diagnostic.name and diagnostic.code not in CODES else ""


def place(name: str, diagnostic: Diagnostic) -> str:
    """Return where a finding is: the file, and the line and column or, without them, the path."""
    if diagnostic.line is None:
        return f"{name}:{diagnostic.path}" if diagnostic.path else name
    return ":".join(str(part) for part in (name, diagnostic.line, diagnostic.column) if part is not None)


def sentence(diagnostic: Diagnostic) -> str:
    """Return what is wrong and what to do."""
    return f"{diagnostic.message}; {diagnostic.help}" if diagnostic.help else diagnostic.message


def more(name: str, count: int, encoding: str) -> list[str]:
    """Return a line that says how many findings of a file are not shown, if there are such."""
    from .display import can_show

    dots = "…" if can_show("…", encoding) else "..."
    return [f"{escape(name, encoding)}: {dots} and {count - MOST:,} more"] if count > MOST else []
