"""What would be right if an attribute had another value: the variants of an element.

The schema tells `<disk type='file'>` from `<disk type='network'>` by an attribute, and allows in each what it does not
in the other. To say so, the way from an outer element down to the mistake is gone once more with each value that the
attribute may have.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ..match import recovery
from ..match.expectations import values
from ..match.patterns import Value, names_of
from ..match.steps.attributes import attributes
from .finding import Setting
from .forgiving import attributes_of, take_attributes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..match.grammar import Grammar
    from ..match.states import State
    from .view import View

LEVELS = 4
"""So many elements are looked at, from the one with the mistake outwards."""
_MOST_VALUES = 40
"""An attribute with more values than that is a list of things, and no variant."""


class Place(NamedTuple):
    """An element on the way to a mistake, and the state inside its start tag, before its attributes."""

    element: View
    entered: State


class Variant(NamedTuple):
    """The settings with which something would be right, and the state in which it would be.

    ``mistakes`` is how many more there are with these settings than without.
    """

    settings: tuple[Setting[View], ...]
    state: State
    mistakes: int


def find_variant(
    grammar: Grammar,
    places: Sequence[Place],
    right: Callable[[State], bool],
    skip: frozenset[str] = frozenset(),
    closed: bool = False,
    weigh: Callable[[State], int] = lambda _: 0,
) -> Variant | None:
    """Find the attribute, as near as can be, and its values, with which something would be right.

    ``places`` lead from the root to the element with the mistake. ``right`` tells it of a state: the one inside that
    element's start tag, behind all its attributes but those of ``skip``, or, with ``closed``, behind the tag. Of
    several variants the likeliest have fewest mistakes on the way, with those that ``weigh`` counts in that state.
    """
    states = places[-1].entered.states
    if not any(right(states.of((it.content,))) for it in grammar.named(places[-1].element.tag)):
        return None  # in no variant of whatever it might be
    for level in range(1, min(LEVELS, len(places)) + 1):
        outer, inner = places[-level], places[len(places) - level + 1 :]
        found: list[tuple[int, int, str, str, State]] = []
        for name, value in _other_values(outer, skip if level == 1 else frozenset()):
            state, mistakes = _replay(outer, (name, value), [place.element for place in inner], skip, closed)
            if not state.dead and right(state):
                # The more variants an attribute tells apart, the likelier it is the one that matters.
                mistakes += weigh(state)
                found.append((mistakes, -len(outer.entered.attributes[name].candidates), name, value, state))
        if found:
            best = min(found, key=lambda item: item[:2])
            values_of: dict[str, list[str]] = {}
            for item in found:
                if item[:2] == best[:2]:
                    values_of.setdefault(item[2], []).append(item[3])
            settings = [Setting(outer.element, name, tuple(texts)) for name, texts in values_of.items()]
            now = _replay(outer, None, [place.element for place in inner], skip, closed)[1]
            return Variant(tuple(settings), best[4], best[0] - now)
    return None


def _other_values(place: Place, skip: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Iterate over the attributes of closed sets of values of an element, with values that they do not have."""
    known: dict[str, dict[str, None]] = {}
    for candidate in attributes(place.entered.pattern):
        texts = list(islice(values(candidate.content), _MOST_VALUES + 1))
        if len(texts) > _MOST_VALUES or not all(isinstance(text, Value) for text in texts):
            continue
        for name in names_of((candidate,)):
            known.setdefault(name, {}).update((text.text, None) for text in texts if isinstance(text, Value))
    for name, texts_of in known.items():
        if name not in skip:
            now = place.element.get(name)
            yield from ((name, text) for text in texts_of if text != now)


def _replay(
    outer: Place, setting: tuple[str, str] | None, inner: Sequence[View], skip: frozenset[str], closed: bool
) -> tuple[State, int]:
    """Return the state at the mistake if an outer element's attribute had another value, and how much else is wrong."""
    name = setting[0] if setting else ""
    state = outer.entered.attributes[name][setting[1]] if setting else outer.entered
    total = 0
    for element in (outer.element, *inner):
        if element is not outer.element:
            state = recovery.open_early(state, element.tag)[0]
        last = element is (inner[-1] if inner else outer.element)
        left_out = {name} if element is outer.element else set()
        if last:
            left_out |= skip
        state, mistakes = take_attributes(state, [item for item in attributes_of(element) if item[0] not in left_out])
        total += mistakes
        if closed or not last:
            total += recovery.close(state).dead
            state = recovery.close_as_if_complete(state)
    return state, total
