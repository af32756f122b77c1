"""What the commands have in common that lint: which rules run, what is known of the host, what a project says."""

from __future__ import annotations

from .options import Asked, add_linting, asked, make_linter, told

__all__ = ["Asked", "add_linting", "asked", "make_linter", "told"]
