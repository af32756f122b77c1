"""Cursors: they go the way of the verdict, tell what may come, and meet again behind an edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.relaxng.match.small import CONTENTS, DOCUMENTS, NAMES, VALUES, schema_of, tree_of
from tests.relaxng.schemas import element, grammar_of, schema
from tests.support import FIXTURES
from virtxml.relaxng.match.cursor import Cursor
from virtxml.relaxng.match.grammar import Grammar
from virtxml.relaxng.match.matcher import matches
from virtxml.relaxng.match.patterns import NOT_ALLOWED, Value, names_of
from virtxml.relaxng.match.steps.attributes import accepts
from virtxml.releases.grammars import NEWEST
from virtxml.releases.grammars import grammar_of as grammar_of_release
from virtxml.testing import Mutant, documents, mutants

ALL = grammar_of_release(NEWEST)


def steps(root: etree._Element, cursor: Cursor) -> Iterator[Cursor]:
    """Iterate over the cursors behind each end tag, given the one before an element; the last is behind that."""
    cursor = cursor.open(root.tag)
    for name, value in root.attrib.items():
        cursor = cursor.attribute(str(name), str(value))
    cursor = cursor.text(root.text or "")
    for child in root:
        if isinstance(child.tag, str):
            *inner, cursor = steps(child, cursor)
            yield from (*inner, cursor)
        cursor = cursor.text(child.tail or "")
    yield cursor.close()


def verdict(root: etree._Element, cursor: Cursor) -> bool:
    """Tell whether a document matches, by a cursor that goes through it."""
    *_, last = steps(root, cursor)
    return last.complete


def small_grammar(contents: list[str]) -> Grammar:
    """Return the grammar of a random schema."""
    with TemporaryDirectory() as directory:
        return grammar_of(Path(directory), schema_of(contents))


def cursor_of(directory: Path, content: str) -> Cursor:
    """Return the cursor in the start tag of `<x>`, which has some content."""
    return Cursor.before(grammar_of(directory, schema(element("x", content))).start("doc")).open("x")


class TestVerdict:
    @settings(max_examples=300)
    @given(st.lists(CONTENTS, min_size=4, max_size=4), st.lists(DOCUMENTS, min_size=1, max_size=5))
    def test_of_small_schemas(self, contents: list[str], trees: list[Any]) -> None:
        start = small_grammar(contents).start("doc")
        for document in trees:
            root = tree_of(document)
            assert verdict(root, Cursor.before(start)) == matches(root, start), etree.tostring(root)

    @settings(max_examples=25)
    @given(documents("domain") | documents("network") | documents("pool"))
    def test_of_random_documents(self, text: str) -> None:
        root = etree.fromstring(text)
        assert verdict(root, Cursor.before(ALL.start(root.tag)))

    @settings(max_examples=25)
    @given(mutants("domain"))
    def test_of_random_mistakes(self, mutant: Mutant) -> None:
        assert not verdict(etree.fromstring(mutant.text), Cursor.before(ALL.start("domain")))

    def test_of_fixtures_with_their_comments(self) -> None:
        roots = [etree.parse(path).getroot() for path in sorted(FIXTURES.rglob("*.xml"))]
        judged = [(root, ALL.start(root.tag)) for root in roots if root.tag in ALL.starts]
        assert len(judged) > 10
        for root, start in judged:
            assert verdict(root, Cursor.before(start)) == matches(root, start)

    def test_text_around_a_comment_is_one(self, tmp_path: Path) -> None:
        cursor = cursor_of(tmp_path, "<value>ab</value>")
        assert cursor.text("a").text("b").close().complete
        assert not cursor.text("a").close().complete


class TestWhatMayCome:
    @settings(max_examples=200)
    @given(st.lists(CONTENTS, min_size=4, max_size=4), DOCUMENTS)
    def test_elements_may_begin_where_they_are_said_to(self, contents: list[str], document: Any) -> None:
        start = Cursor.before(small_grammar(contents).start("doc"))
        for cursor in (start, *steps(tree_of(document), start)):
            told = [one for one in cursor.possible().elements if one.content is not NOT_ALLOWED]
            assert sorted(names_of(told)) == [name for name in NAMES if not cursor.open(name).dead]

    @settings(max_examples=200)
    @given(st.lists(CONTENTS, min_size=4, max_size=4), st.sampled_from("ab"))
    def test_attributes_may_be_there_that_are_said_to(self, contents: list[str], root: str) -> None:
        grammar = small_grammar(contents)
        cursor = Cursor.before(grammar.start("doc")).open(root)
        told = cursor.possible().attributes
        for name in NAMES:
            for value in VALUES:
                right = any(accepts(one, value, grammar.pool) for one in told if name in names_of([one]))
                assert cursor.attribute(name, value).dead != right

    def test_values_may_be_all_the_text(self, tmp_path: Path) -> None:
        cursor = cursor_of(tmp_path, f"<choice><value>on</value><value>off</value>{element('y')}</choice>")
        texts = [one.text for one in cursor.possible().values if isinstance(one, Value)]
        assert texts == ["on", "off"]
        assert all(cursor.text(text).close().complete for text in texts)
        behind = cursor.open("y").close()
        assert behind.possible() == ((), (), (), False, True)

    def test_what_is_required_shrinks_as_it_comes(self, tmp_path: Path) -> None:
        cursor = cursor_of(
            tmp_path, f"<attribute name='a'/>{element('y')}<choice>{element('z')}{element('w')}</choice>"
        )
        assert [names_of(lack) for lack in cursor.required()] == [("a",), ("y",), ("z", "w")]
        cursor = cursor.attribute("a", "1").open("y").close()
        assert [names_of(lack) for lack in cursor.required()] == [("z", "w")]
        assert not cursor.possible().end
        cursor = cursor.open("w").close()
        assert (cursor.required(), cursor.possible().end) == ([], True)

    def test_text_is_told_from_no_text(self, tmp_path: Path) -> None:
        assert cursor_of(tmp_path, "<text/>").possible().any_text
        assert not cursor_of(tmp_path, "<value>x</value>").possible().any_text

    def test_of_a_domain(self) -> None:
        cursor = Cursor.before(ALL.start("domain")).open("domain")
        assert "type" in names_of(cursor.possible().attributes)
        cursor = cursor.attribute("type", "kvm").open("devices").open("disk").attribute("type", "network")
        assert "network" not in names_of(cursor.possible().attributes)
        protocols = cursor.open("source").possible().attributes
        assert "protocol" in names_of(protocols)
        assert "protocol" not in names_of(cursor.open("target").possible().attributes)


class TestSteps:
    def test_a_cursor_stays_where_it_is(self, tmp_path: Path) -> None:
        cursor = cursor_of(tmp_path, f"<choice>{element('y')}{element('z')}</choice>")
        assert cursor.open("y").close().close().complete
        assert cursor.open("z").close().close().complete
        assert cursor.open("y").close().open("z").dead

    def test_attributes_come_first(self, tmp_path: Path) -> None:
        cursor = cursor_of(tmp_path, "<optional><attribute name='a'/></optional><text/>")
        with pytest.raises(ValueError, match="no start tag is open for the attribute 'a'"):
            cursor.text("x").attribute("a", "1")

    def test_only_what_is_open_is_closed(self, tmp_path: Path) -> None:
        behind = cursor_of(tmp_path, "<empty/>").close()
        assert behind.complete
        with pytest.raises(ValueError, match="no element is open"):
            behind.close()
        assert behind.open("x").dead

    def test_nothing_makes_good_what_was_wrong(self, tmp_path: Path) -> None:
        cursor = cursor_of(tmp_path, f"<attribute name='a'/>{element('y')}")
        assert cursor.attribute("b", "1").attribute("a", "1").open("y").close().close().dead
        assert cursor.open("y").dead  # the start tag ended without its attribute
        assert not cursor.close().complete


class TestEqual:
    def test_where_nothing_tells_them_apart(self, tmp_path: Path) -> None:
        many = f"<zeroOrMore>{element('y')}</zeroOrMore><optional>{element('z')}</optional>"
        cursor = cursor_of(tmp_path, many)
        once, twice = cursor.open("y").close(), cursor.open("y").close().open("y").close()
        assert once == twice
        assert hash(once) == hash(twice)
        assert once.open("y") == twice.open("y")
        assert once != once.open("z").close()
        assert once != cursor

    def test_not_where_what_is_around_differs(self, tmp_path: Path) -> None:
        inner = element("y", "<empty/>")
        cursor = cursor_of(tmp_path, f"<interleave>{element('z', inner)}{element('w', inner)}</interleave>")
        one, other = cursor.open("z").open("y"), cursor.open("w").open("y")
        assert one != other
        assert one == cursor.open("z").open("y")

    @settings(max_examples=200)
    @given(
        st.lists(CONTENTS, min_size=4, max_size=4),
        st.sampled_from("ab"),
        st.lists(DOCUMENTS, max_size=4),
        DOCUMENTS,
        DOCUMENTS,
    )
    def test_behind_an_edit_the_verdict_is_the_old_one_where_cursors_meet(
        self, contents: list[str], root: str, later: list[Any], before: Any, after: Any
    ) -> None:
        start = Cursor.before(small_grammar(contents).start("doc"))
        old = list(steps(tree_of((root, {}, "", [before, *later])), start))
        new = list(steps(tree_of((root, {}, "", [after, *later])), start))
        rest = sum(1 for document in later for _ in tree_of(document).iter()) + 1
        meeting = [one == other for one, other in zip(old[-rest:], new[-rest:], strict=True)]
        if any(meeting):
            assert all(meeting[meeting.index(True) :])
            assert old[-1].complete == new[-1].complete

    def test_behind_an_edit_in_a_domain(self) -> None:
        text = (
            "<domain type='kvm'><name>{}</name><memory>1</memory><os><type>hvm</type></os>"
            "<devices>{}<console/></devices></domain>"
        )
        disk = "<disk type='file'><target dev='{}'/></disk>"
        old, new, other = [
            list(steps(etree.fromstring(text.format(name, disks)), Cursor.before(ALL.start("domain"))))
            for name, disks in [
                ("a", disk.format("vda")),
                ("b", disk.format("vdb")),
                ("a", disk.format("vda") + "<emulator>/q</emulator><emulator>/q</emulator>"),
            ]
        ]
        assert old == new
        assert old[-1].complete
        assert other[-2:] != old[-2:]
        assert not other[-1].complete
