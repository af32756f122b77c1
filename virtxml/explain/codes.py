"""Which code a diagnostic has: the one table of them. What each means is in `virtxml.diagnostics.codes`."""

from __future__ import annotations

from virtxml.relaxng.diagnosis.finding import Kind

CODES = {
    Kind.UNKNOWN_ROOT: "VX002",
    Kind.UNKNOWN_ELEMENT: "VX101",
    Kind.UNKNOWN_ATTRIBUTE: "VX102",
    Kind.ELEMENT_ELSEWHERE: "VX103",
    Kind.ATTRIBUTE_ELSEWHERE: "VX104",
    Kind.ANOTHER_VARIANT: "VX105",
    Kind.WRONG_NAMESPACE: "VX106",
    Kind.WRONG_VALUE: "VX201",
    Kind.WRONG_FORM: "VX202",
    Kind.MISSING_ATTRIBUTE: "VX301",
    Kind.MISSING_ELEMENT: "VX302",
    Kind.GIVEN_TWICE: "VX303",
    Kind.STRAY_TEXT: "VX304",
    Kind.WRONG_ORDER: "VX305",
    Kind.MISSING_TEXT: "VX306",
}
"""The codes of what the schema is against."""

NOT_WELL_FORMED = "VX001"
NEWER = "VX107"
"""Only newer releases know it."""
OLDER = "VX108"
"""Only older releases know it."""

OF_VALUES = (CODES[Kind.WRONG_VALUE], CODES[Kind.WRONG_FORM])
"""The codes of what is said of values."""
