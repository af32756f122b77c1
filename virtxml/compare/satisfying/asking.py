"""Ask whether a document is what is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answer import Answer
from .runtime import is_active
from .wanted import Comparison

if TYPE_CHECKING:
    from virtxml.node import Node


def satisfies(actual: Node, wanted: Node) -> Answer:
    """Return whether a document is what is wanted: libvirt's own additions are no difference.

    All that is wanted has to be there, children of one name in any order, values in whatever words libvirt has for
    them. What is there beside it has to be what libvirt adds by itself: defaults of what is wanted, and those devices
    that a guest cannot do without. Anything else is drift. What only says how something runs just now counts for
    nothing; compare inactive documents with inactive ones where you can.

    Args:
        actual: what there is: a document as libvirt prints it.
        wanted: what it should be, an object of the same class: as somebody wrote it, or an older print.

    Raises TypeError for objects of two classes.
    """
    if type(actual) is not type(wanted):
        raise TypeError(f"a {type(actual).__name__} cannot be a {type(wanted).__name__}")
    return Answer(Comparison().run(wanted, actual), is_active(actual))
