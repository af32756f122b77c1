"""Lint documents: what libvirt refuses, drops or changes although its schema allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..kinds.roots import document_of, is_doubtful
from ..releases import choose
from .facts import Host
from .rules import AREAS
from .running import facts_of, problems
from .selection import Selection

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ..diagnostics.diagnostic import Diagnostic
    from ..element import Element
    from ..source.slips.reading import Reading
    from .rule import Problem, Rule


class Linter:
    """Asks rules about documents.

    Attributes:
        host: where the documents are to be used.
        selection: which rules run, and which findings nobody wants.
    """

    def __init__(self, host: Host | None = None, selection: Selection | None = None) -> None:
        self.host = Host() if host is None else host
        self.selection = Selection() if selection is None else selection

    def problems(self, model: Element) -> list[tuple[Rule, Problem]]:
        """Return what the rules find in a model of a document."""
        return [*problems(facts_of(model, self.host), self.selection)]

    def run(self, model: Element) -> list[Diagnostic]:
        """Return what is to be said of a model: paths say where, and there are no lines."""
        return self.told(model, self.problems(model))

    def told(self, model: Element, found: list[tuple[Rule, Problem]]) -> list[Diagnostic]:
        """Return what is to be said of the problems of a model: paths say where, and there are no lines."""
        if not found:
            return []
        from ..codec.reading.document import parse_text
        from .places import diagnostics

        return diagnostics(found, model, parse_text(model.to_xml(), comments=False), None)  # type: ignore[attr-defined]

    def __call__(
        self, root: _Element, source: str | bytes | Reading | None, told: list[Diagnostic]
    ) -> list[Diagnostic]:
        """Return what is to be said of a document that its schema has judged, with what the schema says of it.

        Args:
            root: the tree of the document.
            source: its text; None if it is a model.
            told: what is wrong with it by the schema; the rules say nothing of the elements where that is.
        """
        from ..codec.reading.document import read_element

        kind = document_of(root)
        if kind is None or kind.xml_name not in AREAS or is_doubtful(root, kind):
            return self._wanted(told, source)
        model: Any = read_element(kind, root)
        found = self.problems(model)
        if found:
            from ..source.places import Positions
            from .places import diagnostics

            positions = None if source is None else Positions(source)
            found_there = diagnostics(found, model, root, positions)
            told = _in_order([*told, *beside(found_there, told)])
        return self._wanted(told, source)

    def _wanted(self, found: list[Diagnostic], source: str | bytes | Reading | None) -> list[Diagnostic]:
        """Return the findings that are wanted: not ignored by the selection, or by a comment."""
        if self.selection.ignore:
            found = [one for one in found if not self.selection.ignores(one.code, one.name)]
        return found


def _in_order(found: list[Diagnostic]) -> list[Diagnostic]:
    return sorted(found, key=lambda one: (one.line or 0, one.column or 0))


def beside(found: list[Diagnostic], told: list[Diagnostic]) -> list[Diagnostic]:
    """Return the findings that are not about elements that the schema has refused, or that are around those."""
    if not told:
        return found
    refused = [one.path.split("/@")[0].removesuffix("/text()") for one in told]
    around = {path.rpartition("/")[0] for path in refused}
    return [
        one
        for one in found
        if not any(_is_in(one.path, path) or _is_in(path, one.path) for path in (*refused, *around))
    ]


def _is_in(path: str, other: str) -> bool:
    """Tell whether a path is another one, or leads further."""
    return path == other or path.startswith((f"{other}/", f"{other}/@"))


def run(model: Element, *, libvirt: str | None = None, host: Host | None = None) -> list[Diagnostic]:
    """Return what libvirt would refuse, drop or change of a model, in the order of the rules.

    ``libvirt`` is any release, or a system that it comes with, as `virtxml.releases.choose` takes them; ``host`` says
    more of where the document is to be used. Raises ValueError for what is no release.
    """
    known = Host() if host is None else host
    if libvirt is not None:
        known = Host(choose(libvirt).asked, known.arch, known.machine, known.capabilities, known.domcapabilities)
    return Linter(known).run(model)
