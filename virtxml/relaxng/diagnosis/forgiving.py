"""Go through an element as if what is wrong in it was right, and count what is: to tell what it was meant as.

Wrong values count as right, unknown names as not there, what is missing as there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from ..match import recovery
from ..match.expectations import values
from ..match.patterns import Value
from ..match.steps.opening import ANY, opens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..match.patterns import Attribute
    from ..match.states import State
    from .view import View


def tells_apart(state: State, name: str) -> bool:
    """Tell whether an attribute says which of several variants an element is."""
    candidates: tuple[Attribute, ...] = state.attributes[name].candidates
    return len(candidates) > 1 and all(map(_is_closed, candidates))


@lru_cache(maxsize=4096)
def _is_closed(attribute: Attribute) -> bool:
    """Tell whether an attribute has a closed set of values."""
    return all(isinstance(value, Value) for value in values(attribute.content))


def attributes_of(element: View) -> list[tuple[str, str]]:
    """Return the names and values of an element's attributes: of parsed text they are never bytes."""
    return cast("list[tuple[str, str]]", element.items())


def take_attribute(state: State, name: str, value: str) -> tuple[State, bool]:
    """Return the state behind an attribute, and whether it was right.

    A wrong value counts as right in the state, a wrong name as not there.
    """
    steps = state.attributes[name]
    behind: State = steps[value]
    if not behind.dead:
        return behind, True
    return (recovery.any_value(state, name) if steps.candidates else state), False


def take_attributes(state: State, items: Sequence[tuple[str, str]]) -> tuple[State, int]:
    """Return the state behind attributes, and how many were wrong.

    Wrong values count as right in the state, wrong names as not there.
    """
    mistakes = 0
    for name, value in sorted(items, key=lambda item: not tells_apart(state, item[0])):
        state, right = take_attribute(state, name, value)
        mistakes += not right
    return state, mistakes


def behind_start_tag(inside: State, element: View, missing: bool = False) -> tuple[State, int]:
    """Return the state behind all attributes of an element and its start tag, and how much was wrong.

    ``inside`` is the state inside the start tag. With ``missing``, that attributes are missing is a mistake as well.
    """
    state, mistakes = take_attributes(inside, attributes_of(element))
    if missing:
        mistakes += recovery.close(state).dead
    return recovery.close_as_if_complete(state), mistakes


def step_over(state: State, child: View, early: bool = False) -> tuple[State, int]:
    """Return the state behind a child, and how much is wrong in its attributes and its text without children.

    The state is dead if the child may not begin, but with ``early`` it may begin before what ought to come first.
    """
    inside, after = recovery.open_early(state, child.tag) if early else state.starts[child.tag]
    if inside.dead:
        return inside, 0
    inside, mistakes = behind_start_tag(inside, child)
    end = 0 if len(child) else inside.leaf[child.text]
    found: State = after[end or inside.alive]
    return found, mistakes + (not len(child) and not end)


def after_child(state: State, child: View) -> State:
    """Return the state behind a child, even if that is too early."""
    return step_over(state, child, early=True)[0]


def count_mistakes(element: View, inside: State, missing: bool = True) -> int:
    """Return how many mistakes there are in a start tag, the names of children, and text without children.

    ``inside`` is the state inside the start tag of what the element is taken for. With ``missing``, that attributes are
    missing is one of them.
    """
    state, mistakes = behind_start_tag(inside, element, missing)
    if not len(element):
        return mistakes + (not state.leaf[element.text])
    names = opens(state.pattern)
    return mistakes + sum(child.tag not in names and ANY not in names for child in element)
