"""The names of documents."""

from __future__ import annotations

import re

from .errors import BuildError

_NAMES = re.compile(r"[^/\x00-\x1f]*[^/\s\x00-\x1f][^/\x00-\x1f]*")


def checked_name(name: str, what: str) -> str:
    """Return a name if libvirt can name files after it. Raises BuildError if not."""
    if not isinstance(name, str) or not _NAMES.fullmatch(name) or name in (".", ".."):
        raise BuildError(
            f"not a name of {what}: {name!r}; libvirt names files after it, so it has no slashes or line feeds"
        )
    return name
