from __future__ import annotations

from virtxml.errors import ParseError
from virtxml.explain import not_well_formed


def test_text_that_is_not_well_formed_is_reported_where_the_parser_stopped():
    said = not_well_formed(ParseError("Premature end of data", 3, 7))
    assert (said.code, said.message, said.line, said.column) == ("VX001", "Premature end of data", 3, 7)
