"""Make diagnostics of findings: what is wrong and what to do, where it is, and where to read on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.codec.names import steps
from virtxml.diagnostics.diagnostic import Diagnostic, Related, in_order
from virtxml.diagnostics.display import shortened
from virtxml.relaxng.diagnosis.finding import Kind

from .codes import CODES, NOT_WELL_FORMED
from .links import Links
from .message import Scene
from .places import Places
from .releases import History, Releases
from .trails import Trails
from .wordings.kinds import message
from .wordings.names import listing, one_tree, tag, written
from .wordings.unknown import likeliest_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from virtxml.errors import ParseError
    from virtxml.relaxng.diagnosis.finding import Finding
    from virtxml.relaxng.match.states import State
    from virtxml.source.places import Positions


def explain(
    findings: Sequence[Finding],
    start: State | None,
    positions: Positions | None = None,
    *,
    releases: Releases | None = None,
    kind: str | None = None,
) -> list[Diagnostic]:
    """Return what is to be said of the findings about one document, in the order of its source.

    ``start`` is the state before the root element in the grammar that the findings are by, None if it has no such
    documents. ``positions`` are those of the source whose tree the findings' elements are of, element for element; None
    for a model, and then the order stays as it is. ``releases`` are the releases of libvirt to look up what is unknown
    in, None if the grammar is not that of a release. ``kind`` is that of a fragment, as for `validation.start_of`.
    """
    wanted = steps(kind)[-1] if kind else ""
    scene = Scene(Trails(start), History(releases) if releases else None, wanted, {})
    links = Links(kind)
    with one_tree():
        findings = [
            likeliest_first(finding) if finding.kind is Kind.WRONG_NAMESPACE else finding for finding in findings
        ]
        places = Places(findings, positions)
        found = [_diagnostic(finding, places, scene, links) for finding in findings]
    if positions is not None:
        return in_order(found)
    return found


def not_well_formed(error: ParseError) -> Diagnostic:
    """Return what is to be said of text that is not well-formed XML."""
    return Diagnostic(code=NOT_WELL_FORMED, message=error.reason, line=error.line, column=error.column)


def ambiguous(root: _Element, kinds: Sequence[str], positions: Positions | None) -> Diagnostic:
    """Return what is to be said of a text that may be of several kinds: their names, to choose from."""
    span = None if positions is None else positions.name(0)
    return Diagnostic(
        code=CODES[Kind.UNKNOWN_ROOT],
        message=f"{tag(root)} may be of several kinds",
        line=span and span.line,
        column=span and span.column,
        end_line=span and span.end_line,
        end_column=span and span.end_column,
        path=f"/{shortened(written(root))}",
        expected=tuple(kinds),
        help=f"say which with kind or --kind: {listing(kinds, str)}",
    )


def _diagnostic(finding: Finding, places: Places, scene: Scene, links: Links) -> Diagnostic:
    said = message(finding, scene)
    span = places.span(finding)
    related = []
    other = finding.first if finding.first is not None else finding.behind
    if other is not None and said.first:
        at = places.name(other)
        related.append(Related(at and at.line, at and at.column, said.first))
    return Diagnostic(
        code=said.code or CODES[finding.kind],
        message=said.message,
        line=span and span.line,
        column=span and span.column,
        end_line=span and span.end_line,
        end_column=span and span.end_column,
        path=places.path(finding),
        expected=said.expected,
        suggestions=said.suggestions,
        help=said.help,
        url=links.page(finding),
        related=tuple(related),
    )
