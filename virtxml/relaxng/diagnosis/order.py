"""Find the one child that stands in the wrong place: whose move makes the others fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..match import recovery
from .finding import Finding, Kind
from .forgiving import step_over

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..match.states import State
    from .view import View

_REACH = 32
"""So many children before and behind the first that does not fit are looked at."""


class Move(NamedTuple):
    """A move of one child: from an index to another, both counted before the move.

    With ``early`` it stands before the one at ``to`` and belongs behind it, else the other way round.
    """

    at: int
    to: int
    early: bool


def arranged(opened: State, children: Sequence[View]) -> tuple[list[int], Finding[View] | None]:
    """Return the numbers of children in the order that fits, and what is wrong with the one they are in.

    ``opened`` is the state behind the start tag around them. What is wrong inside of them does not count. If no move of
    one child makes them fit, or none is needed, the order is theirs, and there is no finding.
    """
    numbers = list(range(len(children)))
    states = _states(opened, children)
    failed = len(states) - 1
    if failed == len(children):
        return numbers, None
    first, last = max(0, failed - _REACH), min(len(children), failed + _REACH)
    near = _Near(states[first], children[first:last], failed - first)
    move = near.move()
    if move is None:
        return numbers, None
    moved = numbers.pop(first + move.at)
    numbers.insert(first + move.to, moved)
    child, other = children[moved], children[first + move.to]
    if move.early:
        return numbers, Finding(kind=Kind.WRONG_ORDER, element=child, first=other)
    return numbers, Finding(kind=Kind.WRONG_ORDER, element=child, behind=other)


def _states(state: State, children: Sequence[View]) -> list[State]:
    """Return the states before and behind each child, up to the first that does not fit."""
    found = [state]
    for child in children:
        state, _ = step_over(state, child)
        if state.dead:
            break
        found.append(state)
    return found


class _Near:
    """The children around the first that does not fit; steps are computed once."""

    def __init__(self, state: State, children: Sequence[View], failed: int) -> None:
        self._children = children
        self._failed = failed
        self._steps: dict[tuple[State, int], tuple[State, int]] = {}
        self._before = [state]
        for number in range(failed):
            self._before.append(self._step(self._before[-1], number)[0])
        self._mistakes = [self._mistakes_in_place(number) for number in range(len(children))]
        """What is wrong in each child where it is."""

    def _mistakes_in_place(self, number: int) -> int:
        """Return how much is wrong in a child where it is; of one that does not fit there, as if it came first."""
        start = self._before[min(number, self._failed)]
        if number >= self._failed and recovery.open_anywhere(start, self._children[number].tag)[0].dead:
            start = self._before[0]
        return step_over(start, self._children[number], early=True)[1]

    def move(self) -> Move | None:
        """Return the likeliest move that makes all fit; None if there is none.

        One behind which nothing is missing is likelier, then one of the child that does not fit where it is.
        """
        partial = None
        for move in self._moves():
            end = self._end(move)
            if end is not None and end.end:
                return move
            if end is not None and partial is None:
                partial = move
        return partial

    def _moves(self) -> Iterator[Move]:
        """Iterate over all moves that could help, the likeliest and shortest first."""
        failed, count = self._failed, len(self._children)
        yield from (Move(at, at - 1, early=False) for at in (failed, failed - 1) if at > 0)
        yield from (Move(failed, to, early=False) for to in reversed(range(failed)))
        yield from (Move(failed, to, early=True) for to in range(failed + 1, count))
        yield from (Move(at, to, early=True) for at in reversed(range(failed)) for to in range(failed, count))
        yield from (Move(at, failed, early=False) for at in range(failed + 1, count))

    def _end(self, move: Move) -> State | None:
        """Return the state behind all children after a move; None if one does not fit then."""
        start = min(move.at, move.to)
        order = list(range(start, len(self._children)))
        order.insert(move.to - start, order.pop(move.at - start))
        state = self._before[min(start, self._failed)]
        for number in order:
            state, mistakes = self._step(state, number)
            if state.dead or mistakes > self._mistakes[number]:
                return None
        return state

    def _step(self, state: State, number: int) -> tuple[State, int]:
        """Return what `step_over` does for a child, computed once for a state."""
        found = self._steps.get((state, number))
        if found is None:
            found = self._steps[state, number] = step_over(state, self._children[number])
        return found
