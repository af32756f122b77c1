"""Comments and processing instructions may stand anywhere: what is around them is read as if they were not there."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import root_classes
from tests.strategies import RELAXED
from tests.support import fixture_documents
from virtxml import AnyElement, Domain, DomainSnapshot, Node, ParseError, parse
from virtxml.cli.commands.format import formatted
from virtxml.content import Comment, Extra
from virtxml.schema.domain import DiskSourceCookie
from virtxml.testing import documents
from virtxml.validation import validate

_MARKUP = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<[^>]*>|&[^;]*;", re.DOTALL)
_INSERTED = ["<!-- c -->", "<!---->", "<?pi some?>", "<!-- a --><!-- b -->", "<!-- <name> & -->"]
DISK = "<domain><devices><disk><source protocol='https'><cookies>{}</cookies></source></disk></devices></domain>"
COOKIE = DISK.format("<cookie name='n'>a{}b</cookie>")


def with_comments(text: str, rng: random.Random, count: int) -> str:
    """Return a document with comments and instructions at random places, also before and behind it."""
    start = re.match(r"\s*(<\?xml.*?\?>)?", text)
    assert start is not None
    places = {start.end(), len(text)}
    end = start.end()
    for match in _MARKUP.finditer(text, end):
        places.update(range(end, match.start() + 1))
        end = match.end()
    for place in sorted(rng.sample(sorted(places), min(count, len(places))), reverse=True):
        text = text[:place] + rng.choice(_INSERTED) + text[place:]
    return text


def strip(node: Node) -> Node:
    """Take the comments out of an object."""
    pending: list[object] = [node]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending += value
        elif isinstance(value, Extra):
            pending += value.elements
        elif isinstance(value, AnyElement):
            value.content = [item for item in value.content if not isinstance(item, Comment)]
            pending += value.children
        elif isinstance(value, Node):
            pending += (getattr(value, name) for name in (*value.xml_fields, "extra"))
    return node


def check(text: str, rng: random.Random, cls: type[Node] | None = None) -> None:
    """Assert that a document says the same with comments in it, and is written so that it is read again."""
    read = parse if cls is None else cls.from_xml
    commented = with_comments(text, rng, rng.choice([1, 5, 50]))
    found = read(commented)
    again = read(found.to_xml())
    assert again == found
    assert again.to_xml() == found.to_xml()
    assert strip(found) == strip(read(text)), commented


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_documents_of_every_kind_say_the_same_with_them(path: Path) -> None:
    rng = random.Random(path.name)
    for _ in range(10):
        check(path.read_text(), rng)


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_they_are_nothing_to_validation_and_no_trouble_for_format(path: Path) -> None:
    text, rng = path.read_text(), random.Random(path.name)
    codes = [found.code for found in validate(text)]
    for _ in range(3):
        commented = with_comments(text, rng, 20).encode()
        assert [found.code for found in validate(commented)] == codes
        for drop in (False, True):
            assert parse(formatted(commented, drop_comments=drop)) == parse(commented)


@RELAXED
@given(st.data(), st.sampled_from(["Domain", "Network", "DomainSnapshot", "NodeDevice", "StoragePool"]), st.randoms())
def test_random_documents_say_the_same_with_them(data: st.DataObject, name: str, rng: random.Random) -> None:
    cls = root_classes()[name]
    check(data.draw(documents(cls.xml_name)), rng, cls)


@pytest.mark.parametrize("inserted", _INSERTED)
@pytest.mark.parametrize("around", ["{}", "<!-- x --><metadata/>{}", "<metadata> <!-- kept --> </metadata>{}"])
def test_the_text_on_both_sides_is_one(inserted: str, around: str) -> None:
    source = COOKIE.format(inserted).replace("<devices>", around.format("<devices>"))
    domain = Domain.from_xml(source)
    assert domain.devices is not None
    assert domain.devices.disks[0].source.cookies.cookies[0] == DiskSourceCookie(name="n", value="ab")  # type: ignore[union-attr]
    assert ("kept" in source) == ("kept" in domain.to_xml())


@pytest.mark.parametrize("inserted", _INSERTED)
@pytest.mark.parametrize("kind", ["cookie", "devices/disk/source/cookies/cookie", None])
def test_it_is_in_parts_of_documents_too(inserted: str, kind: str | None) -> None:
    text = f"<!-- x --><cookie name='n'>{inserted}a{inserted}b<!-- y --></cookie>"
    cookie = DiskSourceCookie(name="n", value="ab")
    assert parse(text, kind) == DiskSourceCookie.from_xml(text) == cookie
    assert parse(f"<cookies>{text[10:]}</cookies>").cookies == [cookie]  # type: ignore[attr-defined]
    disk = f"<disk><source protocol='https'><cookies>{text[10:]}</cookies></source></disk>"
    assert parse(disk, "devices/disk").source.cookies.cookies == [cookie]  # type: ignore[attr-defined]


def test_the_cookie_of_a_snapshot_keeps_its_comments() -> None:
    text = "<domainsnapshot><cookie><a><!-- kept --></a></cookie><domain>{}</domain></domainsnapshot>"
    found = DomainSnapshot.from_xml(text.format(COOKIE.format("<!-- gone -->")[8:-9]))
    assert "<!-- kept -->" in found.to_xml()
    assert "gone" not in found.to_xml()
    assert "ab</cookie>" in found.to_xml()


def test_what_is_more_than_the_text_that_belongs_there_keeps_its_comments() -> None:
    source = "<domain><uuid>a<!-- b --><x><!-- c --></x></uuid><metadata/></domain>"
    assert "<uuid>a<!-- b --><x><!-- c --></x></uuid>" in Domain.from_xml(source).to_xml()


def test_format_drops_those_that_the_model_does_not_have_where_that_is_asked_for() -> None:
    source = COOKIE.format("\n<!-- gone -->").replace("<devices>", "<metadata><!-- kept --></metadata>\n<devices>")
    text = formatted(source.encode(), drop_comments=True).decode()
    assert "kept" in text
    assert "gone" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<cookie", "the start tag <…> lacks its >"),
        ("<cookie><!-- x</cookie>", "the comment is never closed"),
        ("<cookie><!-- a -- b --></cookie>", '"--" in a comment'),
    ],
)
def test_what_is_no_comment_is_told(text: str, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        parse(text, "cookie")
