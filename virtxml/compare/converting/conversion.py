"""Convert documents to other releases of libvirt."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from lxml import etree

from virtxml.catalogue import DOCUMENTS, RELEASES
from virtxml.codec.reading.document import parse_text
from virtxml.errors import VirtXMLError
from virtxml.kinds.known import paths_of
from virtxml.lint import Host
from virtxml.node import Node
from virtxml.relaxng.match.matcher import matches
from virtxml.releases import choose
from virtxml.releases.grammars import fragment, grammar_of, start_of_document

from .hosts import fitted
from .repairing.consequences import followed
from .repairing.names import Names
from .repairing.putting_back import minimal
from .repairing.searching import Judge, repaired
from .repairing.steps import Draft
from .rules import kept_to, left
from .telling import Teller

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.relaxng.match.grammar import Grammar
    from virtxml.relaxng.match.states import State
    from virtxml.schema.capabilities import Capabilities
    from virtxml.schema.domaincaps import DomainCapabilities

    from .repairing.searching import Key, Repair
    from .report import Entry

N = TypeVar("N", bound=Node)

_PARTS = {"GuestCPU": ("domain/cpu",), "SysInfo": ("domain/sysinfo",)}
"""Where documents stand in others, which had them before there were schemas of them alone."""


class ConversionError(VirtXMLError, ValueError):
    """A document cannot be converted: a release has no documents of its kind."""


@dataclass(frozen=True)
class Conversion(Generic[N]):
    """What has become of a document.

    Attributes:
        model: the document for the release; one of its own, whatever was given stays as it was.
        report: what is not as it was, in the order of the document, and what else is to be said.
        release: the release whose schemas the document was made for.
        note: why it is that one, if another release was asked for, or a system; "" if there is nothing to tell.
        valid: whether the document is valid for that release. It is not where it was not valid for any release before,
            or where it cannot be said in that release what it is.
    """

    model: N
    report: list[Entry]
    release: str
    note: str
    valid: bool

    @cached_property
    def losses(self) -> list[Entry]:
        """The entries of the report about what makes it another guest, or another network, that it is gone."""
        return [entry for entry in self.report if entry.loss]


def convert(
    model: N,
    release: str,
    *,
    capabilities: Capabilities | None = None,
    domcapabilities: DomainCapabilities | None = None,
) -> Conversion[N]:
    """Return a document, or a part of one, as another release of libvirt takes it, an older or a newer one.

    What the release does not know is dropped, or written as one wrote it then: as little as can be, so that nothing of
    what is dropped could be put back. What is wrong for every release stays as it is.

    ``release`` is any, or a system that it comes with, as `virtxml.releases.choose` takes them: "9.0.0", "debian12".
    ``capabilities`` and ``domcapabilities`` are those of the host that it goes to: a guest gets its emulator, and its
    machine where it has none of the version any more, and the report tells what else it lacks.

    Raises ValueError for what is neither, and ConversionError, which is one, if the release has no such documents.
    """
    chosen = choose(release)
    host = _host(chosen.asked, capabilities, domcapabilities)

    def start(name: str) -> State | None:
        return start_in(grammar_of(name), model)

    at_first = start(chosen.release)
    if at_first is None:
        raise ConversionError(_unknown(model, chosen.release, start))
    begun = deepcopy(model)
    by_rules = [*fitted(begun, host), *kept_to(begun, host)]
    draft = Draft(parse_text(begun.to_xml()))
    judge = Judge(grammar_of(chosen.release), at_first)
    if not judge.takes(draft.made(())):
        judge.known = _wrong_anyway(draft, start)
    wrong = judge.known
    repair = _found(draft, judge)
    repair.steps += followed(draft, repair)
    report = by_rules + Teller(draft, judge, chosen.release, start).entries(repair, wrong)
    found = type(model).from_xml(etree.tostring(draft.made(repair.steps).root, encoding="unicode"))
    report += left(found, host)
    return Conversion(found, report, chosen.release, chosen.note, matches(parse_text(found.to_xml()), at_first))


def _host(release: str, capabilities: Capabilities | None, domcapabilities: DomainCapabilities | None) -> Host:
    """Return what is known of where a document goes to; guests that name no architecture are of the host's."""
    known = Host(release, capabilities=capabilities, domcapabilities=domcapabilities)
    return Host(release, known.usual_arch(), "", capabilities, domcapabilities)


def start_in(grammar: Grammar, model: Node) -> State | None:
    """Return the state before the root element of a model; None if the grammar has nothing of its kind."""
    name = next((cls.__name__ for cls in type(model).__mro__ if cls.__name__ in DOCUMENTS), None)
    if name is None:
        return fragment(grammar, paths_of(type(model)) or (type(model).xml_name,))
    if DOCUMENTS[name][1] in grammar.starts:
        return start_of_document(grammar, name)
    return fragment(grammar, _PARTS[name]) if name in _PARTS else None


def _unknown(model: Node, release: str, start: Callable[[str], State | None]) -> str:
    """Return what to say of a document of a kind that a release does not have."""
    known = [name for name in RELEASES if start(name) is not None]
    since = f", only {known[0]}" if known else ", nor does any other release"
    return f"libvirt {release} has no <{type(model).xml_name}> documents{since}"


def _found(draft: Draft, judge: Judge) -> Repair:
    """Return what has to be done to a document, as little as can be."""
    while True:
        repair = repaired(draft, judge)
        if repair.good:
            return minimal(draft, judge, repair, Names(draft, judge.start))
        # Something has to be there that this release has no words for: it stays as it is.
        judge.known |= repair.hopeless(judge)


def _wrong_anyway(draft: Draft, start: Callable[[str], State | None]) -> frozenset[Key]:
    """Return what is wrong with a document in the release that has the least against it: nothing for a valid one."""
    best: frozenset[Key] | None = None
    made = draft.made(())
    for name in reversed(RELEASES):
        state = start(name)
        if state is None:
            continue
        found = frozenset(Judge(grammar_of(name), state).keys(made))
        if not found:
            return found
        if best is None or len(found) < len(best):
            best = found
    return best or frozenset()
