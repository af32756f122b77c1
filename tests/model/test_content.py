"""Elements that no class knows."""

from __future__ import annotations

import copy
import pickle
import re
from typing import Any

import pytest

from virtxml import AnyElement, Domain, Extra, Network, parse
from virtxml.content import Comment
from virtxml.schema.domain import Devices, Disk

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

    def test_it_is_all_that_it_is_made_of(self) -> None:
        parts: dict[str, Any] = {
            "attributes": {"a": "1"},
            "content": [(0, "text"), (1, AnyElement("new")), (2, Comment("why"))],
            "namespaces": {"p": "urn:p"},
            "order": ["type", "a"],
            "siblings": ["name", "new"],
            "before": "<!-- a -->\n",
            "after": "<!-- b -->\n",
        }
        extra = Extra(**parts)
        assert {name: getattr(extra, name) for name in parts} == parts
        for same in (Extra(**parts), copy.copy(extra), copy.deepcopy(extra), pickle.loads(pickle.dumps(extra))):
            assert same == extra
        for name in parts:
            assert Extra(**{**parts, name: None if name not in ("before", "after") else ""}) != extra

    def test_a_comment_is_no_text(self) -> None:
        assert Extra(content=[(0, Comment("a"))]) != Extra(content=[(0, "a")])
        assert repr(Extra(content=[(0, Comment("a")), (0, "b")])) == "<Extra and 1 texts and 1 comments>"

    def test_nodes_are_equal_that_say_the_same_in_another_order(self) -> None:
        one, other = (
            Disk.from_xml(f"<disk {text}/>") for text in ("type='file' a='1' b='2'", "b='2' a='1' type='file'")
        )
        assert one == other
        assert one.extra != other.extra
        assert (one.to_xml(), other.to_xml()) == (
            "<disk type='file' a='1' b='2'/>\n",
            "<disk b='2' a='1' type='file'/>\n",
        )

    def test_elements_are_found_among_the_content(self) -> None:
        element = AnyElement("new")
        assert Extra(content=[(0, "text"), (0, element)]).elements == [element]

    def test_unknown_content_can_be_added(self) -> None:
        domain = Domain(name="a", extra=Extra({"new": "1"}, [(1, AnyElement("newer"))]))
        assert domain.to_xml() == "<domain new='1'>\n  <name>a</name>\n  <newer/>\n</domain>\n"
        assert Domain.from_xml(domain.to_xml()) == domain


@pytest.mark.parametrize(
    "attributes",
    [
        "type='file' v:z='2' b='0' device='disk' xmlns:v='urn:v'",
        "v:z='2' type='file' v:a='1' w:b='0' device='disk' xmlns:v='urn:v' xmlns:w='urn:w'",
        "a='1' v:z='2' type='file' device='disk' xmlns:v='urn:v'",
    ],
)
def test_unknown_attributes_stay_where_they_stand_with_a_prefix_too(attributes: str) -> None:
    assert Disk.from_xml(f"<disk {attributes}/>").to_xml() == f"<disk {attributes}/>\n"


MIXED = "<metadata> <!-- c -->x<A/> <B/></metadata>"


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        (f"<network><metadata/>{MIXED}</network>", MIXED),
        (f"<network><metadata/><metadata/>{MIXED}</network>", MIXED),
        (f"<network><new>{MIXED}</new></network>", MIXED),
        ("<network><new> <A/>x<B> <C/></B> </new></network>", "<new> <A/>x<B> <C/></B> </new>"),
        ("<network><new>x<B> <C/></B> </new></network>", "<new>x<B> <C/></B> </new>"),
        ("<network><dns/><dns>x <B> <C/> </B> </dns></network>", "<dns>x <B> <C/> </B> </dns>"),
    ],
)
def test_white_space_beside_text_is_kept_in_all_that_no_class_knows(source: str, kept: str) -> None:
    network = Network.from_xml(source)
    text = network.to_xml()
    assert kept in text
    assert Network.from_xml(text) == network


def test_white_space_beside_text_is_kept_in_a_wrapped_document() -> None:
    new = "<new> <A/>x<B> <C/></B> </new>"
    assert new in parse(f"<networkstatus><network>{new}</network></networkstatus>").to_xml()


def test_white_space_tells_elements_apart_only_beside_text() -> None:
    assert AnyElement("a", content=[AnyElement("b"), " "]) == AnyElement("a", content=[AnyElement("b")])
    assert AnyElement("a", content=["x", AnyElement("b"), " "]) != AnyElement("a", content=["x", AnyElement("b")])
    assert AnyElement("a", content=["x", AnyElement("b", content=[" ", AnyElement("c")])]) != AnyElement(
        "a", content=["x", AnyElement("b", content=[AnyElement("c")])]
    )


def test_text_in_pieces_is_one_text_and_a_comment_is_none() -> None:
    assert AnyElement("a", content=["x", "", "y"]) == AnyElement("a", content=["xy"])
    assert AnyElement("a", content=[Comment("x")]) != AnyElement("a", content=["x"])


class TestPrefixes:
    @pytest.mark.parametrize(
        "element",
        [
            AnyElement("p:a"),
            AnyElement("a", {"p:b": "1"}),
            AnyElement("a", content=[AnyElement("b", namespaces={"p": "urn:p"}), AnyElement("p:c")]),
        ],
    )
    def test_one_that_is_not_declared_is_refused(self, element: AnyElement) -> None:
        for node in (
            Domain(metadata=AnyElement("metadata", content=[element])),
            Domain(extra=Extra({}, [(0, element)])),
        ):
            with pytest.raises(ValueError, match=r'the prefix "p" is not declared, of "p:[abc]"'):
                node.to_xml()
        with pytest.raises(ValueError, match='the prefix "p" is not declared, of "p:x"'):
            Domain(extra=Extra({"p:x": "1"})).to_xml()

    @pytest.mark.parametrize(
        "element",
        [
            AnyElement("p:a", namespaces={"p": "urn:p"}),
            AnyElement("a", {"xmlns:p": "urn:p", "p:b": "1"}),
            AnyElement("a", content=[AnyElement("p:b", {"xml:lang": "en"})], namespaces={"p": "urn:p"}),
        ],
    )
    def test_one_that_is_declared_is_written(self, element: AnyElement) -> None:
        text = Domain(metadata=AnyElement("metadata", content=[element])).to_xml()
        assert Domain.from_xml(text).to_xml() == text

    def test_one_may_be_declared_on_any_element_around(self) -> None:
        disk = Disk(extra=Extra({}, [(0, AnyElement("p:a"))]))
        domain = Domain(devices=Devices(disks=[disk]), extra=Extra({}, [], {"p": "urn:p"}))
        assert Domain.from_xml(domain.to_xml()).devices.disks[0].extra.elements[0].namespaces == {"p": "urn:p"}  # type: ignore[union-attr]
        domain.extra = None
        with pytest.raises(ValueError, match="not declared"):
            domain.to_xml()

    @pytest.mark.parametrize(
        "source",
        [
            "<network><metadata><x xmlns:a='u' xmlns:b='u' a:q='1'><b:y b:w='2' a:z='1'/></x></metadata></network>",
            "<network xmlns:b='u'><a:x xmlns:a='u' b:y='1'/><metadata><c:z xmlns:c='u' b:y='1'/></metadata></network>",
            "<network xmlns:b='u' xmlns:a='u' b:q='1'><b:x a:y='1'/><a:x b:y='1'/></network>",
        ],
    )
    def test_each_stays_where_two_stand_for_one_namespace(self, source: str) -> None:
        text = Network.from_xml(source).to_xml()
        assert Network.from_xml(text).to_xml() == text
        for name in re.findall(r"[ab]:\w", source):
            assert source.count(name) == text.count(name), text
