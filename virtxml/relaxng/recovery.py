"""Steps that a valid document would not take: what to go on with behind a mistake.

Each takes a mistake as if it had been made good, so that what comes behind it is judged on its own. A mistake that is
best skipped needs no step: the state stays what it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import closing
from .opening import openings, opens
from .patterns import NOT_ALLOWED, Choice, Group, Interleave, OneOrMore, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .opening import Opening
    from .patterns import Element
    from .pool import Pool
    from .states import Return, State


def open_as(state: State, element: Element) -> State:
    """Return the state inside the start tag of an element, wherever it was found: its content is to be matched."""
    return state.map(lambda _: NOT_ALLOWED) if element.content is NOT_ALLOWED else states_of(state, (element.content,))


def states_of(state: State, contents: tuple[Pattern, ...]) -> State:
    """Return the state of some contents, in the same pool as a state."""
    return state.starts.states.of(contents)


def close_as_if_complete(state: State) -> State:
    """Return the state behind a start tag as if all missing attributes had been there, with right values."""
    return state.map(lambda content: closing.closed_as_if_complete(content, state.pool))


def any_value(state: State, name: str) -> State:
    """Return the state behind an attribute as if its value were right for all that the attribute may be."""
    values = state.attributes[name]
    return values.behind(values.candidates)


def end_as_if_complete(state: State, after: Return) -> State:
    """Return the state behind an element as if all that is missing in it had been there."""
    return after[state.alive]


def openings_anywhere(pattern: Pattern, name: str, pool: Pool) -> Iterator[Opening]:
    """Iterate over the elements of a name that may begin now or later, with what remains to match behind each.

    What ought to stand before the element is still asked for behind it, so that what stands in the wrong order, or
    behind something missing, is taken for what it is.
    """
    if isinstance(pattern, Group):
        if name in opens(pattern):
            items = pattern.items
            for index, item in enumerate(items):
                for element, rest in openings_anywhere(item, name, pool):
                    yield element, pool.group((*items[:index], rest, *items[index + 1 :]))
    elif isinstance(pattern, Choice):
        for item in pattern.items:
            yield from openings_anywhere(item, name, pool)
    elif isinstance(pattern, Interleave):
        items = pattern.items
        for index, item in enumerate(items):
            for element, rest in openings_anywhere(item, name, pool):
                yield element, pool.interleave((*items[:index], rest, *items[index + 1 :]))
    elif isinstance(pattern, OneOrMore):
        for element, rest in openings_anywhere(pattern.item, name, pool):
            yield element, pool.group((rest, pattern.many))
    else:
        yield from openings(pattern, name, pool)
