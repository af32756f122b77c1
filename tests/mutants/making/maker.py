"""Documents with one mistake each, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from lxml import etree

from virtxml.source.edits import apply, moved
from virtxml.source.lines import Lines
from virtxml.source.tree import parsed
from virtxml.testing.mistakes import ClosedSets, Mistake, culprit_span, is_single
from virtxml.testing.misuses import ALL_KINDS

from .schemas import Source, closed_sets, joined_validator, schema_path

PATIENCE = 200
"""How many attempts in a row may give nothing invalid before a kind of mistake is given up as impossible."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A document with one mistake.

    Attributes:
        kind: the kind of mistake.
        source: the document that it was made in.
        text: the document with the mistake.
        valid: libxml2's verdict.
        lines: first and last line of the culprit.
        column: the column of the culprit.
        end_column: the column behind it.
        names: as in `Mistake`.
        original: as in `Mistake`.
        end_line: the line of the end tag, if that is another place to report a missing child; else None.
    """

    kind: str
    source: Source
    text: str
    valid: bool
    lines: tuple[int, int]
    column: int
    end_column: int
    names: tuple[tuple[str, ...], ...]
    original: str = ""
    end_line: int | None = None


def is_valid(text: str, schema: etree.RelaxNG) -> bool | None:
    """Return libxml2's verdict, or None for a text that is not well-formed."""
    try:
        root = etree.fromstring(text.encode())
    except etree.XMLSyntaxError:
        return None
    return bool(schema.validate(root))


def mutants(
    sources: Sequence[Source], count: int, seed: int, kinds: Sequence[str] = tuple(ALL_KINDS)
) -> Iterator[Mutant]:
    """Iterate over mutants: of each kind the same number of invalid ones, and those made meanwhile that stay valid.

    Documents are drawn uniformly, and so are the places in a document. ``count`` is the number of invalid mutants of
    all kinds together. A mutant's verdict is libxml2's.
    """
    for index, kind in enumerate(kinds):
        rng = random.Random(f"{seed} {kind}")
        missing = count * (index + 1) // len(kinds) - count * index // len(kinds)
        left = PATIENCE
        while missing and left:
            left -= 1
            source = rng.choice(sources)
            path = schema_path(source.schema)
            mutant = make(source, kind, joined_validator(source.schema), closed_sets(path), rng)
            if mutant:
                yield mutant
                if not mutant.valid:
                    missing, left = missing - 1, PATIENCE


def make(source: Source, kind: str, schema: etree.RelaxNG, closed: ClosedSets, rng: random.Random) -> Mutant | None:
    """Make a mistake of a kind in a document, or return None if the one drawn is none, or more than one."""
    tree = parsed(source.text)
    mistake = ALL_KINDS[kind](tree, tree.elements, closed, rng)
    if mistake is None:
        return None
    text = apply(source.text, mistake.edits)
    valid = is_valid(text, schema)
    if valid is None or not (valid or is_single(source.text, mistake, partial(is_valid, schema=schema))):
        return None
    return _located(source, text, mistake, valid)


def _located(source: Source, text: str, mistake: Mistake, valid: bool) -> Mutant:
    start, end = culprit_span(mistake, mistake.edits)
    lines = Lines(text)
    first, column = lines.place(start)
    # A culprit ends behind its last character, which may be the first of another line.
    last, end_column = lines.place(max(start, end - 1))
    end_tag = mistake.end_tag and moved(mistake.end_tag[0], mistake.edits)
    return Mutant(
        kind=mistake.kind,
        source=source,
        text=text,
        valid=valid,
        lines=(first, last),
        column=column,
        end_column=end_column + 1,
        names=mistake.names,
        original=mistake.original,
        end_line=end_tag and lines.place(end_tag)[0],
    )
