"""Slips of XML itself that can be made in a well-formed document: what people who type it do wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from virtxml.source.layout import with_indentation
from virtxml.source.tree import parsed

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from virtxml.source.elements import Attribute, Element

_T = TypeVar("_T")

_PLAIN = re.compile(r"[\w.:/-]+")
_SAFE = re.compile(r"[^'\"<>&\n]+")
_LINE = re.compile(r"[^<>&\n]*\w[^<>&\n]*")
_WORD = re.compile(r"\w{4,}")
"""A name of which a letter may be lost."""


class Slip(NamedTuple):
    """A document that is not well-formed.

    Attributes:
        text: the document.
        start: the offset of the culprit: what is written wrongly, or the start tag that is never closed.
    """

    text: str
    start: int


def _chosen(found: Sequence[_T], rng: random.Random) -> _T | None:
    return rng.choice(found) if found else None


def _attributes(text: str, pattern: re.Pattern[str]) -> list[Attribute]:
    """Return the attributes of a document whose values have a form."""
    return [it for one in parsed(text).elements for it in one.attributes if pattern.fullmatch(it.value)]


def _ended(text: str) -> list[Element]:
    """Return the elements named by a word, with an end tag that is last on its line, in the order of these."""
    found = [one for one in parsed(text).elements if one.end_name_span and text.startswith("\n", one.end[1])]
    return sorted((one for one in found if _WORD.fullmatch(one.name)), key=lambda one: one.end)


def _no_quotes(text: str, rng: random.Random) -> Slip | None:
    chosen = _chosen(_attributes(text, _PLAIN), rng)
    if chosen is None:
        return None
    start, end = chosen.value_span
    return Slip(text[: start - 1] + chosen.value + text[end + 1 :], start - 1)


def _half_quotes(text: str, rng: random.Random) -> Slip | None:
    chosen = _chosen(_attributes(text, _SAFE), rng)
    if chosen is None:
        return None
    start, end = chosen.value_span
    return Slip(text[:end] + text[end + 1 :], start - 1)


def _in_text(sign: str) -> Callable[[str, random.Random], Slip | None]:
    def make(text: str, rng: random.Random) -> Slip | None:
        # Texts between a tag and an end tag.
        spans = [(span, one) for one in parsed(text).elements for span in one.texts if text[span[0] - 1] == ">"]
        found = [end for (start, end), one in spans if end == one.end[0] and _LINE.fullmatch(text, start, end)]
        at = _chosen(found, rng)
        return None if at is None else Slip(f"{text[:at]} {sign} {text[at:]}", at + 1)

    return make


def _never_closed(text: str, rng: random.Random) -> Slip | None:
    found = [(one, with_indentation(text, one.end)) for one in _ended(text)]
    chosen = _chosen([(one, span) for one, span in found if span != one.end], rng)
    if chosen is None:
        return None
    element, (start, end) = chosen
    around = element.parent
    while around is not None:
        if around.name == element.name:
            return None
        around = around.parent
    return Slip(text[:start] + text[end:], element.start[0])


def _empty_without_slash(text: str, rng: random.Random) -> Slip | None:
    element = _chosen([one for one in parsed(text).elements if not one.end_name_span], rng)
    if element is None:
        return None
    end = element.start[1]
    return Slip(f"{text[: end - 2]}{text[end - 1 :]}", element.start[0])


def _start_without_end(text: str, rng: random.Random) -> Slip | None:
    found = [one for one in parsed(text).elements if one.end_name_span and text.startswith("\n", one.start[1])]
    element = _chosen(found, rng)
    if element is None:
        return None
    end = element.start[1]
    return Slip(text[: end - 1] + text[end:], element.start[0])


def _misspelled_end(text: str, rng: random.Random) -> Slip | None:
    element = _chosen(_ended(text), rng)
    if element is None:
        return None
    at = element.end[0] + 2 + rng.randrange(1, len(element.name) - 1)
    return Slip(text[:at] + text[at + 1 :], element.end[0])


def _given_twice(text: str, rng: random.Random) -> Slip | None:
    chosen = _chosen(_attributes(text, _SAFE), rng)
    if chosen is None:
        return None
    end = chosen.span[1]
    return Slip(f"{text[:end]} {text[chosen.name_span[0] : end]}{text[end:]}", end)


def _undeclared(text: str, _: random.Random) -> Slip | None:
    attributes = [it for one in parsed(text).elements for it in one.attributes]
    declaration = next((it for it in attributes if it.name.startswith("xmlns:")), None)
    if declaration is None:
        return None
    prefix = f"{declaration.name.removeprefix('xmlns:')}:"
    bare = text[: declaration.span[0]] + text[declaration.span[1] :]
    for element in parsed(bare).elements:
        names = [(element.name, element.start[0]), *((it.name, it.name_span[0]) for it in element.attributes)]
        for name, start in names:
            if name.startswith(prefix):
                return Slip(bare, start)
    return None


SLIPS: dict[str, Callable[[str, random.Random], Slip | None]] = {
    "no quotes": _no_quotes,
    "no closing quote": _half_quotes,
    "bare ampersand": _in_text("&"),
    "less-than sign": _in_text("<"),
    "empty tag without slash": _empty_without_slash,
    "never closed": _never_closed,
    "misspelled end tag": _misspelled_end,
    "tag without its end": _start_without_end,
    "attribute twice": _given_twice,
    "undeclared prefix": _undeclared,
}
"""The kinds of slip: each makes one at random in a document, or returns None if there is no place for it."""
