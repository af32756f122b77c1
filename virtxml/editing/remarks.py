"""Comments and instructions of a text: in another text that says the same, and around a root element."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from virtxml.source.edits import Edit, apply
from virtxml.source.layout import is_layout
from virtxml.source.meaning import Namespaces
from virtxml.source.tree import parsed

from .style import Style, blanks_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.content import Extra
    from virtxml.source.elements import Element, Span, Tree

_DECLARATION = "<?xml"
_TWO_SPACES = "  "


def with_remarks(tree: Tree, root: Element, written: str) -> str:
    """Return a text that libvirt would write with the comments and instructions inside an element of another one.

    Each stands beside what it stood beside: above an element, on its line, or at the end of what is around it.
    """
    other = parsed(written)
    spots = _same(root, other.root)
    present = dict(_inside(other, other.root))
    edits: list[Edit] = []
    for element, remarks in _inside(tree, root):
        spot = spots.get(element)
        if spot is None:
            continue
        # In elements that may hold anything, comments are kept with the rest.
        there = [written[slice(*span)] for span in present.get(spot, [])]
        for remark in remarks:
            text = tree.text[slice(*remark)].replace("\r\n", "\n")
            if text in there:
                there.remove(text)
            else:
                edits.append(_put_beside(tree.text, element, remark, text, written, spot, spots))
    return apply(written, edits)


def rewritten(tree: Tree, root: Element, written: str) -> str:
    """Return an element that libvirt would write in the style of a text, with the comments in its place there."""
    text = with_remarks(tree, root, written)
    start, end = parsed(text).root.span
    indent = blanks_before(tree.text, root.start[0]) or ""
    return Style.of(tree, root).fitted(text[start:end], indent)


def without_remarks(text: str) -> str:
    """Return a text without its comments and instructions."""
    tree = parsed(text)
    kept = [span for span in tree.instructions if text.startswith(_DECLARATION, span[0]) and span[0] == 0]
    return apply(text, [Edit(*span, "") for span in (*tree.comments, *tree.instructions) if span not in kept])


def around(tree: Tree, root: Element, before: Extra | None, after: Extra | None) -> Iterator[Edit]:
    """Iterate over the edits of what stands before and behind a root element, from what a model says to another."""
    text = tree.text
    line_end = Style.of(tree, root).line_end or "\n"
    old = ("", "") if before is None else (before.before, before.after)
    new = ("", "") if after is None else (after.before, after.after)
    if old[0] != new[0]:
        start = text.index("?>") + 2 if text.startswith(_DECLARATION) else 0
        yield Edit(start, root.start[0], f"{line_end if start else ''}{new[0].replace(chr(10), line_end)}")
    if old[1] != new[1]:
        yield Edit(root.end[1], len(text), f"{line_end}{new[1].replace(chr(10), line_end)}")


def _same(root: Element, other: Element) -> dict[Element, Element]:
    """Return, for the elements of one text, those of another that say the same: of one name, in their order."""
    names = Namespaces(), Namespaces()
    found: dict[Element, Element] = {root: other}
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


def _inside(tree: Tree, root: Element) -> Iterator[tuple[Element, list[Span]]]:
    """Iterate over the elements that comments and instructions stand directly inside of, with these."""
    start, end = root.content
    remarks = deque(span for span in sorted([*tree.comments, *tree.instructions]) if start <= span[0] < end)
    found: dict[Element, list[Span]] = defaultdict(list)
    open_: list[Element] = []

    def put(remark: Span) -> None:
        while open_[-1].end[0] <= remark[0]:
            open_.pop()
        found[open_[-1]].append(remark)

    for element in root.walk():
        while remarks and remarks[0][0] < element.start[0]:
            put(remarks.popleft())
        while open_ and open_[-1].end[1] <= element.start[0]:
            open_.pop()
        open_.append(element)
    while remarks:
        put(remarks.popleft())
    yield from found.items()


def _put_beside(
    text: str, element: Element, remark: Span, shown: str, written: str, spot: Element, spots: dict[Element, Element]
) -> Edit:
    """Return the edit that puts a comment of an element into what libvirt would write for that."""
    above = next((child for child in reversed(element.children) if child.end[1] <= remark[0] and child in spots), None)
    below = next((child for child in element.children if child.start[0] >= remark[1] and child in spots), None)
    if above is not None and "\n" not in (between := text[above.end[1] : remark[0]]) and is_layout(between):
        at = spots[above].end[1]
        return Edit(at, at, f" {shown}")
    if below is not None and (blanks := blanks_before(written, spots[below].start[0])) is not None:
        at = spots[below].start[0] - len(blanks)
        return Edit(at, at, f"{blanks}{shown}\n")
    indent = f"{blanks_before(written, spot.start[0]) or ''}{_TWO_SPACES}"
    if spot.start[1] == spot.end[1]:
        return Edit(spot.start[1] - 2, spot.end[1], f">\n{indent}{shown}\n{indent[:-2]}</{spot.name}>")
    at = spot.end[0]
    if (blanks := blanks_before(written, at)) is not None:
        return Edit(at - len(blanks), at - len(blanks), f"{indent}{shown}\n")
    return Edit(at, at, shown)
