"""Lint documents: what libvirt refuses, drops or changes although its schema allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics.codes import UNUSED_IGNORE
from ..releases import choose
from .facts import Host
from .rule import REGISTERED
from .rules import TOGETHER
from .running import facts_of, is_asked, problems, silent
from .selection import Selection
from .subjects import has_rules, subject_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ..diagnostics.diagnostic import Diagnostic
    from ..element import Element
    from ..source.slips.reading import Reading
    from .facts import Need
    from .rule import Problem, Rule


MARK = "virtxml:"
"""What is in each text with a comment that is for us."""


class Linter:
    """Asks rules about documents.

    Attributes:
        host: where the documents are to be used.
        selection: which rules run, and which findings nobody wants.
    """

    def __init__(self, host: Host | None = None, selection: Selection | None = None) -> None:
        self.host = Host() if host is None else host
        self.selection = Selection() if selection is None else selection

    def ignoring(self, patterns: tuple[str, ...]) -> Linter:
        """Return a linter that leaves out more findings."""
        return Linter(self.host, self.selection._replace(ignore=(*self.selection.ignore, *patterns)))

    def problems(self, model: Element) -> list[tuple[Rule, Problem]]:
        """Return what the rules find in a model of a document; nothing in one of a part of a document."""
        return problems(facts_of(model, self.host), self.selection) if has_rules(type(model)) else []

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
        self,
        root: _Element | None,
        source: str | bytes | Reading | None,
        told: list[Diagnostic],
        *,
        whole: bool = True,
    ) -> list[Diagnostic]:
        """Return what is to be said of a document that its schema has judged, with what the schema says of it.

        Args:
            root: the tree of the document; None if nobody can read it.
            source: its text; None if it is a model.
            told: what is wrong with it by the schema; the rules say nothing of the elements where that is.
            whole: whether it is a document, and not a part of one: the rules are about documents.
        """
        return self.judged(self.model(root) if whole else None, root, source, told)

    def judged(
        self, model: Element | None, root: _Element | None, source: str | bytes | Reading | None, told: list[Diagnostic]
    ) -> list[Diagnostic]:
        """Return the same, given the model of the document: None if no rule is about it."""
        found = told
        seen = [] if model is None else self.problems(model)
        if seen and model is not None and root is not None:
            from ..diagnostics.diagnostic import in_order
            from ..source.places import Positions
            from .places import diagnostics

            positions = None if source is None else Positions(source)
            found = in_order([*told, *beside(diagnostics(seen, model, root, positions), told)])
        if source is not None and _mentions_us(source):
            from .ignores import wanted

            found = wanted(found, source, _Sought(self, model, in_doubt=bool(told)))
        if self.selection.ignore:
            found = [one for one in found if not self.selection.ignores(one.code, one.name)]
        return found

    def model(self, root: _Element | None) -> Element | None:
        """Return a document that there are rules about as a model; None for any other, and for none."""
        from ..codec.reading.document import read_element

        cls: Any = None if root is None else subject_of(root)
        if root is None or cls is None:
            return None
        model: Any = read_element(cls, root)
        return model  # type: ignore[no-any-return]

    def silent(self, model: Element) -> dict[str, set[Need]]:
        """Return the codes of the rules that say nothing of a model, and the facts that they lack."""
        return silent(facts_of(model, self.host), self.selection)


class _Sought:
    """Tells which findings a linter would have made in a document."""

    def __init__(self, linter: Linter, model: Element | None, *, in_doubt: bool) -> None:
        """Take who looked for them, and where.

        Nobody has looked without a ``model``. It is ``in_doubt`` if the schema is against it: then rules may be silent.
        """
        self._linter = linter
        self._model = model
        self._in_doubt = in_doubt

    def __call__(self, code: str) -> bool:
        """Tell of a code that is known whether findings of it would have been made."""
        rule = REGISTERED.get(code)
        if rule is None:
            return code != UNUSED_IGNORE
        if self._model is None or self._in_doubt or rule.about == TOGETHER:
            return False
        if rule.about.partition("/")[0] != self._model.xml_name:
            return True
        return is_asked(rule, facts_of(self._model, self._linter.host), self._linter.selection)


def _mentions_us(source: str | bytes | Reading) -> bool:
    """Tell whether there may be a comment in a text that is for us."""
    if isinstance(source, bytes):
        # Encodings of more than one byte for these characters have zeros among them.
        return MARK.encode() in source or b"\0" in source
    return MARK in (source if isinstance(source, str) else source.text)


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
