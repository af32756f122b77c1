"""Pieces of sentences that several messages have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.source.hide import carries_secret

from .names import any_of, listing, local, quoted, spelled, tag, value
from .places import is_about_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from virtxml.relaxng.finding import Finding


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
    attribute = bool(finding.attribute) or finding.code == "VX301"
    return tuple(spelled(name, finding.element, attribute) for name in names)


def did_you_mean(nearest: Sequence[str], show: Callable[[str], str]) -> str:
    """Return a question for what was meant, "" if there is nothing near."""
    return f"did you mean {any_of(nearest, show)}?" if nearest else ""


def possible(items: Sequence[str], show: Callable[[str], str]) -> str:
    """Return a list of what is possible, "" if there is nothing."""
    return f"possible: {listing(items, show)}" if items else ""


def nearest_first(nearest: Sequence[str], items: Sequence[str]) -> tuple[str, ...]:
    """Return all items with those that are near at the front."""
    return tuple(dict.fromkeys([*nearest, *items]))


def joined(*sentences: str) -> str:
    """Return sentences in one line, without those that are empty."""
    return " ".join(sentence for sentence in sentences if sentence)
