"""Comments and instructions before and behind the root element of a document: kept and written as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from virtxml.content import Extra
from virtxml.content.wellformed import check_instruction, comment

if TYPE_CHECKING:
    from virtxml.element import Element

_STARTS = re.compile(r"\ufeff?(?:<\?xml\s[^>]*>)?\s*<[?!]")
_STARTS_IN_BYTES = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml\s[^>]*>)?\s*<[?!]")
_ENDS = ("-->", "?>")
_ENDS_IN_BYTES = (b"-->", b"?>")
_DECLARATION = re.compile(r"<\?xml\s(?s:.*?)\?>")
_ITEM = re.compile(r"\s+|<!--(?P<comment>(?s:.*?))-->|<\?(?!xml[\s?])(?s:.*?)\?>")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*\Z")


def keep_outside(node: Element, source: str | bytes) -> None:
    """Keep what is outside the root element of a well-formed document that an object was read from."""
    if not _may_have_some(source):
        return
    from virtxml.source.decoding import decode

    text = decode(source).replace("\r\n", "\n").replace("\r", "\n")
    before, after = text_before(text), text_after(text)
    if before or after:
        if node.extra is None:
            node.extra = Extra()
        node.extra.before, node.extra.after = before, after


def _may_have_some(source: str | bytes) -> bool:
    """Tell quickly whether there may be something outside: there seldom is."""
    if isinstance(source, str):
        return _STARTS.match(source) is not None or source.rstrip().endswith(_ENDS)
    # UTF-16 and UTF-32 are not looked into quickly.
    ends = source.rstrip().endswith(_ENDS_IN_BYTES)
    return ends or _STARTS_IN_BYTES.match(source) is not None or b"\0" in source[:4]


def text_before(text: str) -> str:
    """Return the comments and instructions before the root element of a text, and an empty line behind them."""
    declaration = _DECLARATION.match(text)
    start = end = declaration.end() if declaration else 0
    while item := _ITEM.match(text, end):
        end = item.end()
    found = text[start:end]
    return found.strip() and f"{found.strip()}\n{chr(10) if _EMPTY_LINE.search(found) else ''}"


def text_after(text: str) -> str:
    """Return the comments and instructions behind the root element of a text, with a line end."""
    rest = text.rstrip()
    while rest.endswith("-->"):  # a comment holds no start of another
        rest = rest[: rest.rfind("<!--")].rstrip()
    if rest.endswith("?>"):
        # An instruction may hold anything, what looks like its start too: only the whole text tells where it starts.
        from virtxml.source.tree import parsed

        rest = text[: parsed(text).root.span[1]]
    found = text[len(rest) :].strip()
    return found and f"{found}\n"


def checked_outside(text: str) -> str:
    """Return what is to be written outside a root element. Raises ValueError unless it may stand there."""
    if text.isspace():
        return ""
    end = 0
    while item := _ITEM.match(text, end):
        end = item.end()
        if item["comment"] is not None:
            comment(item["comment"])
        elif not item[0].isspace():
            check_instruction(item[0])
    if end < len(text):
        raise ValueError("only comments and instructions stand outside of a root element")
    return text
