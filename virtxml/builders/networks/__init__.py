"""The builder of virtual networks."""

from __future__ import annotations

from .builder import NetworkBuilder

__all__ = ["NetworkBuilder"]
