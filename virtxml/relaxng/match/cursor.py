"""A place in a document as it goes by, and what may come there.

A `Cursor` goes through a document a tag, an attribute and a text at a time. It never changes: each step gives another
one, so whoever holds one may go on from it in several ways, or come back to it when what is behind it was edited. Where
the cursors before and after the edit meet, the rest of the document is judged as it was:

    cursor = Cursor.before(grammar.start("domain")).open("domain").attribute("type", "kvm").open("name")
    cursor.possible().any_text                                # True
    cursor = cursor.text("web1").close()
    names_of(cursor.possible().elements)                      # what may stand behind <name>
    [names_of(lack) for lack in cursor.required()]            # what has to come before </domain>

The steps are those of `states`; `matcher` takes the same ones through a whole tree, without a cursor for each.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from .expectations import allows_any_text, possible_attributes, possible_elements, values
from .lacking import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .lacking import Lack
    from .patterns import Attribute, Data, Element, Value
    from .states import Return, State

_IN_TAG, _IN_TEXT, _BESIDE_CHILD = range(3)
"""Where in an element a cursor is: in its start tag, in text that may be all that it holds, or behind a child."""


class Possible(NamedTuple):
    """What may come at a cursor, each once; `patterns.names_of` tells the names.

    Attributes:
        attributes: the attributes that the open start tag may still have, in the schema's order.
        elements: the elements that may begin, as if missing attributes had been there.
        values: the values and datatypes that all the text of the element may be, while it has no children.
        any_text: whether any text may stand here.
        end: whether the element, or the document, may end here.
    """

    attributes: tuple[Attribute, ...]
    elements: tuple[Element, ...]
    values: tuple[Value | Data, ...]
    any_text: bool
    end: bool


class Cursor:
    """A place in a document: what may come in the innermost open element, and behind the ends of those around it.

    Two cursors are equal if the grammar sees no difference in what may come behind them; it is enough to ask for the
    identity of states, which are made once. Cursors from before and after a grammar forgot what it knew, as one does
    that has seen very much, may be unequal all the same.

    A step that is not right leads to a cursor that is `dead`, and from there all steps do.
    """

    __slots__ = ("_after", "_at", "_outer", "_state", "_text")

    def __init__(self, state: State, after: Return | None, outer: Cursor | None, at: int, text: str | None) -> None:
        self._state = state
        self._after = after
        """The way out of the innermost open element; None if none is open."""
        self._outer = outer
        """Where that element began."""
        self._at = at
        self._text = text
        """The text behind the start tag: it is judged when it is whole."""

    @classmethod
    def before(cls, start: State) -> Cursor:
        """Return the cursor before a root element, from the state there: that of `Grammar.start`, for a document."""
        return cls(start, None, None, _BESIDE_CHILD, None)

    def open(self, name: str) -> Cursor:
        """Go into the start tag of an element, called as lxml writes it: `{namespace}local`."""
        inside, after = self._beside().starts[name]
        return Cursor(inside, after, self, _IN_TAG, None)

    def attribute(self, name: str, value: str) -> Cursor:
        """Go on behind an attribute, whose value has no references. Raises ValueError where no start tag is open."""
        if self._at != _IN_TAG:
            raise ValueError(f"no start tag is open for the attribute {name!r}")
        return Cursor(self._state.attributes[name][value], self._after, self._outer, _IN_TAG, None)

    def text(self, value: str) -> Cursor:
        """Go on behind text. Pieces in a row, as those around a comment, are one."""
        if self._at == _BESIDE_CHILD:
            return Cursor(self._state.texts[value], self._after, self._outer, _BESIDE_CHILD, None)
        return Cursor(self._state, self._after, self._outer, _IN_TEXT, (self._text or "") + value)

    def close(self) -> Cursor:
        """Go behind the end of the innermost open element. Raises ValueError if none is open."""
        if self._outer is None or self._after is None:
            raise ValueError("no element is open")
        return Cursor(self._after[self._end()], self._outer._after, self._outer._outer, _BESIDE_CHILD, None)

    @property
    def dead(self) -> bool:
        """Whether nothing that may come makes the document right any more.

        Missing attributes show at the end of the element or at its first child, and so does the text before that.
        """
        return self._state.dead

    @property
    def complete(self) -> bool:
        """Whether all of a document came, and matches."""
        return self._outer is None and self._end() != 0

    def possible(self) -> Possible:
        """Return what may come here."""
        beside = self._beside().pattern
        return Possible(
            attributes=tuple(possible_attributes(beside)) if self._at == _IN_TAG else (),
            elements=tuple(dict.fromkeys(possible_elements(beside))),
            values=() if self._at == _BESIDE_CHILD else tuple(dict.fromkeys(values(self._state.pattern))),
            any_text=allows_any_text(beside),
            end=self._end() != 0,
        )

    def required(self) -> list[Lack]:
        """Return the attributes and elements without which the element may not end, each with what would do instead.

        Of the alternatives of a choice it is those that ask for least.
        """
        return lacking(self._beside().pattern)

    def _beside(self) -> State:
        """Return the state here if the text so far stands beside elements."""
        return self._state.texts[self._text] if self._at == _IN_TEXT else self._state

    def _end(self) -> int:
        """Return how the innermost element ends here, for its `Return`; 0 if it may not."""
        end: int = self._state.end if self._at == _BESIDE_CHILD else self._state.leaf[self._text]
        return end

    def _routes(self) -> Iterator[object]:
        """Iterate over what may come behind the ends of the open elements, the innermost first."""
        at: Cursor | None = self
        while at is not None and at._after is not None:
            yield at._after.routes
            at = at._outer

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cursor):
            return NotImplemented
        here, there = (self._state, self._at, self._text), (other._state, other._at, other._text)
        return here == there and all(mine == its for mine, its in zip_longest(self._routes(), other._routes()))

    def __hash__(self) -> int:
        return hash((self._state, self._at, self._text))
