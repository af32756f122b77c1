"""Judge documents by libvirt's schemas, and say what is wrong with them.

The verdict is exactly that of RELAX NG. A document is matched first, which is quick; only one that does not match is
gone through again to say why not, and what that takes is only loaded then.
"""

from __future__ import annotations

from functools import lru_cache
from os import fspath
from typing import TYPE_CHECKING, Any

from .errors import ParseError, ValidationError, VirtXMLError
from .grammars import NEWEST, RELEASES, grammar_of, read_grammar, schema_files, start_of
from .relaxng.matcher import matches
from .releases import choose

if TYPE_CHECKING:
    from os import PathLike

    from lxml import etree

    from .diagnostics.diagnostic import Diagnostic
    from .node import Node
    from .relaxng.grammar import Grammar
    from .relaxng.states import State
    from .source.reading import Reading

__all__ = ["NEWEST", "RELEASES", "Validator", "is_valid", "require_valid", "validate"]


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
        self, *, libvirt: str | None = None, schemas: str | PathLike[str] | None = None, kind: str | None = None
    ) -> None:
        """Choose the schemas: those of a release (by default the newest) or libvirt's `.rng` files in a directory.

        ``libvirt`` is any release, or a system that it comes with, as `virtxml.releases.choose` takes them: "10.0.0",
        "debian12". Raises ValueError for what is neither, and for a directory or a kind that there are no schemas of.
        """
        if libvirt is not None and schemas is not None:
            raise ValueError("either a release of libvirt or a directory with schemas, not both")
        chosen = None if schemas is not None else choose(NEWEST if libvirt is None else libvirt)
        self.libvirt = chosen and chosen.release
        self.note = chosen.note if chosen else ""
        self.kind = kind
        self._schemas = "" if schemas is None else fspath(schemas)
        if self.libvirt is None:
            schema_files(self._schemas)
        if kind is not None and start_of(self._grammar(kind), kind, kind) is None:
            raise ValueError(f'there is no kind of document or element "{kind}"')

    def is_valid(self, source: str | bytes | Node) -> bool:
        """Tell whether a document is valid, without saying why not.

        Raises ParseError for text that is not well-formed.
        """
        root, kind = self._tree(source) if isinstance(source, (str, bytes)) else self._plain_tree(source)
        start = self._start(root, kind)
        return start is not None and matches(root, start)

    def validate(self, source: str | bytes | Node) -> list[Diagnostic]:
        """Return the mistakes in a document, in its order; none for a valid one.

        ``source`` is its text, or a model of it: then paths say where mistakes are, and there are no lines.
        """
        try:
            root, kind = self._tree(source)
        except ParseError as error:
            return self._ill_formed(source, error)
        start = self._start(root, kind)
        if start is not None and matches(root, start):
            return []
        return self._explained(root, start, source if isinstance(source, (str, bytes)) else None, kind)

    def validate_each(self, source: str | bytes | Node) -> list[list[Diagnostic]]:
        """Return the mistakes in each of the documents of a file, as `validate` does of all of them together."""
        return [self.validate(source)]

    def _ill_formed(self, source: str | bytes | Node, error: ParseError) -> list[Diagnostic]:
        """Say what is not well-formed, and what else is wrong as far as the document can be read."""
        from .codec.document import NAMESPACES
        from .explain import not_well_formed
        from .source.reading import readings

        if not isinstance(source, (str, bytes)):
            return [not_well_formed(error)]
        ways = [self._as_read(reading) for reading in readings(source, NAMESPACES) if reading.slips]
        return min(ways, key=len, default=[not_well_formed(error)])

    def _as_read(self, reading: Reading) -> list[Diagnostic]:
        """Judge a document that had to be mended."""
        from .explain.slips import with_slips

        try:
            root, kind = self._tree(reading.edited.text)
        except ParseError:  # there is more that nobody can read
            return with_slips(reading, [])
        start = self._start(root, kind)
        if start is not None and matches(root, start):
            return with_slips(reading, [])
        return with_slips(reading, self._explained(root, start, reading, kind))

    def _explained(
        self, root: etree._Element, start: State | None, source: str | bytes | Reading | None, kind: str | None
    ) -> list[Diagnostic]:
        """Say why a document is not valid."""
        from lxml import etree

        from .explain import explain
        from .explain.releases import Releases
        from .relaxng.diagnose import diagnose, unknown_root
        from .relaxng.locate import Positions

        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)  # they are no content
        grammar = self._grammar(root.tag)
        releases = None
        if self.libvirt is not None:
            releases = Releases(RELEASES, self.libvirt, lambda name: start_of(grammar_of(name), root.tag, kind))
        if start is None:
            roots = [kind.rpartition("/")[2]] if kind else list(grammar.starts)
            findings = [unknown_root(root, roots)]
        else:
            findings = diagnose(root, start, grammar)
        positions = None if source is None else Positions(source)
        return explain(findings, start, positions, releases=releases, kind=kind)

    def _tree(self, source: str | bytes | Node) -> tuple[etree._Element, str | None]:
        """Return the tree of a document, and its kind."""
        from .codec.document import parse_text

        if isinstance(source, (str, bytes)):
            return parse_text(source), self.kind
        return parse_text(source.to_xml()), self.kind or _kind_of(source)

    def _plain_tree(self, node: Node) -> tuple[Any, str | None]:
        """Return the tree of a model, and its kind, without lxml: it takes longer to load than a guest to judge."""
        from xml.etree import ElementTree

        try:
            return ElementTree.fromstring(node.to_xml()), self.kind or _kind_of(node)
        except ElementTree.ParseError:  # which says less than ours
            return self._tree(node)

    def _start(self, root: etree._Element, kind: str | None) -> State | None:
        """Return the state before a document's root element; None if there are no documents with such a root."""
        start = start_of(self._grammar(root.tag), root.tag, kind)
        return None if start is None or start.starts[root.tag][0].dead else start

    def _grammar(self, root: str) -> Grammar:
        """Return the grammar that judges documents with some root element."""
        if self.libvirt is not None:
            return grammar_of(self.libvirt)
        return _read_once(self._schemas, root if root in schema_files(self._schemas) else None)


def validate(
    source: str | bytes | Node, *, libvirt: str = NEWEST, kind: str | None = None, lint: bool = True
) -> list[Diagnostic]:
    """Return the mistakes in a document for a release of libvirt, in its order; none for a valid one.

    ``source`` is text, or a model: then paths stand in for lines. ``libvirt`` is any release, or a system that it comes
    with, as `virtxml.releases.choose` takes them: "10.0.0", "debian12". ``kind`` is for fragments of documents: see
    `Validator`. ``lint`` is for warnings of what the schema allows and libvirt does not; there are none so far.

    Raises ValueError for what is no release and no kind.
    """
    return _validator(libvirt, kind).validate(source)


def is_valid(source: str | bytes | Node, *, libvirt: str = NEWEST, kind: str | None = None) -> bool:
    """Tell whether a document is valid for a release of libvirt, without saying why not.

    Raises ParseError for text that is not well-formed, and ValueError as `validate` does.
    """
    return _validator(libvirt, kind).is_valid(source)


def require_valid(source: str | bytes | Node, *, libvirt: str = NEWEST, kind: str | None = None) -> None:
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


def _kind_of(node: Node) -> str | None:
    """Return the kind of a model: None for a document, the element's name for a part of one."""
    from .catalogue import DOCUMENTS

    return None if type(node).__name__ in DOCUMENTS else type(node).xml_name
