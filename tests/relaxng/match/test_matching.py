"""Documents match patterns as the RELAX NG specification says; libxml2 agrees where it is not known to be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.relaxng.schemas import Judges, element, schema
from virtxml.relaxng.match.matcher import matches

A, B, C = (element(name) for name in "abc")
N = "<ref name='n'/>"
INT = "<data type='int'/>"
X, Y = "<value>x</value>", "<value>y</value>"


def judges(directory: Path, content: str, definitions: str = "") -> Judges:
    """Return the judges of documents `<doc>` with some content."""
    return Judges(directory, schema(element("doc", content), definitions))


@pytest.mark.parametrize(
    ("content", "valid", "invalid"),
    [
        ("<empty/>", ["", " ", "<!-- c -->"], ["x", "<a/>"]),
        ("<text/>", ["", "x", "x<!-- c -->y", "<![CDATA[x]]>"], ["<a/>", "x<a/>"]),
        ("<notAllowed/>", [], ["", "<a/>"]),
        (
            A,
            ["<a/>", " <a/>\n", "<a></a><!-- c -->"],
            ["", "<b/>", "<a/><a/>", "x<a/>", "<a/>x", "<a>x</a>", "<a b=''/>"],
        ),
        (A + B, ["<a/><b/>"], ["<b/><a/>", "<a/>", "<b/>"]),
        (f"<choice>{A}{B}</choice>", ["<a/>", "<b/>"], ["", "<a/><b/>"]),
        (f"<interleave>{A}{B}</interleave>", ["<a/><b/>", "<b/><a/>"], ["<a/>", "<a/><b/><a/>"]),
        (f"<interleave><group>{A}{B}</group>{C}</interleave>", ["<a/><c/><b/>", "<c/><a/><b/>"], ["<b/><c/><a/>"]),
        (f"<optional>{A}</optional>", ["", "<a/>"], ["<a/><a/>"]),
        (f"<zeroOrMore>{A}</zeroOrMore>{B}", ["<b/>", "<a/><a/><b/>"], ["<a/>", "<b/><a/>"]),
        (f"<oneOrMore>{A}{B}</oneOrMore>", ["<a/><b/>", "<a/><b/><a/><b/>"], ["", "<a/><b/><a/>"]),
        (f"<mixed>{A}{B}</mixed>", ["<a/><b/>", "x<a/>y<b/>z"], ["x<b/><a/>", "x"]),
        (
            f"<choice><group>{A}{B}</group><group>{A}{C}</group></choice>",
            ["<a/><b/>", "<a/><c/>"],
            ["<a/>", "<a/><a/>"],
        ),
        (INT, ["1", " 1 ", "<!-- c -->1", "1<!-- c -->2"], ["", "x", "1 2", "1<a/>"]),
        ("<value>a  b</value>", ["a b", " a  b "], ["ab", "", "A B"]),
        ("<value type='string'>a</value>", ["a"], [" a", "a "]),
        ("<value type='int'>1</value>", ["1", "01", "+1"], ["2", "x"]),
        (f"<list>{INT}{INT}</list>", ["1 2", " 1\n2 "], ["1", "1 2 3", "1 x"]),
        (f"<list><zeroOrMore>{INT}</zeroOrMore></list>", ["", " ", "1", "1 2 3"], ["x"]),
        ("<data type='string'><except><value>x</value></except></data>", ["y", ""], ["x"]),
        ("<data type='token'><param name='pattern'>a+</param></data>", ["a", "aa"], ["", "ab", "b"]),
    ],
)
def test_content(tmp_path: Path, content: str, valid: list[str], invalid: list[str]) -> None:
    both = judges(tmp_path, content)
    assert [text for text in valid if not both.agree(f"<doc>{text}</doc>")] == []
    assert [text for text in invalid if both.agree(f"<doc>{text}</doc>")] == []


@pytest.mark.parametrize(
    ("content", "valid", "invalid"),
    [
        ("<attribute name='a'/>", ["a=''", "a='x'"], ["", "b=''", "a='' b=''"]),
        (f"<attribute name='a'>{INT}</attribute>", ["a='1'", "a=' 1 '"], ["a=''", "a='x'"]),
        ("<attribute name='a'><empty/></attribute>", ["a=''", "a=' '"], ["a='x'"]),
        ("<optional><attribute name='a'/></optional>", ["", "a=''"], ["b=''"]),
        ("<attribute name='a'/><attribute name='b'/>", ["a='' b=''", "b='' a=''"], ["a=''"]),
        ("<choice><attribute name='a'/><attribute name='b'/></choice>", ["a=''", "b=''"], ["", "a='' b=''"]),
        (
            "<choice><group><attribute name='t'><value>x</value></attribute><attribute name='a'/></group>"
            "<group><attribute name='t'><value>y</value></attribute><attribute name='b'/></group></choice>",
            ["t='x' a=''", "a='' t='x'", "b='' t='y'"],
            ["t='x' b=''", "b='' t='x'", "t='x'", "t='x' a='' b=''"],
        ),
        (
            f"<attribute name='a'><choice>{X}<list>{X}{Y}</list></choice></attribute>",
            ["a='x'", "a='x y'"],
            ["a='y'", "a='x x'"],
        ),
        (
            "<oneOrMore><attribute><nsName ns='urn:n'/></attribute></oneOrMore>",
            ["xmlns:n='urn:n' n:a='' n:b=''"],
            ["", "a=''", "xmlns:n='urn:n' n:a='' b=''"],
        ),
        (
            "<oneOrMore><attribute><anyName><except><name>a</name></except></anyName></attribute></oneOrMore>",
            ["b=''", "b='' c=''"],
            ["a=''", "b='' a=''"],
        ),
    ],
)
def test_attributes(tmp_path: Path, content: str, valid: list[str], invalid: list[str]) -> None:
    both = judges(tmp_path, content)
    assert [text for text in valid if not both.agree(f"<doc {text}/>")] == []
    assert [text for text in invalid if both.agree(f"<doc {text}/>")] == []


def test_alternatives_are_told_apart_by_what_comes_last(tmp_path: Path) -> None:
    def group(name: str) -> str:
        return f"<group>{element('x', element('y', A + element(name)))}{element(name)}</group>"

    both = judges(tmp_path, f"<choice>{group('b')}{group('c')}</choice>")
    assert both.agree("<doc><x><y><a/><b/></y></x><b/></doc>")
    assert both.agree("<doc><x><y><a/><c/></y></x><c/></doc>")
    assert not both.agree("<doc><x><y><a/><b/></y></x><c/></doc>")
    assert not both.agree("<doc><x><y><a/><c/></y></x><b/></doc>")


def test_elements_may_hold_themselves(tmp_path: Path) -> None:
    define = f"<define name='n'>{element('n', f'<zeroOrMore>{N}</zeroOrMore>')}</define>"
    both = judges(tmp_path, N, define)
    assert both.agree("<doc><n><n/><n><n/></n></n></doc>")
    assert not both.agree("<doc><n><n/><n><m/></n></n></doc>")


def test_names_have_namespaces(tmp_path: Path) -> None:
    both = judges(tmp_path, "<element name='a' ns='urn:n'><attribute name='b'/></element>")
    assert both.agree("<doc><a xmlns='urn:n' b=''/></doc>")
    assert both.agree("<doc><n:a xmlns:n='urn:n' b=''/></doc>")
    assert not both.agree("<doc><a b=''/></doc>")
    assert not both.agree("<doc><n:a xmlns:n='urn:n' n:b=''/></doc>")


def test_processing_instructions_do_not_count(tmp_path: Path) -> None:
    both = judges(tmp_path, A)
    assert both.ours("<doc><?pi x?><a><?pi y?></a><?pi z?></doc>")
    assert judges(tmp_path, INT).ours("<doc>1<?pi x?>2</doc>")


def test_patterns_apply_to_text_as_it_is_written(tmp_path: Path) -> None:
    # XML Schema applies them to the normalized value; a libvirt that validates does as libxml2.
    both = judges(tmp_path, "<data type='unsignedInt'><param name='pattern'>[0-9]+</param></data>")
    assert not both.agree("<doc> 1\n</doc>")
    assert both.agree("<doc>1</doc>")


def test_nested_interleaves_mix_with_each_other(tmp_path: Path) -> None:
    # libxml2 wants the children of the inner one side by side.
    inner = f"<interleave><optional>{A}</optional><optional>{B}</optional></interleave>"
    both = judges(tmp_path, f"<interleave>{inner}<optional>{C}</optional></interleave>")
    assert both.ours("<doc><a/><c/><b/></doc>")
    assert not both.ours("<doc><a/><c/><a/></doc>")


def test_depth_is_no_limit(tmp_path: Path) -> None:
    define = f"<define name='n'>{element('n', f'<optional>{N}</optional>')}</define>"
    start = judges(tmp_path, N, define).grammar.start("doc")
    root = innermost = etree.Element("doc")
    for _ in range(20_000):
        innermost = etree.SubElement(innermost, "n")
    assert matches(root, start)
    etree.SubElement(innermost, "m")
    assert not matches(root, start)


def test_text_behind_the_element_itself_does_not_count(tmp_path: Path) -> None:
    tree = etree.fromstring("<x><doc><a/></doc>text</x>")
    assert matches(tree[0], judges(tmp_path, A).grammar.start("doc"))
