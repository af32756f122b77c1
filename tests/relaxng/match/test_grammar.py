"""Schemas become tables, and tables grammars."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from tests.relaxng.schemas import element, grammar_of, schema
from virtxml.relaxng.match.grammar import Grammar
from virtxml.relaxng.match.matcher import matches
from virtxml.relaxng.match.nameclass import AnyName, Name, NameChoice, NameClass, NsName
from virtxml.relaxng.match.patterns import EMPTY, NOT_ALLOWED, TEXT, Choice, Group, Interleave, OneOrMore
from virtxml.relaxng.match.pool import Pool
from virtxml.relaxng.match.table import Table, name_entry, name_of
from virtxml.relaxng.schema.compile import compile_schemas
from virtxml.relaxng.schema.reader import SchemaError, read_schema

TREE = element("tree", "<zeroOrMore><ref name='tree'/></zeroOrMore><ref name='leaf'/>")
LEAF = element("leaf", "<attribute name='n'><ref name='number'/></attribute>")
DEFINITIONS = (
    f"<define name='tree'>{TREE}</define><define name='leaf'>{LEAF}</define>"
    "<define name='number'><data type='int'><param name='minInclusive'>1</param></data></define>"
)


def table(directory: Path, **schemas: str) -> Table:
    """Compile schemas; the documents of each are called like it."""
    starts = {}
    for name, text in schemas.items():
        (directory / f"{name}.rng").write_text(text)
        starts[name] = read_schema(directory / f"{name}.rng").start
    return compile_schemas(starts)


def verdicts(grammar: Grammar, *documents: str) -> list[bool]:
    return [matches(etree.fromstring(document), grammar.start("doc")) for document in documents]


def test_a_table_is_plain_data(tmp_path: Path) -> None:
    made = table(tmp_path, doc=schema("<ref name='tree'/>", DEFINITIONS))
    assert json.loads(json.dumps(made)) == made
    assert verdicts(
        Grammar(json.loads(json.dumps(made))),
        "<tree><tree><leaf n='1'/></tree><leaf n='2'/></tree>",
        "<tree><tree/><leaf n='2'/></tree>",
        "<tree><leaf n='0'/></tree>",
    ) == [True, False, False]


def test_every_kind_of_pattern_survives_the_table(tmp_path: Path) -> None:
    content = (
        "<optional><attribute><nsName ns='urn:n'><except><name ns='urn:n'>no</name></except></nsName></attribute>"
        "</optional><choice><group><element><choice><name>a</name><name>b</name></choice><notAllowed/></element></group>"
        "<mixed><element name='c'><list><oneOrMore><value type='int'>1</value></oneOrMore></list></element>"
        "<element><anyName><except><name>c</name></except></anyName><data type='string'><param name='length'>1</param>"
        "<except><value>x</value></except></data></element></mixed></choice>"
    )
    grammar = Grammar(json.loads(json.dumps(table(tmp_path, doc=schema(element("doc", content))))))
    assert verdicts(
        grammar,
        "<doc xmlns:n='urn:n' n:yes=''>x<c>1 01</c>y<d>z</d></doc>",
        "<doc xmlns:n='urn:n' n:no=''><c>1</c><d>z</d></doc>",
        "<doc><c>1 2</c><d>z</d></doc>",
        "<doc><c>1</c><d>x</d></doc>",
        "<doc><c>1</c><c>z</c></doc>",
        "<doc><a/></doc>",
    ) == [True, False, False, False, False, False]


def test_elements_that_schemas_share_are_one_in_the_table(tmp_path: Path) -> None:
    tree = schema("<ref name='tree'/>", DEFINITIONS)
    alone, twice = table(tmp_path, doc=tree), table(tmp_path, doc=tree, other=tree)
    assert twice["elements"] == alone["elements"]
    assert twice["starts"]["doc"] == twice["starts"]["other"]


def test_elements_that_differ_deep_inside_stay_apart(tmp_path: Path) -> None:
    first = schema("<ref name='tree'/>", DEFINITIONS)
    second = schema("<ref name='tree'/>", DEFINITIONS.replace("minInclusive'>1", "minInclusive'>0"))
    grammar = Grammar(table(tmp_path, doc=first, other=second))
    zero = etree.fromstring("<tree><leaf n='0'/></tree>")
    assert not matches(zero, grammar.start("doc"))
    assert matches(zero, grammar.start("other"))
    assert len(grammar.named("tree")) == len(grammar.named("leaf")) == 2


def test_elements_are_found_by_name_with_what_is_around_them(tmp_path: Path) -> None:
    other = "<element><choice><name>leaf</name><name>choice</name></choice><empty/></element>"
    wild = "<element><anyName/><empty/></element>"
    grammar = grammar_of(tmp_path, schema(element("doc", f"<ref name='tree'/>{other}{wild}"), DEFINITIONS))
    in_doc, in_tree = grammar.named("leaf")
    assert [str(parent.name) for parent in grammar.parents(in_doc)] == ["doc"]
    assert [str(parent.name) for parent in grammar.parents(in_tree)] == ["tree"]
    assert (in_tree.define, in_tree.content.attributed) == ("leaf", True)
    assert [str(parent.name) for parent in grammar.parents(grammar.named("tree")[0])] == ["doc", "tree"]
    assert grammar.parents(grammar.named("doc")[0]) == []
    assert grammar.named("choice") == [in_doc]
    assert grammar.named("anything") == []
    assert len(grammar.elements()) == 5


def test_a_fragment_may_be_any_of_some_elements(tmp_path: Path) -> None:
    grammar = grammar_of(tmp_path, schema("<ref name='tree'/>", DEFINITIONS))
    start = grammar.fragment(grammar.named("leaf"))
    assert matches(etree.fromstring("<leaf n='1'/>"), start)
    assert not matches(etree.fromstring("<leaf/>"), start)
    assert not matches(etree.fromstring("<tree><leaf n='1'/></tree>"), start)


def test_an_unknown_kind_of_document_is_a_key_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="'other'"):
        grammar_of(tmp_path, schema(element("doc"))).start("other")


@pytest.mark.parametrize(
    ("content", "definitions", "message"),
    [
        ("<data type='integre'/>", "", '"integre"'),
        ("<ref name='d'/>", "<define name='d'><data type='x'/></define>", 'in the definition "d": .*"x"'),
        ("<data type='int'><param name='pattern'>(</param></data>", "", "regular expression '\\('"),
        ("<data type='int'><param name='length'>1</param></data>", "", "length"),
        ("<value type='x'>1</value>", "", '"x"'),
        ("<ref name='d'/>", "<define name='d'><optional><ref name='d'/></optional></define>", '"d" is part of itself'),
    ],
)
def test_a_wrong_schema_is_one_clear_error(tmp_path: Path, content: str, definitions: str, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        table(tmp_path, doc=schema(element("doc", content), definitions))


def test_equal_patterns_are_one() -> None:
    pool = Pool()
    one = pool.one_or_more(pool.group((pool.attribute(Name("", "a"), TEXT), TEXT)))
    assert isinstance(one, OneOrMore)
    assert pool.one_or_more(pool.group((pool.attribute(Name("", "a"), TEXT), TEXT))) is one
    assert pool.attribute(AnyName(), TEXT) is not pool.attribute(NsName(""), TEXT)


def test_patterns_are_as_simple_as_can_be() -> None:
    pool = Pool()
    a, b, c = (pool.attribute(Name("", name), TEXT) for name in "abc")
    assert pool.choice((a, NOT_ALLOWED, a)) is a
    assert pool.choice((EMPTY, TEXT)) is TEXT
    assert pool.choice(()) is NOT_ALLOWED
    assert pool.choice((a, pool.choice((b, c)))) is pool.choice((a, b, c))
    for make, cls in ((pool.group, Group), (pool.interleave, Interleave)):
        assert make((a, EMPTY)) is a
        assert make((a, NOT_ALLOWED)) is NOT_ALLOWED
        assert make(()) is EMPTY
        assert make((a, make((b, c)))) is make((a, b, c))
        assert isinstance(make((a, b)), cls)
    assert pool.one_or_more(EMPTY) is EMPTY
    assert pool.one_or_more(pool.optional(a)) is pool.optional(pool.one_or_more(a))
    assert isinstance(pool.optional(a), Choice)
    assert pool.attribute(Name("", "a"), NOT_ALLOWED) is NOT_ALLOWED


@pytest.mark.parametrize(
    "name",
    [
        Name("", "a"),
        Name("urn:n", "a"),
        AnyName(),
        AnyName(NsName("")),
        NsName("urn:n", Name("urn:n", "a")),
        NameChoice((Name("", "choice"), AnyName())),
    ],
)
def test_name_classes_survive_the_table(name: NameClass) -> None:
    assert name_of(json.loads(json.dumps(name_entry(name)))) == name
