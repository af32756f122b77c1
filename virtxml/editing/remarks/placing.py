"""Put comments and instructions of a text into what libvirt would write for it: each beside what it stood beside."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from typing import TYPE_CHECKING

from virtxml.catalogue import WILDCARDS
from virtxml.source.edits import Edit, apply
from virtxml.source.elements import Element
from virtxml.source.layout import BLANK, is_layout
from virtxml.source.meaning import Namespaces, characters
from virtxml.source.tree import parsed

from ..style import blanks_before, next_line
from .standing import Remark, Text, behind_on_lines, items_with_remarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.source.elements import Tree

    from .standing import Item

_TWO_SPACES = "  "
_CHARACTER = re.compile("&[^;]*;|.", re.DOTALL)
_INSTRUCTION = "<?"


def with_remarks(tree: Tree, root: Element, written: str, *, comments: bool = True, held: str | None = None) -> str:
    """Return a text that libvirt would write with the comments and instructions inside an element of another one.

    Each stands beside what it stood beside: above an element, at the end of its line, or at the end of what is around
    it; within a text, where it stood. Without ``comments``, only instructions are put in. What stands in an element
    that the written text does not have is left out with it.

    ``held`` is what libvirt would write for the other text: the comments in it are those that models hold, and are in
    the written text if they are still to be there.
    """
    found = items_with_remarks(tree, root)
    if not found:
        return written
    holding = None if held is None else _Placing(tree.text, root, held)
    if holding is not None:
        found = {element: holding.not_held(element, items) for element, items in found.items()}
    placing = _Placing(tree.text, root, written, holding)
    edits = [edit for element, items in found.items() for edit in placing.edits(element, items, comments=comments)]
    return apply(written, edits)


def without_remarks(tree: Tree, root: Element, written: str) -> str:
    """Return a text without the comments and instructions inside an element that a written one does not have there."""
    holding = _Placing(tree.text, root, written)
    missing = [
        item
        for element, items in items_with_remarks(tree, root).items()
        for item in holding.not_held(element, items)
        if isinstance(item, Remark)
    ]
    return apply(tree.text, [Edit(*item.span, "") for item in missing])


class _Placing:
    """Finds the edits of a written text that put remarks of another text into it."""

    def __init__(self, text: str, root: Element, written: str, holding: _Placing | None = None) -> None:
        self._text = text
        self._written = written
        self._holding = holding
        other = parsed(written)
        self._mates = _mates(root, other.root)
        self._standing = items_with_remarks(other, other.root)

    def edits(self, element: Element, items: list[Item], *, comments: bool) -> Iterator[Edit]:
        """Iterate over the edits for the remarks that stand directly in an element."""
        spot = self._mates.get(element)
        if spot is None:
            return
        # In elements that may hold anything, comments are kept with the rest.
        present = self._present(items, spot)
        items = [
            item
            for item in items
            if not isinstance(item, Remark) or comments or item in present or item.text.startswith(_INSTRUCTION)
        ]
        missing: set[Item] = {item for item in items if isinstance(item, Remark) and item not in present}
        settled: set[Item] = set()
        is_text = not (element.children or spot.children) or self._keeps_white_space(element, spot)
        for number, gap in enumerate(_gaps(items) if is_text else ()):
            if not missing.isdisjoint(gap) and (edit := self._inside_text(element, spot, number, gap)):
                yield edit
                missing.difference_update(gap)
                settled.update(gap)
        behind = behind_on_lines(items)
        for number in behind:
            item = items[number]
            if item in present and item not in settled and (edit := self._without_line(present[item], item)):
                yield edit
                del present[item]
                missing.add(item)
        has_layout = bool(spot.texts) and self._holding is None
        if missing and element.children and not (spot.children or has_layout):
            # No child is left, so white space might be text.
            inside = "".join(item.text for item in items if isinstance(item, Remark) and item in missing)
            yield self._opened(spot, inside) if spot.start[1] == spot.end[1] else Edit(spot.end[0], spot.end[0], inside)
        elif missing:
            yield from self._on_lines(spot, items, present, missing, behind)

    def not_held(self, element: Element, items: list[Item]) -> list[Item]:
        """Return what stands directly in an element without the comments that the written text has as well."""
        spot = self._mates.get(element)
        present = {} if spot is None else self._present(items, spot)
        return [item for item in items if item not in present]

    def _present(self, items: list[Item], spot: Element) -> dict[Item, int]:
        """Return where the remarks are that the written text has already."""
        there: dict[str, deque[int]] = defaultdict(deque)
        for item in self._standing.get(spot, ()):
            if isinstance(item, Remark):
                there[item.text].append(item.span[0])
        return {item: there[item.text].popleft() for item in items if isinstance(item, Remark) and there[item.text]}

    # --- within texts ---

    def _inside_text(self, element: Element, spot: Element, number: int, gap: list[Item]) -> Edit | None:
        """Return the edit that puts remarks into the text before a child of a number; None if that is only layout."""
        mine = characters(self._text, element.texts_before(number))
        raw = "".join(self._written[slice(*span)] for span in spot.texts_before(number))
        theirs = characters(raw, [(0, len(raw))])
        is_layout_of_remarks = is_layout(theirs) and "\n" in mine and not self._keeps_text(element, mine)
        if mine != theirs and (spot.children or is_layout_of_remarks):
            return None
        pieces = _CHARACTER.findall(raw)
        at, last = 0, 0
        out: list[str] = []
        for item in gap:
            if isinstance(item, Text):
                at += len(characters(item.text, [(0, len(item.text))]))
            elif isinstance(item, Remark):
                here = _same_offset(at, mine, theirs)
                out += (*pieces[last:here], item.text)
                last = here
        inside = "".join([*out, *pieces[last:]])
        if spot.start[1] == spot.end[1]:
            return self._opened(spot, inside)
        start = spot.children[number - 1].end[1] if number else spot.start[1]
        end = spot.children[number].start[0] if number < len(spot.children) else spot.end[0]
        return Edit(start, end, inside)

    def _keeps_text(self, element: Element, text: str) -> bool:
        """Tell whether libvirt would write the text of an element as it stands: it lays out what says nothing."""
        return self._holding is not None and self._holding.text_of(element) == text

    def text_of(self, element: Element) -> str | None:
        """Return what the written text has as the text of an element; None if the element is not in it."""
        spot = self._mates.get(element)
        return None if spot is None else characters(self._written, spot.texts)

    def _keeps_white_space(self, element: Element, spot: Element) -> bool:
        """Tell whether white space between the children of an element may be more than layout."""
        if [self._mates.get(child) for child in element.children] != spot.children:
            return False
        around: Element | None = spot
        while around is not None:
            if around.name in WILDCARDS:
                return True
            around = around.parent
        return not all(is_layout(self._written[slice(*span)]) for span in spot.texts)

    # --- on lines ---

    def _without_line(self, start: int, item: Item) -> Edit | None:
        """Return the edit that takes away a remark with its line; None if something else is on that."""
        end = start + len(item.text) if isinstance(item, Remark) else start
        blanks, behind = blanks_before(self._written, start), next_line(self._written, end)
        return None if blanks is None or behind is None else Edit(start - len(blanks), behind, "")

    def _on_lines(
        self,
        spot: Element,
        items: list[Item],
        present: dict[Item, int],
        missing: set[Item],
        behind: dict[int, Element | None],
    ) -> Iterator[Edit]:
        """Iterate over the edits that put remarks on lines between children, or at the end of their lines."""
        heads: list[str] = []
        ends: list[str] = []
        below = self._below(items, present)
        for number, item in enumerate(items):
            if not isinstance(item, Remark) or item not in missing:
                continue
            before = behind.get(number)
            if number in behind and before is None:
                heads.append(item.text)
            elif before in self._mates:
                at = self._mates[before].end[1]
                yield Edit(at, at, f" {item.text}")
            elif number in below:
                yield self._above(below[number], item.text)
            else:
                ends.append(item.text)
        yield from self._at_tags(spot, heads, ends)

    def _below(self, items: list[Item], present: dict[Item, int]) -> dict[int, int]:
        """Return, for the number of each remark, where in the written text starts what follows it there."""
        found: dict[int, int] = {}
        following: int | None = None
        for number in range(len(items) - 1, -1, -1):
            item = items[number]
            if isinstance(item, Element):
                following = self._mates[item].start[0] if item in self._mates else following
            elif item in present:
                following = present[item]
            elif following is not None:
                found[number] = following
        return found

    def _above(self, start: int, remark: str) -> Edit:
        """Return the edit that puts a remark above what starts at an offset."""
        blanks = blanks_before(self._written, start)
        if blanks is None:
            return Edit(start, start, remark)
        at = start - len(blanks)
        return Edit(at, at, f"{blanks}{remark}\n")

    def _at_tags(self, spot: Element, heads: list[str], ends: list[str]) -> Iterator[Edit]:
        """Iterate over the edits that put remarks behind the start tag of an element, and before its end tag."""
        outer = blanks_before(self._written, spot.start[0]) or ""
        first = "".join(f" {remark}" for remark in heads)
        start, end = spot.content
        if start == spot.end[1]:
            if heads or ends:
                lines = "".join(f"\n{outer}{_TWO_SPACES}{remark}" for remark in ends)
                yield self._opened(spot, f"{first}{lines}\n{outer}")
            return
        if heads:
            yield Edit(start, start, first)
        blanks = blanks_before(self._written, end)
        if blanks is None:
            yield Edit(end, end, "".join(ends))
        else:
            at = end - len(blanks)
            yield Edit(at, at, "".join(f"{outer}{_TWO_SPACES}{remark}\n" for remark in ends))

    def _opened(self, spot: Element, inside: str) -> Edit:
        """Return the edit that puts something into an element that is one empty tag."""
        start, end = spot.start
        return Edit(end - 2, end, f">{inside}</{self._written[start + 1 : start + 1 + len(spot.name)]}>")


def _mates(root: Element, other: Element) -> dict[Element | None, Element]:
    """Return, for the elements of one text, those of another that say the same: of one name, in their order."""
    names = Namespaces(), Namespaces()
    found: dict[Element | None, Element] = {root: other}
    pending = [(root, other)]
    while pending:
        one, its = pending.pop()
        waiting: dict[str, deque[Element]] = defaultdict(deque)
        for child in its.children:
            waiting[names[1].tag(child)].append(child)
        for child in one.children:
            same = waiting[names[0].tag(child)]
            if same:
                found[child] = same.popleft()
                pending.append((child, found[child]))
    return found


def _gaps(items: list[Item]) -> Iterator[list[Item]]:
    """Iterate over what stands before, between and behind the elements among items."""
    gap: list[Item] = []
    for item in items:
        if isinstance(item, Element):
            yield gap
            gap = []
        else:
            gap.append(item)
    yield gap


def _same_offset(offset: int, text: str, written: str) -> int:
    """Return where a character of a text is in how it is written, which may be without the white space around it."""
    bare = text.strip(BLANK)
    if bare != written.strip(BLANK):
        return len(written)
    start = len(written) - len(written.lstrip(BLANK))
    inside = offset - (len(text) - len(text.lstrip(BLANK)))
    return offset if text == written else start + min(max(inside, 0), len(bare))
