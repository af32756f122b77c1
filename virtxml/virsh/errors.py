"""What goes wrong with a command of virsh's."""

from __future__ import annotations

from ..errors import VirtXMLError


class VirshError(VirtXMLError):
    """What a command asks for cannot be done to the document."""


class UsageError(VirshError):
    """A command is not called as it has to be."""
