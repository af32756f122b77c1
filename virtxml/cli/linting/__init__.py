"""What the commands have in common that lint: which rules run, and what is known of the host."""

from __future__ import annotations

from .options import add_linting, make_linter

__all__ = ["add_linting", "make_linter"]
