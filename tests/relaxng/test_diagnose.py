"""What is found in documents of small schemas: which mistakes, where, and how reading goes on behind them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.relaxng.schemas import element, grammar_of, schema
from virtxml.relaxng.diagnosis.diagnose import diagnose, unknown_root
from virtxml.relaxng.diagnosis.finding import Finding
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
    ("content", "code", "tag", "about"),
    [
        ("<ownre>me</ownre>", "VX101", "ownre", {"nearest": ("owner", "owners")}),
        (f"{RIGHT}<book titel='a'/>", "VX102", "book", {"attribute": "titel", "nearest": ("title",)}),
        (f"{RIGHT}<first/>", "VX103", "first", {"holders": ("ordered",)}),
        (f"{RIGHT}<plug/>", "VX106", "plug", {"nearest": (f"{{{EXTRA}}}plug",)}),
        (f"{RIGHT}<state>ful</state>", "VX201", "state", {"value": "ful", "nearest": ("full",)}),
        (f"{RIGHT}<book title='a' pages='ten'/>", "VX202", "book", {"attribute": "pages", "value": "ten"}),
        (f"{RIGHT}<book/>", "VX301", "book", {"missing": ("title",)}),
        ("<book title='a'/>", "VX302", "shelf", {"missing": ("owner",)}),
        (f"{RIGHT}<book title='a'>x</book>", "VX304", "book", {"text": 0}),
        (f"{RIGHT}x<book title='a'/>", "VX304", "shelf", {"text": 1}),
        (f"{RIGHT}<state/>", "VX306", "state", {"text": 0}),
        (f"{RIGHT}<board kind='wood'><gauge>1</gauge></board>", "VX105", "gauge", {}),
    ],
)
def test_a_mistake_is_one_finding_about_its_culprit(
    grammar: Grammar, content: str, code: str, tag: str, about: dict[str, object]
) -> None:
    (one,) = found(grammar, content)
    assert (one.code, one.element.tag) == (code, tag)
    assert {name: getattr(one, name) for name in about} == about


def test_what_is_given_twice_is_the_second_and_knows_the_first(grammar: Grammar) -> None:
    (one,) = found(grammar, "<owner>me</owner><owner>you</owner>")
    assert (one.code, one.element.text) == ("VX303", "you")
    assert one.first is not None
    assert one.first.text == "me"


def test_the_wrong_order_knows_what_has_to_come_first(grammar: Grammar) -> None:
    (one,) = found(grammar, f"{RIGHT}<ordered><second/><first/></ordered>")
    assert (one.code, one.element.tag) == ("VX305", "second")
    assert one.first is not None
    assert one.first.tag == "first"


def test_what_is_of_another_variant_knows_which(grammar: Grammar) -> None:
    (one,) = found(grammar, f"{RIGHT}<board kind='wood'><gauge>1</gauge></board>")
    ((holder, attribute, values),) = one.settings
    assert (holder.tag, attribute, values) == ("board", "kind", ("steel",))


def test_what_goes_with_another_text_of_a_sibling_knows_which_and_is_one_mistake(grammar: Grammar) -> None:
    (one,) = found(grammar, f"{RIGHT}<engine><kind>motor</kind><coal/><water/></engine>")
    assert (one.code, one.element.tag) == ("VX105", "coal")
    ((sibling, attribute, values),) = one.settings
    assert (sibling.tag, attribute, values) == ("kind", "", ("steam",))


def test_a_text_that_does_not_go_with_what_stands_before_it_is_wrong(grammar: Grammar) -> None:
    (one,) = found(grammar, f"{RIGHT}<engine><coal/><kind>motor</kind><water/></engine>")
    assert (one.code, one.element.tag, one.value) == ("VX201", "kind", "motor")


def test_independent_mistakes_are_all_found(grammar: Grammar) -> None:
    content = "<book titel='a'/>x<owner>me</owner><state>ful</state><book title='b' pages='ten'/><board kind='wood'/>"
    codes = sorted(one.code for one in found(grammar, content))
    assert codes == ["VX102", "VX201", "VX202", "VX302", "VX304"]


def test_a_misspelled_element_is_read_as_the_one_that_was_meant(grammar: Grammar) -> None:
    codes = sorted((one.code, one.attribute) for one in found(grammar, f"{RIGHT}<bok titel='a' pages='ten'/>"))
    assert codes == [("VX101", ""), ("VX102", "titel"), ("VX202", "pages")]


def test_a_name_that_is_another_one_but_for_a_slip_is_taken_for_that_by_its_content(grammar: Grammar) -> None:
    (one,) = found(grammar, "<owners>me</owners><state>full</state>")
    assert (one.code, one.element.tag, one.nearest) == ("VX101", "owners", ("owner",))


def test_nothing_is_said_of_what_is_in_an_element_that_nothing_is_known_of(grammar: Grammar) -> None:
    (one,) = found(grammar, f"{RIGHT}<zzzzzzzz a='1'><b/>x</zzzzzzzz>")
    assert (one.code, one.nearest) == ("VX101", ())


def test_a_thousand_mistakes_are_a_thousand_findings(grammar: Grammar) -> None:
    codes = [one.code for one in found(grammar, RIGHT + "<book titel='a'/>" * 1000)]
    assert codes == ["VX102"] * 1000


def test_a_mistake_deep_inside_needs_no_deep_stack(tmp_path: Path) -> None:
    nested = "<define name='a'><element name='a'><optional><ref name='a'/></optional></element></define>"
    grammar = grammar_of(tmp_path, schema("<ref name='a'/>", nested))
    depth = 2000
    root = etree.fromstring("<a>" * depth + "<b/>" + "</a>" * depth, etree.XMLParser(huge_tree=True))
    (one,) = diagnose(root, grammar.start("doc"), grammar)
    assert (one.code, one.element.tag) == ("VX101", "b")


def test_the_root_that_was_meant_is_suggested() -> None:
    one = unknown_root(etree.fromstring("<domian/>"), ["network", "domain"])
    assert (one.code, one.expected, one.nearest) == ("VX002", ("network", "domain"), ("domain",))
