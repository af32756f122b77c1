"""Keep secrets out of the lines of a document that are shown beside a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRETS = frozenset({"cookie", "passwd", "password", "query"})
"""Names of attributes and elements whose values are not shown; nor are those of names that look like them."""

_VALUE = re.compile(
    r"""(?P<attribute>[^\s<>='"/:]+)\s*=\s*(?:"(?P<double>[^"]*)|'(?P<single>[^']*))
    |<(?P<element>[^\s<>='"/!?]+)(?:[^<>"']|"[^"]*"|'[^']*')*>(?P<text>(?:[^<]|<!\[CDATA\[.*?\]\]>|<!--.*?-->)+)""",
    re.VERBOSE | re.DOTALL,
)


def secret_spans(text: str) -> Iterator[tuple[int, int]]:
    """Iterate over the pieces of a document, or a part of one, that hold secrets."""
    position = 0
    while match := _VALUE.search(text, position):
        name = match["attribute"] or match["element"]
        group = match.lastgroup or ""
        if name in SECRETS or nearest(name, SECRETS):
            yield match.span(group)
        # An element's attributes are looked at as well.
        position = match.end() if match["attribute"] else match.end("element")
