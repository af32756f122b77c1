"""What there is to say of a rule, for reports that list the kinds of findings."""

from __future__ import annotations

import re

from ...diagnostics.about import PAGES, About
from ...diagnostics.about import about as about_schema
from ...diagnostics.codes import CODES

_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


def about(code: str) -> About:
    """Return what there is to say of a code: a rule's, or one of those that its schema's findings have."""
    if code in CODES:
        return about_schema(code)
    from ..rule import REGISTERED
    from ..rules import load_all

    # In other processes, others are loaded than here.
    if code not in REGISTERED:
        load_all()
    rule = REGISTERED[code]
    page = f"{PAGES}/rules/{rule.name}.md"
    return About(rule.title, page, _BREAK.sub(" ", rule.why), rule.severity, rule.phase, rule.group)
