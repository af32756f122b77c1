"""Installation trees: what a directory or an image of a disc holds to install a system from."""

from __future__ import annotations

from .finding import Tree, read_tree

__all__ = ["Tree", "read_tree"]
