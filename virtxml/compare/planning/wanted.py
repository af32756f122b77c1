"""What is wanted: documents, and where each comes from."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from virtxml.documents import parse_all
from virtxml.errors import ParseError
from virtxml.schema.storagevol import StorageVolume

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.diagnostics.diagnostic import Diagnostic
    from virtxml.node import Node


class Wanted(NamedTuple):
    """A document that is wanted.

    Attributes:
        model: the document; None if it cannot be read.
        source: where it comes from, such as the name of a file; "" if nobody says.
        pool: the pool of a volume; "" for other documents, and if nobody says.
        findings: what is wrong with it, if that is known already; None to have it judged.
    """

    model: Node | None
    source: str = ""
    pool: str = ""
    findings: tuple[Diagnostic, ...] | None = None


def read_wanted(text: str | bytes, source: str = "", *, pool: str | None = None, libvirt: str) -> list[Wanted]:
    """Return the documents of a text, each with what is wrong with it for a release of libvirt.

    The pool of volumes is ``pool``, by default the directory that they are in. What is no document, or of no known
    kind, is one without a model.
    """
    from virtxml.diagnostics.diagnostic import Diagnostic
    from virtxml.lint import Host, Linter
    from virtxml.validation import Validator

    verdicts = Validator(libvirt=libvirt, then=Linter(Host(libvirt))).validate_each(text)
    findings = [tuple(verdict.diagnostics) for verdict in verdicts]
    try:
        models = parse_all(text)
    except ParseError as error:
        told = tuple(found for one in findings for found in one)
        if not any(found.severity == "error" for found in told):
            told = (Diagnostic(code="VX002", message=error.reason, line=error.line, column=error.column),)
        return [Wanted(None, source, "", told)]
    pool = PurePath(source).parent.name if pool is None else pool
    each = findings if len(findings) == len(models) else [sum(findings, ())] * len(models)
    return [
        Wanted(model, source, pool if isinstance(model, StorageVolume) else "", found)
        for model, found in zip(models, each, strict=True)
    ]


def as_wanted(given: Iterable[Wanted | Node]) -> list[Wanted]:
    """Return documents as what is wanted."""
    return [one if isinstance(one, Wanted) else Wanted(one) for one in given]


def judged(wanted: Wanted, libvirt: str) -> Wanted:
    """Return a document with what is wrong with it for a release of libvirt."""
    if wanted.findings is not None or wanted.model is None:
        return wanted
    from virtxml.lint.validating import validate

    return wanted._replace(findings=tuple(validate(wanted.model, libvirt=libvirt)))
