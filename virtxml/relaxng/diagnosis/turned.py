"""What was written as an element or text and may be meant as an attribute, and the other way round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from virtxml.diagnostics.suggest import is_on, is_switch

from ..match import recovery
from ..match.expectations import allows_any_text, possible_attributes, required_attributes, values
from ..match.lacking import lacking
from ..match.patterns import Element, Value, names_of
from ..match.steps.attributes import accepts
from ..match.steps.opening import opens
from ..match.steps.texts import WHITE_SPACE
from .finding import Finding, Kind
from .forgiving import count_mistakes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..match.lacking import Lack
    from ..match.patterns import Attribute
    from ..match.states import State
    from .view import View

_MOST_LOOKED_AT = 100
_NOT_HERE = (Kind.UNKNOWN_ELEMENT, Kind.ELEMENT_ELSEWHERE, Kind.ANOTHER_VARIANT)
_MOST = 3
"""If text would do for more attributes than that, it says nothing about which is meant."""


def attributes_for(state: State, text: str) -> tuple[str, ...]:
    """Return the attributes that text in an element may be meant as; ``state`` is the one before its start tag ends.

    One that is missing is likelier than others, then one that lists the text as a value, then one that asks for some
    form, then one that takes anything.
    """
    text = text.strip(WHITE_SPACE)
    needed = required_attributes(state.pattern)
    pool = state.states.pool
    ranked: dict[str, int] = {}
    for one in possible_attributes(state.pattern):
        if accepts(one, text, pool):
            rank = _rank(one, text, needed)
            for name in names_of((one,)):
                if not rank or not recovery.close(state.attributes[name][text]).dead:
                    ranked[name] = min(rank, ranked.get(name, rank))
    best = [name for name, rank in ranked.items() if rank == min(ranked.values())]
    return tuple(best) if len(best) <= _MOST else ()


def listing(state: State, value: str) -> tuple[str, ...]:
    """Return the one attribute that lists a value, which is no mere yes or no; nothing if there are several or none."""
    pool = state.states.pool
    found = {
        name: None
        for one in possible_attributes(state.pattern)
        if accepts(one, value, pool) and any(isinstance(it, Value) and it.text == value for it in values(one.content))
        for name in names_of((one,))
    }
    return tuple(found) if len(found) == 1 and not is_switch(value) else ()


def _rank(attribute: Attribute, text: str, needed: Sequence[Attribute]) -> int:
    if attribute in needed:
        return 0
    if any(isinstance(one, Value) and one.text == text for one in values(attribute.content)):
        return 1
    return 3 if allows_any_text(attribute.content) else 2


def as_attribute(finding: Finding[View], state: State) -> Finding[View] | None:
    """Return a finding about a child as one about what should be an attribute; None if it may not be one.

    ``state`` is the one before the end of the start tag around it.
    """
    child: View = finding.element
    text = (child.text or "").strip(WHITE_SPACE)
    if finding.kind not in _NOT_HERE or len(child) or child.items() or not text:
        return None
    if state.attributes[child.tag][text].dead:
        return None
    return replace(
        finding, kind=Kind.UNKNOWN_ELEMENT, as_attributes=(child.tag,), nearest=(), holders=(), settings=(), first=None
    )


def as_elements(findings: Iterable[Finding[View]], opened: State, count: Callable[[str], int]) -> list[Finding[View]]:
    """Return findings about a start tag with what attributes may be meant as that are not known.

    ``opened`` is the state behind the start tag, and ``count`` tells how many children of a name there are.
    """
    return [_as_element(finding, opened, count) for finding in findings]


def _as_element(finding: Finding[View], opened: State, count: Callable[[str], int]) -> Finding[View]:
    if finding.kind not in (Kind.UNKNOWN_ATTRIBUTE, Kind.ATTRIBUTE_ELSEWHERE):
        return finding
    element, name = finding.element, finding.attribute
    text = element.get(name) or ""
    if not text.strip(WHITE_SPACE):
        return finding
    if name in opens(opened.pattern) and not count(name):
        inside = recovery.open_anywhere(opened, name)[0]
        turned = replace(finding, kind=Kind.UNKNOWN_ATTRIBUTE, as_elements=(name,), holders=(), nearest=())
        if recovery.close(inside).leaf[text]:
            return turned
        within = [
            one for one in attributes_for(inside, text) if recovery.close(inside.attributes[one][text]).leaf[None]
        ]
        if within or (is_on(text) and recovery.close(inside).leaf[None]):
            return replace(turned, within=within[0] if within else "")
    if finding.nearest:
        return finding
    if not len(element) and not opened.leaf[element.text] and opened.leaf[text]:
        return replace(finding, kind=Kind.UNKNOWN_ATTRIBUTE, as_elements=("",), holders=())
    return finding


def elements_for(state: State, text: str) -> tuple[str, ...]:
    """Return the element that text may be meant as the text of: one that is missing; ``state`` asks for it."""
    for lack in lacking(state.pattern):
        contents = tuple(missing.content for missing in lack if isinstance(missing, Element))
        if len(names_of(lack)) == 1 and recovery.close(state.states.of(contents)).leaf[text.strip(WHITE_SPACE)]:
            return names_of(lack)
    return ()


def wrapped(lack: Lack, inner: Sequence[Finding[View]], around: View, state: State) -> Finding[View] | None:
    """Return the finding about a child that is wrong, but right in an element that is missing; None if there is none.

    ``inner`` is what is wrong inside the children of an element ``around``, and ``state`` any of its grammar.
    """
    contents = tuple(missing.content for missing in lack if isinstance(missing, Element))
    if len(names_of(lack)) != 1 or not contents:
        return None
    inside = recovery.close_as_if_complete(state.states.of(contents))
    for one in inner[:_MOST_LOOKED_AT]:
        child = one.element
        if child.getparent() is around and one.kind is not Kind.GIVEN_TWICE:
            meant = recovery.open_anywhere(inside, child.tag)[0]
            if not meant.dead and not count_mistakes(child, meant):
                return Finding(kind=Kind.ELEMENT_ELSEWHERE, element=child, holders=names_of(lack))
    return None


def without(findings: Iterable[Finding[View]], kind: Kind, names: Sequence[str]) -> list[Finding[View]]:
    """Return findings but those about something missing that is there in another form."""
    return [one for one in findings if one.kind is not kind or not set(names) & set(one.missing)]
