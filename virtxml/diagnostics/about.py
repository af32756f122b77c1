"""What there is to say of a kind of finding, for reports that list the kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .codes import CODES, UNUSED_IGNORE

if TYPE_CHECKING:
    from .diagnostic import Severity

PAGES = "https://github.com/virtxml/virtxml/blob/main/docs"
"""Where the documentation is."""


class About(NamedTuple):
    """What there is to say of a kind of finding.

    Attributes:
        title: what is wrong, in one line.
        why: why that is wrong, in a paragraph; "" if there is no more to say.
        severity: how bad it is.
        phase: when libvirt refuses it: "define", "start", or "" for what it takes, and for what its schema refuses.
        group: the group that has to be asked for; "" for what is always told.
        page: the address of the page about it.
    """

    title: str
    page: str
    why: str = ""
    severity: Severity = "error"
    phase: str = ""
    group: str = ""


def about(code: str) -> About:
    """Return what there is to say of a code that is no rule's."""
    return About(
        CODES.get(code, code),
        f"{PAGES}/diagnostics/{code}.md",
        severity="warning" if code == UNUSED_IGNORE else "error",
    )
