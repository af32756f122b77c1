"""What is written can be read again and says the same; what could not is refused, with its place."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from tests.strategies import NAMES, RELAXED, TEXT_VALUES
from virtxml import AnyElement, Domain, DomainSnapshot, Extra, Network, Node
from virtxml.content import Comment
from virtxml.schema.domain import Devices, Disk, DiskBackingStore

XML = "http://www.w3.org/XML/1998/namespace"
XMLNS = "http://www.w3.org/2000/xmlns/"


def outcome(node: Node) -> str | None:
    """Return the text of an object, checked to be read as an equal one; None if it is refused."""
    try:
        text = node.to_xml()
    except ValueError:
        return None
    etree.fromstring(text)
    again = type(node).from_xml(text)
    assert again == node, text
    text = again.to_xml()
    assert type(node).from_xml(text) == node
    assert type(node).from_xml(text).to_xml() == text
    return text


def inside(element: AnyElement) -> list[Node]:
    """Return objects that hold an element in each way that there is."""
    return [
        Domain(metadata=AnyElement("metadata", content=[element])),
        DomainSnapshot(cookie=AnyElement("cookie", content=[element])),
        Domain(name="a", devices=Devices(disks=[Disk()], extra=Extra(content=[(1, element)]))),
        Network(name="a", extra=Extra(content=[(0, "text"), (1, element)])),
    ]


BAD: list[tuple[AnyElement, str]] = [
    (AnyElement("1a"), "not a name"),
    (AnyElement(""), "not a name"),
    (AnyElement("a b"), "not a name"),
    (AnyElement("a:b:c", namespaces={"a": "urn:a", "a:b": "urn:b"}), "not a"),
    (AnyElement(":a"), "prefix|not a name"),
    (AnyElement("a:", namespaces={"a": "urn:a"}), "not a name"),
    (AnyElement("a><b"), "not a name"),
    (AnyElement("xmlns:a"), "not a name"),
    (AnyElement("a", {"1a": ""}), "not a name"),
    (AnyElement("a", {"x='' y": ""}), "not a name"),
    (AnyElement("a", {"": ""}), "not a name"),
    (AnyElement("a", {"-a": ""}), "not a name"),
    (AnyElement("a", {"\ud800": ""}), "not a name"),
    (AnyElement("a" * 50_001), "50000"),
    (AnyElement("a", {"x": "\x00"}), r"U\+0000"),
    (AnyElement("a", {"x": "\ud800"}), r"U\+D800"),
    (AnyElement("a", content=["\x1f"]), r"U\+001F"),
    (AnyElement("a", content=["\uffff"]), r"U\+FFFF"),
    (AnyElement("a", content=[AnyElement("b"), "\x1f"]), r"U\+001F"),
    (AnyElement("a", content=[Comment("a--b")]), "--"),
    (AnyElement("a", content=[Comment("a-")]), "end in"),
    (AnyElement("a", content=[Comment("\x01")]), r"U\+0001"),
    (AnyElement("a", content=[Comment("\udfff")]), r"U\+DFFF"),
    (AnyElement("a", content=[Comment("\r")]), r"U\+000D"),
    (AnyElement("a", namespaces={"p><b": "urn:p"}), "not a prefix"),
    (AnyElement("a", namespaces={"p='' q": "urn:p"}), "not a prefix"),
    (AnyElement("a", namespaces={"a:b": "urn:p"}), "not a prefix"),
    (AnyElement("a", namespaces={"xmlns": "urn:p"}), "not a prefix"),
    (AnyElement("a", namespaces={"xml": "urn:p"}), "XML's own"),
    (AnyElement("a", namespaces={"p": XML}), "XML's own"),
    (AnyElement("a", namespaces={"": XML}), "XML's own"),
    (AnyElement("a", namespaces={"p": XMLNS}), "XML's own"),
    (AnyElement("a", namespaces={"": XMLNS}), "XML's own"),
    (AnyElement("a", namespaces={"p": ""}), "not a URI"),
    (AnyElement("a", namespaces={"p": "a b"}), "not a URI"),
    (AnyElement("a", namespaces={"p": "\x01"}), "not a URI"),
    (AnyElement("a", {"xmlns:p": ""}), "not a URI"),
    (AnyElement("a", {"xmlns:1": "urn:p"}), "not a prefix"),
    (AnyElement("a", {"xmlns:p": "urn:q"}, namespaces={"p": "urn:p"}), "twice"),
    (AnyElement("a", {"xmlns": "urn:q"}, namespaces={"": "urn:p"}), "twice"),
    (AnyElement("a", {"p:x": "1", "q:x": "2"}, namespaces={"p": "urn:p", "q": "urn:p"}), "twice"),
    (AnyElement("a", {"xml:id": "1"}), "could not be read"),
    (AnyElement("a", {"xml:id": "x"}, [AnyElement("b", {"xml:id": "x"})]), "could not be read"),
]


@pytest.mark.parametrize(("element", "message"), BAD)
def test_what_no_parser_reads_is_refused(element: AnyElement, message: str) -> None:
    around = AnyElement("outer", content=[AnyElement("good"), AnyElement("mid", content=["x", element])])
    for node in inside(element) + inside(around):
        with pytest.raises(ValueError, match=message):
            node.to_xml()


def test_the_place_is_told() -> None:
    around = AnyElement("outer", content=[AnyElement("good"), AnyElement("mid", content=["x", AnyElement("1a")])])
    with pytest.raises(ValueError, match=r"^Domain\.metadata: metadata/outer/mid/1a: not a name .*: '1a'$"):
        Domain(metadata=AnyElement("metadata", content=[around])).to_xml()
    with pytest.raises(ValueError, match=r"^Domain\.extra: outer/mid/1a: not a name"):
        Domain(extra=Extra(content=[(0, around)])).to_xml()
    with pytest.raises(ValueError, match=r"^Domain\.devices\.disks\[0\]\.extra: not a name"):
        Domain(devices=Devices(disks=[Disk(extra=Extra({"1a": ""}))])).to_xml()
    with pytest.raises(ValueError, match=r"disks\[0\]\.extra: the prefix \"p\" is not declared, of \"p:a\""):
        Domain(devices=Devices(disks=[Disk(extra=Extra({"p:a": ""}))])).to_xml()
    with pytest.raises(ValueError, match=r"disks\[0\]\.extra: a: the prefix \"p\" is not declared, of \"p:a\""):
        Domain(devices=Devices(disks=[Disk(extra=Extra(content=[(0, AnyElement("a", {"p:a": ""}))]))])).to_xml()


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (Extra({"type": "x"}), '"type" is there twice'),
        (Extra({"p:x": "1", "q:x": "2"}, [], {"p": "urn:p", "q": "urn:p"}), "twice"),
        (Extra({"a b": ""}), "not a name"),
        (Extra({"x": "\x02"}), r"U\+0002"),
        (Extra(content=[(0, "\x02")]), r"U\+0002"),
        (Extra({"xmlns:p": "urn:p"}), "declared in namespaces"),
        (Extra({"xmlns": "urn:p"}), "declared in namespaces"),
        (Extra({}, [], {"": "urn:p"}), "another namespace"),
        (Extra({}, [], {"p'": "urn:p"}), "not a prefix"),
        (Extra({}, [], {"p": XML}), "XML's own"),
    ],
)
def test_unknown_content_of_an_object_is_judged_too(extra: Extra, message: str) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match=rf"^Disk\.extra: .*{message}"):
            Disk(type="file", extra=extra).to_xml()


def test_a_prefix_of_libvirt_cannot_stand_for_another_namespace_beside_its_own() -> None:
    source = "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><qemu:commandline/></domain>"
    domain = Domain.from_xml(source)
    domain.extra = Extra({"qemu:x": ""}, [], {"qemu": "urn:p"})
    with pytest.raises(ValueError, match="another namespace"):
        domain.to_xml()


def test_a_wildcard_has_its_name() -> None:
    for element in (AnyElement("a"), AnyElement("metadata", namespaces={"": "urn:a"}), AnyElement("m:metadata")):
        with pytest.raises(ValueError, match=r"stands where <metadata> belongs"):
            Domain(metadata=element).to_xml()


def test_only_text_and_elements_are_content() -> None:
    broken: Any = AnyElement("a", content=[5])  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"int is no content of <a>"):
        Domain(metadata=AnyElement("metadata", content=[broken])).to_xml()


def test_what_is_huge_is_refused_if_no_parser_reads_it() -> None:
    with pytest.raises(ValueError, match="could not be read"):
        Domain(title="x" * 10_100_000).to_xml()
    for element in (
        AnyElement("metadata", {f"a{number}": "x" * 70 for number in range(1_001)}),
        AnyElement("metadata", {"a": "x" * 10_100_000}),
    ):
        with pytest.raises(ValueError, match="could not be read"):
            Domain(metadata=element).to_xml()
    assert outcome(Domain(title="x" * 1_000_000))


ODD_NAMES = ["", "a", "1a", "p:a", "xml:lang", "xml:id", "xmlns:p", "xmlns", "--", "?>"]
WILD = st.text(max_size=4) | st.sampled_from(ODD_NAMES)
URIS = st.sampled_from(["", "urn:a", "urn:b", XML, XMLNS, "a b", "http://[", "%"]) | st.text(max_size=4)
PREFIXES = st.sampled_from(["", "p", "q", "xml", "qemu"]) | st.text(max_size=2)
UNKNOWN = NAMES.map(lambda name: f"x{name}")
NAMED = UNKNOWN | UNKNOWN.map(lambda name: f"p:{name}") | UNKNOWN.map(lambda name: f"q:{name}") | WILD
GOOD_SPACES = st.dictionaries(st.sampled_from(["", "p", "q"]), st.sampled_from(["urn:a", "http://b/"]), max_size=3)
TEXTS = TEXT_VALUES | st.text(max_size=4) | st.sampled_from([" ", "\n  ", ""])


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> AnyElement:
    """Draw an element with anything at all in it."""
    spaces = draw(GOOD_SPACES | GOOD_SPACES | st.dictionaries(PREFIXES, URIS, max_size=2))
    attributes = draw(st.dictionaries(NAMED, TEXTS, max_size=3))
    item: st.SearchStrategy[AnyElement | str] = TEXTS | TEXTS.map(Comment)
    content = draw(st.lists(item | elements(depth - 1) if depth else item, max_size=4))
    return AnyElement(draw(NAMED), attributes, content, spaces)


@st.composite
def extras(draw: st.DrawFn) -> Extra:
    """Draw unknown content with anything at all in it."""
    content = draw(st.lists(st.tuples(st.integers(-1, 4), TEXTS | elements(1)), max_size=3))
    spaces = draw(GOOD_SPACES.map(lambda found: {key: uri for key, uri in found.items() if key}))
    return Extra(draw(st.dictionaries(NAMED, TEXTS, max_size=2)), content, spaces)


@RELAXED
@given(elements())
@example(AnyElement("p:a", {"q:a": "1"}, namespaces={"p": "urn:a", "q": "urn:a"}))
@example(AnyElement("a", {"xmlns:p": "urn:a", "p:b": "1"}))
@example(AnyElement("a", content=[AnyElement("b", namespaces={"": ""})], namespaces={"": "urn:a"}))
@example(AnyElement("a", content=[AnyElement("b", namespaces={"p": "urn:a"})], namespaces={"p": "urn:a"}))
def test_elements_with_anything_in_them_come_back_equal_or_are_refused(element: AnyElement) -> None:
    for node in inside(element):
        outcome(node)


@RELAXED
@given(extras())
def test_unknown_content_comes_back_equal_or_is_refused(extra: Extra) -> None:
    for node in (Disk(extra=extra), Domain(name="a", uuid="b", extra=extra), DiskBackingStore(index=1, extra=extra)):
        outcome(node)


def test_the_property_is_not_empty() -> None:
    good = AnyElement("p:a", {"p:b": "&<>'\"\t\n\r", "c": ""}, [" ", Comment(" c "), AnyElement("d")], {"p": "urn:p"})
    assert all(outcome(node) for node in inside(good))


class TestCycles:
    @pytest.mark.parametrize("extra_text", [[], ["text"]])
    def test_elements_that_hold_themselves_are_refused(self, extra_text: list[AnyElement | str]) -> None:
        element = AnyElement("a", content=[*extra_text, AnyElement("b", content=extra_text)])
        element.children[0].content += [element, element]
        for node in inside(element):
            with pytest.raises(ValueError, match="or one holds itself"):
                node.to_xml()
            assert repr(node)
        with pytest.raises(RecursionError, match="<a> holds itself"):
            assert element == AnyElement("a")

    def test_objects_that_hold_themselves_are_refused_and_shown(self) -> None:
        store = DiskBackingStore(format=None)
        store.backing_store = store
        other = DiskBackingStore(backing_store=DiskBackingStore())
        other.backing_store.backing_store = other  # type: ignore[union-attr]
        for node in (store, Disk(backing_store=other)):
            with pytest.raises(ValueError, match="or one holds itself"):
                node.to_xml()
            assert "..." in repr(node)
            assert node != Disk()
        assert store == other

    def test_objects_that_hold_themselves_are_copied(self) -> None:
        store = DiskBackingStore(format=None)
        store.backing_store = store
        for copied in (copy.deepcopy(store), pickle.loads(pickle.dumps(store))):
            assert copied.backing_store is copied
            assert copied == store
