"""Settle as what a tree is judged: which state of which grammar is before its root element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..relaxng.match.matcher import matches
from ..releases.grammars import fragment, start_of, start_of_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..relaxng.match.grammar import Grammar
    from ..relaxng.match.states import State


class Settled(NamedTuple):
    """As what a tree is judged.

    Attributes:
        valid: whether it is valid as that.
        start: the state before its root element; None if there is nothing with such a root.
        kinds: what it is one of, as `virtxml.releases.grammars.fragment` takes them; None for what its root element
            says.
        choices: the kinds to choose from, if it cannot be told which of them it is.
    """

    valid: bool
    start: State | None
    kinds: tuple[str, ...] | None = None
    choices: tuple[str, ...] = ()


def start_for(grammar: Grammar, root: str, kinds: tuple[str, ...] | None) -> State | None:
    """Return the state before a root element that is one of some kinds; None if the grammar has none of them."""
    if kinds is None or len(kinds) == 1:
        return start_of(grammar, root, kinds[0] if kinds else None)
    return fragment(grammar, kinds)


def settle(root: Any, grammar: Grammar, kinds: tuple[str, ...] | None, whole: Callable[[], Grammar]) -> Settled:
    """Return as what a tree is judged, and whether it is valid as that.

    ``grammar`` is that of documents with such a root element, ``whole`` returns that of all documents, which may have
    it inside. ``kinds`` are what it is said to be one of, None if nobody says.
    """
    start = _living(start_for(grammar, root.tag, kinds), root.tag)
    if start is not None and matches(root, start):
        return Settled(True, start, kinds)
    if kinds is not None:
        return Settled(False, start, kinds)
    from ..kinds.recognition import is_around_documents
    from ..kinds.roots import documents_like, is_doubtful

    documents = documents_like(root)
    if documents:
        if len(documents) == 1:
            start = _living(start_of_document(grammar, documents[0].__name__), root.tag) or start
        part = _part(root, whole()) if is_doubtful(root, documents[0]) else None
        return part or Settled(False, start)
    any_part = _living(fragment(whole(), (root.tag,)), root.tag)
    if any_part is not None and matches(root, any_part):
        return Settled(True, any_part, (root.tag,))
    return Settled(False, None) if is_around_documents(root) else _part(root, whole()) or Settled(False, None)


def narrowed(root: Any, grammar: Grammar, settled: Settled) -> Settled:
    """Return as what to judge a tree that is not valid, if what it is said to be is of several kinds."""
    first, *others = settled.kinds or ("",)
    if settled.start is None or not first or others or first in grammar.starts:
        return settled
    return _part(root, grammar, first) or settled


def _part(root: Any, grammar: Grammar, kind: str | None = None) -> Settled | None:
    """Return as which part of documents a tree is judged; None if it is none."""
    from ..kinds.recognition import AmbiguousError, recognised

    try:
        found = recognised(root, grammar, kind)
    except AmbiguousError as error:
        return Settled(False, None, None, error.kinds)
    if found is None:
        return None
    start = fragment(grammar, found.paths)
    return Settled(start is not None and matches(root, start), start, found.paths)


def _living(start: State | None, root: str) -> State | None:
    """Return a state if it lets a root element begin."""
    return None if start is None or start.starts[root][0].dead else start
