"""Diagnosis sees the same in trees of lxml and in those of source text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from lxml import etree

from tests.support import FIXTURES
from virtxml.relaxng.diagnosis.diagnose import diagnose
from virtxml.relaxng.diagnosis.finding import Finding, Kind, Setting
from virtxml.relaxng.diagnosis.view import following, is_small, preceding
from virtxml.relaxng.diagnosis.written import Written, written
from virtxml.relaxng.match.matcher import matches
from virtxml.releases.grammars import NEWEST, grammar_of
from virtxml.source.tree import parsed
from virtxml.testing import Mutant, mutants

GRAMMAR = grammar_of(NEWEST)
QEMU = "http://libvirt.org/schemas/domain/qemu/1.0"
MANY = f"""<domain type='kvn' xmlns:q='{QEMU}'>
  <!-- a comment --><nmae>a</nmae>stray<memory unit='KiB'>1&#50;x</memory>
  <os><type>hvm</type></os>
  <vcpu><![CDATA[two]]></vcpu>
  <devices>
    <disk type='file' devcie='disk'><target dev='vda' bus='virtoi'/><source file='&lt;a&gt;'/></disk>
    <emulator>/q</emulator><emulator>/q</emulator>
    <interface type='network'><model type='virtio'/><mac adress='52:54:00:00:00:01'/></interface>
  </devices>
  <name>b</name>
  <commandline xmlns='{QEMU}x'><q:arg value='-x'/></commandline>
  <commandline><q:arg value='-y'/></commandline>
  <clock offset='utc'><timer name='rtc'/></clock>
</domain>"""


def lxml_of(text: str) -> etree._Element:
    """Return the tree of lxml as diagnosis is given it."""
    return etree.fromstring(text.encode(), etree.XMLParser(remove_comments=True, remove_pis=True))


def written_of(text: str) -> Written:
    """Return the views of a text's source tree."""
    return written(parsed(text))


def elements(root: Any) -> list[Any]:
    """Return all elements in the order of their start tags."""
    return [root, *(inner for child in root for inner in elements(child))]


def told(found: list[Finding[Any]], root: Any) -> list[dict[str, Any]]:
    """Return findings as plain data, with numbers in place of elements."""
    numbers = {element: number for number, element in enumerate(elements(root))}

    def plain(value: Any) -> Any:
        if isinstance(value, Setting):
            return (numbers[value.element], value.attribute, value.values)
        if isinstance(value, tuple):
            return tuple(map(plain, value))
        return f"element {numbers[value]}" if value in numbers else value

    return [{name: plain(getattr(one, name)) for name in Finding.__slots__} for one in found]


def found_in_both(text: str, root: str = "domain") -> list[dict[str, Any]]:
    """Return the findings in a text, which have to be the same in both trees."""
    start = GRAMMAR.start(root)
    parsed_tree, source_tree = lxml_of(text), written_of(text)
    ours = told(diagnose(source_tree, start, GRAMMAR, lambda element: element.declared), source_tree)
    assert ours == told(diagnose(parsed_tree, start, GRAMMAR), parsed_tree)
    return ours


def test_many_mistakes() -> None:
    found = found_in_both(MANY)
    kinds = {one["kind"] for one in found}
    assert {Kind.WRONG_VALUE, Kind.UNKNOWN_ATTRIBUTE, Kind.WRONG_NAMESPACE, Kind.WRONG_FORM} <= kinds
    assert len(found) > 8


@settings(max_examples=40)
@given(mutants("domain"))
def test_random_mistakes(mutant: Mutant) -> None:
    assume(lxml_of(mutant.text).tag == "domain")
    assert found_in_both(mutant.text)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("domain/*.xml")), ids=lambda path: path.name)
def test_fixtures_match_and_are_wrong_without_their_names(path: Any) -> None:
    text = path.read_text()
    start = GRAMMAR.start("domain")
    assert matches(written_of(text), start) == matches(etree.fromstring(text.encode()), start)
    assert found_in_both(text.replace("<name>", "<nam>").replace("</name>", "</nam>").replace(" type=", " typ="))


def test_names_values_and_texts_are_those_of_a_parser() -> None:
    text = f"<a xmlns='u' xmlns:q='{QEMU}'>1<!-- -->2<b q:c='x&amp;\ty' d=''/><![CDATA[<]]>&gt;<b xmlns=''>\r\n</b></a>"
    for ours, theirs in zip(elements(written_of(text)), elements(lxml_of(text)), strict=True):
        assert (ours.tag, ours.text, ours.tail) == (theirs.tag, theirs.text, theirs.tail)
        assert ours.items() == theirs.items()
        assert ours.get("d") == theirs.get("d")
        assert len(ours) == len(theirs)


@pytest.mark.parametrize("tree", [lxml_of, written_of])
def test_what_is_around_an_element(tree: Any) -> None:
    root = tree("<a><b/><c><d/></c><e/></a>")
    first, middle, last = root
    assert root.getparent() is None
    assert middle.getparent() is root
    assert list(following(first)) == [middle, last]
    assert list(preceding(last)) == [middle, first]
    assert list(following(root)) == list(preceding(root)) == []
    assert is_small(root, 5)
    assert not is_small(root, 4)
