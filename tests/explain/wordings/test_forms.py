from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.explain.small import data, values
from virtxml.explain.wordings.forms import describe, form_of
from virtxml.explain.wordings.notions import NOTIONS
from virtxml.relaxng.match.expectations import parts
from virtxml.relaxng.match.patterns import Attribute, Data, List, Pattern
from virtxml.releases.grammars import RELEASES, grammar_of


def _data_in(pattern: Pattern) -> Iterator[Data]:
    if isinstance(pattern, Data):
        yield pattern
    elif isinstance(pattern, Attribute):
        yield from _data_in(pattern.content)
    else:
        for item in (pattern.item,) if isinstance(pattern, List) else parts(pattern):
            yield from _data_in(item)


def _all_data(release: str) -> set[Data]:
    return {found for element in grammar_of(release).elements() for found in _data_in(element.content)}


@pytest.mark.parametrize("release", RELEASES)
def test_every_form_that_libvirt_asks_for_has_words(release: str):
    found = _all_data(release)
    assert len(found) > 150
    nameless = {item.define for item in found if "schema" in form_of(item).words}
    assert nameless == set()


@pytest.mark.parametrize("release", RELEASES)
def test_every_example_is_a_value_of_its_form(release: str):
    found = _all_data(release)
    for item in found:
        form = form_of(item)
        spellings = [other.datatype for other in found if other.define == item.define and form_of(other) == form]
        examples = [text for text in (form.example, *form.values) if text]
        wrong = [text for text in examples if not any(datatype.allows(text) for datatype in spellings)]
        assert wrong == [], (item.define, item.datatype.params)


@pytest.mark.parametrize("release", RELEASES)
def test_no_form_is_told_as_a_pattern(release: str):
    for item in _all_data(release):
        words = form_of(item).words
        assert not any(value in words for name, value in item.datatype.params if name == "pattern"), item.define
        assert not set("[]{}*|\\^$") & set(words.replace("\\ :", "")), item.define


def test_every_notion_is_one_of_libvirts():
    used = {(item.define, form_of(item).words) for release in RELEASES for item in _all_data(release)}
    assert {(define, form.words) for define, forms in NOTIONS.items() for form in forms} - used == set()


@pytest.mark.parametrize(
    ("datatype", "params", "words"),
    [
        ("integer", {}, "a whole number"),
        ("int", {}, "a whole number"),
        ("unsignedInt", {}, "a whole number"),
        ("positiveInteger", {}, "a whole number of at least 1"),
        ("unsignedByte", {}, "a whole number from 0 to 255"),
        ("int", {"minInclusive": "-1", "maxInclusive": "65535"}, "a whole number from -1 to 65535"),
        ("integer", {"minExclusive": "0", "maxExclusive": "10"}, "a whole number from 1 to 9"),
        ("negativeInteger", {}, "a whole number of at most -1"),
        ("unsignedLong", {"pattern": "[0-9]+"}, "a whole number"),
        ("dateTime", {}, "a date and time"),
        ("string", {"maxLength": "39"}, "text of at most 39 characters"),
        ("string", {"length": "4"}, "text of 4 characters"),
        ("string", {"minLength": "1", "maxLength": "4"}, "text of 1 to 4 characters"),
    ],
)
def test_plain_datatypes_are_told_by_their_bounds(datatype: str, params: dict[str, str], words: str):
    assert form_of(data(datatype, **params)).words == words


def test_a_large_bound_is_told_to_who_exceeds_it():
    number = data("unsignedInt")
    assert form_of(number, "5000000000").words == "a whole number from 0 to 4294967295"
    assert form_of(number, "-5").words == "a whole number of at least 0"
    assert form_of(data("int"), "-3000000000").words == "a whole number of at least -2147483648"


def test_a_plus_sign_is_told_to_who_wrote_one():
    number = data("unsignedInt", pattern="[0-9]+")
    assert form_of(number, "+1").words == "a whole number without a plus sign"
    assert form_of(number, "one").words == "a whole number"


def test_a_number_without_end_is_just_not_a_number():
    assert form_of(data("unsignedInt"), "9" * 10_000).words == "a whole number"


def test_a_form_of_a_users_own_schema_goes_by_its_name():
    pattern = "[a-z]{3}-[0-9]{2,7}"
    assert form_of(data("string", "assetTag", pattern=pattern)).words == 'what the schema calls "assetTag"'
    assert form_of(data("string", pattern=pattern)).words == "text of the form that the schema asks for"


def test_a_users_own_form_is_not_taken_for_libvirts_of_the_same_name():
    assert form_of(data("string", "UUID", pattern="[0-9]{3}")).words == 'what the schema calls "UUID"'


def test_the_same_form_is_told_once():
    hyphens = data("string", "UUID", pattern="[a-fA-F0-9]{8}\\-([a-fA-F0-9]{4}\\-){3}[a-fA-F0-9]{12}")
    plain = data("string", "UUID", pattern="[a-fA-F0-9]{32}")
    accepted = describe((*values("auto"), plain, hyphens))
    assert accepted.names == ("auto", "a UUID")
    assert accepted.forms[0].example == "4dea22b3-1d52-d8f3-2516-782e98ab3fa0"
