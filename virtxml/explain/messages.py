"""What to say of each kind of mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .message import Message
from .misnamed import (
    another_variant,
    attribute_elsewhere,
    unknown_attribute,
    unknown_element,
    unknown_root,
    wrong_namespace,
)
from .misplaced import (
    element_elsewhere,
    given_twice,
    missing_attribute,
    missing_element,
    missing_text,
    stray_text,
    wrong_order,
)
from .misvalued import about_value, wrong_form, wrong_value
from .wordings import culprit

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.relaxng.diagnosis.finding import Finding

    from .message import Scene
    from .releases import Elsewhen

MESSAGES: dict[str, Callable[[Finding, Scene], Message]] = {
    "VX002": unknown_root,
    "VX101": unknown_element,
    "VX102": unknown_attribute,
    "VX103": element_elsewhere,
    "VX104": attribute_elsewhere,
    "VX105": another_variant,
    "VX106": wrong_namespace,
    "VX201": wrong_value,
    "VX202": wrong_form,
    "VX301": missing_attribute,
    "VX302": missing_element,
    "VX303": given_twice,
    "VX304": stray_text,
    "VX305": wrong_order,
    "VX306": missing_text,
}
"""What makes the message of each kind of finding."""


def message(finding: Finding, scene: Scene) -> Message:
    """Return what is to be said of a finding; what another release knows is not misspelled but too new or too old."""
    elsewhen = scene.history.look_up(finding) if scene.history else None
    if scene.history and elsewhen:
        return _of_another_release(finding, scene.history.chosen, elsewhen)
    return MESSAGES[finding.code](finding, scene)


def _of_another_release(finding: Finding, chosen: str, elsewhen: Elsewhen) -> Message:
    if elsewhen.code == "VX107":
        when = f"since {elsewhen.known} or earlier, after {elsewhen.unknown}"
    else:
        when = f"known up to {elsewhen.known} or later, gone by {elsewhen.unknown}"
    unknown = f"is not known to libvirt {chosen}"
    said = about_value(finding, unknown) if finding.value else f"{culprit(finding)} {unknown}"
    return Message(code=elsewhen.code, message=said, help=when)
