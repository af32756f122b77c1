"""What is found in documents of small schemas: which mistakes, where, and how reading goes on behind them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from tests.relaxng.schemas import element, grammar_of, schema
from virtxml.relaxng.diagnosis.diagnose import diagnose, unknown_root
from virtxml.relaxng.diagnosis.finding import Finding, Kind
from virtxml.relaxng.match.grammar import Grammar

EXTRA = "http://example.org/extra"
NUMBER = "<data type='unsignedInt'/>"
BOOK = element("book", f"<attribute name='title'/><optional><attribute name='pages'>{NUMBER}</attribute></optional>")
ORDERED = element("ordered", f"{element('first')}{element('second')}")
STATE = element("state", "<choice><value>full</value><value>empty</value></choice>")
WOOD = f"<attribute name='kind'><value>wood</value></attribute>{element('grain')}"
STEEL = f"<attribute name='kind'><value>steel</value></attribute>{element('gauge', NUMBER)}"
OPTIONAL = "".join(
    f"<optional>{one}</optional>" for one in (STATE, ORDERED, f"<element name='plug' ns='{EXTRA}'><empty/></element>")
)
ENGINES = {"steam": ("coal", "water"), "motor": ("petrol",)}
ENGINE = "".join(
    "<interleave>"
    + element("kind", f"<value>{kind}</value>")
    + "".join(f"<optional>{element(fuel)}</optional>" for fuel in fuels)
    + "</interleave>"
    for kind, fuels in ENGINES.items()
)
OPTIONAL += f"<optional>{element('owners', NUMBER)}</optional>"
OPTIONAL += f"<optional>{element('engine', f'<choice>{ENGINE}</choice>')}</optional>"
SHELF = element(
    "shelf",
    f"<interleave>{element('owner', '<text/>')}{OPTIONAL}<zeroOrMore>{BOOK}</zeroOrMore>"
    f"<optional>{element('board', f'<choice><group>{WOOD}</group><group>{STEEL}</group></choice>')}</optional>"
    f"</interleave>",
)
RIGHT = "<owner>me</owner>"


@pytest.fixture(scope="module")
def grammar(tmp_path_factory: pytest.TempPathFactory) -> Grammar:
    return grammar_of(tmp_path_factory.mktemp("schema"), schema(SHELF))


def found(grammar: Grammar, content: str) -> list[Finding]:
    """Return what is found in a shelf with some content."""
    root = etree.fromstring(f"<shelf>{content}</shelf>")
    return diagnose(root, grammar.start("doc"), grammar)


@pytest.mark.parametrize(
    ("content", "kind", "tag", "about"),
    [
        ("<ownre>me</ownre>", Kind.UNKNOWN_ELEMENT, "ownre", {"nearest": ("owner", "owners")}),
        (f"{RIGHT}<book titel='a'/>", Kind.UNKNOWN_ATTRIBUTE, "book", {"attribute": "titel", "nearest": ("title",)}),
        (f"{RIGHT}<first/>", Kind.ELEMENT_ELSEWHERE, "first", {"holders": ("ordered",)}),
        (f"{RIGHT}<plug/>", Kind.WRONG_NAMESPACE, "plug", {"nearest": (f"{{{EXTRA}}}plug",)}),
        (f"{RIGHT}<state>ful</state>", Kind.WRONG_VALUE, "state", {"value": "ful", "nearest": ("full",)}),
        (f"{RIGHT}<book title='a' pages='ten'/>", Kind.WRONG_FORM, "book", {"attribute": "pages", "value": "ten"}),
        (f"{RIGHT}<book/>", Kind.MISSING_ATTRIBUTE, "book", {"missing": ("title",)}),
        ("<book title='a'/>", Kind.MISSING_ELEMENT, "shelf", {"missing": ("owner",)}),
        (f"{RIGHT}<book title='a'>x</book>", Kind.STRAY_TEXT, "book", {"text": 0}),
        (f"{RIGHT}x<book title='a'/>", Kind.STRAY_TEXT, "shelf", {"text": 1}),
        (f"{RIGHT}<state/>", Kind.MISSING_TEXT, "state", {"text": 0}),
        (f"{RIGHT}<board kind='wood'><gauge>1</gauge></board>", Kind.ANOTHER_VARIANT, "gauge", {}),
    ],
)
def test_a_mistake_is_one_finding_about_its_culprit(
    grammar: Grammar, content: str, kind: Kind, tag: str, about: dict[str, object]
) -> None:
    (one,) = found(grammar, content)
    assert (one.kind, one.element.tag) == (kind, tag)
    assert {name: getattr(one, name) for name in about} == about


def test_what_is_given_twice_is_the_second_and_knows_the_first(grammar: Grammar) -> None:
    (one,) = found(grammar, "<owner>me</owner><owner>you</owner>")
    assert (one.kind, one.element.text) == (Kind.GIVEN_TWICE, "you")
    assert one.first is not None
    assert one.first.text == "me"


def test_the_wrong_order_knows_what_has_to_come_first(grammar: Grammar) -> None:
    (one,) = found(grammar, f"{RIGHT}<ordered><second/><first/></ordered>")
    assert (one.kind, one.element.tag) == (Kind.WRONG_ORDER, "second")
    assert one.first is not None
    assert one.first.tag == "first"


def test_what_is_of_another_variant_knows_which(grammar: Grammar) -> None:
    (one,) = found(grammar, f"{RIGHT}<board kind='wood'><gauge>1</gauge></board>")
    (setting,) = one.settings
    assert (setting.element.tag, setting.attribute, setting.values) == ("board", "kind", ("steel",))


def test_what_goes_with_another_text_of_a_sibling_knows_which_and_is_one_mistake(grammar: Grammar) -> None:
    (one,) = found(grammar, f"{RIGHT}<engine><kind>motor</kind><coal/><water/></engine>")
    assert (one.kind, one.element.tag) == (Kind.ANOTHER_VARIANT, "coal")
    (setting,) = one.settings
    assert (setting.element.tag, setting.attribute, setting.values) == ("kind", "", ("steam",))


def test_a_text_that_does_not_go_with_what_stands_before_it_is_wrong(grammar: Grammar) -> None:
    (one,) = found(grammar, f"{RIGHT}<engine><coal/><kind>motor</kind><water/></engine>")
    assert (one.kind, one.element.tag, one.value) == (Kind.WRONG_VALUE, "kind", "motor")


def test_independent_mistakes_are_all_found(grammar: Grammar) -> None:
    content = "<book titel='a'/>x<owner>me</owner><state>ful</state><book title='b' pages='ten'/><board kind='wood'/>"
    assert Counter(one.kind for one in found(grammar, content)) == Counter(
        [Kind.UNKNOWN_ATTRIBUTE, Kind.WRONG_VALUE, Kind.WRONG_FORM, Kind.MISSING_ELEMENT, Kind.STRAY_TEXT]
    )


def test_a_misspelled_element_is_read_as_the_one_that_was_meant(grammar: Grammar) -> None:
    assert {(one.kind, one.attribute) for one in found(grammar, f"{RIGHT}<bok titel='a' pages='ten'/>")} == {
        (Kind.UNKNOWN_ELEMENT, ""),
        (Kind.UNKNOWN_ATTRIBUTE, "titel"),
        (Kind.WRONG_FORM, "pages"),
    }


def test_a_name_that_is_another_one_but_for_a_slip_is_taken_for_that_by_its_content(grammar: Grammar) -> None:
    (one,) = found(grammar, "<owners>me</owners><state>full</state>")
    assert (one.kind, one.element.tag, one.nearest) == (Kind.UNKNOWN_ELEMENT, "owners", ("owner",))


def test_nothing_is_said_of_what_is_in_an_element_that_nothing_is_known_of(grammar: Grammar) -> None:
    (one,) = found(grammar, f"{RIGHT}<zzzzzzzz a='1'><b/>x</zzzzzzzz>")
    assert (one.kind, one.nearest) == (Kind.UNKNOWN_ELEMENT, ())


def test_a_thousand_mistakes_are_a_thousand_findings(grammar: Grammar) -> None:
    kinds = [one.kind for one in found(grammar, RIGHT + "<book titel='a'/>" * 1000)]
    assert kinds == [Kind.UNKNOWN_ATTRIBUTE] * 1000


def test_a_mistake_deep_inside_needs_no_deep_stack(tmp_path: Path) -> None:
    nested = "<define name='a'><element name='a'><optional><ref name='a'/></optional></element></define>"
    grammar = grammar_of(tmp_path, schema("<ref name='a'/>", nested))
    depth = 2000
    root = etree.fromstring("<a>" * depth + "<b/>" + "</a>" * depth, etree.XMLParser(huge_tree=True))
    (one,) = diagnose(root, grammar.start("doc"), grammar)
    assert (one.kind, one.element.tag) == (Kind.UNKNOWN_ELEMENT, "b")


def test_the_root_that_was_meant_is_suggested() -> None:
    one = unknown_root(etree.fromstring("<domian/>"), ["network", "domain"])
    assert (one.kind, one.expected, one.nearest) == (Kind.UNKNOWN_ROOT, ("network", "domain"), ("domain",))
