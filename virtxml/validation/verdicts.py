"""What is said of a document: by its schema, and by what goes on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from lxml import etree

    from ..diagnostics.diagnostic import Diagnostic
    from ..source.slips.reading import Reading


class Verdict(NamedTuple):
    """What is to be said of one document.

    Attributes:
        diagnostics: the mistakes in it, in its order; none if it is valid.
        releases: the other releases of libvirt that it is valid for, if it is not for the one that judges, oldest
            first.
    """

    diagnostics: list[Diagnostic]
    releases: tuple[str, ...] = ()


class Further(Protocol):
    """What goes on to judge a document that the schema has judged."""

    def __call__(
        self,
        root: etree._Element | None,
        source: str | bytes | Reading | None,
        told: list[Diagnostic],
        /,
        *,
        whole: bool,
    ) -> list[Diagnostic]:
        """Return all that is to be said of a document.

        Given are its tree, its text, and what is wrong with it so far; there is no tree of what nobody can read. It is
        ``whole`` if it was judged as what its root element says, and not as a part of a document that is like it.
        """
        raise NotImplementedError


class Judged(NamedTuple):
    """What the schema says of a tree.

    Attributes:
        verdict: the verdict.
        root: the tree; None if nobody can read the text.
        whole: whether it was judged as what its root element says.
    """

    verdict: Verdict
    root: etree._Element | None = None
    whole: bool = False
