"""Read a text as XML, and go on after each slip as a reader would who knows what was meant.

`scan` is the one way through a text. Tags are read in `start_tags`, elements are closed in `nesting`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..edits import Edit, Edited
from ..elements import Tree
from ..layout import BLANK
from .characters import check_characters
from .nesting import Nesting
from .slip import Slip
from .start_tags import NAME, StartTags
from .wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..elements import Span

_END_TAG = re.compile(rf"</(\s*)({NAME})?([^<>]*)(>?)")
_TAG = re.compile(NAME)
_SPACED_TAG = re.compile(rf"[ \t]+({NAME})(?=\s+{NAME}\s*=|\s*/?>)")
_CLOSING = ("missing >", "never closed")
_NEAR = 200
"""How far is looked for the end of what may be a tag."""


class Scanned(NamedTuple):
    """What was found in a text.

    Attributes:
        tree: what stands where.
        slips: what is not well-formed, in the order of the text.
        unsure: whether other `choices` may be nearer to what was meant.
    """

    tree: Tree
    slips: list[Slip]
    unsure: bool

    def repaired(self, text: str) -> Edited:
        """Return the text with all slips mended."""
        # In one place, tags are mended first, then ended, and what is inside is closed before what is around it.
        ordered = sorted(self.slips, key=lambda it: (1, -it.span[0]) if it.kind in _CLOSING else (0, it.span[0]))
        return Edited(text, [edit for slip in ordered for edit in slip.edits])


def scan(
    text: str, prefixes: Mapping[str, str] | None = None, *, hug: bool = False, trust_end: bool = False
) -> Scanned:
    """Read a text, which may have slips.

    ``prefixes`` are namespaces by the prefixes that may be used for them, to say what to declare. Two choices, if it
    is `unsure`: ``hug`` takes elements that are never closed, where the layout does not tell, as those that should have
    ended in their start tag; ``trust_end`` takes the end tag as right, of two that differ in their spelling.
    """
    run = _Scan(text, prefixes or {}, hug, trust_end)
    run.read()
    # Text out of place that begins where another slip begins is the same one.
    run.slips.sort(key=lambda slip: slip.span[0])
    return Scanned(Tree(text, run.nesting.elements, run.comments, run.instructions), run.slips, run.nesting.unsure)


class _Scan:
    """One way through a text."""

    def __init__(self, text: str, prefixes: Mapping[str, str], hug: bool, trust_end: bool) -> None:
        self._text = text
        self.slips: list[Slip] = []
        self.comments: list[Span] = []
        self.instructions: list[Span] = []
        words = Wording(text)
        self.nesting = Nesting(text, words, self.slips, hug, trust_end)
        self._tags = StartTags(text, words, self.slips, prefixes)
        self._words = words

    def read(self) -> None:
        """Read all."""
        text, position = self._text, 0
        while position < len(text):
            opening = text.find("<", position)
            if opening < 0:
                opening = len(text)
            if opening > position:
                self._characters(position, opening)
            if opening == len(text):
                break
            position = self._markup(opening)
            if position < 0:  # another document begins
                break
        self.nesting.finish()

    def _markup(self, start: int) -> int:
        """Read what begins with an angle bracket; return where it ends, -1 if nothing behind it is of interest."""
        text = self._text
        if text.startswith("<!--", start):
            return self._comment(start)
        if text.startswith("<![CDATA[", start):
            return self._cdata(start)
        if text.startswith("<?", start):
            return self._instruction(start)
        if text[start : start + 9].upper() == "<!DOCTYPE":
            span = (start, start + 9)
            self._slip(
                "doctype", span, "a document type declaration is not accepted: libvirt documents have none", "remove it"
            )
            return -1
        if text.startswith("</", start):
            return self._end_tag(start)
        if _TAG.match(text, start + 1):
            return self._start_tag(start)
        return self._stray(start)

    def _start_tag(self, start: int) -> int:
        if self.nesting.over:
            span = (start, start + 1 + len(_TAG.match(self._text, start + 1)[0]))  # type: ignore[index]
            message = f"{self._words.tag((start + 1, span[1]))} begins a second document"
            rest = Edit(start, len(self._text), "")
            self._slip("second root", span, message, "put each document into a file of its own", rest)
            return -1
        if self._is_sign(start):
            return self._sign(start)
        element, end, empty = self._tags.read(start, self.nesting.innermost)
        if not empty and self.nesting.is_end_without_slash(element, end):
            return end
        self.nesting.open(element, empty)
        return end

    def _is_sign(self, start: int) -> bool:
        """Tell whether what looks like a tag is a sign in a text: something is before it, and no tag's end behind."""
        text = self._text
        rest = text[start + 1 : start + 1 + _NEAR].partition("\n")[0]
        before_mark = re.split(r"[<>]", rest, maxsplit=1)
        ended = (len(before_mark) > 1 and rest[len(before_mark[0])] == ">") or len(rest) == _NEAR
        return not ended and start > 0 and text[start - 1] not in BLANK + ">" and "=" not in before_mark[0]

    def _end_tag(self, start: int) -> int:
        match = _END_TAG.match(self._text, start)
        assert match is not None  # all but the slash may be missing
        end = match.end()
        if not match[2]:
            innermost = self.nesting.innermost
            if innermost is None:
                self._slip("end tag", (start, end), "an end tag without a name", "remove it", Edit(start, end, ""))
                return end
            name = self._words.piece(*innermost.name_span)
            edit = Edit(start, end, f"</{innermost.name}>")
            self._slip("end tag", (start, end), "an end tag without a name", f"write </{name}>", edit)
            self.nesting.close((start, end), innermost.name)
            return end
        if not match[4]:
            # What follows belongs to the text.
            end = match.end(2)
        malformed = bool(match[1]) or not match[4] or bool(match[3].strip(BLANK))
        if not malformed or self.nesting.innermost is None:
            self.nesting.close((start, end), match[2], match.span(2))
            return end
        wanted, shown = self.nesting.wanted(match[2], match.span(2))
        what = (
            "lacks its >" if not match[4] else "has more than its name" if match[3].strip() else "begins with a space"
        )
        edit = Edit(start, end, f"</{wanted}>")
        self._slip("end tag", (start, end), f"the end tag </{shown}> {what}", f"write </{shown}>", edit)
        self.nesting.close((start, end), wanted)
        return end

    def _stray(self, start: int) -> int:
        text = self._text
        spaced = _SPACED_TAG.match(text, start + 1)
        if spaced and not self.nesting.over:
            edit = Edit(start + 1, spaced.start(1), "")
            name = self._words.piece(*spaced.span(1))
            self._slip("space in a tag", (start, spaced.end()), 'a space behind "<"', f"write <{name}", edit)
            element, end, empty = self._tags.read(spaced.start(1) - 1, self.nesting.innermost)
            self.nesting.open(element, empty)
            return end
        following = text[start + 1 : start + 2]
        if following in ("<", ">", "") or not self.nesting.in_text(start):
            end = start + 2 if following == ">" else start + 1
            self._slip("stray <", (start, end), f'a stray "{text[start:end]}"', "remove it", Edit(start, end, ""))
            return end
        return self._sign(start)

    def _sign(self, start: int) -> int:
        """Take an angle bracket as a piece of the text that it stands in."""
        before = self._text.rfind(">", max(0, start - 10 * _NEAR), start)
        doubt = ((before + 1 if before >= 0 else start, start + 1),)
        edits = (Edit(start, start + 1, "&lt;"),)
        self.slips.append(Slip("bare <", (start, start + 1), 'a "<" in a text', "write &lt;", edits, doubt))
        self.nesting.text((start, start + 1))
        return start + 1

    def _comment(self, start: int) -> int:
        text = self._text
        end = text.find("-->", start + 4)
        inside = text[start + 4 : end if end >= 0 else len(text)]
        again = inside.find("<!--")
        if end >= 0 and again >= 0:
            outer = text.find("-->", end + 3)
            between = text[end + 3 : outer]
            if outer >= 0 and "<!--" not in between:
                first = start + 4 + again
                edits = _without_hyphens(text, start + 4, outer)
                self._slip(
                    "comment", (first, first + 4), "a comment in a comment", "remove the inner <!-- and -->", *edits
                )
                self.comments.append((start, outer + 3))
                return outer + 3
        if end < 0 or again >= 0:
            return self._open_comment(start)
        hyphens = inside.find("--")
        if hyphens < 0 and inside.endswith("-"):
            hyphens = len(inside) - 1
        if hyphens >= 0:
            first = start + 4 + hyphens
            message = '"--" in a comment'
            self._slip(
                "comment",
                (first, first + 2),
                message,
                "write one hyphen, or other signs",
                *_without_hyphens(text, start + 4, end),
            )
        self._illegal(start, end)
        self.comments.append((start, end + 3))
        return end + 3

    def _open_comment(self, start: int) -> int:
        text = self._text
        line_end = text.find("\n", start)
        end = len(text) if line_end < 0 else line_end
        almost = re.compile(r"--\s+>|->|--(?=\s*<)|--!>").search(text, start + 4, end)
        if almost:
            edits = [*_without_hyphens(text, start + 4, almost.start()), Edit(*almost.span(), "-->")]
            end = almost.end()
        else:
            edits = [*_without_hyphens(text, start + 4, end), Edit(end, end, " -->")]
        self._slip("comment", (start, start + 4), "the comment is never closed", "write --> where it ends", *edits)
        return end

    def _cdata(self, start: int) -> int:
        end = self._text.find("]]>", start)
        if end < 0:
            end = self._text.find("<", start + 9)
            end = len(self._text) if end < 0 else end
            help_ = "write ]]> where it ends"
            self._slip("CDATA", (start, start + 9), "the CDATA section is never closed", help_, Edit(end, end, "]]>"))
        else:
            end += 3
        self._illegal(start, end)
        if self.nesting.innermost is None:
            self._outside(start, end)
        else:
            self.nesting.text((start, end))
        return end

    def _instruction(self, start: int) -> int:
        text = self._text
        end = text.find("?>", start)
        declaration = re.match(r"<\?[xX][mM][lL](?=\s)", text[start : start + 6]) is not None
        if end < 0 or _runs_on(text[start + 2 : end], declaration):
            stop = text.find(">", start)
            end = stop + 1 if stop >= 0 else len(text)
            edit = Edit(start, end, "")
            self._slip(
                "instruction", (start, start + 2), "the instruction is never closed", "write ?> where it ends", edit
            )
            return end
        end += 2
        self.instructions.append((start, end))
        if declaration and start > 0:
            message = "the XML declaration has to stand at the very start"
            help_ = "remove what is before it" if not text[:start].strip() else "remove it, or move it to the start"
            self._slip("declaration", (start, start + 5), message, help_, Edit(start, end, ""))
        elif not declaration and not _TAG.match(text, start + 2):
            self._slip("instruction", (start, end), "an instruction without a name", "remove it", Edit(start, end, ""))
        return end

    def _characters(self, start: int, end: int) -> None:
        """Read text between tags."""
        if self.nesting.innermost is None:
            if self._text[start:end].strip(BLANK):
                self._outside(start, end)
            return
        self.nesting.text((start, end))
        check_characters(self._text, start, end, self._words, self.slips)

    def _outside(self, start: int, end: int) -> None:
        """Take note of text around the root."""
        piece = self._text[start:end]
        first = start + len(piece) - len(piece.lstrip(BLANK))
        last = start + len(piece.rstrip(BLANK))
        where = "behind the end of the document" if self.nesting.elements else "before the document"
        message = "a byte order mark within the text" if piece.strip() == "\ufeff" else f"text {where}"
        self._slip("text outside", (first, last), message, "remove it", Edit(first, last, ""))

    def _illegal(self, start: int, end: int) -> None:
        check_characters(self._text, start, end, self._words, self.slips, references=False)

    def _slip(self, kind: str, span: Span, message: str, help_: str, *edits: Edit) -> None:
        self.slips.append(Slip(kind, span, message, help_, edits))


def _runs_on(inside: str, declaration: bool) -> bool:
    """Tell whether the end of an instruction is that of another one, as it has none of its own."""
    if declaration:
        return "<" in inside
    before, another, _ = inside.partition("<?")
    return bool(another) and ">" in before


def _without_hyphens(text: str, start: int, end: int) -> list[Edit]:
    """Return edits that make a piece of a text fit for a comment."""
    found = [Edit(*match.span(), " " * len(match[0])) for match in re.finditer("--+", text[start:end])]
    edits = [Edit(start + edit.start, start + edit.end, edit.text) for edit in found]
    if text[start:end].endswith("-") and not (edits and edits[-1].end == end):
        edits.append(Edit(end - 1, end, " "))
    return edits
