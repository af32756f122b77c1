"""What to say of each kind of mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.relaxng.diagnosis.finding import Kind

from ..codes import NEWER
from ..message import Message
from .elsewhere import another_variant, attribute_elsewhere, element_elsewhere
from .missing import missing_attribute, missing_element
from .order import given_twice, wrong_order
from .phrases import culprit
from .texts import missing_text, stray_text
from .unknown import unknown_attribute, unknown_element, unknown_root, wrong_namespace
from .values import about_value, wrong_form, wrong_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.relaxng.diagnosis.finding import Finding

    from ..message import Scene
    from ..releases import Elsewhen

MESSAGES: dict[Kind, Callable[[Finding, Scene], Message]] = {
    Kind.UNKNOWN_ROOT: unknown_root,
    Kind.UNKNOWN_ELEMENT: unknown_element,
    Kind.UNKNOWN_ATTRIBUTE: unknown_attribute,
    Kind.ELEMENT_ELSEWHERE: element_elsewhere,
    Kind.ATTRIBUTE_ELSEWHERE: attribute_elsewhere,
    Kind.ANOTHER_VARIANT: another_variant,
    Kind.WRONG_NAMESPACE: wrong_namespace,
    Kind.WRONG_VALUE: wrong_value,
    Kind.WRONG_FORM: wrong_form,
    Kind.MISSING_ATTRIBUTE: missing_attribute,
    Kind.MISSING_ELEMENT: missing_element,
    Kind.GIVEN_TWICE: given_twice,
    Kind.STRAY_TEXT: stray_text,
    Kind.WRONG_ORDER: wrong_order,
    Kind.MISSING_TEXT: missing_text,
}
"""What makes the message of each kind of finding."""


def message(finding: Finding, scene: Scene) -> Message:
    """Return what is to be said of a finding; what another release knows is not misspelled but too new or too old."""
    elsewhen = scene.history.look_up(finding) if scene.history else None
    if scene.history and elsewhen:
        return _of_another_release(finding, scene.history.chosen, elsewhen)
    return MESSAGES[finding.kind](finding, scene)


def _of_another_release(finding: Finding, chosen: str, elsewhen: Elsewhen) -> Message:
    if elsewhen.code == NEWER:
        when = f"since {elsewhen.known} or earlier, after {elsewhen.unknown}"
    else:
        when = f"known up to {elsewhen.known} or later, gone by {elsewhen.unknown}"
    unknown = f"is not known to libvirt {chosen}"
    said = about_value(finding, unknown) if finding.value else f"{culprit(finding)} {unknown}"
    return Message(code=elsewhen.code, message=said, help=when)
