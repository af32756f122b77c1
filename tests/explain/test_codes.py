from __future__ import annotations

from virtxml.diagnostics.codes import CODES as MEANINGS
from virtxml.diagnostics.codes import UNUSED_IGNORE
from virtxml.explain.codes import CODES, NEWER, NOT_WELL_FORMED, OLDER


def test_every_code_means_something():
    assert {*CODES.values(), NOT_WELL_FORMED, NEWER, OLDER, UNUSED_IGNORE} == set(MEANINGS)
