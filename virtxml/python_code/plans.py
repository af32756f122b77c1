"""Which calls of a builder's steps build a document with the least code, and what is left to be set afterwards.

Calls come in groups, each for some part of the document. What a group says is tried out with the builder itself: calls
that it refuses, and those without which the part is as it should be, are left out; so are those after which so much has
to be set that the models are shorter.
"""

from __future__ import annotations

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from virtxml.builders import BuildError
from virtxml.difference import written_alike

from .changes import Statements, code_length
from .expressions import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from virtxml.node import Node

    from .chains import Call
    from .changes import Statement
    from .models import ModelWriter

Part = tuple["str | int", ...]
"""A way from a document to something in it: ("devices", "disks", 0)."""


@dataclass
class Group:
    """Calls that build some parts of a document.

    Attributes:
        parts: the parts.
        calls: the calls that say all that builders can say of them.
        plain: fewer words, which may be enough; none are needed where builders fill in the parts by themselves.
        model: a call that builds the part from a model, for items of lists.
        items: groups for each item of a list, to be taken if ``plain`` is not enough.
        kept: whether the calls stay even if they are longer than models.
    """

    parts: Sequence[Part]
    calls: list[Call]
    plain: list[Call] | None = None
    model: Call | None = None
    items: list[Group] = field(default_factory=list)
    kept: bool = False


@dataclass
class Plan:
    """Calls that start a builder, build most of a document, and what is set afterwards."""

    calls: list[Call]
    changes: list[Statement]


@dataclass
class _Choice:
    """What is chosen of a group.

    Attributes:
        group: the group.
        calls: the calls that are made.
        settled: whether there is nothing more to be said.
        fewer: other calls, with fewer words, and how much code is needed if they are made.
        accepted: the calls among them that the builder takes.
    """

    group: Group
    calls: list[Call]
    settled: bool = False
    fewer: tuple[list[Call], int | None] = ([], None)
    accepted: list[Call] = field(default_factory=list)


class _Trial:
    """Calls a builder's steps, and goes on from where the calls are others than the last time."""

    def __init__(self, begin: Callable[[Call], Any], start: Call) -> None:
        try:
            self._states = [begin(start)]
        except (BuildError, LookupError):
            self._states = []
        self._last: list[_Choice] = []
        self._model: Node | None = None

    def built(self, choices: list[_Choice]) -> Node | None:
        """Return what the builder builds, if anything; note which calls it takes."""
        if not self._states:
            return None
        last, self._last = self._last, choices
        known = 0
        while known < min(len(last), len(choices)) and last[known].calls is choices[known].calls:
            choices[known].accepted = last[known].accepted
            known += 1
        if last and known == len(choices) == len(last):
            return self._model
        del self._states[known + 1 :]
        for choice in choices[known:]:
            # A step leaves the model alone that the builder had before.
            builder = copy(self._states[-1])
            choice.accepted = [call for call in choice.calls if _takes(builder, call)]
            self._states.append(builder)
        try:
            self._model = self._states[-1].build()
        except BuildError:
            self._model = None
        return self._model


class Planner:
    """Finds the plan for one document."""

    def __init__(self, wanted: Node, target: str, start: Call, writer: ModelWriter) -> None:
        """Start a plan.

        Args:
            wanted: the document.
            target: the name of the variable with it.
            start: the call that starts the builder.
            writer: makes code that is measured only.
        """
        self._wanted = wanted
        self._target = target
        self._start = start
        self._writer = writer
        self._statements = Statements(writer)
        self._places: dict[Part, int] = {}

    def plan(self, begin: Callable[[Call], Any], groups: Sequence[Group]) -> Plan | None:
        """Return the plan, None if the builder does not build anything of the kind.

        Args:
            begin: makes the call that starts the builder.
            groups: the calls that may be of use.
        """
        choices = [_Choice(group, group.calls if group.plain is None else group.plain) for group in groups]
        for choice in choices:
            choice.settled = choice.group.plain is None
        trial = _Trial(begin, self._start)
        for choose in (self._more_words, self._fewer_words, self._more_words):
            built = trial.built(choices)
            if built is None:
                return None
            self._places = _places(choices)
            choices = [chosen for choice in choices for chosen in choose(choice, built)]
        built = trial.built(choices)
        if built is None:
            return None
        accepted = [call for choice in choices for call in choice.accepted]
        return Plan([self._start, *accepted], self._statements.between(self._target, built, self._wanted))

    def _more_words(self, choice: _Choice, built: Node) -> list[_Choice]:
        """Say more of parts that are not as they should be."""
        group = choice.group
        if choice.settled or all(self._fits(built, part) for part in group.parts):
            return [choice]
        if group.items:
            return [_Choice(item, item.calls, settled=True) for item in group.items]
        fewer = choice.calls, self._length(choice.accepted, built, group.parts)
        return [_Choice(group, group.calls, settled=True, fewer=fewer)]

    def _fewer_words(self, choice: _Choice, built: Node) -> list[_Choice]:
        """Take models where they are shorter."""
        group = choice.group
        if group.kept:
            return [choice]
        length, alternative = self._length(choice.accepted, built, group.parts), []
        calls, before = choice.fewer
        if before is not None and (length is None or before <= length):
            choice, length = _Choice(group, calls, settled=True, accepted=calls), before
        if group.model is not None:
            alternative = [group.model]
            shorter = length is None or not choice.accepted or self._call_length(group.model) < length
        else:
            shorter = length is not None and self._set_length(group.parts) < length
        return [_Choice(group, alternative, settled=True) if shorter else choice]

    def _length(self, calls: list[Call], built: Node, parts: Sequence[Part]) -> int | None:
        """Return how much code calls take, with what is set afterwards; None if something is not there to be set."""
        total = sum(map(self._call_length, calls))
        for part in parts:
            found = self._differences(built, part)
            if found is None:
                return None
            total += self._statements.length(found)
        return total

    def _call_length(self, call: Call) -> int:
        return 1 + code_length(lines(call.expression(self._writer)))

    def _set_length(self, parts: Sequence[Part]) -> int:
        """Return how much code it takes to set parts as a whole."""
        total = 0
        for part in parts:
            owner, name, target = self._owner(self._wanted, part)
            if owner is not None:
                value = getattr(owner, name) if isinstance(name, str) else owner[name]
                total += len(target) + code_length(lines(self._writer.value(value)))
        return total

    def _fits(self, built: Node, part: Part) -> bool:
        return self._differences(built, part) == []

    def _differences(self, built: Node, part: Part) -> list[Statement] | None:
        """Return what has to be set in a part of what is built, None if the part is not there to be set."""
        (old, name, target), (new, _, _) = self._owner(built, part), self._owner(self._wanted, part)
        if old is None or new is None:
            return [] if old is new else None
        if isinstance(name, str):
            return self._statements.of_field(target.rpartition(".")[0], old, new, name, len(part) - 1)
        place = name if len(old) == len(new) else self._places.get(part, len(old))
        if place >= len(old) or type(old[place]) is not type(new[name]):
            return None
        if written_alike(old[place], new[name]):
            return []
        return self._statements.of_item(target, old[place], new[name], name, len(part) - 1)

    def _owner(self, root: Node, part: Part) -> tuple[Any, str | int, str]:
        """Return what has a part, None if there is nothing; the part's name or number there; and the code of it."""
        owner: Any = root
        target = self._target
        for step in part[:-1]:
            target += f".{step}"
            owner = getattr(owner, str(step)) if owner is not None else None
        last = part[-1]
        return owner, last, target if isinstance(last, int) else f"{target}.{last}"


def _places(choices: Sequence[_Choice]) -> dict[Part, int]:
    """Return the places in lists that items have of which not all are built."""
    found: dict[Part, int] = {}
    counts: Counter[Part] = Counter()
    for choice in choices:
        for part in choice.group.parts:
            if isinstance(part[-1], int) and choice.accepted:
                found[part] = counts[part[:-1]]
                counts[part[:-1]] += 1
    return found


def _takes(builder: Any, call: Call) -> bool:
    """Make a call; tell whether the builder takes it.

    What a document lacks is None in the call, and an item that is not there; a step may fail in any way on what it
    cannot do without. Models say such things.
    """
    try:
        call.of(builder)
    except (BuildError, LookupError, TypeError, ValueError, AttributeError):
        return False
    return True
