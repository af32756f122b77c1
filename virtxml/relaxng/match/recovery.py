"""Steps that a valid document would not take: what to go on with behind a mistake.

Each takes a mistake as if it had been made good, so that what comes behind it is judged on its own. A mistake that is
best skipped needs no step: the state stays what it was.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from .patterns import Choice, Group, Interleave, OneOrMore, Pattern
from .states import Unchanged
from .steps import closing
from .steps.opening import ANY, openings, opens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .patterns import Element
    from .pool import Pool
    from .states import Return, State
    from .steps.opening import Opening


def open_as(state: State, element: Element) -> tuple[State, Unchanged]:
    """Return the state inside the start tag of an element that is not expected, as if it were the schema's `element`.

    Behind its end the state is what it was.
    """
    return state.states.of((element.content,)), Unchanged(state)


@lru_cache(maxsize=4096)
def open_anywhere(state: State, name: str, ask: bool = True) -> tuple[State, Return]:
    """Return the state inside the start tag of an element as if it were not too early, with the way back.

    With ``ask``, what ought to stand before it is still asked for behind it.
    """
    pool = state.states.pool
    return state.enter(
        (index, element, rest)
        for index, content in enumerate(state.contents)
        for element, rest in openings_anywhere(closing.closed_as_if_complete(content, pool), name, pool, ask)
    )


def open_early(state: State, name: str) -> tuple[State, Return]:
    """Return the state inside the start tag of an element, as if it were not too early if it is, with the way back."""
    step: tuple[State, Return] = state.starts[name]
    return open_anywhere(state, name) if step[0].dead else step


def close(state: State) -> State:
    """Return the state behind a start tag; other steps take that for granted, but what may come is easier to see."""
    return state.map(lambda content: closing.closed(content, state.states.pool))


def close_as_if_complete(state: State) -> State:
    """Return the state behind a start tag as if all missing attributes had been there, with right values."""
    return state.map(lambda content: closing.closed_as_if_complete(content, state.states.pool))


def any_value(state: State, name: str) -> State:
    """Return the state behind an attribute as if its value were right for all that the attribute may be."""
    values = state.attributes[name]
    found: State = values.behind(values.candidates)
    return found


def end_as_if_complete(state: State, after: dict[int, State]) -> State:
    """Return the state behind an element as if all that is missing in it had been there."""
    return after[state.alive]


def openings_anywhere(pattern: Pattern, name: str, pool: Pool, ask: bool = True) -> Iterator[Opening]:
    """Iterate over the elements of a name that may begin now or later, with what remains to match behind each.

    With ``ask``, what ought to stand before the element is still asked for behind it, so that what stands in the wrong
    order, or behind something missing, is taken for what it is.
    """
    if isinstance(pattern, Group):
        if not opens(pattern).isdisjoint((name, ANY)):
            items = pattern.items
            for index, item in enumerate(items):
                for element, rest in openings_anywhere(item, name, pool, ask):
                    yield element, pool.group((*(items[:index] if ask else ()), rest, *items[index + 1 :]))
    elif isinstance(pattern, Choice):
        for item in pattern.items:
            yield from openings_anywhere(item, name, pool, ask)
    elif isinstance(pattern, Interleave):
        items = pattern.items
        for index, item in enumerate(items):
            for element, rest in openings_anywhere(item, name, pool, ask):
                yield element, pool.interleave((*items[:index], rest, *items[index + 1 :]))
    elif isinstance(pattern, OneOrMore):
        for element, rest in openings_anywhere(pattern.item, name, pool, ask):
            yield element, pool.group((rest, pattern.many))
    else:
        yield from openings(pattern, name, pool)
