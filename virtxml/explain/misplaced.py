"""What to say of what is missing, there twice, or in the wrong place."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from virtxml.catalogue import STATUS_ONLY
from virtxml.relaxng.match.expectations import allows_any_text, required_attributes, values
from virtxml.relaxng.match.patterns import clark_names
from virtxml.source.secrets.names import hides, may_hold_secret_text

from .forms import describe
from .message import Message
from .misvalued import hint, in_words
from .names import any_of, bracketed, listing, local, quoted, setting, spelled, tag, value
from .trails import trail_of
from .wordings import as_attributes, as_elements, did_you_mean, joined, possible, spell_all

if TYPE_CHECKING:
    from lxml.etree import _Element

    from virtxml.relaxng.diagnosis.finding import Finding
    from virtxml.relaxng.match.patterns import Element, Pattern

    from .message import Scene

_MARKUP = re.compile("[=<>'\"]")


def missing_attribute(finding: Finding, scene: Scene) -> Message:
    """Say which attribute is missing."""
    names = spell_all(finding.missing, finding)
    lacks = (
        f"the attribute {quoted(names[0])}" if len(names) == 1 else f"one of the attributes {listing(names, quoted)}"
    )
    if finding.settings:
        nearest = finding.settings[0]
        name = spelled(nearest.attribute, nearest.element, attribute=True)
        what = any_of([setting(name, text) for text in nearest.values], str)
    else:
        what = any_of([_assignment(finding, scene, name) for name in finding.missing], str)
    return Message(
        message=f"{tag(finding.element)} lacks {lacks}", help=f"add {what}", expected=names, suggestions=names
    )


def element_elsewhere(finding: Finding, scene: Scene) -> Message:
    """Say where an element belongs that may not be where it is."""
    around = finding.element.getparent()
    where = "here" if around is None else f"in {tag(around)}"
    holders, near = spell_all(finding.holders, finding), spell_all(finding.nearest, finding)
    belongs = f"it belongs in {any_of(holders, bracketed)}" if holders else ""
    if finding.element.tag in STATUS_ONLY:
        belongs = "only libvirt's own status files have it: remove it"
    elif finding.missing:
        belongs += f"; here it needs {', '.join(_assignment(finding, scene, name) for name in finding.missing)}"
    expected = spell_all(finding.expected, finding)
    return Message(
        message=f"{tag(finding.element)} does not belong {where}",
        help=joined(did_you_mean(near, bracketed), belongs) or possible(expected, bracketed),
        expected=expected,
        suggestions=near,
    )


def _assignment(finding: Finding, scene: Scene, name: str) -> str:
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


def missing_element(finding: Finding, scene: Scene) -> Message:
    """Say which element is missing, and how it starts."""
    names = spell_all(finding.missing, finding)
    lacks = f"the element {bracketed(names[0])}" if len(names) == 1 else f"one of {listing(names, bracketed)}"
    what = any_of([_skeleton(finding, scene, name) for name in finding.missing], str)
    return Message(
        message=f"{tag(finding.element)} lacks {lacks}", help=f"add {what}", expected=names, suggestions=names
    )


def _skeleton(finding: Finding, scene: Scene, name: str) -> str:
    """Return an element as it may be written, with dots for what depends on the document."""
    trail = (*trail_of(finding.element), name)
    written = spelled(name, finding.element)
    found = scene.trails.at(trail)
    if not found:
        return f"<{written}>"
    start = " ".join([written, *(f"{spelled(one, finding.element, True)}='…'" for one in _needed(found))])
    contents = scene.trails.contents(trail)
    holds_something = all(not content.nullable or _holds_text(content) for content in contents)
    return f"<{start}>…</{written}>" if holds_something else f"<{start}/>"


@lru_cache(maxsize=1024)
def _needed(found: tuple[Element, ...]) -> list[str]:
    """Return the attributes that elements of one name need in every variant."""
    needed = [
        [name for attribute in required_attributes(it.content) for name in sorted(clark_names(attribute.name) or ())]
        for it in found
    ]
    return [name for name in needed[0] if all(name in other for other in needed)]


def _holds_text(content: Pattern) -> bool:
    """Tell whether an element is there to hold text."""
    return allows_any_text(content) or any(True for _ in values(content))


def given_twice(finding: Finding, scene: Scene) -> Message:
    """Say that an element was there before."""
    around = finding.element.getparent()
    where = "" if around is None else f" in {tag(around)}"
    return Message(
        message=f"{tag(finding.element)} is given twice{where}", help="remove one of them", first="first given here"
    )


def stray_text(finding: Finding, scene: Scene) -> Message:
    """Say that there may be no text."""
    text = " ".join(finding.value.split())
    # Signs of markup are the rest of a tag that could not be read, with whatever was in its values.
    markup = _MARKUP.search(text) is not None
    hidden = markup or hides(text) or _is_near_secrets(finding.element)
    what = "text" if hidden else f"text {value(text)}"
    shown = replace(finding, value="…") if hidden else finding
    written = "" if markup else as_attributes(shown) or as_elements(shown)
    return Message(message=f"{what} is not allowed in {tag(finding.element)}", help=written or "remove it")


@lru_cache(maxsize=1)
def _is_near_secrets(element: _Element) -> bool:
    """Tell whether text in an element may be a secret, of its own or of an element in it that ends too early."""
    return any(may_hold_secret_text(local(one)) for one in (element, *element) if isinstance(one.tag, str))


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


def missing_text(finding: Finding, scene: Scene) -> Message:
    """Say what an element or attribute has to hold that is empty."""
    accepted = describe(finding.accepted)
    needs = in_words(accepted) if finding.accepted else "text"
    return Message(
        message=f"{tag(finding.element)} is empty, but needs {needs}", help=hint(accepted), expected=accepted.names
    )
