"""Which names of a document a release knows at their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.explain import Trails, trail_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from virtxml.relaxng.match.states import State

    from .steps import Draft, Step


class Names:
    """Tells of elements and attributes of a document whether a release knows them where they stand, in any variant."""

    def __init__(self, draft: Draft, start: State) -> None:
        """Take a document, and the state before its root element."""
        self._draft = draft
        self._trails = Trails(start)

    def knows(self, step: Step) -> bool:
        """Tell whether the release knows what a step is about."""
        trail = trail_of(self._draft.elements[step.number])
        if step.attribute:
            return bool(self._trails.attributes(trail, step.attribute))
        return bool(self._trails.at(trail))

    def is_certain(self, step: Step) -> bool:
        """Tell whether the release cannot take a document without a step, whatever else is done.

        That is so where it does not know a name or a value of what the step takes out, in any variant. It saves the
        time of trying: most steps are of that kind.
        """
        if not step.takes or step.text is not None:
            return False
        element = self._draft.elements[step.number]
        if step.attribute:
            return self._is_new(element, step.attribute)
        return any(self._is_any_new(one) for one in element.iter("*"))

    def _is_any_new(self, element: _Element) -> bool:
        """Tell whether the release does not know an element, or one of its attributes with its value."""
        if not self._trails.at(trail_of(element)):
            return True
        return any(self._is_new(element, str(name)) for name in element.attrib)

    def _is_new(self, element: _Element, name: str) -> bool:
        """Tell whether the release does not know an attribute, or its value."""
        return not self._trails.accepts(trail_of(element), name, element.get(name) or "")
