"""From a model to Python code that builds an equal one.

`expressions` is what code is made of and how it is laid out, `imports` what it needs, `models` the way from objects to
expressions, and `program` puts it together. Another way to build the same, such as with builders, would be another
module beside `models`.
"""

from __future__ import annotations

from .program import python_program

__all__ = ["python_program"]
