"""What libvirt refuses, drops or changes although its schemas allow it.

A rule is a small function over a part of a model (`rule.py`); `rules/` has them by area. `run` asks all of them about a
model, `Linter` those of a selection, with what is known of the host.
"""

from __future__ import annotations

from .facts import Host, Met
from .linting import Linter, run
from .rule import Fix, Problem, Rule
from .running import facts_of
from .selection import Selection, check

__all__ = ["Fix", "Host", "Linter", "Met", "Problem", "Rule", "Selection", "check", "facts_of", "run"]
