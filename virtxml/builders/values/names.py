"""Names and UUIDs: by what a document is known."""

from __future__ import annotations

import uuid
from typing import Literal

from ...guests.names import random_uuid
from ...scalars import names_files
from ..errors import BuildError

RANDOM: Literal["random"] = "random"
"""What asks for a new identity: a MAC address or a UUID that nobody else has."""


def checked_name(name: str, what: str) -> str:
    """Return a name if libvirt can name files after it. Raises BuildError if not."""
    if not isinstance(name, str) or not names_files(name):
        raise BuildError(
            f"not a name of {what}: {name!r}; libvirt names files after it, so it has no slashes or line feeds"
        )
    return name


def identity(wanted: str | uuid.UUID) -> str:
    """Return a UUID: the one that is given, or a new one for "random". Raises BuildError for what is none."""
    if wanted == RANDOM:
        return random_uuid()
    try:
        return str(uuid.UUID(str(wanted)))
    except ValueError:
        raise BuildError(f"not a UUID: {wanted!r}; write one, or 'random' for a new one") from None
