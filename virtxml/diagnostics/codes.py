"""The codes of diagnostics. They are stable: a code never changes its meaning, and none is used anew."""

from __future__ import annotations

CODES = {
    "VX001": "not well-formed XML",
    "VX002": "no document of a known kind",
    "VX101": "unknown element",
    "VX102": "unknown attribute",
    "VX103": "element that belongs elsewhere",
    "VX104": "attribute that belongs elsewhere",
    "VX105": "element or attribute of another variant",
    "VX106": "wrong namespace",
    "VX107": "known only to a newer release",
    "VX108": "gone in this release",
    "VX201": "value that is none of the possible ones",
    "VX202": "value of the wrong form",
    "VX301": "missing attribute",
    "VX302": "missing child element",
    "VX303": "given twice",
    "VX304": "stray text",
    "VX305": "children in the wrong order",
    "VX306": "missing text",
    "VX990": "ignore that matches nothing",
}
"""Each code, and the kind of mistake in a few words."""

NAMES = {
    "VX001": "not-well-formed",
    "VX002": "unknown-document",
    "VX101": "unknown-element",
    "VX102": "unknown-attribute",
    "VX103": "misplaced-element",
    "VX104": "misplaced-attribute",
    "VX105": "other-variant",
    "VX106": "wrong-namespace",
    "VX107": "newer-release",
    "VX108": "older-release",
    "VX201": "unknown-value",
    "VX202": "malformed-value",
    "VX301": "missing-attribute",
    "VX302": "missing-element",
    "VX303": "given-twice",
    "VX304": "stray-text",
    "VX305": "wrong-order",
    "VX306": "missing-text",
    "VX990": "unused-ignore",
}
"""Each code, and the name by which people may ignore it. Those of the rules are in `virtxml.lint`."""

UNUSED_IGNORE = "VX990"
"""What is told of comments in documents, and not of the documents."""

FIXABLE = ("VX102", "VX201")
"""Mistakes where putting the best suggestion in place of the culprit is all. An element's name stands in two places."""
