"""What to say of what is there twice, too early or too late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..message import Message
from .names import tag

if TYPE_CHECKING:
    from virtxml.relaxng.diagnosis.finding import Finding

    from ..message import Scene


def given_twice(finding: Finding, scene: Scene) -> Message:
    """Say that an element was there before."""
    around = finding.element.getparent()
    where = "" if around is None else f" in {tag(around)}"
    return Message(
        message=f"{tag(finding.element)} is given twice{where}", help="remove one of them", first="first given here"
    )


def wrong_order(finding: Finding, scene: Scene) -> Message:
    """Say behind which element one has to come."""
    around = finding.element.getparent()
    where = "" if around is None else f" in {tag(around)}"
    if finding.behind is not None:
        other = tag(finding.behind)
        return Message(
            message=f"{tag(finding.element)} has to come before {other}{where}",
            help=f"move it before {other}",
            first=f"{tag(finding.element)} has to come before this",
        )
    if finding.first is None:
        return Message(message=f"{tag(finding.element)} is in the wrong place{where}")
    first = tag(finding.first)
    return Message(
        message=f"{tag(finding.element)} has to come after {first}{where}",
        help=f"move it behind {first}",
        first="this has to come first",
    )
