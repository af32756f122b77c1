"""Which end tag closes which element, and where those end that are never closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..edits import Edit
from ..layout import BLANK
from ..lines import Lines
from .slip import Slip

if TYPE_CHECKING:
    from ..elements import Element, Span
    from .wording import Wording

_NEAR = 80
_MOST_GUESSES = 100
"""For so many elements that are never closed, their ends are looked for. Of more, the layout is no help."""
_NEXT = re.compile(r"<(/?)([^\W\d][\w:.\-]*)")


class Nesting:
    """The elements of a text that are open, and all that were found."""

    def __init__(self, text: str, words: Wording, slips: list[Slip], hug: bool, trust_end: bool) -> None:
        self.elements: list[Element] = []
        self.unsure = False
        self._text = text
        self._words = words
        self._slips = slips
        self._hug = hug
        self._trust_end = trust_end
        self._open: list[Element] = []
        self._guesses = 0
        self._counts: dict[str, int] = {}
        self._lines = Lines(text)

    @property
    def innermost(self) -> Element | None:
        """The innermost element that is open; None outside the root."""
        return self._open[-1] if self._open else None

    @property
    def over(self) -> bool:
        """Whether the root was closed."""
        return bool(self.elements) and not self._open

    def wanted(self, name: str, span: Span) -> tuple[str, str]:
        """Return the name that an end tag should have, of which a name is left, and how to show it."""
        if self._counts.get(name):
            return name, self._words.piece(*span)
        innermost = self._open[-1]
        return innermost.name, self._words.piece(*innermost.name_span)

    def in_text(self, position: int) -> bool:
        """Tell whether there is text on both sides of a place, so that what stands there may belong to it."""
        text = self._text
        before = text[max(0, position - _NEAR) : position].rstrip(BLANK)[-1:]
        return bool(self._open) and before not in (">", "")

    def text(self, span: Span) -> None:
        """Take note of a piece of text."""
        if self._open:
            self._open[-1].texts.append(span)

    def open(self, element: Element, empty: bool) -> None:
        """Take note of a start tag."""
        if self._open:
            self._open[-1].children.append(element)
        self.elements.append(element)
        element.end = (element.start[1], element.start[1])
        if empty:
            element.closed = True
        else:
            self._open.append(element)
            self._counts[element.name] = self._counts.get(element.name, 0) + 1

    def is_end_without_slash(self, element: Element, end: int) -> bool:
        """Take a tag as an end tag that lacks its slash, if it is one; tell whether it is."""
        around = self.innermost
        if around is None or around.name != element.name or element.attributes or element.cut:
            return False
        following = _NEXT.search(self._text, end)
        only_text = not around.children and any(self._text[a:b].strip(BLANK) for a, b in around.texts)
        outer = around.parent
        closes_outer = following and following[1] and outer is not None and following[2] == outer.name != element.name
        closed = following and following[1] and following[2] == element.name
        if closed or not (only_text or closes_outer):
            return False
        name = self._words.piece(*element.name_span)
        edit = Edit(element.start[0] + 1, element.start[0] + 1, "/")
        self._slips.append(
            Slip(
                "end tag",
                element.start,
                f"<{name}> in <{name}>: an end tag lacks its slash",
                f"write </{name}>",
                (edit,),
            )
        )
        self.close(element.start, element.name)
        return True

    def close(self, span: Span, name: str, written: Span | None = None) -> None:
        """Take note of an end tag."""
        if self._counts.get(name):
            while self._open[-1].name != name:
                self._never_closed(self._pop(), span[0])
            self._closed(self._pop(), span)
        elif not self._open or not self._is_misspelled(name, span[1]):
            tag = "" if written is None else f"</{self._words.piece(*written)}> "
            self._slips.append(
                Slip("end tag", span, f"the end tag {tag}closes nothing", "remove it", (Edit(*span, ""),))
            )
        else:
            self._mismatch(span, written or span)

    def finish(self) -> None:
        """Close what is open at the end of the text."""
        if not self.elements and all(slip.kind == "text outside" for slip in self._slips):
            # Without any tag, text is not before or behind something.
            self._slips[:] = [Slip("nothing", (0, 0), "there is no document", "write its root element")]
        end = len(self._text.rstrip(BLANK))
        if self.elements:
            end = max(end, self.elements[-1].start[1])  # which may end in the middle of a value
        while self._open:
            self._never_closed(self._pop(), end)

    def _pop(self) -> Element:
        element = self._open.pop()
        self._counts[element.name] -= 1
        return element

    def _closed(self, element: Element, span: Span) -> None:
        element.closed = True
        element.end = span
        if element.cut:
            self._cut(element, "write > at its end")

    def _is_misspelled(self, name: str, end: int) -> bool:
        """Tell whether an end tag of a name that is not open is that of the innermost element."""
        wanted = self._open[-1].name
        if _alike(name, wanted):
            return True
        following = _NEXT.search(self._text, end)
        return not (following and following[1] and following[2] == wanted)

    def _mismatch(self, span: Span, written: Span) -> None:
        element = self._pop()
        name = self._text[slice(*written)]
        start_is_wrong = _alike(name, element.name) and self._trust_end
        self.unsure = self.unsure or _alike(name, element.name)
        start, end = self._words.piece(*element.name_span), self._words.piece(*written)
        if start_is_wrong:
            edit = Edit(*element.name_span, name)
            slip = Slip(
                "end tag",
                element.name_span,
                f"<{start}> is closed by </{end}>",
                f"write <{end}>",
                (edit,),
                first=written,
                said="closed here",
            )
            element.name = element.name  # spans go by what is written
        else:
            edit = Edit(*written, element.name)
            slip = Slip(
                "end tag",
                written,
                f"</{end}> does not close <{start}>",
                f"write </{start}>",
                (edit,),
                first=element.name_span,
                said="opened here",
            )
        self._slips.append(slip)
        self._closed(element, span)

    def _never_closed(self, element: Element, before: int) -> None:
        """Say of an element that it is never closed, and close it where its layout says."""
        self._guesses += 1
        inner = self._blamed(element)
        if inner is not None:
            end = inner.end
            self._move_out(element, end[1])
            element.end, element.closed, inner.closed = end, True, False
            self._never_closed(inner, end[0])
            return
        at, holds = self._likely_end(element, before)
        name = self._words.piece(*element.name_span)
        if holds:
            help_ = f"write </{name}> where it ends"
        elif element.attributes:
            help_ = f"write /> at its end, or </{name}> where it ends"
        else:
            help_ = f"write <{name}/>, or </{name}> where it ends"
        edit = Edit(at, at, f"</{element.name}>")
        if element.cut:
            self._cut(element, "write > at its end" if holds else "write /> at its end", edit)
        else:
            self._slips.append(Slip("never closed", element.start, f"<{name}> is never closed", help_, (edit,)))
        self._move_out(element, at)

    def _blamed(self, element: Element) -> Element | None:
        """Return the child of the same name that took an element's end tag, as the layout tells; None if none did."""
        own = self._indentation(element.start[0])
        most = _MOST_GUESSES if element.parent else 1  # nothing stands behind the root
        for child in element.children[-most:] if own is not None else ():
            if child.name == element.name and child.end[1] > child.end[0] and not child.cut:
                started, ended = self._indentation(child.start[0]), self._indentation(child.end[0])
                if started != own == ended:
                    return child
        return None

    def _cut(self, element: Element, help_: str, *edits: Edit) -> None:
        """Say of a start tag that it lacks its end: it is taken to end where the next tag begins."""
        end = element.start[1]
        message = f"the start tag <{self._words.piece(*element.name_span)}> lacks its >"
        self._slips.append(
            Slip("missing >", element.start, message, help_, (Edit(end, end, ">"), *edits), (element.start,))
        )

    def _likely_end(self, element: Element, before: int) -> tuple[int, bool]:
        """Return where an element most likely ends, and whether there is anything in it."""
        text = self._text
        texts = [span for span in element.texts if text[slice(*span)].strip(BLANK)]
        own = self._indentation(element.start[0])
        if self._guesses > _MOST_GUESSES:
            return self._behind(element, before), True
        if element.parent is None:
            # Whatever stands in a document is in its root.
            return self._behind(element, before), bool(texts or element.children)
        if own is not None:
            for child in element.children:
                indentation = self._indentation(child.start[0])
                if indentation is not None and indentation <= own and child.start[0] > element.start[1]:
                    return self._behind(element, child.start[0]), self._holds(element, child.start[0])
            inner = [child for child in element.children if self._indentation(child.start[0]) is not None]
            if inner or not element.children:
                if texts and "\n" in text[slice(*texts[0])].strip(BLANK):
                    first = texts[0][0]
                    line = text.find("\n", first)
                    return line, True
                return self._behind(element, before), bool(texts or element.children)
        if texts and not element.children:
            return self._behind(element, before), True
        if element.children:
            self.unsure = True
            if self._hug:
                return element.start[1], False
        return self._behind(element, before), bool(element.children)

    def _behind(self, element: Element, position: int) -> int:
        """Return the place behind what stands before a position, white space apart."""
        # A start tag without its end may be blank at the last.
        first = next((child.end[1] for child in reversed(element.children) if child.start[0] < position), 0)
        first = max(first, element.start[1])
        while position > first and self._text[position - 1] in BLANK:
            position -= 1
        return max(first, position)

    def _holds(self, element: Element, end: int) -> bool:
        return self._behind(element, end) > element.start[1]

    def _indentation(self, position: int) -> int | None:
        """Return how far the line is indented that begins with what stands at a place; None if something is before."""
        start = self._lines.start(position)
        before = self._text[start:position]
        return len(before.expandtabs()) if not before.strip(" \t") else None

    def _move_out(self, element: Element, end: int) -> None:
        """Give the parent what stands behind an element's end."""
        element.end = (end, end)
        parent = element.parent
        behind = []
        while element.texts and element.texts[-1][1] > end:
            start, stop = element.texts.pop()
            behind.append((max(start, end), stop))
            if start < end:
                element.texts.append((start, end))
        if parent is None or self._guesses > _MOST_GUESSES:
            return
        out = [child for child in element.children if child.start[0] >= end]
        element.children = [child for child in element.children if child.start[0] < end]
        for child in out:
            child.parent = parent
        parent.children += out
        parent.texts = sorted([*parent.texts, *behind])


def _alike(name: str, other: str) -> bool:
    """Tell whether two names may be two spellings of one."""
    from difflib import SequenceMatcher

    if name.lower() == other.lower():
        return True
    return max(len(name), len(other)) <= 100 and SequenceMatcher(None, name, other, autojunk=False).ratio() >= 0.7
