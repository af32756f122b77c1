"""Trees of texts: the quick one and the one that goes on after slips agree, and expat finds all in the same places."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.corpus import root_classes
from tests.mutants.small import TEXTS as SMALL_TEXTS
from tests.source.expat_events import expat_attributes, expat_events, tree_events
from tests.strategies import RELAXED
from tests.support import fixture_documents, requires_shared, shared_dir
from tests.xmltext import documents
from virtxml.source.decoding import decode
from virtxml.source.elements import Element, Tree
from virtxml.source.tree import any_text, parsed

ROOTS = sorted(root_classes().values(), key=lambda cls: cls.__name__)
TRICKY = """<?xml version='1.0'?>
<!-- <no/> --><?php <no> ?>
<a  x = '>' y="it's > 1"
  xmlns:q='http://example.org/?a=1&amp;b' ><!-- <no x='1'/> --> é <q:c\tz\n=\t'1' /><![CDATA[<d/>]]>
  lots <?p <e/> ?> more ]] &gt; <g></g  ><h.i- j='/'/>
</a >
<!-- behind -->
"""
TEXTS = [*SMALL_TEXTS, TRICKY, TRICKY.replace("\n", "\r\n"), "<a/>", "<a>/</a>", "<a b='/'>\n</a>"]


def said(tree: Tree) -> object:
    """Return all that a tree says."""
    numbers = {element: number for number, element in enumerate(tree.elements)}
    return (
        tree.comments,
        tree.instructions,
        [
            (
                element.name,
                element.start,
                element.end,
                element.closed,
                element.cut,
                element.attributes,
                element.texts,
                [numbers[child] for child in element.children],
                element.parent and numbers[element.parent],
            )
            for element in tree.elements
        ],
    )


def check(text: str, source: bytes | None = None, encoding: str = "utf-8") -> None:
    """Assert that both trees of a well-formed text say the same, and what expat says of its bytes."""
    tree = parsed(text)
    assert said(tree) == said(any_text(text))
    data = text.encode() if source is None else source
    mark = len(data) - len(text.encode(encoding))
    offsets = list(accumulate((len(character.encode(encoding)) for character in text), initial=mark))
    told = expat_events(data)
    expected = [one for one in told if one[0] != "text"]
    assert sorted((kind, offsets[at], name) for kind, at, name in tree_events(tree)) == sorted(expected)
    _check_texts(tree, offsets, [at for kind, at, _ in told if kind == "text"])
    for element in tree.elements:
        assert text[slice(*element.name_span)] == element.name
        assert text[element.start[0]] == "<"
        assert text[element.start[1] - 1] == text[element.span[1] - 1] == ">"
        if element.end_name_span:
            assert text[slice(*element.end_name_span)] == element.name
            assert text[element.content[1] :].startswith(f"</{element.name}")
    for element, pairs in zip(tree.elements, expat_attributes(data), strict=True):
        assert [one.name for one in element.attributes] == pairs[::2]
        values = [
            re.sub(r"[\t\n]", " ", one.value.replace("\r\n", "\n").replace("\r", "\n")) for one in element.attributes
        ]
        assert [unescape(value) for value in values] == pairs[1::2]
        for one in element.attributes:
            assert text[slice(*one.name_span)] == one.name
            assert text[slice(*one.value_span)] == one.value
            start, end = one.span
            assert not text[start : one.name_span[0]].strip()
            assert text[start - 1] in f"\"'{element.name[-1]}"
            assert one.name_span[0] < one.value_span[0] <= one.value_span[1] == end - 1
            assert text[one.value_span[0] - 1] == text[end - 1]


def _check_texts(tree: Tree, offsets: list[int], told: list[int]) -> None:
    """Assert that all pieces of texts by expat are in texts of the tree, and that there is one in each but sections."""
    spans = sorted((offsets[start], offsets[end]) for element in tree.elements for start, end in element.texts)
    starts = [start for start, _ in spans]
    hit = set()
    for at in told:
        index = bisect_right(starts, at) - 1
        assert index >= 0
        assert at < spans[index][1]
        hit.add(index)
    by_place = {offsets[start]: start for element in tree.elements for start, _ in element.texts}
    for index, (start, _) in enumerate(spans):
        assert index in hit or tree.text.startswith("<![CDATA[]]>", by_place[start])


@pytest.mark.parametrize("text", [*TEXTS, *(decode(path.read_bytes()) for path in fixture_documents())])
def test_there_are_the_elements_and_attributes_that_lxml_finds(text: str) -> None:
    root = etree.fromstring(text.encode())
    expected = [
        (etree.QName(one).localname, {etree.QName(name).localname for name in one.attrib})
        for one in root.iter(etree.Element)
    ]
    assert expected == [
        (local(one.name), {local(own.name) for own in one.attributes if not own.name.startswith("xmlns")})
        for one in parsed(text).elements
    ]


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


@settings(RELAXED, max_examples=200)
@given(st.sampled_from(ROOTS).flatmap(documents))
def test_all_trees_of_random_documents_are_the_same(text: str) -> None:
    check(text)


@settings(RELAXED, max_examples=40)
@given(st.sampled_from(ROOTS).flatmap(documents))
def test_lines_may_end_as_on_windows(text: str) -> None:
    check(text.replace("\r", "").replace("\n", "\r\n"))


@pytest.mark.parametrize("text", TEXTS)
def test_all_that_xml_allows_is_read(text: str) -> None:
    check(text)


def test_our_own_documents_are_read_as_expat_does() -> None:
    for path in fixture_documents():
        check(decode(path.read_bytes()), path.read_bytes())


@requires_shared
def test_libvirts_documents_are_read_as_expat_does() -> None:
    directory = shared_dir()
    assert directory is not None
    paths = sorted(directory.glob("corpus/**/*.xml"))
    assert len(paths) > 1000
    for path in paths[::3]:
        source = path.read_bytes()
        check(decode(source), source)


@pytest.mark.parametrize(
    ("encoding", "mark", "declared"),
    [
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("latin-1", b"", "iso-8859-1"),
    ],
)
def test_offsets_are_those_of_characters_in_any_encoding(encoding: str, mark: bytes, declared: str) -> None:
    text = TRICKY.replace("1.0'", f"1.0' encoding='{declared}'")
    source = mark + text.encode(encoding)
    assert decode(source) == text
    check(text, source, encoding)


def test_elements_know_their_pieces() -> None:
    text = "<a>\n <b c='1'>x<d/></b >\n</a>"
    root, b, d = parsed(text).elements
    assert text[slice(*b.span)] == "<b c='1'>x<d/></b >"
    assert text[slice(*b.content)] == "x<d/>"
    assert text[slice(*b.name_span)] == "b"
    assert b.end_name_span is not None
    assert text[slice(*b.end_name_span)] == "b"
    assert d.end_name_span is None
    assert d.content == (d.span[1], d.span[1])
    assert list(root.walk()) == [root, b, d]
    assert (root.encloses(d), d.encloses(d), d.encloses(b)) == (True, True, False)


def test_names_may_have_characters_that_are_spaces_to_python() -> None:
    text = "<a\u1680b c\u1680d='1'/>"
    root = parsed(text).root
    assert (root.name, root.attributes[0].name) == ("a\u1680b", "c\u1680d")
    assert etree.fromstring(text).tag == root.name


def test_no_element_is_an_error_when_the_root_is_asked_for() -> None:
    with pytest.raises(IndexError, match="list index out of range"):
        _ = any_text("<!-- <a/> -->").root


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<a>\n 12\t</a>", "12"),
        ("<a>1 2</a>", "1 2"),
        ("<a>&amp;</a>", None),
        ("<a> x <b/></a>", None),
        ("<a>x<!-- y --></a>", "x"),
        ("<a>x<!-- y -->z</a>", None),
        ("<a><![CDATA[x]]></a>", None),
        ("<a> </a>", None),
        ("<a/>", None),
    ],
)
def test_plain_text_is_all_that_an_element_holds(text: str, plain: str | None) -> None:
    span = parsed(text).root.plain_text
    assert (span and text[slice(*span)]) == plain


def test_an_element_shows_no_values() -> None:
    assert "geheim" not in repr(parsed("<secret x='geheim'>geheim</secret>").root)


def test_what_is_not_well_formed_has_a_tree_as_well() -> None:
    text = "<a>\n <b c=1>x &\n <d e='2'/>\n</a>"
    root, b, d = any_text(text).elements
    assert (b.closed, d.closed, root.closed) == (False, True, True)
    (given,) = b.attributes
    assert (given.name, given.value, text[slice(*given.span)]) == ("c", "1", " c=1")
    assert [one.value for one in d.attributes] == ["2"]
    assert text[slice(*root.end)] == "</a>"


PIECES = ["<a>", "</a>", "<b x='1'>", "</b>", "<c/>", "<b y='", "<a", "</b", "</x>", "&", "x", "<!-- c -->", "<?p i?>"]
LAYOUT = ["\n", "\n  ", "\n ", "  ", "<![CDATA[z]]>"]


@settings(max_examples=400)
@given(
    st.text(st.sampled_from(list("<>/='\"&!-?[]; \nab:\x01")), max_size=60)
    | st.lists(st.sampled_from(PIECES + LAYOUT), max_size=14).map("".join)
)
def test_any_text_has_a_tree_in_which_everything_is_in_its_parent(text: str) -> None:
    for element in any_text(text).elements:
        _check_within(element, text)
        first, last = element.content
        for start, end in [*(child.span for child in element.children), *element.texts]:
            assert first <= start <= end <= last
        for pieces in ([child.span for child in element.children], element.texts):
            assert all(one[1] <= other[0] for one, other in pairwise(pieces))
        assert all(child.parent is element for child in element.children)


def _check_within(element: Element, text: str) -> None:
    start, end = element.span
    assert 0 <= start < element.start[1] <= end <= len(text)
    assert text[slice(*element.name_span)] == element.name
    for one in element.attributes:
        assert (
            element.start[0] < one.span[0] <= one.name_span[0] < one.value_span[0] <= one.value_span[1] <= one.span[1]
        )
        assert text[slice(*one.value_span)] == one.value
