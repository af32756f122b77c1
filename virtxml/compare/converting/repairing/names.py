"""Which names of a document a release knows at their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.explain import Trails, trail_of

if TYPE_CHECKING:
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
        """Tell whether the release cannot take a document without a step, whatever else is done."""
        return step.takes and step.text is None and not self.knows(step)
