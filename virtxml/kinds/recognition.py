"""Tell what a text is: which kind of document, or which part of one, by its root element and what is in it.

A root element that only one kind has tells it. Where several have it, it is the kind by which the text is valid, or the
one that knows most of its names. A document is not taken for a part unless there is something in it that the kind of
document does not know.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ..catalogue import COLLECTIONS, WRAPPERS
from ..diagnostics.display import shortened
from ..errors import ParseError, VirtXMLError
from ..fields import ATTRIBUTE, TEXT
from ..scalars import STRING
from .known import ROOTS, Kind, document_class, is_whole, names, parts, parts_at

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
        from ..codec.kept.unknown import line_of

        raise ParseError(f"there is no <{wanted}> in <{root.tag}>", line_of(root))
    return inside


def collected(root: etree._Element, name: str = "") -> list[etree._Element]:
    """Return the elements that a root element is only wrapped around, those of a name if one is given.

    Raises ParseError if there are none.
    """
    found = [one for one in root if isinstance(one.tag, str) and (not name or one.tag == name)]
    if not found:
        from ..codec.kept.unknown import line_of

        wanted = f"<{shortened(name)}>" if name else "document"
        raise ParseError(f"there is no {wanted} in <{root.tag}>", line_of(root))
    return found


def documents_in(source: str | bytes) -> list[Piece]:
    """Return the documents of a text in which several may stand one after the other."""
    from ..source.decoding import decode
    from ..source.pieces import pieces

    return pieces(decode(source), (*ROOTS, *WRAPPERS, *COLLECTIONS), is_whole)


def document_of(root: etree._Element) -> type[Element] | None:
    """Return the class of documents with a root element, None if there is none.

    A `<cpu>` is a guest's, unless a host's class knows more of what is in it, such as the `<arch>` by which libvirt
    tells them apart.
    """
    return next(iter(documents_like(root)), None)


def documents_like(root: etree._Element) -> list[type[Element]]:
    """Return the classes of documents that a root element may be of, the likeliest first: those that know most of it.

    It is more than one only where they know as much.
    """
    found = [document_class(name) for name in ROOTS.get(root.tag, ())]
    if len(found) < 2:
        return found
    unknown = {cls: (_strange(root, cls), _unexplained(root, cls)) for cls in found}
    return [cls for cls in found if unknown[cls] == min(unknown.values())]


def is_around_documents(root: etree._Element) -> bool:
    """Tell whether an element of no kind is only put around documents, as people do: `<networks>`, `<domains>`."""
    from ..diagnostics.suggest import slipped

    inside = {one.tag for one in root if isinstance(one.tag, str)}
    if root.tag in ROOTS or not inside or not inside <= {*ROOTS, *WRAPPERS}:
        return False
    meant = [document_class(name) for one in slipped(root.tag, ROOTS) for name in ROOTS[one]]
    classes = [*meant, *(cls for kind in parts(root.tag) for cls in kind.classes)]
    return not any(_known(cls).children & inside for cls in classes)


def is_doubtful(root: etree._Element, cls: type[Element]) -> bool:
    """Tell whether a root element has something that its class of documents does not know."""
    return _strange(root, cls) > 0


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
    strange = {one: _strange(root, one.class_for(_by(root, one))) for one in found if starts[one] is not None}
    if document is not None:
        limit = _strange(root, document)
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


def _unexplained(root: etree._Element, cls: type[Element]) -> int:
    """Return how many of its children's names are not even misspelled ones that a class knows."""
    from ..diagnostics.suggest import slipped

    known = _known(cls).children
    names = {child.tag for child in root if isinstance(child.tag, str)}
    return sum(name not in known and not slipped(name, known) for name in names)


def _strange(root: Any, cls: type[Element] | None) -> int:
    """Return how much of a root element a class does not know: attributes, their values, children, and text.

    None stands for what may hold nothing but text.
    """
    known = _known(cls) if cls is not None else _TEXT
    wrong = {child.tag for child in root if child.tag not in known.children and isinstance(child.tag, str)}
    strange = len(wrong) + (not known.text and bool((root.text or "").strip()))
    for name, value in root.items():
        words = known.attributes.get(name)
        strange += words is None or (words != () and value not in words)
    return strange


class _Known(NamedTuple):
    """What a class knows of its element."""

    attributes: dict[str, tuple[str, ...]]
    """For each attribute, the words that it chooses among; none if it may be others too."""
    children: frozenset[str]
    text: bool


_TEXT = _Known({}, frozenset(), True)


@cache
def _known(cls: type[Element]) -> _Known:
    attributes: dict[str, tuple[str, ...]] = {}
    children: set[str] = set()
    for field in cls.xml_fields.values():
        if field.role == ATTRIBUTE:
            attributes[field.xml] = field.values if field.kind == STRING else ()
        else:
            children.update(field.names())
    return _Known(attributes, frozenset(children), any(field.role == TEXT for field in cls.xml_fields.values()))
