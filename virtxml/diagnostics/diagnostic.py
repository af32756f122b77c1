"""A finding of validation, as data. Renderers make text of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from .codes import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From what is worst on."""


def is_as_bad(severity: Severity, other: Severity) -> bool:
    """Tell whether a severity is another one, or a worse one."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(other)


class Related(NamedTuple):
    """Another place that a finding is about, such as where an attribute was first given."""

    line: int | None
    """The line, from 1; None when the source is a model."""
    column: int | None
    """The column in characters, from 1; None when the source is a model."""
    message: str
    """What is there, such as "first given here": no full stop, one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One mistake in a document, where it is, and what would be right.

    Lines and columns count from 1, and columns count characters, a tab as one. They are None when the source is a
    model, and where they are not known; then `path` says where.

    Attributes:
        code: what kind of mistake it is, a key of `virtxml.diagnostics.codes.CODES`.
        severity: "error" for what libvirt refuses, "warning" for what it drops or changes, "info" for advice.
        message: what is wrong, complete in one line, such as `unknown attribute "typ" on <driver>`.
        line: the line where the culprit starts.
        column: the column of the culprit's first character.
        end_line: the line where the culprit ends.
        end_column: the column one past the culprit's last character.
        path: an XPath of the culprit with names as they are written, such as `/domain/devices/disk[2]/driver/@typ`.
        expected: what may stand there: names of elements and attributes, values, or forms in words.
        suggestions: names or values that would be right in place of the culprit, the best first.
        help: what to do, in one line, such as `did you mean "type"?`; "" if there is nothing to say.
        url: the page of libvirt's documentation about the element; "" if there is none.
        related: other places that the mistake is about.
        name: the name of its kind, by which people ignore it, such as "unknown-attribute".
        phase: when libvirt refuses it, "define" or "start"; "" for what it takes, and for what its schema refuses.
    """

    code: str
    severity: Severity = "error"
    message: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    path: str = ""
    expected: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    help: str = ""
    url: str = ""
    related: tuple[Related, ...] = ()
    name: str = ""
    phase: str = ""

    def __post_init__(self) -> None:
        """Take the name of the code, unless one is given."""
        if not self.name:
            object.__setattr__(self, "name", NAMES.get(self.code, ""))


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return findings in the order of the places that they are about; those without a place come first."""
    return sorted(found, key=lambda one: (one.line or 0, one.column or 0))
