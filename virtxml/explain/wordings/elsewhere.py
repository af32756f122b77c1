"""What to say of what belongs in another place, or to another variant of what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.catalogue import STATUS_ONLY
from virtxml.diagnostics.display import escape
from virtxml.diagnostics.suggest import did_you_mean

from ..message import Message
from .names import any_of, bracketed, quoted, setting, spelled, tag, value
from .phrases import (
    assignment,
    attribute_name,
    culprit,
    inside,
    joined,
    possible,
    spell_all,
    the_attribute,
)

if TYPE_CHECKING:
    from virtxml.relaxng.diagnosis.finding import Finding, Setting

    from ..message import Scene


def element_elsewhere(finding: Finding, scene: Scene) -> Message:
    """Say where an element belongs that may not be where it is."""
    around = finding.element.getparent()
    where = "here" if around is None else f"in {tag(around)}"
    holders, near = spell_all(finding.holders, finding), spell_all(finding.nearest, finding)
    belongs = f"it belongs in {any_of(holders, bracketed)}" if holders else ""
    if finding.element.tag in STATUS_ONLY:
        belongs = "only libvirt's own status files have it: remove it"
    elif finding.missing:
        belongs += f"; here it needs {', '.join(assignment(finding, scene, name) for name in finding.missing)}"
    expected = spell_all(finding.expected, finding)
    return Message(
        message=f"{tag(finding.element)} does not belong {where}",
        help=joined(did_you_mean(*near, show=bracketed), belongs) or possible(expected, bracketed),
        expected=expected,
        suggestions=near,
    )


def attribute_elsewhere(finding: Finding, scene: Scene) -> Message:
    """Say where an attribute belongs that may not be where it is."""
    holders = [spelled(name, finding.element) for name in finding.holders]
    near = spell_all(finding.nearest, finding)
    belongs = f"it belongs on {any_of(holders, bracketed)}" if holders else ""
    return Message(
        message=f"attribute {attribute_name(finding)} does not belong on {tag(finding.element)}",
        help=f"{did_you_mean(*near, show=quoted)} {belongs}".strip(),
        expected=spell_all(finding.expected, finding),
        suggestions=near,
    )


def another_variant(finding: Finding, scene: Scene) -> Message:
    """Say with which value of which attribute something would be right."""
    if not finding.settings:
        return _conflict(finding)
    closest = finding.settings[0]
    if not closest.attribute:
        return _another_text(finding, closest)
    now = closest.element.get(closest.attribute)
    name = spelled(closest.attribute, closest.element, attribute=True)
    wanted = any_of(closest.values, lambda text: setting(name, text))
    if now is None:
        return Message(message=f"{tag(closest.element)} needs {wanted} for {culprit(finding)}", help=f"add {wanted}")
    variant = _variant(closest, name, now)
    return Message(message=f"{_short(finding, closest)} is not for {variant}", help=f"it goes with {wanted}")


def _another_text(finding: Finding, closest: Setting) -> Message:
    """Say with which text of another element something would be right."""
    name = spelled(closest.element.tag, closest.element)
    now = f"{bracketed(name)} {value((closest.element.text or '').strip(), name)}"
    wanted = any_of(closest.values, lambda text: f"<{name}>{escape(text)}</{name}>")
    return Message(message=f"{inside(finding)} does not go with {now}", help=f"it goes with {wanted}")


def _short(finding: Finding, closest: Setting) -> str:
    """Return what a finding is about, without the element that its message names anyway."""
    if finding.attribute:
        on_itself = closest.element is finding.element
        return f"attribute {attribute_name(finding)}" if on_itself else the_attribute(finding)
    around = finding.element.getparent()
    return tag(finding.element) if closest.element in (finding.element, around) else inside(finding)


def _variant(closest: Setting, name: str, now: str) -> str:
    """Return an element with the attribute that says which variant it is."""
    shown = value(now, name)
    written = "…" if shown == "a value" else shown[1:-1]
    return f"{tag(closest.element)[:-1]} {name}='{written}'>"


def _conflict(finding: Finding) -> Message:
    """Say that something does not go together with what else is there."""
    if finding.attribute:
        return Message(
            message=f"{the_attribute(finding)} does not go with its other attributes or what is in it",
            help="remove it, or what it excludes",
        )
    if finding.first is None:
        return Message(
            message=f"{inside(finding)} does not go with what else is there", help="remove it, or what it excludes"
        )
    other = tag(finding.first)
    return Message(
        message=f"{inside(finding)} does not go with {other}", help=f"remove it or {other}", first="excludes it"
    )
