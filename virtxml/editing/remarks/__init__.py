"""Comments and instructions of a text: in another text that says the same, and around a root element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.source.edits import Edit
from virtxml.source.tree import parsed

from ..style import Style, blanks_before
from .placing import with_remarks as with_remarks
from .placing import without_remarks as without_remarks
from .standing import Item as Item
from .standing import Text as Text
from .standing import behind_on_lines as behind_on_lines
from .standing import items_with_remarks as items_with_remarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.content import Extra
    from virtxml.source.elements import Element, Tree

_DECLARATION = "<?xml"


def rewritten(tree: Tree, root: Element, held: str, written: str) -> str:
    """Return an element that libvirt would write in the style of a text, with the comments in its place there.

    ``held`` is what libvirt would write for what stands there.
    """
    text = with_remarks(tree, root, written, held=held)
    start, end = parsed(text).root.span
    indent = blanks_before(tree.text, root.start[0]) or ""
    return Style.of(tree, root).fitted(text[start:end], indent)


def around(text: str, root: Element, style: Style, before: Extra | None, after: Extra | None) -> Iterator[Edit]:
    """Iterate over the edits of what stands before and behind a root element, from what a model says to another."""
    line_end = style.line_end or "\n"
    old = ("", "") if before is None else (before.before, before.after)
    new = ("", "") if after is None else (after.before, after.after)
    if old[0] != new[0]:
        start = text.index("?>") + 2 if text.startswith(_DECLARATION) else 0
        yield Edit(start, root.start[0], f"{line_end if start else ''}{new[0].replace(chr(10), line_end)}")
    if old[1] != new[1]:
        yield Edit(root.end[1], len(text), f"{line_end}{new[1].replace(chr(10), line_end)}")
