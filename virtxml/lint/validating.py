"""Judge documents by libvirt's schemas and by what libvirt says beyond them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ..catalogue import NEWEST
from ..releases import choose
from ..validation import Validator

if TYPE_CHECKING:
    from ..diagnostics.diagnostic import Diagnostic
    from ..element import Element


def validate(
    source: str | bytes | Element, *, libvirt: str = NEWEST, kind: str | None = None, lint: bool = True
) -> list[Diagnostic]:
    """Return what is wrong with a document for a release of libvirt, in its order; nothing for a good one.

    ``source`` is text, or a model: then paths stand in for lines. ``libvirt`` is any release, or a system that it comes
    with, as `virtxml.releases.choose` takes them: "10.0.0", "debian12". ``kind`` is for fragments of documents: see
    `Validator`. ``lint`` adds what libvirt refuses, drops or changes although its schema allows it: errors, and
    warnings, as `Diagnostic.severity` tells. With it, comments `<!-- virtxml: ignore[name] reason -->` in a text leave
    out what they name.

    Raises ValueError for what is no release and no kind.
    """
    return _validator(libvirt, kind, lint).validate(source)


@lru_cache(maxsize=64)
def _validator(libvirt: str, kind: str | None, lint: bool) -> Validator:
    if not lint:
        return Validator(libvirt=libvirt, kind=kind)
    from .facts import Host
    from .linting import Linter

    return Validator(libvirt=libvirt, kind=kind, then=Linter(Host(choose(libvirt).asked)))
