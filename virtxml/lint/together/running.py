"""Ask the rules over several documents, and say of each file what is found in it.

Documents are read once, and only the text is kept beside their models. Files in which something is found are gone
through again, for the lines.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ...catalogue import COLLECTIONS, WRAPPERS
from ...codec.reading.document import parse_text, read_element
from ...diagnostics.diagnostic import Diagnostic, Related, in_order
from ...diagnostics.display import shortened
from ...errors import ParseError
from ...source.places import Positions
from ...validation import Validator
from ..linting import beside
from ..places import diagnostics
from ..rule import Problem
from ..running import facts_of, rules_together
from ..subjects import subject_of
from .documents import Document, Documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from lxml.etree import _Element

    from ...element import Element
    from ...source.slips.reading import Reading
    from ..facts import Facts, Host
    from ..linting import Linter
    from ..rule import Rule
    from .declaring import Clash

    AnyDocument: TypeAlias = Document[Facts[Any]]
    Text: TypeAlias = str | bytes | Reading | None


def found_in(documents: Iterable[tuple[str, str | bytes]], linter: Linter) -> dict[str, list[Diagnostic]]:
    """Return what is wrong with documents together, as `virtxml.lint.together.run` tells it."""
    read = Documents((one for name, source in documents for one in _read(name, source, linter.host)), linter.host)
    rules = rules_together(linter.host, linter.selection)
    found = [(rule, cast("Clash", problem)) for rule in rules for problem in rule.check(read)]
    return _told(found, linter.host) if found else {}


def _read(file: str, source: str | bytes, host: Host) -> Iterator[AnyDocument]:
    """Iterate over the documents of a text."""
    models: list[Element | None] = []

    def note(root: _Element | None, _: Text, __: list[Diagnostic], *, whole: bool = True) -> list[Diagnostic]:
        models.append(_model(root) if root is not None and whole else None)
        return []

    try:
        roots = [parse_text(source, comments=False)]
    except ParseError:
        roots = _parsed(source)
    if len(roots) == 1 and roots[0].tag not in WRAPPERS and roots[0].tag not in COLLECTIONS:
        models.append(_model(roots[0]))
    elif roots:
        Validator(libvirt=host.libvirt, then=note).validate(source)
    for number, model in enumerate(models):
        if model is not None:
            yield Document(file, number, facts_of(model, host), source)


def _parsed(source: str | bytes) -> list[_Element]:
    """Return the roots of a text with several documents; none if that is not what it is."""
    from ...kinds.recognition import documents_in

    several = documents_in(source)
    try:
        return [parse_text(piece.text, comments=False) for piece in several] if len(several) > 1 else []
    except ParseError:
        return []


def _model(root: _Element) -> Element | None:
    """Return the model of a document; None if no rule looks at it."""
    cls: Any = subject_of(root)
    if cls is None:
        return None
    try:
        return cast("Element", read_element(cls, root))
    except ParseError:
        return None


class _Mark(NamedTuple):
    """A place that is to be told.

    Attributes:
        finding: the number of the finding.
        rule: the rule.
        problem: what is wrong there; of what a finding clashes with, only the place is wanted.
    """

    finding: int
    rule: Rule
    problem: Problem


class _Marks:
    """What is to be told of the documents of one file, in the order in which it is told."""

    def __init__(self, source: str | bytes) -> None:
        self._source = source
        self._marks: dict[int, tuple[Element, list[_Mark]]] = {}
        self._told: list[_Mark] = []
        self._number = -1

    def add(self, document: AnyDocument, mark: _Mark) -> None:
        """Want to be told a place in a document of the file."""
        self._marks.setdefault(document.number, (document.facts.model, []))[1].append(mark)

    def __call__(
        self, root: _Element | None, source: Text, told: list[Diagnostic], *, whole: bool = True
    ) -> list[Diagnostic]:
        """Tell what is wanted of the next document, but for elements that its schema refuses."""
        self._number += 1
        model, marks = self._marks.get(self._number, (None, []))
        if model is None or root is None or not whole:
            return []
        positions = None if source is None else Positions(source)
        found = diagnostics([mark[1:] for mark in marks], model, root, positions)
        wanted = {id(one) for one in beside(found, told)}
        self._told += [mark for mark, one in zip(marks, found, strict=True) if id(one) in wanted]
        return [one for one in found if id(one) in wanted]

    def tell(self, host: Host) -> list[tuple[_Mark, Diagnostic]]:
        """Return what is to be told, with the places in the file."""
        found = Validator(libvirt=host.libvirt, then=self).validate(self._source)
        return [*zip(self._told, found, strict=True)]


def _told(found: list[tuple[Rule, Clash]], host: Host) -> dict[str, list[Diagnostic]]:
    """Return what is to be said of each file, in the order of its lines."""
    files: dict[str, _Marks] = {}
    for number, (rule, clash) in enumerate(found):
        _marks_of(files, clash.document).add(clash.document, _Mark(number, rule, clash))
        if clash.first is not None:
            place = Problem(clash.first.node, clash.first.field, "")
            _marks_of(files, clash.first.document).add(clash.first.document, _Mark(number, rule, place))
    own: list[tuple[str, int, Diagnostic]] = []
    others: dict[int, str] = {}
    for file, marks in files.items():
        for mark, diagnostic in marks.tell(host):
            if mark.problem is found[mark.finding][1]:
                own.append((file, mark.finding, diagnostic))
            else:
                others[mark.finding] = f"{shortened(file)}:{diagnostic.line}"
    said: dict[str, list[Diagnostic]] = {}
    for file, number, diagnostic in own:
        clash = found[number][1]
        if clash.first is None:
            said.setdefault(file, []).append(diagnostic)
        elif number in others:
            there = Related(None, None, f"{others[number]} {clash.there}")
            said.setdefault(file, []).append(replace(diagnostic, related=(there,)))
    return {file: in_order(each) for file, each in said.items()}


def _marks_of(files: dict[str, _Marks], document: AnyDocument) -> _Marks:
    return files.setdefault(document.file, _Marks(document.source))
