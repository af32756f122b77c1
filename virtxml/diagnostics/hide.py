"""Keep secrets out of the lines of a document that are shown beside a message."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .suggest import distance

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRETS = frozenset({"cookie", "cookies", "passwd", "password", "query"})
"""Names of attributes and elements whose values are not shown; nor are those of names that are one slip away."""
_SLIP = 4
"""What one edit costs in `distance`."""

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
        if match[group].strip() and _is_secret(name):
            yield match.span(group)
        # An element's attributes are looked at as well.
        position = match.end() if match["attribute"] else match.end("element")


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    plain = name.lower()
    return any(abs(len(name) - len(secret)) <= 1 and distance(plain, secret, _SLIP) <= _SLIP for secret in SECRETS)
