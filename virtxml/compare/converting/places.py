"""Where in a text stands what a report is about."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from virtxml.editing import root_of
from virtxml.source.lines import Lines
from virtxml.source.tree import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.source.elements import Element

    from .report import Entry

_STEP = re.compile(r"/([^/\[@]+)(?:\[(\d+)\])?")


def located(entries: Iterable[Entry], text: str, root: str) -> list[Entry]:
    """Return entries with the lines and columns in the text that the converted model was read from, in its order.

    ``root`` is the name of the model's element. What a rule has found is in no text yet, and has no line.
    """
    tree, lines = parsed(text), Lines(text)
    top = root_of(tree, root)
    found = []
    for entry in entries:
        offset = None if entry.action == "found" else _offset(top, entry.path)
        line, column = (None, None) if offset is None else lines.place(offset)
        found.append(replace(entry, line=line, column=column))
    return sorted(found, key=lambda one: (one.line is None, one.line or 0, one.column or 0))


def _offset(root: Element, path: str) -> int | None:
    """Return where something begins in a text; None if it cannot be told, such as for a name that was shortened."""
    path, _, attribute = path.removesuffix("/text()").partition("/@")
    at = root
    for name, number in _STEP.findall(path)[1:]:
        # The text may have another prefix than libvirt's for a namespace.
        same = [child for child in at.children if _plain(child.name) == _plain(name)]
        index = int(number or 1) - 1
        if index >= len(same):
            return None
        at = same[index]
    if not attribute:
        return at.start[0]
    return next((one.name_span[0] for one in at.attributes if one.name == attribute), at.start[0])


def _plain(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]
