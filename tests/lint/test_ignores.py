"""Comments that ignore findings: which they cover, which they do not, and what is said of those that match nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import virtxml
from tests.growth import assert_cheap, seconds
from tests.strategies import RELAXED
from virtxml.lint import Host, Linter, Selection
from virtxml.lint.ignores import wanted
from virtxml.validation import Validator

GUEST = """<domain type='kvm'>
  <name>a</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <bot dev='hd'/>
  </os>
  <devices>
    <disk type='file'><source file='/a'/><target dev='vda'/></disk>
    <disk type='file'><source file='/b'/><target dev='vda'/></disk>
  </devices>
</domain>
"""
SECOND = "    <disk type='file'><source file='/b'/>"
"""What begins the line of the disk whose target is another one's."""
MISSPELLED = "    <bot"


def told(text: str | bytes, **options: object) -> list[tuple[str, int | None, str]]:
    return [(one.code, one.line, one.message) for one in virtxml.validate(text, **options)]  # type: ignore[arg-type]


def codes(text: str | bytes) -> list[str]:
    return [code for code, _, _ in told(text)]


def with_comment(before: str, names: str, text: str = GUEST) -> str:
    assert text.count(before) == 1
    return text.replace(before, f"<!-- virtxml: ignore[{names}] because -->{before}")


def test_there_is_something_to_ignore() -> None:
    assert codes(GUEST) == ["VX101", "VX404"]


@pytest.mark.parametrize("names", ["duplicate-disk-target", "VX404", "VX40", "VX404, duplicate-disk-target"])
def test_a_comment_ignores_what_it_names_in_the_element_behind_it(names: str) -> None:
    assert codes(with_comment(SECOND, names)) == ["VX101"]


@pytest.mark.parametrize("names", ["unknown-element", "VX101", "VX1"])
def test_what_the_schema_says_can_be_ignored(names: str) -> None:
    assert codes(with_comment(MISSPELLED, names)) == ["VX404"]


def test_several_names_and_several_comments_ignore_more() -> None:
    assert codes(with_comment("  <name>", "VX404,unknown-element")) == []
    assert codes(with_comment("  <name>", "VX404", with_comment("  <name>", "unknown-element"))) == []
    assert codes(with_comment("  <devices>", "VX404", with_comment("  <os>", "unknown-element"))) == []


@pytest.mark.parametrize("before", ["<domain ", "  <name>"])
def test_at_the_top_of_a_document_it_is_all_of_it(before: str) -> None:
    assert codes(with_comment(before, "VX404, VX101")) == []


@pytest.mark.parametrize(("before", "line"), [("  <memory", 3), ("    <type", 5)])
def test_elements_beside_it_are_not_covered(before: str, line: int) -> None:
    assert told(with_comment(before, "unknown-element")) == [
        ("VX990", line, 'nothing is found here that "unknown-element" ignores'),
        *told(GUEST),
    ]


def test_a_comment_that_no_element_follows_covers_nothing() -> None:
    assert codes(with_comment("  </os>", "VX101")) == ["VX101", "VX990", "VX404"]
    for end in ("  </devices>", "</domain>"):
        assert codes(with_comment(end, "VX101")) == ["VX101", "VX404", "VX990"]
    assert codes(f"{GUEST}<!-- virtxml: ignore[VX101] -->") == ["VX101", "VX404", "VX990"]


def test_places_of_comments_are_told_to_the_character() -> None:
    text = GUEST.replace(SECOND, f"<!--virtxml:ignore[ VX404 , given-twice]-->{SECOND}")
    (found,) = (one for one in virtxml.validate(text) if one.code == "VX990")
    assert (found.name, found.severity) == ("unused-ignore", "warning")
    line = text.split("\n")[(found.line or 0) - 1]
    assert line[(found.column or 0) - 1 : (found.end_column or 0) - 1] == "given-twice"


@pytest.mark.parametrize(
    ("comment", "message", "help_"),
    [
        ("ignore[duplicate-disk-targt]", 'no rule is called "duplicate-disk-targt"', "duplicate-disk-target"),
        ("ignore[VX9999]", 'no rule is called "VX9999"', ""),
        ("ignore[\x7f]", 'no rule is called "\\x7f"', ""),
        ("ignore", "the comment does not say what is to be ignored", "ignore[name]"),
        ("ignore[] because", "the comment does not say what is to be ignored", "ignore[name]"),
        ("ignore[VX101 because", "the comment does not say what is to be ignored", "ignore[name]"),
        ("ingore[VX101]", 'there is no "ingore" for a comment to ask for', '"ignore"'),
    ],
)
def test_what_a_comment_may_have_meant_is_told(comment: str, message: str, help_: str) -> None:
    found = virtxml.validate(GUEST.replace("  <devices>", f"<!-- virtxml: {comment} --><devices>"))
    (one,) = (one for one in found if one.code == "VX990")
    assert one.message == message
    assert help_ in one.help
    assert [one.code for one in found if one.code != "VX990"] == codes(GUEST)


@pytest.mark.parametrize("comment", ["virtxml: made by hand [x]", "by virtxml: ignore[VX101]", "ignore[VX101]"])
def test_other_comments_are_nothing_to_us(comment: str) -> None:
    assert codes(GUEST.replace("  <devices>", f"<!-- {comment} --><devices>")) == codes(GUEST)


def test_a_comment_about_unused_ignores_is_never_unused() -> None:
    assert codes(with_comment("<domain ", "unused-ignore, VX306")) == codes(GUEST)
    assert codes(with_comment("<domain ", "unused-ignore")) == codes(GUEST)


VALID = GUEST.replace("    <bot dev='hd'/>\n", "").replace("/b'/><target dev='vda'", "/b'/><target dev='vdb'")


def lint(text: str, selection: Selection, libvirt: str = "11.3.0") -> list[str]:
    linter = Linter(Host(libvirt=libvirt), selection)
    return [one.code for one in Validator(libvirt=libvirt, then=linter).validate(text)]


def test_ignores_of_rules_that_did_not_run_are_not_told() -> None:
    good = with_comment("  <devices>", "duplicate-disk-target", VALID)
    assert lint(good, Selection()) == ["VX990"]
    assert lint(good, Selection(("security",))) == []
    assert lint(good, Selection(("default",), ("VX404",))) == []
    assert lint(good, Selection(("default",), ("unused-ignore",))) == []


def test_ignores_of_rules_are_not_told_while_the_schema_is_against_the_document() -> None:
    assert codes(with_comment("  <memory", "duplicate-disk-target")) == codes(GUEST)


def test_ignores_of_rules_are_not_told_of_parts_of_documents() -> None:
    disk = "<!-- virtxml: ignore[VX404] --><disk type='file'><source file='/b'/><target dev='vda'/></disk>"
    assert told(disk, kind="disk") == []
    assert [code for code, _, _ in told(disk.replace("VX404", "VX101"), kind="disk")] == ["VX990"]
    assert told(disk.replace("VX404", "VX101").replace("source", "souce"), kind="disk") == []


IGNORING = with_comment(MISSPELLED, "VX101", with_comment(SECOND, "VX404, VX306"))


def test_documents_inside_others_have_their_comments() -> None:
    expected = [("VX990", 10, 'nothing is found here that "VX306" ignores')]
    assert told(IGNORING.encode("utf-16")) == expected
    assert told(f"<domstatus state='running'>{IGNORING}</domstatus>") == expected
    count = IGNORING.count("\n")
    twice = [*expected, ("VX990", 10 + count, expected[0][2])]
    assert told(f"<nodes>{IGNORING}{IGNORING}</nodes>") == twice
    assert told(IGNORING + IGNORING) == twice


def test_places_are_those_of_the_text_where_it_had_to_be_mended() -> None:
    text = IGNORING.replace("<domain type='kvm'>", "<domain type=kvm>")
    assert [(code, line) for code, line, _ in told(text)] == [("VX001", 1), ("VX990", 10)]


PLACES = [match.start() for match in re.finditer("<", GUEST)]
NAMES = ["VX404", "duplicate-disk-target", "VX101", "VX4", "VX1", "VX306", "unknown-element", "nonsense", "VX404,VX101"]
MEANT = {"VX404": ("VX404", "duplicate-disk-target", "VX4"), "VX101": ("VX101", "unknown-element", "VX1")}


def _covered(place: int) -> str | None:
    """Return the path of the element that a comment at a place covers, "" for the document, None for nothing."""
    if GUEST.startswith("</", place):
        return None
    number = [one for one in PLACES if not GUEST.startswith("</", one)].index(place)
    element = [*etree.fromstring(GUEST).iter()][number]
    return "" if number <= 1 else element.getroottree().getpath(element)


@RELAXED
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(NAMES)), max_size=4))
def test_a_comment_hides_what_it_names_where_it_is_and_nothing_else(comments: list[tuple[int, str]]) -> None:
    """What is left is what no comment names, in its order, and each name that the schema could match is told if unused.

    While the schema is against the document, nothing is said of names of rules.
    """
    text = GUEST
    for place, names in sorted(comments, reverse=True):
        text = f"{text[:place]}<!-- virtxml: ignore[{names}] -->{text[place:]}"
    found = virtxml.validate(text)
    named = [(_covered(place), name) for place, names in comments for name in names.split(",")]

    def hides(path: str | None, name: str, one: virtxml.Diagnostic) -> bool:
        return path is not None and one.path.startswith(path) and name in MEANT[one.code]

    plain = virtxml.validate(GUEST)
    left = [one.path for one in plain if not any(hides(path, name, one) for path, name in named)]
    assert [one.path for one in found if one.code != "VX990"] == left
    schema = [pair for pair in named if pair[1] in ("VX1", "VX101", "unknown-element", "VX306", "nonsense")]
    unused = [name for path, name in schema if not any(hides(path, name, one) for one in plain)]
    assert sum(one.code == "VX990" for one in found) == len(unused)


def _ignoring(count: int) -> float:
    """Return the time that comments take before elements, and after them, that are ignored and that are not."""
    lines = "<!-- virtxml: ignore[VX101] --><dsk/>\n<!-- virtxml: ignore[VX305] -->\n" * count
    text = VALID.replace("  <devices>\n", f"  <devices>\n{lines}")
    places = [number + 8 for number in range(0, 2 * count, 2)]
    found = [virtxml.Diagnostic(code="VX101", message="", line=line, column=33) for line in places]
    told = wanted(found, text, lambda code: True)
    assert [one.code for one in told] == ["VX990"] * count
    return seconds(lambda: wanted(found, text, lambda code: True))


def test_time_grows_as_the_number_of_comments_does() -> None:
    assert_cheap(_ignoring, 200, 2000, at_most=20)
