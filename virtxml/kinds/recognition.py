"""Tell what a text is: which kind of document, or which part of one, by its root element and what is in it.

A root element that only one kind has tells it. Where several have it, it is the kind by which the text is valid, or the
one that knows most of its names. A document is not taken for a part unless there is something in it that the kind of
document does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..catalogue import COLLECTIONS, WILDCARDS, WRAPPERS
from ..codec.names import steps, written
from ..codec.parsed import line_of
from ..diagnostics.display import shortened
from ..errors import ParseError, VirtXMLError
from .known import Kind, is_whole, names, part_names, parts, parts_at
from .roots import ROOTS, document_class, document_of, knowledge, strangeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from ..element import Element
    from ..relaxng.match.grammar import Grammar
    from ..source.pieces import Piece


class AmbiguousError(VirtXMLError):
    """A text that may be of several kinds.

    Attributes:
        kinds: their names, to choose from.
    """

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__(kinds)
        self.kinds = tuple(kinds)


def unwrapped(root: etree._Element) -> etree._Element:
    """Return the document inside one of libvirt's status files, any other root element as it is.

    Raises ParseError for a status file without a document.
    """
    wanted = WRAPPERS.get(root.tag)
    if wanted is None:
        return root
    inside = root.find(wanted)
    if inside is None:
        raise ParseError(f"there is no <{wanted}> in <{root.tag}>", line_of(root))
    return inside


def collected(root: etree._Element, name: str = "") -> list[etree._Element]:
    """Return the elements that a root element is only wrapped around, those of a name if one is given.

    Raises ParseError if there are none.
    """
    found = [one for one in root if isinstance(one.tag, str) and (not name or one.tag == name)]
    if not found:
        wanted = f"<{shortened(name)}>" if name else "document"
        raise ParseError(f"there is no {wanted} in <{root.tag}>", line_of(root))
    return found


def documents_in(source: str | bytes) -> list[Piece]:
    """Return the documents of a text in which several may stand one after the other."""
    from ..source.decoding import decode
    from ..source.pieces import pieces

    return pieces(decode(source), (*ROOTS, *WRAPPERS, *COLLECTIONS), is_whole)


def is_around_documents(root: etree._Element) -> bool:
    """Tell whether an element of no kind is only put around documents, as people do: `<networks>`, `<domains>`."""
    from ..diagnostics.suggest import slipped

    inside = {one.tag for one in root if isinstance(one.tag, str)}
    if root.tag in ROOTS or not inside or not inside <= {*ROOTS, *WRAPPERS}:
        return False
    meant = [document_class(name) for one in slipped(root.tag, ROOTS) for name in ROOTS[one]]
    classes = [*meant, *(cls for kind in parts(root.tag) for cls in kind.classes)]
    return not any(knowledge(cls).children & inside for cls in classes)


def recognised(root: etree._Element, grammar: Grammar, kind: str | None = None) -> Kind | None:
    """Return what kind of part a text is; None if it is a document, or nothing that there is.

    ``kind`` is what it is said to be, as far as that goes. Raises
    AmbiguousError if it may be of several kinds.
    """
    from ..relaxng.match.matcher import matches
    from ..releases.grammars import fragment

    document = document_of(root) if kind is None else None
    found = parts(root.tag) if kind is None else parts_at(kind)
    starts = {one: fragment(grammar, one.paths) for one in found}
    strange = {one: strangeness(root, one.class_for(_by(root, one))) for one in found if starts[one] is not None}
    if document is not None:
        limit = strangeness(root, document)
        strange = {one: count for one, count in strange.items() if count < limit}
    if len(strange) > 1:
        valid = [one for one in strange if (start := starts[one]) is not None and matches(root, start)]
        strange = {one: strange[one] for one in valid or strange}
    least = [one for one, count in strange.items() if count == min(strange.values())]
    if len(least) > 1:
        least = _least_wrong(root, grammar, least)
    if len(least) > 1 and document is None and kind is None:
        raise AmbiguousError(names(least))
    # Of what is said to be of a kind that stands in several documents, the first is meant: that in domains.
    return least[0] if len(least) == 1 or (least and kind is not None) else None


def _least_wrong(root: etree._Element, grammar: Grammar, kinds: Sequence[Kind]) -> list[Kind]:
    """Return the kinds by which the fewest mistakes are in a text."""
    from ..relaxng.diagnosis.diagnose import diagnose
    from ..relaxng.match.matcher import matches
    from ..releases.grammars import fragment

    counts = {}
    for one in kinds:
        start = fragment(grammar, one.paths)
        assert start is not None  # or the kind would not have come so far
        counts[one] = 0 if matches(root, start) else len(diagnose(root, start, grammar))
    return [one for one in kinds if counts[one] == min(counts.values())]


def _by(root: etree._Element, kind: Kind) -> str | None:
    """Return the value that tells which of several classes reads an element."""
    by = getattr(kind.target, "by", None)
    return root.get(by) if by else None


def class_of_part(root: etree._Element, document: type[Element] | None) -> type[Element]:
    """Return the class that reads a root element that no document has, or not with such content. Raises ParseError.

    ``document`` is the class of documents with such a root element, which it is if it is no part.
    """
    found = None if document is None and is_around_documents(root) else _recognised(root, None)
    if found is not None:
        return _class_of(found, root)
    if document is not None:
        return document
    raise ParseError(_no_kind(root), line_of(root))


def class_of_kind(root: etree._Element, kind: str) -> type[Element]:
    """Return the class that reads a root element that is said to be of some kind."""
    name = steps(kind)[-1]
    if root.tag != name:
        raise ParseError(f"<{shortened(written(root.tag))}> is no <{shortened(written(name))}>", line_of(root))
    document = document_of(root)
    if kind in ROOTS and document is not None:
        return document
    found = _recognised(root, kind)
    assert found is not None  # there are such parts
    return _class_of(found, root)


def _recognised(root: etree._Element, kind: str | None) -> Kind | None:
    """Return what kind of part a root element is. Raises ParseError if that cannot be told."""
    from ..codec.reading.document import without_comments
    from ..releases.grammars import grammar_of

    known = parts(root.tag) if kind is None else parts_at(kind)
    if len(known) == 1 and document_of(root) is None:
        return known[0]
    try:
        return recognised(without_comments(root), grammar_of(), kind) if known else None
    except AmbiguousError as error:
        kinds = ", ".join(error.kinds)
        raise ParseError(
            f"<{shortened(root.tag)}> may be of several kinds: say which with kind or --kind, of {kinds}", line_of(root)
        ) from None


def _class_of(kind: Kind, root: etree._Element) -> type[Element]:
    """Return the class of a kind that reads a root element. Raises ParseError if there is none."""
    by = getattr(kind.target, "by", "")
    found = kind.class_for(root.get(by) if by else None)
    if found is None:
        free = "it may hold anything" if root.tag in WILDCARDS else "it is a plain value of what is around it"
        why = f"its attribute {by} does not tell what it is" if by else free
        raise ParseError(f"there is no class for this <{shortened(root.tag)}>: {why}", line_of(root))
    return found


def _no_kind(root: etree._Element) -> str:
    """Return what to say of a root element of no kind."""
    from ..diagnostics.suggest import did_you_mean, slipped

    if is_around_documents(root):
        return (
            f"<{shortened(root.tag)}> is no libvirt document, only around some: leave it out "
            "(virtxml.parse_all reads several, one after the other)"
        )
    near = slipped(root.tag, ROOTS) or slipped(root.tag, part_names())
    hint = did_you_mean(*(f'"{name}"' for name in near[:1]), lead=": ")
    return f"<{shortened(root.tag)}> is the root of no libvirt document{hint}"
