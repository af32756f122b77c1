"""Children in the wrong order: the one whose move mends it is named, and nothing right is to be removed."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.relaxng.schemas import element, grammar_of, schema
from virtxml.relaxng.diagnosis.diagnose import diagnose
from virtxml.relaxng.diagnosis.finding import Finding, Kind
from virtxml.relaxng.match.grammar import Grammar

NUMBER = "<data type='unsignedInt'/>"
ITEM = element("item", "<optional><attribute name='n'/></optional>")
LIST = element(
    "list",
    element("head")
    + f"<optional>{element('size', NUMBER)}</optional>"
    + f"<zeroOrMore>{ITEM}</zeroOrMore>"
    + f"<optional>{element('note', '<text/>')}</optional>"
    + f"<optional>{element('tail')}</optional>",
)


@pytest.fixture(scope="module")
def grammar(tmp_path_factory: pytest.TempPathFactory) -> Grammar:
    return grammar_of(tmp_path_factory.mktemp("schema"), schema(LIST))


def found(grammar: Grammar, content: str) -> list[Finding]:
    """Return what is found in a list with some content."""
    return diagnose(etree.fromstring(f"<list>{content}</list>"), grammar.start("doc"), grammar)


@pytest.mark.parametrize(
    ("content", "culprit", "first", "behind"),
    [
        ("<head/><item/><size>1</size>", "size", "", "item"),
        ("<head/><tail/><note/>", "note", "", "tail"),
        ("<head/><item/><note/><item n='2'/>", "item", "", "note"),
        ("<head/><tail/><item/><item/><note/>", "tail", "note", ""),
        ("<size>1</size><head/><item/>", "size", "head", ""),
        ("<size>1</size><item/><head/>", "head", "", "size"),
    ],
)
def test_the_child_whose_move_mends_the_order_is_the_one_mistake(
    grammar: Grammar, content: str, culprit: str, first: str, behind: str
) -> None:
    (one,) = found(grammar, content)
    assert (one.kind, one.element.tag) == (Kind.WRONG_ORDER, culprit)
    assert ("" if one.first is None else one.first.tag) == first
    assert ("" if one.behind is None else one.behind.tag) == behind


def test_what_else_is_wrong_in_children_out_of_order_is_found_where_it_is(grammar: Grammar) -> None:
    kinds = {(one.kind, one.element.tag, one.text) for one in found(grammar, "<head/>x<item m='1'/><size>no</size>y")}
    assert kinds == {
        (Kind.WRONG_ORDER, "size", None),
        (Kind.UNKNOWN_ATTRIBUTE, "item", None),
        (Kind.WRONG_FORM, "size", 0),
        (Kind.STRAY_TEXT, "list", 1),
        (Kind.STRAY_TEXT, "list", 3),
    }


def test_what_no_move_mends_is_no_matter_of_order(grammar: Grammar) -> None:
    (one,) = found(grammar, "<head/><note/><note/>")
    assert one.kind is Kind.GIVEN_TWICE


def test_order_is_found_among_many_children(grammar: Grammar) -> None:
    (one,) = found(grammar, "<head/>" + "<item/>" * 5000 + "<tail/><note/>")
    assert (one.kind, one.element.tag) == (Kind.WRONG_ORDER, "note")
