"""Attributes of a start tag: names, signs, quotes, values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..edits import Edit
from ..elements import Attribute
from ..layout import BLANK
from .characters import check_characters
from .slip import Slip

if TYPE_CHECKING:
    from ..elements import Element, Span
    from .wording import Wording

_NAME = re.compile(r"""[^\s=<>/'"\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb&]+""")
_GOOD_NAME = re.compile(r"[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?")
_STRAY = re.compile(r"""=\s*(?:"[^"<\n]*"|'[^'<\n]*')""")
"""A value without a name."""
_EQUALS = re.compile(r"\s*=\s*")
_BARE = re.compile(r"""(?:(?!/?>)[^\s<>'"\u201c\u201d\u2018\u2019])*""")
_CURLY = re.compile(
    r"[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019]([^\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019'\"<>\n]*)[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019'\"]"
)
_RUN_ON = re.compile(r"\s+[^\s=<>/'\"]+\s*=\s*\Z")
"""The end of a value that runs on to the next attribute, as its closing quote is missing."""
_VALUE_END = re.compile(r"""\s+[^\s=<>/'"]+\s*=\s*["']|\s*/?>|\s*\n|\s*<""")
_BEHIND = re.compile(r"\s|/?>|\?>|\Z")
_OTHER_QUOTE = {"'": '"', '"': "'"}


class Attributes:
    """Reads the attributes of one start tag, and adds the slips in them to a list."""

    def __init__(self, text: str, words: Wording, slips: list[Slip], element: Element) -> None:
        self.found: list[Attribute] = []
        self._text = text
        self._words = words
        self._slips = slips
        self._element = element
        self._places: dict[str, Span] = {}
        self._guessed = False

    def read(self, position: int, spaced: bool) -> int:
        """Read an attribute, or what stands in its place; return where it ends."""
        text = self._text
        match = _NAME.match(text, position)
        if match is None:
            stray = _STRAY.match(text, position)
            end = stray.end() if stray else position + 1
            self._slip(
                "stray in a tag",
                (position, end),
                f"a stray {self._sign(position)} in a tag",
                "remove it",
                Edit(position, end, " "),
            )
            return end
        name, equals = match.span(), _EQUALS.match(text, match.end())
        if equals is None:
            return self._without_equals(name)
        if not spaced:
            self._slip(
                "missing space",
                name,
                "a space is missing between attributes",
                "write one before it",
                Edit(position, position, " "),
            )
        if _GOOD_NAME.fullmatch(match[0]) is None:
            return self._bad_name(name, equals.end())
        return self._value(name, equals.end())

    def _value(self, name: Span, start: int) -> int:
        """Read a value, which begins with its quote if it has one."""
        text = self._text
        quote = text[start : start + 1]
        if quote not in ("'", '"') or not quote:
            return self._unquoted(name, start)
        end = text.find(quote, start + 1)
        value = text[start + 1 : end] if end >= 0 else text[start + 1 :]
        goes_on = end >= 0 and _BEHIND.match(text, end + 1) is None
        runs_on = end < 0 or ("\n" in value and "<" in value) or ("<" in value and goes_on)
        if runs_on or (goes_on and _RUN_ON.search(value[-200:])):
            return self._unclosed(name, start, quote)
        for less in re.finditer("<", value):
            at = start + 1 + less.start()
            self._slip(
                "< in a value",
                (at, at + 1),
                f'a "<" in the value of {self._named(name)}',
                "write &lt;",
                Edit(at, at + 1, "&lt;"),
            )
        check_characters(text, start + 1, end, self._words, self._slips, value=True)
        self._add(name, (start + 1, end), end + 1)
        return end + 1

    def _unclosed(self, name: Span, start: int, quote: str) -> int:
        """Read a value whose closing quote is missing, or another one than its first."""
        text = self._text
        other = _OTHER_QUOTE[quote]
        mixed = re.compile(rf"[^'\"<>\n]*{other}").match(text, start + 1)
        if mixed and _BEHIND.match(text, mixed.end()):
            edits = [Edit(mixed.end() - 1, mixed.end(), quote)]
            message, end, behind = (
                f"the value of {self._named(name)} begins with {quote} and ends with {other}",
                mixed.end() - 1,
                mixed.end(),
            )
        else:
            found = _VALUE_END.search(text, start + 1)
            end = behind = found.start() if found else len(text)
            edits = [Edit(end, end, quote)]
            message = f"the value of {self._named(name)} has no closing quote"
        self._slip("quote", (start, behind), message, self._write(name, (start + 1, end)), *edits)
        check_characters(text, start + 1, end, self._words, self._slips, value=True)
        self._add(name, (start + 1, end), behind)
        return behind

    def _unquoted(self, name: Span, start: int) -> int:
        text = self._text
        curly = _CURLY.match(text, start)
        if curly:
            inside, end = curly.span(1), curly.end()
            edits = [Edit(start, start + 1, "'"), Edit(end - 1, end, "'")]
            message = f"the quotes around the value of {self._named(name)} are not those of XML"
        else:
            match = _BARE.match(text, start)
            assert match is not None  # which may be empty
            inside = match.span()
            end = match.end()
            following = _EQUALS.match(text, end)
            if inside[0] == inside[1] or (following and following.end() > end):
                return self._no_value(name, start)
            # The opening quote alone may be missing.
            half = text[end : end + 1] in ("'", '"') and _BEHIND.match(text, end + 1) is not None
            edits = [Edit(start, start, "'"), Edit(end, end + half, "'")]
            end += half
            message = f"the value of {self._named(name)} needs quotes"
        self._slip("missing quotes", (start, end), message, self._write(name, inside), *edits)
        check_characters(text, *inside, self._words, self._slips, value=True)
        self._add(name, inside, end)
        return end

    def _without_equals(self, name: Span) -> int:
        text = self._text
        quote = re.compile(r"\s*(['\"])").match(text, name[1])
        end = text.find(quote[1], quote.end()) if quote else -1
        plain = quote and end >= 0 and _BEHIND.match(text, end + 1) and not set("<=\n") & set(text[quote.end() : end])
        if quote and plain and _GOOD_NAME.fullmatch(text, *name):
            message = f"a = is missing behind {self._named(name)}"
            inside = (quote.end(), end)
            self._slip("missing =", name, message, self._write(name, inside), Edit(name[1], quote.start(1), "="))
            check_characters(text, *inside, self._words, self._slips, value=True)
            self._add(name, inside, end + 1)
            return end + 1
        return self._no_value(name, name[1])

    def _no_value(self, name: Span, end: int) -> int:
        # What seems to be a name without a value may be a piece of a value with spaces and no quotes.
        message = f"{self._named(name)} has no value"
        self._slip("no value", name, message, f"write {self._words.piece(*name)}='…'", Edit(name[0], end, " "))
        return end

    def _bad_name(self, name: Span, start: int) -> int:
        end = start
        quote = self._text[start : start + 1]
        if quote in ("'", '"') and quote:
            end = self._text.find(quote, start + 1) + 1
        if end <= start:
            match = _BARE.match(self._text, start)
            end = match.end() if match else start
        message = f"{self._named(name)} is no name of XML"
        self._slip("stray in a tag", name, message, "begin names with a letter", Edit(name[0], end, " "))
        return end

    def _add(self, name: Span, value: Span, end: int) -> None:
        written = self._text[slice(*name)]
        first = self._places.setdefault(written, name)
        if first != name:
            message = f"{self._named(name)} is given twice"
            edit = Edit(name[0], end, " " * (end - name[0]))
            # Nothing else has to be mended in what goes.
            while self._slips and self._slips[-1].span[0] >= name[0]:
                self._slips.pop()
            self._slip("given twice", name, message, "remove one of them", edit, first=first, said="first given here")
            return
        start = name[0]
        while self._text[start - 1] in BLANK:
            start -= 1
        self.found.append(Attribute(written, self._text[slice(*value)], name, value, (start, end)))

    def _named(self, name: Span) -> str:
        tag = self._words.tag(self._element.name_span)
        return f"attribute {self._words.name(name)} on {tag}"

    def _write(self, name: Span, value: Span) -> str:
        return f"write {self._words.piece(*name)}='{self._words.piece(*value)}'"

    def _sign(self, position: int) -> str:
        return f"'{self._text[position]}'" if self._text[position] == '"' else f'"{self._text[position]}"'

    def _slip(
        self, kind: str, span: Span, message: str, help_: str, *edits: Edit, first: Span | None = None, said: str = ""
    ) -> None:
        self._slips.append(Slip(kind, span, message, help_, edits, first=first, said=said))
