"""Steps from state to state, what is remembered of them, and steps behind mistakes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lxml import etree

from tests.relaxng.schemas import element, grammar_of, schema
from virtxml.relaxng.match import expectations, recovery
from virtxml.relaxng.match.grammar import Grammar
from virtxml.relaxng.match.matcher import matches
from virtxml.relaxng.match.patterns import Attribute, Data, Element, Value
from virtxml.relaxng.match.states import LONGEST, State

DISK = element(
    "disk",
    "<optional><attribute name='type'><choice><value>file</value><value>block</value></choice></attribute></optional>"
    "<attribute name='id'><data type='int'/></attribute>"
    f"<interleave>{element('target')}<optional>{element('serial', '<text/>')}</optional>"
    f"<zeroOrMore>{element('alias')}</zeroOrMore></interleave>",
)
NAME = element("name", "<data type='int'/>")
SCHEMA = schema(element("doc", f"{NAME}<zeroOrMore>{DISK}</zeroOrMore>{element('end')}"))


@pytest.fixture
def grammar(tmp_path: Path) -> Grammar:
    return grammar_of(tmp_path, SCHEMA)


@pytest.fixture
def doc(grammar: Grammar) -> State:
    """Return the state inside `<doc>`."""
    return grammar.start("doc").starts["doc"][0]


@pytest.fixture
def disk(doc: State) -> State:
    """Return the state inside the start tag of a `<disk>`."""
    inside, after = doc.starts["name"]
    return after[inside.leaf["1"]].starts["disk"][0]


def names(found: list[Element]) -> list[str]:
    return [str(item.name) for item in found]


def test_each_step_gives_the_same_state_every_time(doc: State, disk: State) -> None:
    assert doc.starts["name"] is doc.starts["name"]
    first = disk.attributes["type"]["file"].attributes["id"]["1"]
    assert disk.attributes["id"]["2"].attributes["type"]["block"] is first


def test_a_list_of_elements_leads_back_to_the_same_state(grammar: Grammar, doc: State) -> None:
    inside, after = doc.starts["name"]
    state = after[inside.leaf["1"]]
    for serial in ("", None, "x"):
        disk, behind = state.starts["disk"]
        disk = disk.attributes["id"]["1"]
        target, after_target = disk.starts["target"]
        disk = after_target[target.leaf[None]]
        text, after_serial = disk.starts["serial"]
        disk = after_serial[text.leaf[serial]]
        state = behind[disk.end]
    assert state.starts["disk"] == after[inside.leaf["1"]].starts["disk"]


def test_a_wrong_step_leads_to_a_dead_state_and_all_steps_from_there_too(doc: State, disk: State) -> None:
    for dead in (doc.starts["disk"][0], disk.attributes["id"]["x"], disk.attributes["no"]["1"], doc.texts["x"]):
        assert dead.dead
        inside, after = dead.starts["name"]
        assert inside.dead
        assert dead.attributes["id"]["1"].dead
        assert dead.leaf[""] == dead.end == 0
        assert after[inside.end].dead


def test_a_missing_attribute_shows_behind_the_start_tag(disk: State) -> None:
    assert disk.starts["target"][0].dead
    assert recovery.close(disk).dead
    assert not recovery.close(disk.attributes["id"]["1"]).dead


def test_long_values_are_not_remembered(disk: State) -> None:
    values = disk.attributes["id"]
    for value in ("1" * LONGEST, "1" * (LONGEST + 1), " " * LONGEST + "1"):
        values[value]
    assert list(values) == ["1" * LONGEST]


def test_what_is_remembered_has_a_bound_and_verdicts_stay(tmp_path: Path) -> None:
    limit = 500
    small, large = grammar_of(tmp_path, SCHEMA, limit), grammar_of(tmp_path, SCHEMA)
    choose = random.Random(1)
    seen = set()
    for _ in range(300):
        root = etree.fromstring("<doc><name>1</name></doc>")
        for _ in range(choose.randrange(12)):
            disk = etree.SubElement(root, "disk", {choose.choice(["id"] * 20 + ["i"]): str(choose.randrange(10**9))})
            children = ["target"] + ["alias"] * choose.randrange(3) + ["serial"] * choose.randrange(2)
            for child in choose.sample(children, len(children)):
                etree.SubElement(disk, child).text = None if child != "serial" else str(choose.random())
        etree.SubElement(root, "end")
        expected = matches(root, large.start("doc"))
        seen.add(expected)
        assert matches(root, small.start("doc")) == expected
        assert small.pool.count <= limit
        assert len(small.states._known) * 8 <= limit
    assert seen == {True, False}
    assert large.pool.count > 4 * limit


def test_a_start_tag_may_be_closed_as_if_it_were_complete(disk: State) -> None:
    closed = recovery.close_as_if_complete(disk)
    target, after = closed.starts["target"]
    assert after[target.leaf[None]].end


def test_an_attribute_may_be_taken_as_if_its_value_were_right(disk: State) -> None:
    assert recovery.any_value(disk, "id") is disk.attributes["id"]["1"]
    assert recovery.any_value(disk, "type").attributes["id"]["1"].starts["target"]
    assert recovery.any_value(disk, "no").dead


def test_an_element_may_end_as_if_it_were_complete(doc: State) -> None:
    name, after = doc.starts["name"]
    assert after[name.leaf["x"]].dead
    assert after[name.leaf["1"]] is recovery.end_as_if_complete(name, after)


def test_an_element_may_begin_too_early_and_what_was_skipped_is_still_asked_for(doc: State) -> None:
    inside, after = recovery.open_anywhere(doc, "end")
    rest = after[inside.leaf[None]]
    assert rest.end == 0
    name, behind = rest.starts["name"]
    assert behind[name.leaf["1"]].end == 1
    assert recovery.open_anywhere(doc, "no")[0].dead


def test_an_element_of_another_place_may_begin_and_leaves_the_state_as_it_is(grammar: Grammar, doc: State) -> None:
    (target,) = grammar.named("target")
    inside, after = recovery.open_as(doc, target)
    assert after[inside.leaf[None]] is doc
    assert after[0] is doc


def test_comments_leave_the_state_as_it_is(doc: State) -> None:
    inside, after = doc.starts[etree.Comment]
    assert after[inside.leaf["text"]] is doc


def test_a_pattern_says_which_elements_may_come(doc: State, disk: State) -> None:
    assert names(list(expectations.possible_elements(doc.pattern))) == ["name"]
    assert names(list(expectations.elements(doc.pattern))) == ["name", "disk", "end"]
    assert names(expectations.required_elements(doc.pattern)) == ["name", "end"]
    assert names(list(expectations.possible_elements(disk.pattern))) == ["target", "serial", "alias"]
    assert names(expectations.required_elements(disk.pattern)) == ["target"]


def test_a_pattern_says_which_attributes_may_come_and_what_they_hold(disk: State) -> None:
    found = expectations.possible_attributes(disk.pattern)
    assert [str(item.name) for item in found] == ["type", "id"]
    (required,) = expectations.required_attributes(disk.pattern)
    assert isinstance(required, Attribute)
    assert str(required.name) == "id"
    (datatype,) = expectations.values(required.content)
    assert isinstance(datatype, Data)
    assert datatype.datatype.name == "int"
    texts = [value.text for value in expectations.values(found[0].content) if isinstance(value, Value)]
    assert texts == ["file", "block"]
    assert disk.attributes["id"].candidates == (required,)
    assert disk.attributes["no"].candidates == ()


def test_a_pattern_says_whether_any_text_may_come(disk: State) -> None:
    serial = recovery.close_as_if_complete(disk).starts["serial"][0]
    assert expectations.allows_any_text(serial.pattern)
    assert not expectations.allows_any_text(disk.pattern)


def test_a_state_may_be_several_elements_of_the_schema(tmp_path: Path) -> None:
    both = "".join(element("x", f"<attribute name='t'><value>{value}</value></attribute>") for value in "ab")
    start = grammar_of(tmp_path, schema(f"<choice>{both}</choice>")).start("doc")
    inside, after = start.starts["x"]
    assert len(inside.contents) == 2
    chosen = inside.attributes["t"]["b"]
    assert [content.nullable for content in chosen.contents] == [False, True]
    assert (chosen.alive, chosen.end) == (0b10, 0b10)
    assert after[chosen.leaf[None]].end == 1
