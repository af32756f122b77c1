"""Datatypes allow the values that libxml2 allows, with their parameters."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.relaxng.schemas import NS
from virtxml.relaxng.datatypes import XSD, DatatypeError, datatype

VALUES = [
    *("", " ", "x", " x ", "a b", "a  b", "a:b", "_a", "1a", "-a", "\u00e9", "a.b-c", "0", "-0", "+0", "+5", "-5", "5"),
    *("005", " 5\n", "5 5", "5.0", "5.", ".5", ".", "-.5", "1.50", "1e3", "1E-3", "e", "INF", "-INF", "+INF", "NaN"),
    *("127", "128", "-128", "-129", "255", "256", "32767", "32768", "-32769", "65535", "65536", "1_000", "\u00b2"),
    *("2147483647", "2147483648", "-2147483649", "4294967295", "4294967296", "9223372036854775807"),
    *("9223372036854775808", "18446744073709551615", "18446744073709551616", "true", "false", "1", "TRUE", "yes"),
    *("en", "en-US", "en-", "muchtoolong", "0a", "0A0", "0g", "AA==", "AAA=", "AAAA", "AA=", "AB=="),
    *("http://a/b?c#d", "http://a b", "%zz", "%41", "::", "1:2", "//h:80/", "http://[::1]/", "[x]", "#a#b", "/x"),
    *("2020-01-01", "2020-02-30", "2020-02-29", "2019-02-29", "0000-01-01", "-0001-01-01", "12020-01-01"),
    *("02020-01-01", "2020-01-01Z", "2020-01-01+14:00", "2020-01-01+14:01", "2020-01-01+13:60", "2020-13-01"),
    *("2020-01-01T00:00:00", "2020-01-01T24:00:00", "2020-01-01T24:00:01", "2020-01-01T23:59:60"),
    *("2020-01-01T23:59:59.123Z", "2020-01-01T23:59:59.", "2020-01-01T1:00:00", "10:00:00", "24:00:00", "25:00:00"),
    *("2020", "2020-12", "--12", "--13", "--12-31", "--02-29", "--02-30", "---31", "---32"),
    *("P1Y", "P", "PT", "P1YT", "PT1S", "PT1.5S", "-P1M", "P-1M", "P1D2Y", "P1Y2M3DT4H5M6.7S"),
]
NAMES = [
    *("string", "normalizedString", "token", "Name", "NCName", "NMTOKEN", "NMTOKENS", "ID", "IDREF", "language"),
    *("anyURI", "hexBinary", "boolean", "decimal", "float", "double", "duration", "dateTime", "date", "time"),
    *("gYearMonth", "gMonth", "gMonthDay", "gDay", "integer", "nonPositiveInteger", "negativeInteger"),
    *("nonNegativeInteger", "positiveInteger", "long", "int", "short", "byte", "unsignedLong", "unsignedInt"),
    *("unsignedShort", "unsignedByte"),
]
"""All types but `base64Binary`, of which libxml2 checks little, `gYear`, whose years it limits, and `IDREFS`."""


def libxml2(content: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(f"<element name='a' {NS}>{content}</element>"))


def allowed(schema: etree.RelaxNG, text: str) -> bool:
    element = etree.Element("a")
    element.text = text
    return schema.validate(element)


@pytest.mark.parametrize("name", NAMES)
def test_a_type_allows_what_libxml2_allows(name: str) -> None:
    schema, ours = libxml2(f"<data type='{name}'/>"), datatype(XSD, name)
    assert {text: ours.allows(text) for text in VALUES} == {text: allowed(schema, text) for text in VALUES}


@pytest.mark.parametrize(
    ("name", "params", "values"),
    [
        ("int", {"minInclusive": "-1", "maxInclusive": "3"}, ["-2", "-1", "0", "3", "4", "03"]),
        ("int", {"minExclusive": "-1", "maxExclusive": "3"}, ["-1", "0", "2", "3"]),
        ("unsignedLong", {"maxInclusive": "18446744073709551614"}, ["18446744073709551614", "18446744073709551615"]),
        ("integer", {"totalDigits": "2"}, ["9", "-99", "100", "0099"]),
        ("decimal", {"fractionDigits": "1", "totalDigits": "3"}, ["1.5", "1.50", "1.55", "99.9", "999.9", "1000"]),
        ("decimal", {"minInclusive": "0.5"}, ["0.5", "0.50", "0.49", "1"]),
        ("double", {"maxExclusive": "1e2"}, ["99.9", "100", "1e1", "INF", "-INF"]),
        ("string", {"length": "2"}, ["ab", "a", "abc", "\u00e9\u00e9", "  "]),
        ("string", {"minLength": "1", "maxLength": "2"}, ["", "a", "ab", "abc"]),
        ("token", {"maxLength": "3"}, ["a  b", " abc ", "abcd"]),
        ("hexBinary", {"length": "2"}, ["00ff", "00", "00ff00"]),
        ("string", {"pattern": "a[bc]+"}, ["ab", "abcb", "a", "xab"]),
        ("date", {"minInclusive": "2020-02-01"}, ["2020-02-01", "2020-01-31", "2021-01-01"]),
    ],
)
def test_parameters_narrow_a_type(name: str, params: dict[str, str], values: list[str]) -> None:
    written = "".join(f"<param name='{param}'>{value}</param>" for param, value in params.items())
    schema, ours = libxml2(f"<data type='{name}'>{written}</data>"), datatype(XSD, name, tuple(params.items()))
    found = {text: ours.allows(text) for text in values}
    assert found == {text: allowed(schema, text) for text in values}
    assert set(found.values()) == {True, False}


@pytest.mark.parametrize(
    ("name", "text", "same", "other"),
    [
        ("string", "a", ["a"], ["a ", "A"]),
        ("token", " a  b ", ["a b", "a\nb"], ["ab"]),
        ("int", "1", ["01", "+1", " 1 "], ["2", "x"]),
        ("decimal", "1.5", ["1.50", "01.5"], ["1.51"]),
        ("boolean", "true", ["1"], ["0", "false"]),
        ("double", "NaN", ["NaN"], ["1"]),
        ("double", "100", ["1e2"], ["NaN"]),
        ("hexBinary", "ab", ["AB"], ["ac"]),
        ("base64Binary", "AAAA", ["AA AA"], ["AAAB"]),
        ("dateTime", "2020-01-01T00:00:00Z", ["2020-01-01T01:00:00+01:00"], ["2020-01-01T00:00:00"]),
        ("duration", "P1Y", ["P12M"], ["P365D"]),
    ],
)
def test_values_are_compared_by_what_they_mean(name: str, text: str, same: list[str], other: list[str]) -> None:
    found = datatype(XSD, name)
    value = found.value(text)
    assert value is not None
    assert [text for text in same if found.value(text) != value] == []
    assert [text for text in other if found.value(text) == value] == []


@pytest.mark.parametrize(
    ("name", "params", "right", "wrong"),
    [
        (
            "base64Binary",
            (),
            ["", "AAAA", "AA==", "A A A =", "AAAAAAE="],
            ["A", "AB==", "AAB=", "=", "A-_A", "AAAAA==="],
        ),
        ("base64Binary", (("length", "2"),), ["AAA="], ["AAAA"]),
        ("gYear", (), ["2020", "-0044", "18446744073709551616", "2020Z"], ["20", "0000", "02020", "x"]),
        ("IDREFS", (), ["a", "a b"], ["", "1"]),
        ("NMTOKENS", (("maxLength", "2"),), ["a", "a b"], ["a b c"]),
    ],
)
def test_types_that_libxml2_checks_in_another_way(
    name: str, params: tuple[tuple[str, str], ...], right: list[str], wrong: list[str]
) -> None:
    found = datatype(XSD, name, params)
    assert [text for text in right if not found.allows(text)] == []
    assert [text for text in wrong if found.allows(text)] == []


def test_relax_ngs_own_types_are_string_and_token() -> None:
    assert datatype("", "string").allows(" x ")
    assert datatype("", "token").value(" x ") == "x"


@pytest.mark.parametrize(
    ("library", "name", "params", "message"),
    [
        (XSD, "integre", (), 'not in the datatype library .*: "integre"'),
        (XSD, "QName", (), '"QName"'),
        ("urn:x", "int", (), "urn:x"),
        ("", "int", (), "RELAX NG's own"),
        ("", "string", (("pattern", "a"),), "with parameters"),
        (XSD, "int", (("length", "1"),), 'the datatype "int" has no parameter "length"'),
        (XSD, "string", (("maxLength", "x"),), '"x" is no whole number, as maxLength has to be'),
        (XSD, "int", (("maxInclusive", "x"),), '"x" is no int, as maxInclusive'),
    ],
)
def test_what_no_library_has_is_refused(
    library: str, name: str, params: tuple[tuple[str, str], ...], message: str
) -> None:
    with pytest.raises(DatatypeError, match=message):
        datatype(library, name, params)


def test_a_long_value_takes_no_long_time() -> None:
    assert not datatype(XSD, "unsignedInt", (("pattern", "[0-9]+"),)).allows("9" * 1_000_000)
    assert not datatype(XSD, "integer").allows("9" * 1_000_000)
    assert datatype(XSD, "token").allows(" x" * 500_000)
    assert not datatype(XSD, "anyURI").allows("http://" + "a:" * 50_000)
