"""What is said of a mistake, and what there is to look up for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .releases import History
    from .trails import Trails


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is said of a mistake.

    Attributes:
        message: what is wrong, with the name of the culprit.
        help: what to do, "" if there is nothing to say.
        expected: what may stand there.
        suggestions: what would be right in place of the culprit, the best first.
        first: what is said of the other element that the mistake is about.
        code: the code, if it is not that of the finding.
    """

    message: str
    help: str = ""
    expected: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    first: str = ""
    code: str = ""


class Scene(NamedTuple):
    """Where the mistakes of one document are looked at."""

    trails: Trails
    """What the grammar has, by names."""
    history: History | None
    """What other releases have, None if there are none at hand."""
    kind: str
    """The element that a fragment has to be, "" for a document."""
    near_secrets: dict[_Element, bool]
    """Whether stray text in an element may be a secret, for those that were asked about."""
