"""Judge documents by libvirt's schemas, and say what is wrong with them.

The verdict is exactly that of RELAX NG. A document is matched first, which is quick; only one that does not match is
gone through again to say why not, and what that takes is only loaded then.
"""

from __future__ import annotations

from functools import lru_cache
from os import fspath
from typing import TYPE_CHECKING, Any

from ..catalogue import COLLECTIONS, STATUS_ONLY, WRAPPERS
from ..codec.names import steps
from ..errors import ParseError, ValidationError, VirtXMLError
from ..releases import choose
from ..releases.grammars import NEWEST, RELEASES, grammar_of, one_for_all, read_grammar, schema_files, start_of
from .settling import narrowed, settle, start_for
from .verdicts import Judged, Verdict

if TYPE_CHECKING:
    from os import PathLike

    from lxml import etree

    from ..diagnostics.diagnostic import Diagnostic
    from ..element import Element
    from ..relaxng.match.grammar import Grammar
    from ..source.pieces import Piece
    from ..source.slips.reading import Reading
    from .settling import Settled
    from .verdicts import Further

__all__ = ["NEWEST", "RELEASES", "Validator", "Verdict", "is_valid", "require_valid", "validate"]


class Validator:
    """Judges documents by the schemas of one release of libvirt, or by those of a directory.

    Attributes:
        libvirt: the release whose schemas judge; None for those of a directory.
        note: why they are those, in one line, if another release was asked for, or a system; "" if there is nothing to
            tell.
        kind: what the documents are: None for what their root elements say; the name of an element for fragments of
            documents, such as `disk`, or with what is around it where that matters: `devices/interface`.
    """

    def __init__(
        self,
        *,
        libvirt: str | None = None,
        schemas: str | PathLike[str] | None = None,
        kind: str | None = None,
        then: Further | None = None,
    ) -> None:
        """Choose the schemas: those of a release (by default the newest) or libvirt's `.rng` files in a directory.

        ``libvirt`` is any release, or a system that it comes with, as `virtxml.releases.choose` takes them: "10.0.0",
        "debian12". ``kind`` is what the documents are. ``then`` goes on where the schema has judged: a
        `virtxml.lint.Linter` adds what libvirt refuses, drops or changes although its schemas allow it.

        Raises ValueError for what is neither, and for a directory or a kind that there are no schemas of;
        TypeError for what is no text.
        """
        if libvirt is not None and schemas is not None:
            raise ValueError("either a release of libvirt or a directory with schemas, not both")
        chosen = None if schemas is not None else choose(NEWEST if libvirt is None else libvirt)
        self.libvirt = chosen and chosen.release
        self.note = chosen.note if chosen else ""
        self.kind = kind
        self._then = then
        self._schemas = "" if schemas is None else fspath(schemas)
        self._roots = frozenset(schema_files(self._schemas)) if self.libvirt is None else frozenset()
        if kind is not None and not isinstance(kind, str):
            raise TypeError(f"a kind is text, such as devices/disk, not {type(kind).__name__}")
        if kind is not None and start_of(self._grammar(kind), kind, kind) is None:
            from ..kinds.known import unknown

            raise ValueError(unknown(kind))

    def is_valid(self, source: str | bytes | Element) -> bool:
        """Tell whether a document is valid by the schema, or each of several, without saying why not.

        Raises ParseError for text that is not well-formed.
        """
        if not isinstance(source, (str, bytes)):
            root, kinds = self._plain_tree(source)
            return settle(root, self._grammar(root.tag), kinds, self._all).valid
        try:
            root = self._parsed(source)
        except ParseError:
            several = self._several(source)
            if len(several) == 1:
                raise
            return all(self.is_valid(piece.text) for piece in several)
        if root.tag in WRAPPERS or root.tag in COLLECTIONS:
            return not self.going_on(None).validate(source)
        return settle(root, self._grammar(root.tag), self._kinds, self._all).valid

    def validate(self, source: str | bytes | Element) -> list[Diagnostic]:
        """Return the mistakes in a document, or in all that are in a text, in its order; none for a good one.

        ``source`` is its text, or a model of it: then paths say where mistakes are, and there are no lines. Of one of
        libvirt's status files, such as a `<domstatus>`, the document inside is judged. Raises TypeError for what is
        neither text nor model.
        """
        return [found for one in self.validate_each(source) for found in one.diagnostics]

    def validate_each(self, source: str | bytes | Element) -> list[Verdict]:
        """Return the verdict on each of the documents of a text, as `validate` gives that on all of them."""
        if not isinstance(source, (str, bytes)):
            root, kinds = self._tree(source)
            return [self._judged(root, None, kinds)]
        try:
            root = self._parsed(source)
        except ParseError as error:
            several = self._several(source)
            if len(several) == 1:
                return [Verdict(self._ill_formed(source, error))]
            return [self._moved(piece) for piece in several]
        if root.tag in WRAPPERS and self._kinds in (None, (WRAPPERS[root.tag],)):
            return [self._wrapped(root, source)]
        if root.tag in COLLECTIONS and len(root) > 0:
            return self._collected(root, source)
        return [self._judged(root, source, self._kinds)]

    def going_on(self, then: Further | None) -> Validator:
        """Return a validator by the same schemas behind which something else goes on, or nothing."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, _then=then)
        return other

    @property
    def _kinds(self) -> tuple[str, ...] | None:
        return None if self.kind is None else (self.kind,)

    def _moved(self, piece: Piece) -> Verdict:
        """Judge a document in a text."""
        (verdict,) = self.validate_each(piece.text)
        return _placed(verdict, piece)

    def _inside(self, root: etree._Element, piece: Piece) -> Verdict:
        """Judge a document in the root element of a text, which may declare the prefixes in it."""
        from ..source.slips.reading import Reading

        declared = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
        reading = Reading(piece.text, [], piece.declaring(declared))
        inner = self._parsed(reading.edited.text)
        return _placed(self._judged(inner, reading, self._kinds), piece, f"/{root.tag}")

    def _wrapped(self, root: etree._Element, source: str | bytes) -> Verdict:
        """Judge the document inside a status file."""
        from ..source.decoding import decode
        from ..source.pieces import inner

        piece = inner(decode(source), WRAPPERS[root.tag])
        if piece is None:
            return self._judged(root, source, None)
        return self._inside(root, piece.without(STATUS_ONLY))

    def _collected(self, root: etree._Element, source: str | bytes) -> list[Verdict]:
        """Judge what an element is only wrapped around."""
        from ..source.decoding import decode
        from ..source.pieces import inside

        return [self._inside(root, piece) for piece in inside(decode(source))]

    def _judged(
        self, root: etree._Element, source: str | bytes | Reading | None, kinds: tuple[str, ...] | None
    ) -> Verdict:
        """Judge a tree, and go on; ``kinds`` are what it is said to be one of, None if nobody says."""
        return self._further(self._by_schema(root, source, kinds), source)

    def _by_schema(
        self, root: etree._Element, source: str | bytes | Reading | None, kinds: tuple[str, ...] | None
    ) -> Judged:
        """Judge a tree by the schema alone."""
        settled = settle(root, self._grammar(root.tag), kinds, self._all)
        verdict = Verdict([]) if settled.valid else self._refused(root, source, settled)
        return Judged(verdict, root, not settled.choices and settled.kinds in (None, (root.tag,)))

    def _further(self, judged: Judged, source: str | bytes | Reading | None) -> Verdict:
        """Go on where the schema has judged."""
        if self._then is None:
            return judged.verdict
        told = self._then(judged.root, source, judged.verdict.diagnostics, whole=judged.whole)
        return judged.verdict._replace(diagnostics=told)

    def _refused(self, root: etree._Element, source: str | bytes | Reading | None, settled: Settled) -> Verdict:
        """Say why a tree is not valid as what it is."""
        settled = narrowed(root, self._all(), settled)
        if settled.choices:
            from ..explain import ambiguous
            from ..source.places import Positions

            return Verdict([ambiguous(root, settled.choices, None if source is None else Positions(source))])
        return self._explained(root, settled, source)

    def _ill_formed(self, source: str | bytes, error: ParseError) -> list[Diagnostic]:
        """Say what is not well-formed, and what else is wrong as far as the document can be read."""
        from ..codec.reading.document import NAMESPACES
        from ..explain import not_well_formed
        from ..explain.slips import with_slips
        from ..source.slips.reading import readings

        ways = [(reading, self._as_read(reading)) for reading in readings(source, NAMESPACES) if reading.slips]
        if not ways:
            return self._further(Judged(Verdict([not_well_formed(error)])), None).diagnostics
        told = [with_slips(reading, judged.verdict.diagnostics) for reading, judged in ways]
        best = min(range(len(ways)), key=lambda way: len(told[way]))
        reading, judged = ways[best]
        if self._then is None:
            return told[best]
        found = with_slips(reading, self._further(judged, reading).diagnostics if judged.root is not None else [])
        return self._further(Judged(Verdict(found)), None).diagnostics

    def _as_read(self, reading: Reading) -> Judged:
        """Judge a document that had to be mended."""
        try:
            root = self._parsed(reading.edited.text)
        except ParseError:  # there is more that nobody can read
            return Judged(Verdict([]))
        # A status file is libvirt's own, and so is what is around documents elsewhere: the slip is enough.
        if (root.tag in WRAPPERS and not self._kinds) or root.tag in COLLECTIONS:
            return Judged(Verdict([]))
        return self._by_schema(root, reading, self._kinds)

    def _explained(self, root: etree._Element, settled: Settled, source: str | bytes | Reading | None) -> Verdict:
        """Say why a document is not valid."""
        from lxml import etree

        from ..explain import explain
        from ..explain.releases import Releases, valid_in, with_releases
        from ..relaxng.diagnosis.diagnose import diagnose, unknown_root
        from ..source.places import Positions

        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)  # they are no content
        kinds, start = settled.kinds, settled.start
        kind = kinds[0] if kinds else None
        releases = None
        if self.libvirt is not None:
            releases = Releases(RELEASES, self.libvirt, lambda name: start_for(grammar_of(name), root.tag, kinds))
        if start is None:
            findings = [unknown_root(root, [steps(kind)[-1]] if kind else list(self._all().starts))]
        else:
            findings = diagnose(root, start, self._all() if kinds else self._grammar(root.tag))
        positions = None if source is None else Positions(source)
        found = explain(findings, start, positions, releases=releases, kind=kind)
        if releases is None or start is None:
            return Verdict(found)
        valid = valid_in(found, root, releases)
        return Verdict([with_releases(found[0], valid, releases), *found[1:]] if valid else found, valid)

    def _several(self, source: str | bytes) -> list[Piece]:
        from ..kinds.recognition import documents_in

        return documents_in(source)

    def _parsed(self, source: str | bytes) -> etree._Element:
        from ..codec.reading.document import parse_text

        return parse_text(source, comments=False)

    def _tree(self, node: Element) -> tuple[etree._Element, tuple[str, ...] | None]:
        """Return the tree of a model, and the kinds that it is one of. Raises TypeError for what is none."""
        return self._parsed(_written(node)), self._kinds or _kinds_of(node)

    def _plain_tree(self, node: Element) -> tuple[Any, tuple[str, ...] | None]:
        """Return what `_tree` does without lxml: it takes longer to load than a guest to judge."""
        from xml.etree import ElementTree

        try:
            return ElementTree.fromstring(_written(node)), self._kinds or _kinds_of(node)
        except ElementTree.ParseError:  # which says less than ours
            return self._tree(node)

    def _grammar(self, root: str) -> Grammar:
        """Return the grammar that judges documents with some root element."""
        if self.libvirt is not None:
            return grammar_of(self.libvirt)
        return one_for_all(lambda: _read_once(self._schemas, root if root in self._roots else None))

    def _all(self) -> Grammar:
        """Return the grammar of all documents, for what may be a part of any."""
        return self._grammar("")


def _placed(verdict: Verdict, piece: Piece, around: str = "") -> Verdict:
    """Return the verdict on a piece of a text with the places of the whole; ``around`` is the path to it."""
    if not verdict.diagnostics:
        return verdict
    from ..explain.moving import moved

    return verdict._replace(diagnostics=[moved(one, piece, around) for one in verdict.diagnostics])


def validate(source: str | bytes | Element, *, libvirt: str = NEWEST, kind: str | None = None) -> list[Diagnostic]:
    """Return the mistakes in a document by the schemas of a release of libvirt, in its order; none for a valid one.

    ``source`` is text, or a model: then paths stand in for lines. ``libvirt`` is any release, or a system that it comes
    with, as `virtxml.releases.choose` takes them: "10.0.0", "debian12". ``kind`` is for fragments of documents: see
    `Validator`.

    Raises ValueError for what is no release and no kind.
    """
    return _validator(libvirt, kind).validate(source)


def is_valid(source: str | bytes | Element, *, libvirt: str = NEWEST, kind: str | None = None) -> bool:
    """Tell whether a document is valid for a release of libvirt, without saying why not.

    Raises ParseError for text that is not well-formed, and ValueError as `validate` does.
    """
    return _validator(libvirt, kind).is_valid(source)


def require_valid(source: str | bytes | Element, *, libvirt: str = NEWEST, kind: str | None = None) -> None:
    """Raise ValidationError, with all that is wrong, unless a document is valid for a release of libvirt."""
    diagnostics = validate(source, libvirt=libvirt, kind=kind)
    if diagnostics:
        raise ValidationError(diagnostics)


@lru_cache(maxsize=64)
def _validator(libvirt: str, kind: str | None) -> Validator:
    return Validator(libvirt=libvirt, kind=kind)


@lru_cache(maxsize=64)
def _read_once(directory: str, root: str | None) -> Grammar:
    """Read a user's grammar. Raises VirtXMLError if it is wrong."""
    try:
        return read_grammar(directory, root)
    except ValueError as error:
        raise VirtXMLError(str(error)) from None


def _written(node: Element) -> str:
    """Return the text of a model. Raises TypeError for what is none."""
    from ..codec.writing.document import write_text
    from ..element import Element

    if not isinstance(node, Element):
        raise TypeError(f"a document is str, bytes or a model, not {type(node).__name__}")
    return write_text(node)


def _kinds_of(node: Element) -> tuple[str, ...]:
    """Return the kinds of a model: the root element of a document, or all places of a part of one."""
    from ..catalogue import DOCUMENTS

    cls = type(node)
    if cls.__name__ in DOCUMENTS and DOCUMENTS[cls.__name__][1] == cls.xml_name:
        return (cls.xml_name,)
    from ..kinds.known import paths_of

    return paths_of(cls) or (cls.xml_name,)
