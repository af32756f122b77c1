"""Slips of XML itself that can be made in a well-formed document: what people who type it do wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_PLAIN_VALUE = re.compile(r"\s[\w:]+=(['\"])([\w.:/-]+)\1")
_VALUE = re.compile(r"\s[\w:]+=(['\"])([^'\"<>&\n]+)\1")
_TEXT = re.compile(r">([^<>&\n]*\w[^<>&\n]*)</")
_EMPTY = re.compile(r"<[\w:]+(?:\s[^<>]*)?(/)>")
_END = re.compile(r"\n[ \t]*</([\w]{4,})>(?=\n)")
_LINE_END = re.compile(r"</([\w]{4,})>(?=\n)")
_START = re.compile(r"<([\w]+)(?:\s[^<>]*[^/<>])?(>)\n")


class Slip(NamedTuple):
    """A document that is not well-formed.

    Attributes:
        text: the document.
        start: the offset of the culprit: what is written wrongly, or the start tag that is never closed.
    """

    text: str
    start: int


def _replaced(pattern: re.Pattern[str], text: str, rng: random.Random, group: int, new: str) -> Slip | None:
    found = list(pattern.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    start, end = match.span(group)
    return Slip(text[:start] + new + text[end:], match.start())


def _no_quotes(text: str, rng: random.Random) -> Slip | None:
    found = list(_PLAIN_VALUE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return Slip(text[: match.start(1)] + match[2] + text[match.end(2) + 1 :], match.start(1))


def _half_quotes(text: str, rng: random.Random) -> Slip | None:
    found = list(_VALUE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return Slip(text[: match.end(2)] + text[match.end(2) + 1 :], match.start(1))


def _in_text(sign: str) -> Callable[[str, random.Random], Slip | None]:
    def make(text: str, rng: random.Random) -> Slip | None:
        found = list(_TEXT.finditer(text))
        if not found:
            return None
        at = rng.choice(found).end(1)
        return Slip(f"{text[:at]} {sign} {text[at:]}", at + 1)

    return make


def _never_closed(text: str, rng: random.Random) -> Slip | None:
    found = list(_END.finditer(text))
    if not found:
        return None
    end = rng.choice(found)
    depth, start = 0, 0
    for match in re.finditer(rf"<(/?){end[1]}(?=[\s/>])[^<>]*?(/?)>", text[: end.start()]):
        if match[1]:
            depth -= 1
        elif not match[2]:
            depth += 1
            if depth == 1:
                start = match.start()
    return Slip(text[: end.start()] + text[end.end() :], start) if depth == 1 else None


def _misspelled_end(text: str, rng: random.Random) -> Slip | None:
    found = list(_LINE_END.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    name = match[1]
    at = rng.randrange(1, len(name) - 1)
    return Slip(text[: match.start(1) + at] + text[match.start(1) + at + 1 :], match.start())


def _given_twice(text: str, rng: random.Random) -> Slip | None:
    found = list(_VALUE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return Slip(text[: match.end()] + match[0] + text[match.end() :], match.end())


def _undeclared(text: str, _: random.Random) -> Slip | None:
    declaration = re.search(r"\sxmlns:(\w+)=(['\"])[^'\"]*\2", text)
    if declaration is None:
        return None
    bare = text[: declaration.start()] + text[declaration.end() :]
    use = re.search(rf"[<\s]{declaration[1]}:", bare)
    return Slip(bare, use.start()) if use else None


SLIPS: dict[str, Callable[[str, random.Random], Slip | None]] = {
    "no quotes": _no_quotes,
    "no closing quote": _half_quotes,
    "bare ampersand": _in_text("&"),
    "less-than sign": _in_text("<"),
    "empty tag without slash": lambda text, rng: _replaced(_EMPTY, text, rng, 1, ""),
    "never closed": _never_closed,
    "misspelled end tag": _misspelled_end,
    "tag without its end": lambda text, rng: _replaced(_START, text, rng, 2, ""),
    "attribute twice": _given_twice,
    "undeclared prefix": _undeclared,
}
"""The kinds of slip: each makes one at random in a document, or returns None if there is no place for it."""
