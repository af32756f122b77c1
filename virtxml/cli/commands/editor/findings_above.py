"""Findings as comments above a document that somebody edits, and taking them away again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from virtxml.diagnostics.display import escape
from virtxml.diagnostics.short import sentence
from virtxml.source.decoding import decode_strictly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from virtxml.diagnostics.diagnostic import Diagnostic

_MOST = 20
"""How many findings are shown at once."""
_START = "<!-- virtxml editor: "
_LINE = re.compile(rf"^{_START}.*?-->[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_LINE_OF_BYTES = re.compile(_LINE.pattern.encode(), re.MULTILINE)
_DECLARATION = re.compile(r"<\?xml\s[^>]*\?>[ \t]*\r?\n")


def with_findings(document: bytes, findings: Sequence[Diagnostic]) -> bytes:
    """Return a document with findings above it, or behind its XML declaration."""
    if not findings:
        return document
    decoded = decode_strictly(document)
    line_end = "\r\n" if "\r\n" in decoded.text else "\n"
    shown = findings[:_MOST]
    count = f"{len(findings):,} mistake{'' if len(findings) == 1 else 's'}"
    lines = [f"{count}; close the editor without a change to give up. These lines are removed by themselves."]
    declaration = _DECLARATION.match(decoded.text)
    first = 0 if declaration is None else declaration[0].count("\n")
    below = 1 + len(shown) + (len(findings) > len(shown))
    for found in shown:
        place = "" if found.line is None else f"line {found.line + (below if found.line > first else 0)}: "
        lines.append(f"{place}{sentence(found)} ({found.code})")
    if len(findings) > len(shown):
        lines.append(f"… and {len(findings) - len(shown):,} more")
    text = "".join(f"{_START}{_plain(line)} -->{line_end}" for line in lines)
    before = "" if declaration is None else declaration[0]
    at = len(decoded.mark) + len(before.encode(decoded.encoding))
    return document[:at] + text.encode(decoded.encoding, "xmlcharrefreplace") + document[at:]


def without_findings(document: bytes) -> bytes:
    """Return a document without the findings that `with_findings` has put above it, wherever they are by now."""
    decoded = decode_strictly(document)
    if decoded.wrong is None and decoded.encode(decoded.text) == document:
        return decoded.encode(_LINE.sub("", decoded.text))
    # Half of an edit, such as another encoding in the declaration.
    mark = len(decoded.mark)
    return document[:mark] + _LINE_OF_BYTES.sub(b"", document[mark:])


def _plain(text: str) -> str:
    """Return a text that a comment may hold, in one line."""
    return re.sub(r"-(?=-)", "- ", escape(text, "utf-8"))
