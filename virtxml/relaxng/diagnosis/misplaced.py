"""Why an element may not stand where it does."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from virtxml.diagnostics.suggest import EDIT, distance, nearest

from ..match import recovery
from ..match.expectations import allows_any_text, elements, possible_elements, values
from ..match.patterns import Element, Value, names_of, split_name
from ..match.states import Unchanged
from ..match.steps.opening import opens
from .finding import Finding, Kind, Setting
from .forgiving import after_child, attributes_of, behind_start_tag, count_mistakes, take_attributes
from .start_tags import MOST_SIBLINGS, of_variant
from .variants import find_variant
from .view import following, preceding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..match.grammar import Grammar
    from ..match.patterns import Pattern
    from ..match.states import Return, State
    from .scopes import Scopes
    from .variants import Place
    from .view import View


_LONG = 5
"""How long a name is in which there may well be two slips."""


class Blame(NamedTuple):
    """What is wrong with an element, and how to go on: inside its start tag, and behind its end.

    Without a state inside, the element is skipped with all that it holds. ``state`` takes the place of the one before
    the element, if it is not None. With ``unless_missing`` the finding only counts if nothing turns out to be missing.
    """

    child: View
    finding: Finding[View]
    inside: State | None = None
    after: Return | Unchanged | None = None
    state: State | None = None
    unless_missing: bool = False


class Children:
    """The children of an element, as far as they are read: what may still come, and what came.

    Attributes:
        opened: the state behind the start tag.
        state: the state behind the children so far.
    """

    def __init__(self, grammar: Grammar, places: Sequence[Place], opened: State, scopes: Scopes[View]) -> None:
        self.element = places[-1].element
        self.opened = opened
        self.state = opened
        self._grammar = grammar
        self._places = places
        self._scopes = scopes
        self._came: dict[str, View] = {}
        """The last child of each name that was read."""
        self._tags: Counter[str] | None = None

    def read(self, child: View) -> None:
        """Note that a child is behind."""
        self._came[child.tag] = child

    def count(self, tag: str) -> int:
        """Return how many children of a name there are, read or not."""
        if self._tags is None:
            self._tags = Counter(child.tag for child in self.element)
        return self._tags[tag]

    def blame(self, child: View) -> Blame:
        """Say why a child may not begin now."""
        tag = child.tag
        if tag in opens(self.state.pattern) and not self._came_already(child):
            found = self._too_early(child)
            if found:
                return found
        if tag in opens(self.opened.pattern):
            return self._too_late(child)
        variant = find_variant(
            self._grammar, self._places, lambda state: tag in opens(state.pattern), closed=True, weigh=self._lost
        )
        if variant and self._lost(variant.state) <= self._gained(variant.state):
            inside, after = recovery.open_early(variant.state, tag)
            finding = of_variant(child, variant.settings)
            return Blame(child, finding, inside, after, variant.state)
        return self._unknown(child)

    def _lost(self, variant: State) -> int:
        """Return how many children that may be here may not in another variant."""
        return sum(self.count(tag) for tag in opens(self.opened.pattern) - opens(variant.pattern))

    def _gained(self, variant: State) -> int:
        """Return how many children that may not be here may in another variant."""
        return sum(self.count(tag) for tag in opens(variant.pattern) - opens(self.opened.pattern))

    def doubt(self, child: View, inside: State) -> Blame | None:
        """Say what a child rather is that may begin now, but is not right as what it is named; None for nothing.

        It is one of its name that came before or comes later, or its name is that of another one, but for a slip.
        """
        mistakes = count_mistakes(child, inside)
        if not mistakes:
            return None
        states = (self.opened, self.state) if child.tag in self._came else (self.state,)
        others = [recovery.open_anywhere(state, child.tag)[0] for state in states]
        if any(other is not inside and count_mistakes(child, other) < mistakes for other in others):
            return self.blame(child)
        return self._misspelled(child) if count_mistakes(child, inside, missing=False) else None

    def _misspelled(self, child: View) -> Blame | None:
        """Go on as if a child was the one with a similar name that it is right as; None if there is none."""
        ns, local = split_name(child.tag)
        for name in _nearest(ns, local, opens(self.state.pattern)):
            inside, after = self.state.starts[name]
            slip = distance(local, split_name(name)[1], EDIT) <= EDIT
            if slip and not self.count(name) and not inside.dead and not count_mistakes(child, inside):
                expected = names_of(possible_elements(self.state.pattern))
                finding = Finding(kind=Kind.UNKNOWN_ELEMENT, element=child, expected=expected, nearest=(name,))
                return Blame(child, finding, inside, after)
        return None

    def holders_of(self, child: View) -> tuple[str, ...]:
        """Return the elements that might hold a child just as it is; none if it is right nowhere, or in its place."""
        states = self.opened.states
        fitting = self._grammar.named(child.tag)
        if not child.items() and not len(child):  # most text is right where there may be text: that proves nothing
            fitting = [it for it in fitting if not it.content.nullable and _is_choosy(it.content)]
        fitting = [it for it in fitting if not count_mistakes(child, states.of((it.content,)))]
        holders = self._holders(fitting)
        return () if self.element.tag in holders else holders

    def _came_already(self, child: View) -> bool:
        """Tell whether a child is rather one that came before than one of the same name that may come now."""
        now, before = [recovery.open_anywhere(state, child.tag)[0] for state in (self.state, self.opened)]
        return now is not before and count_mistakes(child, before) < count_mistakes(child, now)

    def _too_early(self, child: View) -> Blame | None:
        """Go on as if what is asked for before a child had been there; None if nothing before it is asked for."""
        inside, after = recovery.open_anywhere(self.state, child.tag)
        if inside.dead:
            return None
        later = islice(following(child), MOST_SIBLINGS)
        late = next((other for other in later if self._comes_before(other, child)), None)
        if late is not None:
            without, behind = recovery.open_anywhere(self.state, child.tag, ask=False)
            if not recovery.end_as_if_complete(without, behind).starts[late.tag][0].dead:
                # It may come behind as well: what comes there is another one, and one is missing here.
                missing = Finding(kind=Kind.MISSING_ELEMENT, element=self.element, missing=(late.tag,))
                return Blame(child, missing, without, behind)
        # If what ought to come first does not come at all, that is the mistake, and it shows at the end.
        finding = Finding(kind=Kind.WRONG_ORDER, element=child, first=late)
        return Blame(child, finding, inside, after, unless_missing=late is None)

    def _comes_before(self, other: View, child: View) -> bool:
        """Tell whether a child that may not begin now might behind another that may."""
        return not self.state.starts[other.tag][0].dead and not after_child(self.state, other).starts[child.tag][0].dead

    def _too_late(self, child: View) -> Blame:
        """Say why a child may not come any more."""
        inside, _ = recovery.open_anywhere(self.opened, child.tag)
        after = Unchanged(self.state)
        same = self._came.get(child.tag)
        if same is not None:
            return Blame(child, Finding(kind=Kind.GIVEN_TWICE, element=child, first=same), inside, after)
        before = list(islice(preceding(child), MOST_SIBLINGS))
        rivals = [other for other in before if self._excludes(other, child)]
        for rival in rivals:
            if self._fits_before(child, rival):
                return Blame(child, Finding(kind=Kind.WRONG_ORDER, element=rival, first=child), inside, after)
        for rival in rivals:
            found = self._with_other_text(rival, child, before)
            if found:
                return found
        conflict = Finding(kind=Kind.ANOTHER_VARIANT, element=child, first=rivals[0] if rivals else None)
        variant = find_variant(
            self._grammar, self._places, lambda state: self._fits_behind(state, before, child), closed=True
        )
        finding = of_variant(child, variant.settings) if variant else conflict
        return Blame(child, finding, inside, after)

    def _fits_before(self, child: View, rival: View) -> bool:
        """Tell whether a child might stand before another that excludes it from behind."""
        inside = after_child(self.opened, child).starts[rival.tag][0]
        if inside.dead:
            return False
        return count_mistakes(rival, inside) <= count_mistakes(rival, recovery.open_early(self.opened, rival.tag)[0])

    def _excludes(self, other: View, child: View) -> bool:
        """Tell whether nothing but another child stands in the way of one."""
        behind = after_child(self.opened, other)
        return not behind.dead and behind.starts[child.tag][0].dead and child.tag not in opens(behind.pattern)

    def _with_other_text(self, rival: View, child: View, before: Sequence[View]) -> Blame | None:
        """Go on as if another child had a text with which one may stand behind it; None if there is none."""
        inside, after = recovery.open_early(self.opened, rival.tag)
        inside, _ = take_attributes(inside, attributes_of(rival))
        texts = [item.text for item in values(inside.pattern) if isinstance(item, Value)]
        right = [text for text in texts if not after[inside.leaf[text]].starts[child.tag][0].dead]
        if len(rival) or not right:
            return None
        state = self.opened
        for other in reversed(before):
            state = after[inside.leaf[right[0]]] if other is rival else after_child(state, other)
        if state.dead:
            return None
        start, behind = recovery.open_early(state, child.tag)
        finding = Finding(
            kind=Kind.ANOTHER_VARIANT, element=child, settings=(Setting(rival, "", tuple(dict.fromkeys(right))),)
        )
        return None if start.dead else Blame(child, finding, start, behind, state)

    @staticmethod
    def _fits_behind(state: State, before: Sequence[View], child: View) -> bool:
        for other in reversed(before):
            state = after_child(state, other)
        return not state.dead and child.tag in opens(state.pattern)

    def _unknown(self, child: View) -> Blame:
        """Say which name may have been meant by one that is not known here, or where it belongs."""
        ns, local = split_name(child.tag)
        now, later = opens(self.state.pattern), opens(self.opened.pattern)
        expected = names_of(possible_elements(self.state.pattern))
        alike = [name for name in sorted(later) if split_name(name)[1] == local]
        if alike:
            # Likeliest is a namespace that is declared, then one that looks like the wrong one.
            scope = self._scopes.of(child)
            spaces = {name: split_name(name)[0] for name in alike}
            alike.sort(key=lambda name: (not scope.knows(spaces[name]), distance(ns, spaces[name], len(name) * EDIT)))
            return self._as_if(
                child, Finding(kind=Kind.WRONG_NAMESPACE, element=child, expected=expected, nearest=tuple(alike))
            )
        near = self._free(_nearest(ns, local, now)) or self._free(_nearest(ns, local, later))
        likeness = {name: count_mistakes(child, recovery.open_early(self.opened, name)[0]) for name in near}
        near = tuple(name for name in near if not likeness[name] or _is_slip(local, split_name(name)[1]))
        near = tuple(sorted(near, key=lambda name: likeness[name]))
        states = self.opened.states
        elsewhere = self._grammar.named(child.tag)
        if elsewhere:
            mistakes = [count_mistakes(child, states.of((it.content,))) for it in elsewhere]
            least = min(mistakes)
            fitting = [it for it, count in zip(elsewhere, mistakes, strict=True) if count == least]
            slip = bool(near) and not likeness[near[0]] and distance(local, split_name(near[0])[1], EDIT) <= EDIT
            if not near or (least <= likeness[near[0]] and (not slip or self._is_near(fitting))):
                if not least:
                    near = ()  # it is just that, in the wrong place
                holders = self._holders(fitting)
                holders = tuple(name for name in holders if name != self.element.tag)
                finding = Finding(
                    kind=Kind.ELEMENT_ELSEWHERE, element=child, expected=expected, nearest=near, holders=holders
                )
                return Blame(child, finding)
        return self._as_if(child, Finding(kind=Kind.UNKNOWN_ELEMENT, element=child, expected=expected, nearest=near))

    def _free(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of some names of which there may be one more child."""
        return tuple(name for name in names if not self.count(name) or self._may_repeat(name))

    def _may_repeat(self, name: str) -> bool:
        """Tell whether there may be several children of a name."""
        return name in opens(recovery.end_as_if_complete(*recovery.open_early(self.opened, name)).pattern)

    def _holders(self, fitting: Sequence[Element]) -> tuple[str, ...]:
        """Return the elements that may hold one of some, the nearest first; none of other documents.

        If some are around the mistake or may be inside of it, the others, which may only be called alike, are left out.
        """
        root = self._places[0].element.tag
        found: dict[str, int] = {}
        for it in fitting:
            for up in self._grammar.parents(it):
                if self._is_within(up, root):
                    rank = self._distance(up, it)
                    for name in names_of([up]):
                        found[name] = min(rank, found.get(name, rank))
        nearest_ones = [name for name, rank in found.items() if not rank]
        return tuple(nearest_ones or sorted(found, key=found.__getitem__))

    def _distance(self, up: Element, inside: Element) -> int:
        """Return how far it is to an element of the grammar that may hold another one.

        It is 0 for those around that have room for it, and for those that may be inside of them.
        """
        if up in _inside(self.opened):
            return 0
        around = [place for place in self._places if up.content in place.entered.contents]
        if around:
            return 0 if any(_has_room(place, name) for place in around for name in names_of([inside])) else 2
        return 1 if any(up in _inside(place.entered) for place in self._places) else 2

    def _is_near(self, fitting: Sequence[Element]) -> bool:
        """Tell whether one of some elements may be in what is around the mistake, or may be inside of it."""
        return any(not self._distance(up, it) for it in fitting for up in self._grammar.parents(it))

    def _is_within(self, element: Element, root: str) -> bool:
        """Tell whether an element may stand somewhere in a document with some root."""
        return root in _outer_names(self._grammar, element)

    def _as_if(self, child: View, finding: Finding[View]) -> Blame:
        """Go on as if the likeliest name had been there, if there is one."""
        if not finding.nearest:
            return Blame(child, finding)
        inside, after = recovery.open_early(self.state, finding.nearest[0])
        if not inside.dead:
            return Blame(child, finding, inside, after)
        inside, _ = recovery.open_early(self.opened, finding.nearest[0])
        return Blame(child, finding, inside, Unchanged(self.state))


def _is_slip(name: str, other: str) -> bool:
    """Tell whether a name is another one with a slip or two, and not only has its beginning or end."""
    most = EDIT if len(name) < _LONG else 2 * EDIT
    return distance(name, other, most) <= most


def _is_choosy(content: Pattern) -> bool:
    """Tell whether text has to be one of some values, a number or the like: not just any word."""
    return not allows_any_text(content) and all(
        isinstance(one, Value) or one.datatype.name not in ("string", "normalizedString", "token", "NMTOKEN", "NCName")
        for one in values(content)
    )


def _has_room(place: Place, name: str) -> bool:
    """Tell whether an element, as its attributes are, may hold one more child of a name.

    Only the first of its children are looked at.
    """
    opened, _ = behind_start_tag(place.entered, place.element)
    if name not in opens(opened.pattern):
        return False
    if all(child.tag != name for child in islice(place.element, MOST_SIBLINGS)):
        return True
    return name in opens(recovery.end_as_if_complete(*recovery.open_early(opened, name)).pattern)


@lru_cache(maxsize=4096)
def _inside(state: State) -> frozenset[Element]:
    """Return the elements that may be directly inside an element."""
    return frozenset(elements(state.pattern))


@lru_cache(maxsize=4096)
def _outer_names(grammar: Grammar, element: Element) -> frozenset[str]:
    """Return the names of an element and of all that it may stand in, directly or not."""
    pending, seen = [element], {element}
    while pending:
        more = set(grammar.parents(pending.pop())) - seen
        seen |= more
        pending += more
    return frozenset(names_of(tuple(seen)))


@lru_cache(maxsize=4096)
def _nearest(ns: str, local: str, names: frozenset[str]) -> tuple[str, ...]:
    """Return the likeliest of some names in a namespace."""
    prefix = f"{{{ns}}}" if ns else ""
    return tuple(
        prefix + name for name in nearest(local, [split_name(it)[1] for it in names if split_name(it)[0] == ns])
    )
