"""Random documents with a single mistake, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from hypothesis import reject
from hypothesis import strategies as st

from virtxml.errors import ParseError
from virtxml.relaxng.match.expectations import values
from virtxml.relaxng.match.patterns import Value
from virtxml.relaxng.match.steps.attributes import attributes as attributes_of
from virtxml.releases.grammars import NEWEST, grammar_of
from virtxml.source.edits import apply
from virtxml.source.lines import Lines
from virtxml.source.tree import parsed
from virtxml.validation import is_valid

from .documents import documents
from .mistakes import KINDS, culprit_span, is_single

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from virtxml.relaxng.match.patterns import Pattern

    from .mistakes import ClosedSets, Mistake

MISTAKES = tuple(KINDS)
"""The kinds of mistake."""
_KINDS, _ATTEMPTS = 4, 8
"""So many kinds of mistake are tried in a document, and in so many places: most elements may as well be missing."""
_REPLACED = ("element name", "attribute name", "misspelled value", "foreign value", "wrong number")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A document with one mistake. Lines and columns count from 1.

    Attributes:
        text: the document, which is not valid.
        source: the document without the mistake, which is valid.
        mistake: the kind of mistake, one of `MISTAKES`.
        line: the line on which the culprit starts. Where something was left out, that is the start tag which lacks it;
            where an element is in the wrong place, or there twice, its start tag, the second one of two.
        column: the column at which the culprit starts.
        end_line: the line on which it ends.
        end_column: the column behind its end.
        culprit: what is wrong: the misspelled or misplaced name, the wrong value, the stray text, the missing name.
        original: the name or value that was there instead; "" if nothing was.
        names: what a message about the mistake may call it, each a set of words: the culprit; or, for a wrong value,
            the attribute or element that has it; for stray text, "text" and the name of the element.
    """

    text: str
    source: str
    mistake: str
    line: int
    column: int
    end_line: int
    end_column: int
    culprit: str
    original: str
    names: tuple[tuple[str, ...], ...]


def mutants(
    kind: str,
    libvirt: str = NEWEST,
    *,
    attributes: Mapping[str, str] | None = None,
    mistakes: Sequence[str] = MISTAKES,
) -> st.SearchStrategy[Mutant]:
    """Return a strategy for documents with a single mistake, which a release of libvirt has no schema for.

    ``kind``, ``libvirt`` and ``attributes`` are those of `documents`; ``mistakes`` are kinds of mistake to choose from,
    all as likely as each other, as far as documents have places for them.

    Raises ValueError as `documents` does, and for kinds of mistake that there are not.
    """
    unknown = [mistake for mistake in mistakes if mistake not in KINDS]
    if unknown or not mistakes:
        raise ValueError(f"there are these kinds of mistake: {', '.join(MISTAKES)}; not {', '.join(unknown) or 'none'}")
    closed = closed_sets(libvirt)

    def valid(text: str) -> bool | None:
        try:
            return is_valid(text, libvirt=libvirt, kind=kind)
        except ParseError:
            return None

    return _mutants(documents(kind, libvirt, attributes=attributes), tuple(mistakes), closed, valid)


@st.composite
def _mutants(
    draw: st.DrawFn,
    sources: st.SearchStrategy[str],
    mistakes: Sequence[str],
    closed: ClosedSets,
    valid: Callable[[str], bool | None],
) -> Mutant:
    source = draw(sources)
    rng = draw(st.randoms(use_true_random=False))
    tree = parsed(source)
    for _ in range(_KINDS):
        make = KINDS[rng.choice(mistakes)]
        for _ in range(_ATTEMPTS):
            mistake = make(tree, tree.elements, closed, rng)
            if mistake is None:
                break
            if valid(apply(source, mistake.edits)) is False and is_single(source, mistake, valid):
                return _mutant(source, mistake)
    return reject()


def _mutant(source: str, mistake: Mistake) -> Mutant:
    text = apply(source, mistake.edits)
    start, end = culprit_span(mistake, mistake.edits)
    lines = Lines(text)
    line, column = lines.place(start)
    # A culprit ends behind its last character, which may be the first of another line.
    end_line, end_column = lines.place(max(start, end - 1))
    replaced = mistake.edits[0]
    return Mutant(
        text=text,
        source=source,
        mistake=mistake.kind,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column + 1,
        culprit=mistake.names[0][0],
        original=source[replaced.start : replaced.end] if mistake.kind in _REPLACED else "",
        names=mistake.names,
    )


@lru_cache(maxsize=8)
def closed_sets(libvirt: str) -> ClosedSets:
    """Return the values that a release's grammar lists for each name of an attribute or element.

    Raises ValueError for a release that there is no grammar of.
    """
    found: dict[str, set[str]] = {}

    def add(name: str, content: Pattern) -> None:
        found.setdefault(name, set()).update(one.text for one in values(content) if isinstance(one, Value))

    for element in grammar_of(libvirt).elements():
        add(str(element.name), element.content)
        for attribute in attributes_of(element.content):
            add(f"@{attribute.name}", attribute.content)
    return {name: frozenset(texts) for name, texts in found.items() if texts}
