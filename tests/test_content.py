"""Elements that no class knows."""

from __future__ import annotations

import copy
import pickle

import pytest

from virtxml import AnyElement, Domain, Extra
from virtxml.content import Comment

METADATA = (
    "<domain><metadata><os:libosinfo xmlns:os='http://libosinfo.org/xmlns/libvirt/domain/1.0'>"
    "<os:os id='http://debian.org/debian/12'/><!-- ours --><note>a<b>c</b>d</note></os:libosinfo></metadata></domain>"
)


@pytest.fixture
def metadata() -> AnyElement:
    found = Domain.from_xml(METADATA).metadata
    assert found is not None
    return found


def test_names_keep_their_prefixes(metadata: AnyElement) -> None:
    assert [element.name for element in metadata.iter()] == ["metadata", "os:libosinfo", "os:os", "note", "b"]
    assert metadata.children[0].namespaces == {"os": "http://libosinfo.org/xmlns/libvirt/domain/1.0"}


def test_elements_are_found_by_name_at_any_depth(metadata: AnyElement) -> None:
    (found,) = metadata.iter("os:os")
    assert found.attributes == {"id": "http://debian.org/debian/12"}
    assert not list(metadata.iter("none"))


def test_text_is_what_stands_directly_inside(metadata: AnyElement) -> None:
    (note,) = metadata.iter("note")
    assert note.text == "ad"
    assert [child.text for child in note.children] == ["c"]


def test_comments_are_kept_but_are_no_text(metadata: AnyElement) -> None:
    inside = metadata.children[0]
    assert [item for item in inside.content if isinstance(item, Comment)] == [" ours "]
    assert inside.text == ""


def test_a_change_is_written(metadata: AnyElement) -> None:
    domain = Domain(metadata=metadata)
    next(metadata.iter("os:os")).attributes["id"] = "http://debian.org/debian/13"
    metadata.children[0].content.append(AnyElement("os:new", content=["x"]))
    text = domain.to_xml()
    assert "debian/13" in text
    assert "<os:new>x</os:new>" in text
    assert Domain.from_xml(text).metadata == metadata


def test_elements_without_text_are_laid_out() -> None:
    element = AnyElement("metadata", content=[AnyElement("a", content=[AnyElement("b"), Comment("c")])])
    assert Domain(metadata=element).to_xml() == (
        "<domain>\n  <metadata>\n    <a>\n      <b/>\n      <!--c-->\n    </a>\n  </metadata>\n</domain>\n"
    )


def test_white_space_beside_text_is_the_documents_own() -> None:
    source = "<domain>\n  <metadata><a> b <c/>\n\t</a></metadata>\n</domain>\n"
    assert Domain.from_xml(source).to_xml() == source


def test_quotes_in_metadata_are_escaped_where_they_have_to_be() -> None:
    element = AnyElement("metadata", {"a": "'\"<&>"}, ["'\"<&>"], {"p": "http://example.org/?a='&b"})
    text = Domain(metadata=element).to_xml()
    assert Domain.from_xml(text).metadata == element


@pytest.mark.parametrize("text", ["a--b", "-", "a-"])
def test_a_comment_that_xml_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="comment"):
        Domain(metadata=AnyElement("metadata", content=[Comment(text)])).to_xml()


def test_elements_are_compared_by_all_they_hold() -> None:
    assert AnyElement("a", {"b": "1"}, ["c"]) == AnyElement("a", {"b": "1"}, ["c"])
    for other in (
        AnyElement("b"),
        AnyElement("a", {"b": "1"}),
        AnyElement("a", content=["c"]),
        AnyElement("a", namespaces={"": "u"}),
    ):
        assert AnyElement("a") != other
    assert AnyElement("a") != "a"
    with pytest.raises(TypeError, match="unhashable"):
        hash(AnyElement("a"))


def test_copies_and_pickles_are_equal(metadata: AnyElement) -> None:
    for other in (copy.copy(metadata), copy.deepcopy(metadata), pickle.loads(pickle.dumps(metadata))):
        assert other == metadata
    other = copy.deepcopy(metadata)
    other.children[0].attributes["x"] = "1"
    assert other != metadata


def test_a_copied_comment_stays_a_comment(metadata: AnyElement) -> None:
    for other in (copy.deepcopy(metadata), pickle.loads(pickle.dumps(metadata))):
        assert any(isinstance(item, Comment) for item in other.children[0].content)


class TestExtra:
    def test_nothing_is_false(self) -> None:
        assert not Extra()
        assert Extra({"a": "1"})
        assert Extra(content=[(0, "text")])

    def test_it_shows_names_but_no_values(self) -> None:
        extra = Extra({"password": "hunter2"}, [(0, AnyElement("new", content=["hunter2"])), (1, "hunter2")])
        assert repr(extra) == "<Extra @password <new> and 1 texts>"
        assert "hunter2" not in repr(AnyElement("a", {"b": "hunter2"}, ["hunter2"]))

    def test_elements_are_found_among_the_content(self) -> None:
        element = AnyElement("new")
        assert Extra(content=[(0, "text"), (0, element)]).elements == [element]

    def test_unknown_content_can_be_added(self) -> None:
        domain = Domain(name="a", extra=Extra({"new": "1"}, [(1, AnyElement("newer"))]))
        assert domain.to_xml() == "<domain new='1'>\n  <name>a</name>\n  <newer/>\n</domain>\n"
        assert Domain.from_xml(domain.to_xml()) == domain
