"""What every format of a report has in common."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .about import About
    from .diagnostic import Diagnostic, Severity

FORMATS = {
    "text": "TextReport",
    "short": "ShortReport",
    "json": "JsonReport",
    "github": "GithubReport",
    "sarif": "SarifReport",
    "junit": "JunitReport",
}
"""Each format, which is the name of its module, and its class."""


class Report:
    """Make a report of findings, file by file: what the methods return is the report, in this order.

    Attributes:
        encoding: the encoding of what the report is written to. Characters that it lacks are escaped.
        colour: whether to colour what people read.
        width: how many columns a line may take, where lines of the source are shown.
        fail_on: what fails, where a report says so: findings of this severity, and worse ones.
        about: tells of a code what there is to say of it; None for codes that are all of the schema's.
    """

    for_people = False
    """Whether people read it as it is, so that it is in their encoding, and stops where it would be too much."""

    def __init__(
        self,
        *,
        encoding: str = "utf-8",
        colour: bool = False,
        width: int = 120,
        fail_on: Severity = "error",
        about: Callable[[str], About] | None = None,
    ) -> None:
        self.encoding = encoding
        self.colour = colour
        self.width = width
        self.fail_on: Severity = fail_on
        self.about = about

    def file(self, name: str, source: str, diagnostics: Sequence[Diagnostic]) -> str:
        """Return what the report says of one file, which may have no findings.

        ``source`` is the file's characters, without a byte order mark.
        """
        raise NotImplementedError

    def unreadable(self, name: str, reason: str) -> str:
        """Return what the report says of a file that could not be read."""
        return ""

    def end(self) -> str:
        """Return the end of the report, or all of it if it can only be made as a whole."""
        return ""


def make_report(form: str, **options: Any) -> Report:
    """Make an empty report in one of the `FORMATS`; only the module of that one is loaded. Raises KeyError.

    The options are the attributes of `Report`.
    """
    name = FORMATS[form]
    report: type[Report] = getattr(import_module(f".{form}", __package__), name)
    return report(**options)
