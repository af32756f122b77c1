"""Text for people: frames with marks below the right characters, whatever is in a document."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diagnostics.samples import MISSPELLED, SOURCE, TWICE, WITHOUT_PLACE, at
from tests.strategies import RELAXED
from virtxml.diagnostics.diagnostic import Diagnostic, Related
from virtxml.diagnostics.display import width
from virtxml.diagnostics.report import make_report


def text(source: str, *diagnostics: Diagnostic, encoding: str = "utf-8", columns: int = 120) -> str:
    return make_report("text", encoding=encoding, width=columns).file("vm.xml", source, diagnostics)


def frame(source: str, diagnostic: Diagnostic, encoding: str = "utf-8") -> tuple[str, str]:
    """Return the last line of source that is shown, and the line with the mark below it."""
    bar = "│" if encoding == "utf-8" else "|"
    lines = text(source, diagnostic, encoding=encoding).split("\n")
    number = next(index for index, line in enumerate(lines) if f" {bar} " in line and "^" in line)
    return lines[number - 1].split(f" {bar} ", 1)[1], lines[number].split(f" {bar} ", 1)[1]


def test_a_finding_has_a_frame_help_and_documentation() -> None:
    assert text(SOURCE, MISSPELLED) == (
        'vm.xml:5:27: error VX102: unknown attribute "typ" on <driver>\n'
        "    4 │     <disk type='file' device='disk'>\n"
        "    5 │       <driver name='qemu' typ='qcow2'/>\n"
        '      │                           ^^^ did you mean "type"?\n'
        "      = https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms\n"
        "\n"
    )


def test_other_places_are_shown_in_the_order_of_lines() -> None:
    assert text(SOURCE, TWICE) == (
        "vm.xml:7:8: error VX303: <target> is given twice in <disk>\n"
        "    6 │       <target dev='vda'/>\n"
        "      │        - first given here\n"
        "    7 │       <target dev='vdb'/>\n"
        "      │        ^^^^^^ remove one of them\n"
        "\n"
    )


def test_lines_between_places_are_left_out() -> None:
    far = replace(TWICE, related=(Related(2, 4, "like this"),))
    assert text(SOURCE, far).split("\n")[1:6] == [
        "    2 │   <name>tiny</name>",
        "      │    - like this",
        "      …",
        "    6 │       <target dev='vda'/>",
        "    7 │       <target dev='vdb'/>",
    ]


def test_a_model_has_paths_in_the_place_of_lines() -> None:
    assert text("", WITHOUT_PLACE) == (
        "vm.xml:/domain/devices/disk: error VX302: <disk> has no <target>\n"
        "      = add <target dev='…'/>\n"
        "      = so are all other disks\n"
        "\n"
    )


def test_a_warning_says_so() -> None:
    assert "vm.xml:5:27: warning VX102: " in text(SOURCE, replace(MISSPELLED, severity="warning"))


def test_colours_change_nothing_else() -> None:
    coloured = make_report("text", colour=True).file("vm.xml", SOURCE, [MISSPELLED, TWICE])
    plain = coloured
    for code in ("0", "1", "1;31", "34", "36"):
        plain = plain.replace(f"\033[{code}m", "")
    assert plain == text(SOURCE, MISSPELLED, TWICE) != coloured


@pytest.mark.parametrize(
    ("line", "column", "end", "shown", "mark"),
    [
        ("<a x='日本' y='1'/>", 12, 13, "<a x='日本' y='1'/>", "             ^ here"),
        ("<a x='日本'/>", 7, 9, "<a x='日本'/>", "      ^^^^ here"),
        ("<a x='e\u0301e\u0301' y='1'/>", 14, 15, "<a x='e\u0301e\u0301' y='1'/>", "           ^ here"),
        ("\t<a\tx='1'/>", 5, 6, "    <a    x='1'/>", "          ^ here"),
        ("<a x='\x1b[31m'/>", 7, 12, "<a x='\\x1b[31m'/>", "      ^^^^^^^^ here"),
        ("<a x='\u202e\x85\u2028'/>", 10, 11, "<a x='\\u202e\\x85\\u2028'/>", f"{'':22}^ here"),
        ("<a/>\r", 2, 3, "<a/>", " ^ here"),
        ("<a/>", 9, 12, "<a/>", "        ^ here"),
        ("<a/>", 2, 2, "<a/>", " ^ here"),
    ],
)
def test_marks_stand_below_the_culprit(line: str, column: int, end: int, shown: str, mark: str) -> None:
    assert frame(line, at(1, column, end)) == (shown, mark)


def test_an_encoding_without_a_character_shows_its_number() -> None:
    assert frame("<a x='日é' y='1'/>", at(1, 12, 13), "ascii") == (
        "<a x='\\u65e5\\xe9' y='1'/>",
        "                   ^ here",
    )
    assert text("<a\n<b/>\n", at(2, 2, 3), encoding="ascii").isascii()
    assert "é" in text("<a x='日é'/>", at(1, 2, 3), encoding="latin-1")


def test_long_lines_are_clipped_around_the_culprit() -> None:
    line = "<a " + "x='1' " * 1000 + "typ='2' " + "y='3' " * 1000 + "/>"
    column = line.index("typ") + 1
    shown, mark = frame(line, at(1, column, column + 3))
    assert len(shown) <= 120
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert shown[mark.index("^") :].startswith("typ='2'")
    assert mark.strip() == "^^^ here"


@RELAXED
@given(st.text("a日\t\x1b\u0301'é", max_size=300), st.integers(0, 299), st.integers(1, 300))
def test_no_line_is_wider_than_wanted_and_marks_fit(line: str, before: int, length: int) -> None:
    column = min(before, len(line)) + 1
    shown = text(line, at(1, column, column + length), columns=80)
    lines = shown.split("\n")
    assert all(width(line) <= 80 for line in lines)
    assert sum("^" in line for line in lines) == 1


def test_help_that_has_no_room_beside_the_mark_goes_below() -> None:
    lines = text("<a x='1'/>", at(1, 4, 5, help="x" * 120)).split("\n")
    assert lines[2:4] == ["      │    ^", f"      = {'x' * 120}"]


def test_a_culprit_of_several_lines_is_marked_in_the_first() -> None:
    diagnostic = replace(at(2, 3, 4), end_line=4)
    assert frame("<a>\n  <b\n c='1'\n/></a>", diagnostic) == ("  <b", "  ^^ here")


def test_names_and_messages_cannot_control_a_terminal() -> None:
    diagnostic = at(1, 1, 2, message="<\x1b[2J>", help="\x9b", url="https://example.org/\x07")
    shown = make_report("text").file("a\x1b]0;b\n.xml", "<a/>", [diagnostic])
    assert shown.replace("\n", "").isprintable()
    assert shown.startswith("a\\x1b]0;b\\n.xml:1:1: error VX201: <\\x1b[2J>\n")


SECRETS = [
    "<graphics type='vnc' passwd='open sesame' port='1'/>",
    '<graphics type="vnc" paswd = "open sesame"/>',
    "<cookie name='a'>open sesame</cookie>",
    "<cookie name='a'><![CDATA[open sesame]]></cookie>",
    "<cookie>\n\nopen sesame\n</cookie>",
    "<source name='x' query='a=b&amp;s=open sesame'/>",
    "<graphics passwd='open sesame",
    f"<graphics passwd='{'x' * 500}open sesame{'x' * 500}' a='b'/>",
]


@pytest.mark.parametrize("source", SECRETS)
def test_secrets_are_not_shown(source: str) -> None:
    lines = source.split("\n")
    for number, line in enumerate(lines, 1):
        for column in (1, len(line) // 2 + 1, max(1, len(line) - 2)):
            shown = text(source, at(number, column, column + 3))
            assert "sesame" not in shown
            assert f"vm.xml:{number}:{column}" in shown


def test_what_stands_beside_a_secret_is_shown_in_its_place() -> None:
    shown, mark = frame(SECRETS[0], at(1, 43, 47))
    assert shown == "<graphics type='vnc' passwd='***' port='1'/>"
    assert shown[mark.index("^") :].startswith("port")


def test_a_line_that_is_not_there_is_shown_empty() -> None:
    assert "    7 │\n      │ ^ here\n" in text("<a>\n", at(7, 1, 2))
