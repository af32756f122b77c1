"""From a model to Python code that builds an equal one.

`expressions` is what code is made of and how it is laid out, `imports` what it needs, `models` the way from objects to
expressions, and `program` puts it together. The other way to the same is by builders: `calls` reads their steps back
from documents, `chains` has the code of steps, `plans` finds out which of them are of use, and `changes` what has to be
set afterwards.
"""

from __future__ import annotations

from .program import python_program

__all__ = ["python_program"]
