"""What to say of attributes and elements that are missing."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from virtxml.relaxng.match.expectations import allows_any_text, required_attributes, values
from virtxml.relaxng.match.patterns import names_of

from ..message import Message
from ..trails import trail_of
from .names import any_of, bracketed, listing, quoted, setting, spelled, tag
from .phrases import assignment, spell_all

if TYPE_CHECKING:
    from virtxml.relaxng.diagnosis.finding import Finding
    from virtxml.relaxng.match.patterns import Element, Pattern

    from ..message import Scene


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
        what = any_of([assignment(finding, scene, name) for name in finding.missing], str)
    return Message(
        message=f"{tag(finding.element)} lacks {lacks}", help=f"add {what}", expected=names, suggestions=names
    )


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
    needed = [names_of(required_attributes(it.content)) for it in found]
    return [name for name in needed[0] if all(name in other for other in needed)]


def _holds_text(content: Pattern) -> bool:
    """Tell whether an element is there to hold text."""
    return allows_any_text(content) or any(True for _ in values(content))
