"""Do what a plan says, through `virtxml.driver`."""

from __future__ import annotations

from .doing import Done, How, apply

__all__ = ["Done", "How", "apply"]
