"""How much an element looks like one of the schema: to tell which one was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..match import recovery
from ..match.steps.opening import ANY, opens
from .variants import attributes_of, take_attributes

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ..match.states import State


def count_mistakes(element: _Element, inside: State, missing: bool = True) -> int:
    """Return how many mistakes there are in a start tag, the names of children, and text without children.

    ``inside`` is the state inside the start tag of what the element is taken for. With ``missing``, that attributes are
    missing is one of them.
    """
    state, mistakes = take_attributes(inside, attributes_of(element))
    mistakes += missing and recovery.close(state).dead
    state = recovery.close_as_if_complete(state)
    if not len(element):
        return mistakes + (not state.leaf[element.text])
    names = opens(state.pattern)
    return mistakes + sum(child.tag not in names and ANY not in names for child in element)
