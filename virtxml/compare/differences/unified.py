"""What differs as lines of libvirt's own form of both documents, without what is only written otherwise."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from virtxml.source.secrets.hiding import HIDDEN
from virtxml.source.secrets.spans import secret_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.node import Node

    from .difference import Differences

_AROUND = 3
"""So many lines are shown around those that differ."""


def unified(a: Node | None, found: Differences | None, b: Node | None, names: tuple[str, str]) -> Iterator[str]:
    """Iterate over the lines of a unified difference, without line ends; secrets are not shown, be they others.

    The second document is written as the first one is wherever both say the same.

    Args:
        a: the first document; None if there is none.
        found: what differs, None if there is only one document.
        b: the second document; None if there is none.
        names: the names of both.
    """
    old = "" if a is None else a.to_xml()
    new = found.apply(a).to_xml() if found is not None else "" if b is None else b.to_xml()
    lines, new_lines = old.splitlines(), new.splitlines()
    shown, new_shown = without_secrets(old).splitlines(), without_secrets(new).splitlines()
    matcher = SequenceMatcher(None, lines, new_lines, autojunk=len(lines) > _MANY)
    for number, group in enumerate(matcher.get_grouped_opcodes(_AROUND)):
        if not number:
            yield from (f"--- {names[0]}", f"+++ {names[1]}")
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@"
        for kind, start, end, new_start, new_end in group:
            if kind == "equal":
                yield from (f" {line}" for line in shown[start:end])
            else:
                yield from (f"-{line}" for line in shown[start:end])
                yield from (f"+{line}" for line in new_shown[new_start:new_end])


_MANY = 2000
"""Of more lines than these, those that are everywhere are not looked for, which would take time."""


def _range(start: int, end: int) -> str:
    """Return which lines are meant, as unified differences have it."""
    count = end - start
    return str(start + 1) if count == 1 else f"{start + bool(count)},{count}"


def without_secrets(text: str) -> str:
    """Return a document with something else in the place of its secrets, line by line."""
    pieces: list[str] = []
    done = 0
    for start, end in secret_spans(text):
        hidden = "\n".join(HIDDEN if line.strip() else line for line in text[start:end].split("\n"))
        pieces += (text[done:start], hidden)
        done = end
    return "".join((*pieces, text[done:]))
