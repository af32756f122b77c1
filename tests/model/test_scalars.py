"""Text to values and back."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from virtxml.scalars import (
    INTEGER,
    INTEGERS,
    ON_OFF,
    STRING,
    YES_NO,
    Int,
    Memo,
    escape_attribute,
    escape_text,
    from_text,
    read_integer,
    to_text,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("-7", -7),
        ("0x1F", 31),
        ("0X1f", 31),
        ("007", 7),
        ("+1", 1),
        ("-0x10", -16),
        ("00", 0),
        ("-0", 0),
    ],
)
def test_numbers_are_read_in_every_form(text: str, number: int) -> None:
    value = read_integer(text)
    assert value == number
    assert isinstance(value, int)
    assert to_text(value, INTEGER) == text


@pytest.mark.parametrize(
    "text", ["", " 1", "1 ", "1.0", "1e3", "0x", "x1", "--1", "1_000", "٣", "²", "0b1", "0o7", "9" * 41]
)
def test_what_is_no_number_stays_text(text: str) -> None:
    assert read_integer(text) == text
    assert INTEGERS[text] == text


def test_a_number_in_pythons_own_form_is_a_plain_int() -> None:
    assert type(read_integer("42")) is int
    assert type(read_integer("0x2a")) is Int


class TestInt:
    def test_it_is_a_number_in_all_respects(self) -> None:
        number = Int("0x10")
        assert number == 16
        assert number + 1 == 17
        assert type(number + 1) is int
        assert hash(number) == hash(16)
        assert [10, 20][Int("0x1")] == 20

    def test_its_text_is_that_of_a_number(self) -> None:
        assert str(Int("0x0010")) == "16"
        assert f"{Int('007')}" == "7"
        assert f"{Int('0x10'):d} {Int('0x0'):02x} {Int('0x1f'):>4}" == "16 00   31"

    def test_its_form_is_kept_for_writing(self) -> None:
        assert Int("0x0010").text == "0x0010"
        assert to_text(Int("0x0010"), INTEGER) == "0x0010"
        assert repr(Int("0x10")) == "0x10"
        assert repr(Int("007")) == "Int('007')"

    def test_it_keeps_its_form_in_copies_and_pickles(self) -> None:
        for other in (copy.copy(Int("007")), copy.deepcopy(Int("007")), pickle.loads(pickle.dumps(Int("007")))):
            assert other == 7
            assert other.text == "007"

    @pytest.mark.parametrize("text", ["", "seven", "0x", "1" * 41])
    def test_other_text_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="not a whole number"):
            Int(text)


@given(st.integers(-(10**38), 10**38))
def test_every_number_is_read_as_it_was_written(number: int) -> None:
    assert read_integer(to_text(number, INTEGER)) == number


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (YES_NO, "yes", True),
        (YES_NO, "no", False),
        (YES_NO, "on", "on"),
        (YES_NO, "YES", "YES"),
        (ON_OFF, "on", True),
        (ON_OFF, "off", False),
        (ON_OFF, "yes", "yes"),
        (STRING, "yes", "yes"),
        (INTEGER, "12", 12),
        (INTEGER, "auto", "auto"),
    ],
)
def test_values_of_every_kind_are_read_and_written(kind: str, text: str, value: object) -> None:
    found = from_text(text, kind)
    assert (found, type(found)) == (value, type(value))
    assert to_text(found, kind) == text


def test_a_boolean_where_none_is_expected_is_written_as_yes_or_no() -> None:
    assert to_text(True, STRING) == "yes"
    assert to_text(False, STRING) == "no"
    assert to_text(False, ON_OFF) == "off"


@pytest.mark.parametrize("value", [None, 1.5, [], object(), b"x"])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(TypeError, match="is no value"):
        to_text(value, STRING)


def test_text_is_escaped_as_libvirt_does() -> None:
    assert escape_text("<a & 'b' > \"c\">") == "&lt;a &amp; &apos;b&apos; &gt; &quot;c&quot;&gt;"
    assert escape_text("\t\n\r") == "\t\n&#13;"
    assert escape_attribute("\t\n\r") == "&#9;&#10;&#13;"


@pytest.mark.parametrize("code", [0, 8, 0xB, 0x1F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF])
def test_what_xml_cannot_hold_is_refused_by_its_number(code: int) -> None:
    for escape in (escape_text, escape_attribute):
        with pytest.raises(ValueError, match=f"U\\+{code:04X}"):
            escape(f"a{chr(code)}b")


class TestMemo:
    def test_a_function_is_called_once_for_a_key(self) -> None:
        calls: list[str] = []
        memo = Memo(lambda key: calls.append(key) or key.upper())
        assert [memo["a"], memo["a"], memo["b"]] == ["A", "A", "B"]
        assert calls == ["a", "b"]

    def test_it_never_holds_more_than_its_entries(self) -> None:
        memo = Memo(lambda key: key, entries=10)
        assert [memo[str(number)] for number in range(100)] == [str(number) for number in range(100)]
        assert len(memo) <= 10

    def test_long_texts_are_not_kept(self) -> None:
        memo = Memo(len)
        assert memo["x" * 1000] == 1000
        assert not memo
