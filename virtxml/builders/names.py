"""The names of documents."""

from __future__ import annotations

from ..scalars import names_files
from .errors import BuildError


def checked_name(name: str, what: str) -> str:
    """Return a name if libvirt can name files after it. Raises BuildError if not."""
    if not isinstance(name, str) or not names_files(name):
        raise BuildError(
            f"not a name of {what}: {name!r}; libvirt names files after it, so it has no slashes or line feeds"
        )
    return name
