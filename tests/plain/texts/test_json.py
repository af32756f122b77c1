"""JSON of plain data: one form for numbers, and one line for what is none."""

from __future__ import annotations

from typing import Any

import pytest

from virtxml.errors import DataError, ParseError
from virtxml.plain.texts.json import from_json, to_json
from virtxml.schema.domain import Graphics


def test_it_is_indented_with_all_characters_as_they_are() -> None:
    assert to_json({"name": "é", "list": [1, True]}) == ('{\n  "name": "é",\n  "list": [\n    1,\n    true\n  ]\n}\n')


def test_bytes_are_read_in_the_encodings_of_json() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert from_json('{"a": "é"}'.encode(encoding)) == {"a": "é"}
    assert from_json('\ufeff{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1, "a": 2}', 'the key "a" is there twice in one object'),
        (f'{{"a": {"9" * 5000}}}', "a number has more digits than any of libvirt's"),
        (f'{{"a": -{"9" * 40}}}', "a number has more digits than any of libvirt's"),
    ],
)
def test_what_no_field_takes_is_refused(text: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        from_json(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a"\n 1}', "line 2, column 2: this is no JSON: expecting ':' delimiter"),
        ("", "line 1, column 1: this is no JSON: expecting value"),
        (b'{"a": "\xff"}', "this is no JSON: it is not in UTF-8"),
        ("[" * 100_000, "objects are nested too deeply"),
    ],
)
def test_what_is_no_json_is_refused(text: Any, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        from_json(text)
    assert str(caught.value) == message


@pytest.mark.parametrize("number", ["1234.5", "1e3", "-0.0", "NaN", "Infinity"])
def test_no_field_takes_fractions_and_exponents(number: str) -> None:
    with pytest.raises(DataError) as caught:
        Graphics.from_dict(from_json(f'{{"type": "vnc", "passwd": {number}}}'))
    assert str(caught.value) == "passwd: text is taken here, not a number with a fraction: write it in quotes"
