r"""Where a match is, and the steps from there: each is computed once, and a look-up in a dictionary from then on.

A `State` says what may come next in the innermost open element. A schema may leave it undecided which of its elements
an element of a document is, until an attribute or child tells them apart; so a state is a tuple of patterns, one for
each that it may be. Nearly always it is one. What has to follow behind the element's end is not in the state, but in
the `Return` that came with the start tag, so states are shared by all places of a document. A match goes like this:

    state, after = state.starts["disk"]                       # <disk
    state = state.attributes["device"]["cdrom"]               # device='cdrom'
    ...                                                       # children, each with an `after` of its own
    state = state.texts["\n    "]                             # text between them
    state = after[state.end]                                  # </disk>

and for an element without children the last two are `after[state.leaf[text]]`. The end of a start tag is no step: what
follows on it takes missing attributes into account. A state in which nothing is right any more is `dead`; all steps
from there lead to a dead one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .patterns import NOT_ALLOWED, Attribute, Element, Pattern
from .steps import attributes, opening, texts
from .steps.closing import closed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from .pool import Pool

Way = tuple[int, Element, Pattern]
"""An element that may begin in a state: the number of the content that it is in, and what remains of that behind it."""

LONGEST = 64
"""Longer texts are checked each time, not remembered."""


class State:
    """What may come next in the innermost open element.

    Attributes:
        contents: what is left to match of the element's content, for each element of the schema that it may be. One
            that it turned out not to be is `NOT_ALLOWED`. Without any left, there are no contents at all.
        starts: by an element's name, as lxml writes it: the state inside the start tag, and the `Return` for its end.
        attributes: by an attribute's name, and then by its value: the next state.
        texts: by text between elements: the next state.
        leaf: by all the text of an element without children: its end, for a `Return`.
        end: which contents may end here, a bit each, for a `Return`.
    """

    __slots__ = ("_behind", "attributes", "contents", "end", "leaf", "starts", "states", "texts")

    def __init__(self, contents: tuple[Pattern, ...], states: States) -> None:
        self.contents = contents
        self.states = states
        self.end = sum(1 << index for index, content in enumerate(contents) if content.nullable)
        self.starts = _Starts(self, states)
        self.attributes = _Attributes(self, states)
        self.texts = _Texts(self, states)
        self.leaf = _Leaf(self, states)
        self._behind: dict[tuple[Attribute, ...], State] = {}

    @property
    def dead(self) -> bool:
        """Whether nothing is right any more."""
        return not self.contents

    @property
    def pattern(self) -> Pattern:
        """The contents as one pattern, for questions about what may come."""
        return self.states.pool.choice(self.contents)

    @property
    def alive(self) -> int:
        """The end, for a `Return`, as if all that is missing had been there."""
        return sum(1 << index for index, content in enumerate(self.contents) if content is not NOT_ALLOWED)

    def map(self, step: Callable[[Pattern], Pattern]) -> State:
        """Return the state in which each content is what a function makes of it."""
        return self.states.of(tuple(step(content) for content in self.contents))

    def enter(self, ways: Iterable[Way]) -> tuple[State, Return]:
        """Return the state inside the start tag of an element that is any of some, and the `Return` for its end."""
        routes: dict[Pattern, list[tuple[int, Pattern]]] = {}
        for index, element, rest in ways:
            routes.setdefault(element.content, []).append((index, rest))
        after = Return(tuple(map(tuple, routes.values())), len(self.contents), self.states)
        return self.states.of(tuple(routes)), after

    def behind(self, accepted: tuple[Attribute, ...]) -> State:
        """Return the state behind an attribute that is right for some of the schema's, and for no other."""
        found = self._behind.get(accepted)
        if found is None:
            self.states.pool.spend()
            found = self._behind[accepted] = self.map(
                lambda content: attributes.taken(content, accepted, self.states.pool)
            )
        return found

    def forget(self) -> None:
        """Forget the steps that were computed."""
        for steps in (self.starts, self.attributes, self.texts, self.leaf, self._behind):
            steps.clear()


class States:
    """Makes states: those with the same contents are one object, until the pool forgets."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self._known: dict[tuple[Pattern, ...], State] = {}
        pool.on_forget(self._forget)

    def of(self, contents: tuple[Pattern, ...]) -> State:
        """Return the state of some contents."""
        if all(content is NOT_ALLOWED for content in contents):
            contents = ()
        found = self._known.get(contents)
        if found is None:
            self.pool.spend(8)  # about as much memory as so many patterns
            found = self._known.setdefault(contents, State(contents, self))
        return found

    def _forget(self) -> None:
        for state in list(self._known.values()):
            state.forget()
        self._known.clear()


class _Steps(dict[Any, Any]):
    """The steps of one kind that lead on from a state."""

    __slots__ = ("state", "states")

    def __init__(self, state: State, states: States) -> None:
        super().__init__()
        self.state = state
        self.states = states

    def remember(self, key: str | None, result: Any) -> Any:
        """Remember a step, unless its key is long."""
        if key is None or len(key) <= LONGEST:
            self.states.pool.spend()
            self[key] = result
        return result


class Return(dict[int, State]):
    """The state behind an element, by the element's end.

    ``routes`` are, for each content of the state inside the element, the contents of the state before it that lead
    there, by index, with what remains of each. ``size`` is how many contents the state before it has.
    """

    __slots__ = ("routes", "size", "states")

    def __init__(self, routes: tuple[tuple[tuple[int, Pattern], ...], ...], size: int, states: States) -> None:
        super().__init__()
        self.routes = routes
        self.size = size
        self.states = states

    def __missing__(self, end: int) -> State:
        rests: list[list[Pattern]] = [[] for _ in range(self.size)]
        for bit, routes in enumerate(self.routes):
            if end >> bit & 1:
                for index, rest in routes:
                    rests[index].append(rest)
        found = self[end] = self.states.of(tuple(self.states.pool.choice(items) for items in rests))
        self.states.pool.spend()
        return found


class Unchanged(dict[int, State]):
    """The state behind what does not count, such as a comment: the same as before it."""

    __slots__ = ("state",)

    def __init__(self, state: State) -> None:
        super().__init__()
        self.state = state

    def __missing__(self, end: int) -> State:
        return self.state


class _Starts(_Steps):
    """The states inside elements that begin, by name."""

    __slots__ = ()

    def __missing__(self, name: Any) -> tuple[State, dict[int, State]]:
        if not isinstance(name, str):  # lxml's mark of a comment or processing instruction
            return self.states.of(()), Unchanged(self.state)
        pool = self.states.pool
        step = self.state.enter(
            (index, element, rest)
            for index, content in enumerate(self.state.contents)
            for element, rest in opening.openings(closed(content, pool), name, pool)
        )
        self.remember(name, step)
        return step


class _Attributes(_Steps):
    """The values of attributes, by the attributes' names."""

    __slots__ = ()

    def __missing__(self, name: str) -> AttributeValues:
        found = AttributeValues(self.state, name, self.states)
        self.remember(name, found)
        return found


class AttributeValues(_Steps):
    """The states behind an attribute, by its value.

    ``candidates`` are the attributes of the schema that it may be.
    """

    __slots__ = ("candidates",)

    def __init__(self, state: State, name: str, states: States) -> None:
        super().__init__(state, states)
        found = (candidate for content in state.contents for candidate in attributes.named(content, name))
        self.candidates = tuple(dict.fromkeys(found))

    def __missing__(self, value: str) -> State:
        pool = self.states.pool
        accepted = tuple([candidate for candidate in self.candidates if attributes.accepts(candidate, value, pool)])
        found: State = self.remember(value, self.behind(accepted))
        return found

    def behind(self, accepted: Collection[Attribute]) -> State:
        """Return the state behind the attribute as if its value were right for some of the candidates."""
        return self.state.behind(tuple(accepted))


class _Texts(_Steps):
    """The states behind text between elements."""

    __slots__ = ()

    def __missing__(self, text: str | None) -> State:
        if text is None or not text.strip(texts.WHITE_SPACE):
            return self.remember(text, self.state)  # type: ignore[no-any-return]
        pool = self.states.pool
        contents = self.state.contents
        found = self.states.of(tuple(texts.after_text(closed(content, pool), text, pool) for content in contents))
        return self.remember(text, found)  # type: ignore[no-any-return]


class _Leaf(_Steps):
    """Which contents may end behind all the text of an element, a bit each."""

    __slots__ = ()

    def __missing__(self, text: str | None) -> int:
        pool = self.states.pool
        end = 0
        for index, content in enumerate(self.state.contents):
            if texts.matches_text(closed(content, pool), text or "", pool):
                end |= 1 << index
        return self.remember(text, end)  # type: ignore[no-any-return]
