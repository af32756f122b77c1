"""Where children of an element go that are new, have moved, or are gone."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from virtxml.codec.children import Child
from virtxml.content import AnyElement, Comment, declarations
from virtxml.content.wellformed import comment
from virtxml.source.edits import Edit
from virtxml.source.layout import is_layout

from .moves import Move
from .said import group_of, name_of
from .style import blanks_before, end_of_blanks, line_end_behind, next_line, start_of_blanks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.source.elements import Element, Span

    from .manuscript import Manuscript
    from .origins import Matched
    from .said import Part, Said


class Children:
    """The children of one element, as they stand and as they are to be.

    Attributes:
        elements: the element of each old part, by its number.
    """

    def __init__(self, manuscript: Manuscript, element: Element, before: Said, after: Said, pairs: Matched) -> None:
        self._on = manuscript
        self._text = manuscript.tree.text
        self._element = element
        self._before = before.parts
        self._after = after
        self._pairs = pairs
        self.elements = self._standing()
        self._kept = [number for number in sorted(pairs.old) if number not in pairs.moved]

    def _standing(self) -> dict[int, Element]:
        """Return the element of each part. Those of one name stand in the order of the parts, wherever that is."""
        parts = {number: part for number, part in enumerate(self._before) if not isinstance(part, str)}
        name = self._on.prefixes.name
        waiting: dict[str, deque[Element]] = defaultdict(deque)
        for child in self._element.children:
            waiting[name(child)].append(child)
        return {number: waiting[self._name(part)].popleft() for number, part in parts.items()}

    def _name(self, part: Child | AnyElement) -> str:
        """Return the name of a part as `{uri}name`, with what is declared around it."""
        if isinstance(part, Child):
            return name_of(part)
        prefix, _, local = part.name.rpartition(":")
        scope = {**self._on.prefixes.scope(self._element), **declarations(part.namespaces, part.attributes)}
        uri = scope.get(prefix, "")
        return f"{{{uri}}}{local}" if uri else local

    def find(self) -> None:
        """Find the edits and moves."""
        new = [
            number
            for number, part in enumerate(self._after.parts)
            if number not in self._pairs.old and self._is_wanted(part)
        ]
        gone = [self.elements[number] for number in self._pairs.gone]
        if gone and not new and not self._pairs.old and self._can_be_closed():
            self._on.changes.append(self._on.closed(self._element))
            return
        if gone and not self._after.parts and self._after.holds_text:
            # Only comments are left, and white space around them would be text.
            spans = [*(child.span for child in gone), *self._element.texts]
            self._on.changes += [Edit(*span, "") for span in spans]
            return
        for start, end in self._removed(gone):
            self._on.changes.append(Edit(start, end, ""))
        if new or self._pairs.moved:
            self._place(sorted([*new, *self._pairs.moved]))

    def _is_wanted(self, part: Part) -> bool:
        """Tell whether a part that the text does not have yet is to be written: a comment is not twice there."""
        if not isinstance(part, Comment):
            return not isinstance(part, str)
        written, text = comment(part), self._text
        start, end = self._element.content
        return not any(text[slice(*span)] == written for span in self._on.remarks(start, end))

    def _can_be_closed(self) -> bool:
        """Tell whether nothing is left that would stand between two tags."""
        return not (self._after.text or self._after.has_two_tags or self._on.remarks(*self._element.content))

    # --- what is gone ---

    def _removed(self, gone: list[Element]) -> Iterator[Span]:
        """Iterate over the pieces of text that are taken away: whole lines, if nothing else is on them."""
        gone.sort(key=lambda one: one.start)
        spans = [self._with_comments(one) if self._on.drop_comments else one.span for one in gone]
        merged: list[list[int]] = []
        for start, end in spans:
            if merged and is_layout(between := self._text[merged[-1][1] : start]) and "\n" not in between:
                merged[-1][1] = end
            else:
                merged.append([start, end])
        for start, end in merged:
            blanks = blanks_before(self._text, start)
            behind = next_line(self._text, end)
            if blanks is not None and behind is not None and not self._is_first_line(start):
                yield start - len(blanks), behind
            elif behind is not None and blanks is None:
                yield start_of_blanks(self._text, start), end
            else:
                # What is left of the line starts where this did.
                yield start, end if blanks is None else end_of_blanks(self._text, end)

    def _is_first_line(self, start: int) -> bool:
        return self._text.find("\n", 0, start) < 0

    def _with_comments(self, element: Element) -> Span:
        """Return an element with the comments directly above it, each on a line of its own."""
        start, end = element.span
        for comment_start, comment_end in self._on.remarks_above(start, self._element.start[1]):
            between = self._text[comment_end:start]
            if not is_layout(between) or between.count("\n") != 1 or blanks_before(self._text, comment_start) is None:
                break
            start = comment_start
        return start, end

    # --- what is new, or elsewhere ---

    def _place(self, numbers: list[int]) -> None:
        """Find places for parts that are new or have moved, in libvirt's order among those that stay."""
        places = self._places(set(numbers))
        opened: list[str] = []
        for number in numbers:
            neighbour, is_behind = places[number]
            if neighbour is None:
                opened.append(self._new(number, self._inner_indent()))
                continue
            at, before, after = self._beside(neighbour, is_behind)
            if number in self._pairs.moved:
                self._move(self.elements[self._pairs.old[number]], at, before, after)
            else:
                written = self._new(number, self._indent_of(neighbour), neighbour)
                self._on.changes.append(Edit(at, at, f"{before}{written}{after}"))
        if opened:
            self._fill(opened)

    def _places(self, numbers: set[int]) -> dict[int, tuple[Element | None, bool]]:
        """Return, for each part, the element beside which it belongs, and whether behind it.

        That is the last one of its list that stands before it, else the next of its list, else the last one of all
        that libvirt would write before it, else the first of all that stay. Between which others something unknown
        stands, counts: nothing looks for its list across that.
        """
        parts = self._after.parts
        following = self._following(numbers)
        first = next((self._standing_as(number) for number in self._kept), None)
        if first is None:
            first = self._element.children[0] if self._element.children else None
        last: dict[str, Element] = {}
        before: Element | None = None
        found: dict[int, tuple[Element | None, bool]] = {}
        for number, part in enumerate(parts):
            group = group_of(part)
            if isinstance(part, AnyElement):
                last.clear()
            if number in numbers:
                if group in last:
                    found[number] = last[group], True
                elif number in following:
                    found[number] = following[number], False
                else:
                    found[number] = (first, False) if before is None else (before, True)
            elif number in self._pairs.old:
                before = last[group] = self._standing_as(number)
        return found

    def _following(self, numbers: set[int]) -> dict[int, Element]:
        """Return, for each part that has one, the next element of its list."""
        parts = self._after.parts
        upcoming: dict[str, Element] = {}
        found: dict[int, Element] = {}
        for number in range(len(parts) - 1, -1, -1):
            group = group_of(parts[number])
            if isinstance(parts[number], AnyElement):
                upcoming.clear()
            elif number in numbers:
                if group in upcoming:
                    found[number] = upcoming[group]
            elif number in self._pairs.old:
                upcoming[group] = self._standing_as(number)
        return found

    def _standing_as(self, number: int) -> Element:
        """Return the element of a new part that stays where it is."""
        return self.elements[self._pairs.old[number]]

    def _beside(self, element: Element, is_behind: bool) -> tuple[int, str, str]:
        """Return where something stands that is put beside an element, and what is written around it."""
        start, end = element.span
        blanks = blanks_before(self._text, start)
        line_end = self._on.style.line_end
        if blanks is None or not line_end:
            return (end if is_behind else start_of_blanks(self._text, start)), "", ""
        if is_behind:
            at = line_end_behind(self._text, end)
            return (end, "", "") if at is None else (at, f"{line_end}{blanks}", "")
        # Where its line starts, or that of the comments above it: the element itself may be taken away.
        start = self._with_comments(element)[0]
        return start - len(blanks_before(self._text, start) or ""), blanks, line_end

    def _indent_of(self, element: Element) -> str:
        return blanks_before(self._text, element.start[0]) or ""

    def _inner_indent(self) -> str:
        """Return the indentation of what is put into the element itself."""
        return f"{blanks_before(self._text, self._element.start[0]) or ''}{self._on.style.unit}"

    def _new(self, number: int, indent: str, beside: Element | None = None) -> str:
        """Return a new part as it is written."""
        part = self._after.parts[number]
        if isinstance(part, str):
            return comment(part)
        style = self._on.style.beside(self._text, beside)
        if not self._is_lined(beside):
            style = style._replace(line_end="")
        return self._on.new(part, self._element, indent, style)

    def _is_lined(self, beside: Element | None) -> bool:
        """Tell whether children stand on lines of their own."""
        spot = beside or self._element
        return bool(self._on.style.line_end) and blanks_before(self._text, spot.start[0]) is not None

    def _fill(self, pieces: list[str]) -> None:
        """Put children into an element that has none."""
        element, manuscript = self._element, self._on
        line_end, indent, inner = "", "", ""
        if self._is_lined(None):
            line_end, inner = manuscript.style.line_end, self._inner_indent()
            indent = blanks_before(self._text, element.start[0]) or ""
        inside = "".join(f"{line_end}{inner}{piece}" for piece in pieces)
        start, end = element.content
        if element.start[1] == element.end[1]:
            manuscript.changes.append(manuscript.opened(element, f"{inside}{line_end}{indent}"))
        elif is_layout(self._text[start:end]):
            manuscript.changes.append(Edit(start, end, f"{inside}{line_end}{indent}"))
        else:
            # Comments, or text.
            at = start + len(self._text[start:end].rstrip())
            manuscript.changes.append(Edit(at, at, inside))

    def _move(self, element: Element, at: int, before: str, after: str) -> None:
        """Move an element, with the comments directly above it and on its line."""
        start, end = self._with_comments(element)
        inside = start, end
        blanks, line_end = blanks_before(self._text, start), line_end_behind(self._text, end)
        if blanks is not None and line_end is not None and not self._is_first_line(start):
            # With a comment behind it on its line, and with blanks there.
            inside = start, line_end
            start, end = start - len(blanks), next_line(self._text, line_end) or line_end
        self._on.changes.append(Move(start, end, at, before, after, inside))
