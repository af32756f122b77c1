"""Match texts against one expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .expressions import NOTHING, Expressions
from .parser import parse

if TYPE_CHECKING:
    from .expressions import Expression

_STATES = 2_000
"""How many states a matcher keeps before it starts afresh."""
_CHARACTERS = 200
"""How many characters a state remembers the way for; others are worked out each time."""


class Matcher:
    """Tells whether texts match a regular expression of XML Schema, which covers a text from end to end.

    Raises RegexError for an expression that is wrong. The time is linear in the text, and memory is bounded.
    """

    def __init__(self, regex: str) -> None:
        self._expressions = Expressions()
        self._states: dict[Expression, _State] = {}
        self._start = parse(regex, self._expressions)

    def matches(self, text: str) -> bool:
        """Tell whether a text matches."""
        state = self._state(self._start)
        for character in text:
            state = state[character]
        return state.expression.nullable

    def _state(self, expression: Expression) -> _State:
        found = self._states.get(expression)
        if found is None:
            if len(self._states) >= _STATES:
                self._forget()
            found = self._states[expression] = _State(expression, self)
        return found

    def _forget(self) -> None:
        for state in list(self._states.values()):
            state.clear()  # states know each other
        self._states.clear()
        self._expressions.known.clear()

    def behind(self, expression: Expression, character: str) -> _State:
        """Return the state behind a character."""
        return self._state(self._expressions.behind(expression, character))


class _State(dict[str, "_State"]):
    """What is left to match: by the next character, the next state."""

    __slots__ = ("expression", "matcher")

    def __init__(self, expression: Expression, matcher: Matcher) -> None:
        super().__init__()
        self.expression = expression
        self.matcher = matcher

    def __missing__(self, character: str) -> _State:
        if self.expression is NOTHING:
            return self
        found = self.matcher.behind(self.expression, character)
        if len(self) < _CHARACTERS:
            self[character] = found
        return found
