"""The mistakes in a start tag: its attributes, and those that it lacks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from virtxml.diagnostics.suggest import EDIT, distance, nearest

from ..match import recovery
from ..match.expectations import possible_attributes, values
from ..match.lacking import lacking
from ..match.matcher import content_end
from ..match.patterns import Attribute, Value, names_of, split_name
from ..match.steps.attributes import accepts
from ..regex.words import words
from .finding import Finding, Kind, Setting
from .forgiving import attributes_of, take_attribute, take_attributes, tells_apart
from .turned import listing
from .variants import find_variant
from .view import is_small

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..match.grammar import Grammar
    from ..match.lacking import Lack
    from ..match.patterns import Data
    from ..match.states import State
    from .variants import Place
    from .view import View


_SMALL = 200
"""In so many elements, at most, is looked whether they would be right with another value."""
_FITTING = 3
"""If more values would do, that says nothing about which was meant."""
_NUMBER = re.compile(r"[-+]?[0-9]")
MOST_SIBLINGS = 100
"""So many elements beside one, at most, are looked at."""


class StartTag:
    """Judges the attributes of one element.

    Attributes:
        state: the state behind the attributes so far; behind the start tag in the end.
        unclosed: the state behind the attributes, to see what is missing.
        switched: whether that state is one of another variant, and no longer leads to the end that was expected.
    """

    def __init__(self, grammar: Grammar, places: Sequence[Place]) -> None:
        self.element: View = places[-1].element
        self.entered: State = places[-1].entered
        self.state: State = self.entered
        self.unclosed: State = self.entered
        self.switched = False
        self._grammar = grammar
        self._places = places

    def findings(self) -> Iterator[Finding[View]]:
        """Iterate over the mistakes, and take them as made good."""
        unknown: list[tuple[str, str]] = []
        for name, value in self._in_order():
            if not self.state.attributes[name].candidates:
                unknown.append((name, value))
                continue
            behind, right = take_attribute(self.state, name, value)
            if not right:
                yield self._wrong_value(name, value)
            self.state = behind
        names = frozenset(name for name, _ in unknown)
        found = [finding for name, value in unknown for finding in self._unknown(name, value, names)]
        yield from self._with_missing(found)

    def _in_order(self) -> list[tuple[str, str]]:
        """Return the attributes, first those that say which variant the element is."""
        return sorted(attributes_of(self.element), key=lambda item: not tells_apart(self.entered, item[0]))

    def _wrong_value(self, name: str, value: str) -> Finding[View]:
        accepted = [found for it in self.state.attributes[name].candidates for found in values(it.content)]
        finding = wrong_value(self.element, value, accepted, attribute=name)
        few = is_small(self.element, _SMALL)
        if finding.kind is not Kind.WRONG_VALUE or not few or not tells_apart(self.state, name):
            return finding
        texts = [one.text for one in finding.accepted if isinstance(one, Value)]
        fitting = [text for text in texts if self._fits(name, text)]
        return replace(finding, nearest=_likeliest(value.strip(), finding.nearest, fitting))

    def _fits(self, name: str, value: str) -> bool:
        """Tell whether all of the element would be right if an attribute had another value."""
        state = self.entered.attributes[name][value]
        for other, text in attributes_of(self.element):
            if other != name:
                state = state.attributes[other][text]
        return content_end(self.element, state) != 0

    def _unknown(self, name: str, value: str, unknown: frozenset[str]) -> Iterator[Finding[View]]:
        """Say what is wrong with an attribute that is not possible, unless it is possible now."""
        if self.state.attributes[name].candidates:  # in the variant that another mistake led to
            self.state, _ = take_attribute(self.state, name, value)
            return

        def left_wrong(state: State) -> int:
            """Count what is unknown or missing in a variant."""
            others = [item for item in attributes_of(self.element) if item[0] in unknown]
            behind, mistakes = take_attributes(state, others)
            return mistakes + recovery.close(behind).dead

        variant = find_variant(
            self._grammar,
            self._places,
            lambda state: bool(state.attributes[name].candidates),
            skip=unknown,
            weigh=left_wrong,
        )
        if variant and variant.mistakes < left_wrong(self.state):
            self.switched = True
            self.state, _ = take_attribute(variant.state, name, value)
            yield of_variant(self.element, variant.settings, attribute=name)
            return
        if self.entered.attributes[name].candidates:
            yield Finding(kind=Kind.ANOTHER_VARIANT, element=self.element, attribute=name)
            return
        yield self._misnamed(name, value)

    def _misnamed(self, name: str, value: str) -> Finding[View]:
        """Say which name may have been meant, or where the attribute belongs."""
        expected = names_of(possible_attributes(self.state.pattern))
        ns, local = split_name(name)
        alike = tuple(other for other in expected if split_name(other)[1] == local)
        near = nearest(local, [other for other in expected if split_name(other)[0] == ns])
        holders = () if alike or near else self._holders(name, value)
        if len(near) > 1:  # likelier are one for which the value is right, and one that is missing
            needed = {other for lack in lacking(self.state.pattern) for other in names_of(lack)}
            near = tuple(sorted(near, key=lambda it: (self.state.attributes[it][value].dead, it not in needed)))
        if not (alike or near or holders):
            near = listing(self.state, value)
        meant = (alike or near)[:1]
        if meant:
            self.state, _ = take_attribute(self.state, meant[0], value)
        return Finding(
            kind=Kind.WRONG_NAMESPACE if alike else Kind.ATTRIBUTE_ELSEWHERE if holders else Kind.UNKNOWN_ATTRIBUTE,
            element=self.element,
            attribute=name,
            expected=expected,
            nearest=alike or near,
            holders=holders,
        )

    def _holders(self, name: str, value: str) -> tuple[str, ...]:
        """Return the elements nearby that may have an attribute with a value: the one around, children, and siblings.

        Those that have it already are not among them.
        """
        inside = recovery.close_as_if_complete(self.state)
        states = [(child, inside.starts[child.tag][0]) for child in islice(self.element, MOST_SIBLINGS)]
        for outer in self._places[-2:-1]:
            states.insert(0, (outer.element, outer.entered))
            siblings = [sibling for sibling in islice(outer.element, MOST_SIBLINGS) if sibling is not self.element]
            states += [(one, recovery.open_anywhere(outer.entered, one.tag)[0]) for one in siblings]
        fitting = [one.tag for one, state in states if one.get(name) is None and not state.attributes[name][value].dead]
        return tuple(dict.fromkeys(fitting))

    def _with_missing(self, found: list[Finding[View]]) -> Iterator[Finding[View]]:
        """Close the start tag; iterate over the mistakes found so far, and over what is missing."""
        self.unclosed = self.state
        closed = recovery.close(self.state)
        if closed.dead:
            self._take_children()
            closed = recovery.close(self.state)
        if not closed.dead:
            self.state = closed
            yield from found
            return
        lacks = [lack for lack in lacking(self.state.pattern) if isinstance(lack[0], Attribute)]
        self.state = recovery.close_as_if_complete(self.state)
        for finding in found:
            lack = self._meant(finding, lacks)
            if lack is not None:
                # An odd name in place of one that has to be there is a slip, and the two are one mistake.
                lacks.remove(lack)
                names = names_of(lack)
                yield Finding(
                    kind=Kind.UNKNOWN_ATTRIBUTE,
                    element=finding.element,
                    attribute=finding.attribute,
                    expected=finding.expected,
                    nearest=names,
                )
            else:
                yield finding
        for lack in lacks:
            yield self._missing(names_of(lack))

    def _take_children(self) -> None:
        """Take missing attributes as there that are written as children: what is around these depends on them."""
        for lack in lacking(self.state.pattern):
            name = names_of(lack)[0] if isinstance(lack[0], Attribute) and names_of(lack) else ""
            child = next((one for one in self.element if one.tag == name), None)
            if child is not None and not len(child) and not child.items() and tells_apart(self.entered, name):
                behind = self.state.attributes[name][(child.text or "").strip()]
                self.state = self.state if behind.dead else behind

    def _missing(self, names: tuple[str, ...]) -> Finding[View]:
        """Return the finding about a missing attribute, with its values if only some would do."""
        few = is_small(self.element, _SMALL)
        settings: tuple[Setting[View], ...] = ()
        if few and len(names) == 1 and tells_apart(self.entered, names[0]):
            content = [found for it in self.entered.attributes[names[0]].candidates for found in values(it.content)]
            texts = dict.fromkeys(one.text for one in content if isinstance(one, Value))
            fitting = [text for text in texts if self._fits(names[0], text)]
            if 0 < len(fitting) <= _FITTING:
                settings = (Setting(self.element, names[0], tuple(fitting)),)
        return Finding(kind=Kind.MISSING_ATTRIBUTE, element=self.element, missing=names, settings=settings)

    def _meant(self, finding: Finding[View], lacks: Sequence[Lack]) -> Lack | None:
        """Return what is missing and may have been meant by an odd name: the value has to be right for it."""
        if finding.kind not in (Kind.UNKNOWN_ATTRIBUTE, Kind.ATTRIBUTE_ELSEWHERE) or finding.nearest:
            return None
        value = self.element.get(finding.attribute) or ""
        pool = self.entered.states.pool

        def takes(lack: Lack) -> bool:
            return any(isinstance(one, Attribute) and accepts(one, value, pool) for one in lack)

        return next((lack for lack in lacks if takes(lack)), None)


def wrong_value(
    element: View, value: str, accepted: Sequence[Value | Data], attribute: str = "", text: int | None = None
) -> Finding[View]:
    """Return the finding about a value that is none of those accepted."""
    accepted = tuple(dict.fromkeys(accepted))
    closed = all(isinstance(found, Value) for found in accepted)
    return Finding(
        kind=Kind.WRONG_VALUE if closed else Kind.WRONG_FORM,
        element=element,
        attribute=attribute,
        text=text,
        value=value,
        accepted=accepted,
        nearest=nearest(value.strip(), [word for found in accepted for word in _words(found)]),
    )


def _likeliest(value: str, near: Sequence[str], fitting: Sequence[str]) -> tuple[str, ...]:
    """Return what may have been meant by a value that tells what an element is, the likeliest first.

    ``near`` look like it, and with those ``fitting`` all of the element is right. That is more than a likeness, but for
    a slip of the pen.
    """
    found = dict.fromkeys([*near, *(fitting if len(fitting) <= _FITTING else ())])
    slips = {text for text in near if distance(value, text, EDIT) <= EDIT}
    if slips:
        found = dict.fromkeys(near)
    ranked = sorted(found, key=lambda text: (text not in slips, text not in fitting))
    return tuple(ranked[:_FITTING])


def _words(accepted: Value | Data) -> tuple[str, ...]:
    """Return the texts that are accepted, if they can be listed; not numbers, of which a pattern has no more to say."""
    if isinstance(accepted, Value):
        return (accepted.text,)
    patterns = [value for param, value in accepted.datatype.params if param == "pattern"]
    found = (word for pattern in patterns[:1] for word in words(pattern) if not _NUMBER.match(word))
    return tuple(word for word in found if accepted.datatype.allows(word))


def of_variant(element: View, settings: tuple[Setting[View], ...], attribute: str = "") -> Finding[View]:
    """Return the finding about what belongs to another variant, or shows that a variant's attribute is missing."""
    nearest_one = settings[0]
    if nearest_one.element.get(nearest_one.attribute) is None:
        missing = tuple(setting.attribute for setting in settings)
        return Finding(kind=Kind.MISSING_ATTRIBUTE, element=nearest_one.element, missing=missing, settings=settings)
    return Finding(kind=Kind.ANOTHER_VARIANT, element=element, attribute=attribute, settings=settings)
