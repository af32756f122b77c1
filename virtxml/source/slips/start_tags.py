"""Start tags, and what goes wrong in them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ..edits import Edit
from ..elements import Element
from .attributes import Attributes
from .slip import Slip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..elements import Span
    from .wording import Wording

NAME = r"[^\W\d][\w:.\-]*"
_NAME = re.compile(NAME)
_SPACE = re.compile(r"\s*")
_END = re.compile(r"(/?)\s*>")
_SLASH = re.compile(r"/\s+>")


class Opened(NamedTuple):
    """A start tag that was read."""

    element: Element
    end: int
    empty: bool


class StartTags:
    """Reads start tags of one text, and adds the slips in them to a list."""

    def __init__(self, text: str, words: Wording, slips: list[Slip], prefixes: Mapping[str, str]) -> None:
        self._text = text
        self._words = words
        self._slips = slips
        self._prefixes = prefixes
        self._root: Element | None = None
        self._told: set[str] = set()
        self._open: list[tuple[Element, set[str]]] = []
        """The elements around the last one, it included, and which prefixes each declares."""
        self._declared = Counter({"xml": 1, "xmlns": 1})

    def read(self, start: int, parent: Element | None) -> Opened:
        """Read the start tag that begins at an offset."""
        text = self._text
        match = _NAME.match(text, start + 1)
        assert match is not None  # the caller has looked
        element = Element(text, match[0], (start, match.end()), parent)
        element.closed = False
        self._root = self._root or element
        attributes = Attributes(text, self._words, self._slips, element)
        position, first = match.end(), len(self._slips)
        while True:
            blank = _SPACE.match(text, position)
            assert blank is not None  # which may be empty
            position = blank.end()
            end = _END.match(text, position)
            if end:
                self._check_end(end)
                position = end.end()
                break
            if position >= len(text) or text[position] == "<":
                element.cut, position = True, blank.start()
                break
            if text[position] == "/":
                edit = Edit(position, position + 1, " ")
                self._slips.append(
                    Slip("stray /", (position, position + 1), 'a stray "/" in a tag', "remove it", (edit,))
                )
                position += 1
            else:
                position = attributes.read(position, blank.end() > blank.start())
        element.start = (start, position)
        element.attributes = attributes.found
        self._doubt(element, first)
        self._check_prefixes(element)
        return Opened(element, position, end is not None and bool(end[1]))

    def _check_end(self, end: re.Match[str]) -> None:
        if _SLASH.match(end[0]):
            self._slips.append(
                Slip("end of a tag", end.span(), 'a space between "/" and ">"', "write />", (Edit(*end.span(), "/>"),))
            )

    def _doubt(self, element: Element, first: int) -> None:
        """Let nothing else be said of a tag that had to be guessed."""
        for index in range(first, len(self._slips)):
            slip = self._slips[index]
            if slip.kind in ("no value", "stray in a tag"):
                self._slips[index] = Slip(slip.kind, slip.span, slip.message, slip.help, slip.edits, (element.start,))

    def _check_prefixes(self, element: Element) -> None:
        """Tell of prefixes that are not declared around an element, each once in a text."""
        self._leave(element)
        own = {one.name[6:] for one in element.attributes if one.name.startswith("xmlns:")}
        self._declared.update(own)
        self._open.append((element, own))
        names = [(element.name, element.name_span), *((one.name, one.name_span) for one in element.attributes)]
        for name, span in names:
            prefix, colon, _ = name.partition(":")
            if colon and not self._declared[prefix] and prefix not in self._told:
                self._told.add(prefix)
                self._undeclared(prefix, (span[0], span[0] + len(prefix)))

    def _leave(self, element: Element) -> None:
        """Forget what elements declare that are not around one."""
        while self._open and self._open[-1][0] is not element.parent:
            self._declared.subtract(self._open.pop()[1])

    def _undeclared(self, prefix: str, span: Span) -> None:
        root = self._root
        assert root is not None  # at the latest, this element is it
        shown = self._words.piece(*span)
        uri = self._prefixes.get(prefix)
        help_ = f"add xmlns:{shown}='{uri or '…'}' to {self._words.tag(root.name_span)}"
        if uri is None:
            help_ += ", or remove the prefix"
        edit = Edit(root.name_span[1], root.name_span[1], f" xmlns:{prefix}='{uri or 'urn:undeclared'}'")
        self._slips.append(Slip("undeclared prefix", span, f'the prefix "{shown}" is not declared', help_, (edit,)))
