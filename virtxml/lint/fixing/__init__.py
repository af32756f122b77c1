"""Mend documents: what has one right answer, in the text as it is written."""

from __future__ import annotations

from .fixer import Done, Fixed, Fixer

__all__ = ["Done", "Fixed", "Fixer"]
