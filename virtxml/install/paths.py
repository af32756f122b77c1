"""Model paths, such as `driver.discard_no_unref` or `vcpus.vcpu2.id`: names of XML's elements and attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..node import Node


def get_path(node: Node, path: str) -> object:
    """Return what stands at a path, None if it or anything on the way is not there.

    Raises LookupError for a path that leads nowhere.
    """
    raise NotImplementedError


def set_path(node: Node, path: str, text: str | bool) -> None:
    """Set what a path leads to, making the elements on the way.

    Raises LookupError for a path that leads nowhere, ValueError for text that its type cannot be.
    """
    raise NotImplementedError


def unset_path(node: Node, path: str) -> None:
    """Remove what a path leads to, and elements on the way that are empty after that."""
    raise NotImplementedError
