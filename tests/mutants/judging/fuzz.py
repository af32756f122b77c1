"""Random edits of documents, for the verdict alone: it has to be that of `lxml.etree.RelaxNG` for each release."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from virtxml.catalogue import RELEASES, SCHEMA_FILES
from virtxml.source.edits import Edit, apply
from virtxml.source.elements import Element, Tree
from virtxml.source.layout import with_indentation
from virtxml.source.tree import parsed
from virtxml.testing.mistakes import KINDS, rename

from ..making.maker import is_valid
from ..making.schemas import Source, closed_sets, joined_validator, releases_with, schema_path, validator

MOST_EDITS = 5

_NAMESPACES = ("http://libvirt.org/schemas/domain/qemu/1.0", "http://example.org/vendor")
_SPACES = ("", " ", "\n", "\t", " \n ", "&#32;", "&#x9;", "<!-- -->", "<?php ?>", "<![CDATA[]]>", "<![CDATA[ ]]>")
_VALUES = ("", " ", "yes", "off", "0", "-1", "1 ", " 1", "0x0", "+5", "1e3", "007", "\u00e9", "a b", "\U0001f600")

Verdict = Callable[[str, str], bool]
"""What tells whether a text is valid for a release of libvirt."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A document of which a verdict is not libxml2's."""

    source: Source
    release: str
    text: str
    schema: str
    expected: bool


def fast_verdict(text: str, release: str) -> bool:
    """Return the verdict of virtxml where nothing but the verdict is asked for."""
    from virtxml.validation import is_valid as verdict

    return verdict(text, libvirt=release)


def reported_verdict(text: str, release: str) -> bool:
    """Return the verdict of virtxml's diagnostics; warnings are of what is valid."""
    from virtxml.validation import validate

    return all(one.severity != "error" for one in validate(text, libvirt=release))


def disagreements(
    sources: Sequence[Source],
    count: int,
    seed: int = 1,
    releases: Sequence[str] = RELEASES,
    verdict: Verdict = fast_verdict,
    joined: bool = True,
) -> Iterator[Disagreement]:
    """Edit documents at random so many times, and iterate over what gets another verdict than libxml2's.

    Each text has 1 to 5 edits and is judged for each release. ``sources`` are drawn uniformly. With ``joined``, libxml2
    judges by schemas without interleaves in interleaves, which it does not always get right: see `joined_validator`.
    """
    for source, text in edited(sources, count, seed):
        # The root element says which schema, and an edit may have made it another one. If it made it that of a part of
        # documents, libxml2 has no schema to judge it by.
        tag = etree.fromstring(text.encode()).tag
        if tag not in SCHEMA_FILES and tag != etree.fromstring(source.text.encode()).tag:
            continue
        schema = SCHEMA_FILES.get(tag, source.schema)
        for release in [known for known in releases_with(schema) if known in releases]:
            reference = joined_validator(schema, release) if joined else validator(schema_path(schema, release))
            expected = bool(is_valid(text, reference))
            if verdict(text, release) != expected:
                yield Disagreement(source, release, text, schema, expected)


def edited(sources: Sequence[Source], count: int, seed: int = 1) -> Iterator[tuple[Source, str]]:
    """Iterate over well-formed documents with 1 to 5 random edits each.

    Nearly all edits make a document invalid. So that both verdicts come up, half of the documents get only edits that
    leave them valid for the newest release, but for the last edit, which may be any.
    """
    rng = random.Random(f"{seed} fuzz")
    for _ in range(count):
        source = rng.choice(sources)
        other = parsed(rng.choice(sources).text)
        schema = validator(schema_path(source.schema))
        careful = rng.random() < 0.5
        text = source.text
        for left in reversed(range(rng.randint(1, MOST_EDITS))):
            new = _edited(text, source, other, rng)
            if not careful or left == 0 or is_valid(new, schema):
                text = new
        yield source, text


def _edited(text: str, source: Source, other: Tree, rng: random.Random) -> str:
    """Return a text with one more edit, if it can be made and the text stays well-formed; else the same text."""
    tree = parsed(text)
    if rng.random() < 0.5:
        maker = KINDS[rng.choice(list(KINDS))]
        mistake = maker(tree, tree.elements, closed_sets(schema_path(source.schema)), rng)
        edits: _Edits = mistake.edits if mistake else ()
    else:
        edits = rng.choice(_EDITS)(tree, rng.choice(tree.elements), other, rng)
    new = apply(text, edits)
    try:
        etree.fromstring(new.encode())
    except etree.XMLSyntaxError:
        return text
    return new


_Edits = Sequence[Edit]


def _rename(_: Tree, element: Element, other: Tree, rng: random.Random) -> _Edits:
    """Give an element a name that another document uses."""
    return rename("", element, rng.choice(other.elements).name).edits


def _swap(tree: Tree, element: Element, _: Tree, rng: random.Random) -> _Edits:
    """Exchange an element with a sibling."""
    siblings = [one for one in element.parent.children if one is not element] if element.parent else []
    if not siblings:
        return ()
    sibling = rng.choice(siblings)
    text = tree.text
    return Edit(*element.span, text[slice(*sibling.span)]), Edit(*sibling.span, text[slice(*element.span)])


def _graft(tree: Tree, element: Element, other: Tree, rng: random.Random) -> _Edits:
    """Put an element of another document behind one, where that has a parent; or in its place."""
    if element.parent is None:
        return ()
    start, end = element.span
    grafted = rng.choice(other.elements[1:] or other.elements)
    return (Edit(rng.choice([start, end]), end, other.text[slice(*grafted.span)]),)


def _attribute(_: Tree, element: Element, other: Tree, rng: random.Random) -> _Edits:
    """Give an element an attribute that an element of another document has."""
    found = [(other.text[slice(*attribute.span)]) for one in other.elements for attribute in one.attributes]
    at = element.name_span[1]
    return (Edit(at, at, rng.choice(found)),) if found else ()


def _value(_: Tree, element: Element, other: Tree, rng: random.Random) -> _Edits:
    """Give an attribute another value, maybe one of another document."""
    if not element.attributes:
        return ()
    values = [attribute.value for one in other.elements for attribute in one.attributes if '"' not in attribute.value]
    new = rng.choice(values) if values and rng.random() < 0.5 else rng.choice(_VALUES)
    return (Edit(*rng.choice(element.attributes).value_span, new.replace("'", "&apos;")),)


def _text(tree: Tree, element: Element, _: Tree, rng: random.Random) -> _Edits:
    """Give an element another text."""
    span = element.plain_text
    return (Edit(*span, rng.choice(_VALUES)),) if span else ()


def _space(tree: Tree, element: Element, _: Tree, rng: random.Random) -> _Edits:
    """Write white space, a comment or the like somewhere in an element's content."""
    if element.end_name_span is None:
        return ()
    span = element.plain_text
    at = rng.choice(
        [*element.content, *(child.span[1] for child in element.children), rng.randrange(*span) if span else 0]
    )
    return (Edit(at, at, rng.choice(_SPACES)),) if at else ()


def _foreign(_: Tree, element: Element, __: Tree, rng: random.Random) -> _Edits:
    """Write a foreign element into an element, or give it a foreign attribute, or put it in a namespace."""
    uri = rng.choice(_NAMESPACES)
    name_end, content = element.name_span[1], element.content
    if element.end_name_span is None or rng.random() < 0.3:
        extra = rng.choice([f' xmlns:f="{uri}" f:extra="1"', f' xmlns="{uri}"', ' xmlns:f="urn:x"', ' xml:lang="en"'])
        return (Edit(name_end, name_end, extra),)
    at = rng.choice(content)
    return (Edit(at, at, rng.choice([f'<f:extra xmlns:f="{uri}"/>', f'<extra xmlns="{uri}">text</extra>'])),)


def _unwrap(tree: Tree, element: Element, _: Tree, __: random.Random) -> _Edits:
    """Put what is in an element in its place."""
    return (Edit(*element.span, tree.text[slice(*element.content)]),) if element.parent else ()


def _emptied(_: Tree, element: Element, __: Tree, ___: random.Random) -> _Edits:
    """Take away all that is in an element."""
    return (Edit(*element.content, ""),)


def _removed(tree: Tree, element: Element, _: Tree, __: random.Random) -> _Edits:
    """Take away an element."""
    return (Edit(*with_indentation(tree.text, element.span), ""),) if element.parent else ()


_EDITS: tuple[Callable[[Tree, Element, Tree, random.Random], _Edits], ...] = (
    _rename,
    _swap,
    _graft,
    _attribute,
    _value,
    _text,
    _space,
    _foreign,
    _unwrap,
    _emptied,
    _removed,
)
