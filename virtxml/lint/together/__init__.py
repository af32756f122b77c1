"""Lint several documents together: what they cannot have both, and what one names that none defines.

`run` asks the rules of `virtxml.lint.rules.together`; `documents.py` is what those look at, `declaring.py` how they
are declared, `running.py` how their findings come to stand in files.
"""

from __future__ import annotations

from .running import run

__all__ = ["run"]
