"""Regular expressions of XML Schema (XML Schema part 2, appendix F), matched in time linear in the text.

They are regular in the strict sense: nothing in them looks back or around. So they are matched by derivatives, as
documents are: what is left of an expression behind a character is an expression again, each is made once, and a step
is a look-up from then on. Python's `re` backtracks, and needs minutes for some texts that nearly match
`[a-zA-Z_]+[a-zA-Z0-9_]*`.
"""

from __future__ import annotations

from .matcher import Matcher
from .parser import RegexError, parse

__all__ = ["Matcher", "RegexError", "parse"]
