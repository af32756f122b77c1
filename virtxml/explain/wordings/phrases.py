"""Pieces of sentences that several messages have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.diagnostics.display import escape
from virtxml.relaxng.diagnosis.finding import Kind
from virtxml.relaxng.match.expectations import values
from virtxml.source.secrets.names import carries_secret, hides, may_hold_secret_text

from ..places import is_about_value
from ..trails import trail_of
from .forms import describe
from .names import any_of, listing, local, quoted, setting, spelled, tag, value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from virtxml.relaxng.diagnosis.finding import Finding

    from ..message import Scene


MOST_SHOWN = 60
"""Longer values are not repeated in what to write."""


def culprit(finding: Finding) -> str:
    """Return what a finding is about, such as `attribute "typ" on <driver>`."""
    if is_about_value(finding):
        return f"{the_value(finding)} of {the_attribute(finding)}"
    if finding.attribute:
        return the_attribute(finding)
    return inside(finding)


def the_attribute(finding: Finding) -> str:
    """Return the attribute at fault and its element."""
    return f"attribute {attribute_name(finding)} on {tag(finding.element)}"


def attribute_name(finding: Finding) -> str:
    """Return the name of the attribute at fault in quotes."""
    return quoted(spelled(finding.attribute, finding.element, attribute=True))


def the_value(finding: Finding) -> str:
    """Return the value at fault."""
    shown = value(finding.value, *secretive(finding))
    return shown if shown == "a value" else f"value {shown}"


def secretive(finding: Finding) -> tuple[str, ...]:
    """Return the names that tell whether the value at fault is a secret."""
    named = finding.element.get("name", "") if finding.attribute != "name" else ""
    carried = "secret" if carries_secret(local(finding.element), named) and finding.attribute in ("", "value") else ""
    return (local(finding.element), finding.attribute.rpartition("}")[2], carried)


def inside(finding: Finding) -> str:
    """Return the element at fault and the one around it, if there is one."""
    around = finding.element.getparent()
    return tag(finding.element) if around is None else f"{tag(finding.element)} in {tag(around)}"


def spell_all(names: Sequence[str], finding: Finding) -> tuple[str, ...]:
    """Return names as they would be written where a finding is."""
    attribute = bool(finding.attribute) or finding.kind is Kind.MISSING_ATTRIBUTE
    return tuple(spelled(name, finding.element, attribute) for name in names)


def as_attributes(finding: Finding) -> str:
    """Return how to write a text or an element as an attribute, "" if it may not be meant as one."""
    element = finding.element
    text = (finding.value or element.text or "").strip()
    around = element if finding.text is not None else element.getparent()
    if not finding.as_attributes or around is None:
        return ""
    end = "" if finding.text is None else "/"
    tag_name = spelled(around.tag, around)
    shown = [
        f"<{tag_name} {_with_value(spelled(name, around, attribute=True), text, local(around))}{end}>"
        for name in finding.as_attributes
    ]
    return f"write it as an attribute: {any_of(shown, str)}"


def as_elements(finding: Finding) -> str:
    """Return how to write an attribute as an element or text, "" if it may not be meant as one."""
    element = finding.element
    text = element.get(finding.attribute, "") if finding.attribute else finding.value.strip()
    names = [spelled(name or element.tag, element) for name in finding.as_elements]
    if finding.within is None:
        shown = [_with_text(name, text, finding) for name in names]
    elif finding.within:
        shown = [f"<{name} {_with_value(finding.within, text, name)}/>" for name in names]
    else:
        shown = [f"<{name}/>" for name in names]
    what = "text" if "" in finding.as_elements else "an element"
    return f"write it as {what}: {any_of(shown, str)}" if shown else ""


def _with_value(name: str, text: str, around: str) -> str:
    """Return an attribute with a value, unless that is secret or long."""
    hidden = hides(text, (name, around)) or may_hold_secret_text(around) or len(text) > MOST_SHOWN
    return setting(name, "…" if hidden else text)


def _with_text(name: str, text: str, finding: Finding) -> str:
    """Return an element with a text, unless that is secret or long."""
    hidden = hides(text, (name, *secretive(finding))) or len(text) > MOST_SHOWN
    return f"<{name}>{'…' if hidden else escape(text)}</{name}>"


def possible(items: Sequence[str], show: Callable[[str], str]) -> str:
    """Return a list of what is possible, "" if there is nothing."""
    return f"possible: {listing(items, show)}" if items else ""


def nearest_first(nearest: Sequence[str], items: Sequence[str]) -> tuple[str, ...]:
    """Return all items with those that are near at the front."""
    return tuple(dict.fromkeys([*nearest, *items]))


def joined(*sentences: str) -> str:
    """Return sentences in one line, without those that are empty."""
    return " ".join(sentence for sentence in sentences if sentence)


def assignment(finding: Finding, scene: Scene, name: str) -> str:
    """Return an attribute as it may be written, with the possible values if there are not too many to list."""
    found = scene.trails.attributes(trail_of(finding.element), name)
    accepted = describe(item for attribute in found for item in values(attribute.content))
    written = spelled(name, finding.element, attribute=True)
    if accepted.forms or not accepted.values:
        counted = len(accepted.forms) == 1 and accepted.forms[0].words.startswith("a whole number")
        return f"{written}='1'" if counted and not accepted.values else f"{written}='…'"
    if len(accepted.values) == 1:
        return setting(written, accepted.values[0])
    return f"{written}='…' with {any_of(accepted.values, quoted)}"
