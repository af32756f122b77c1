"""Ask the rules about a model: each rule only about the elements that it is for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ..element import ELEMENT, Variants
from ..releases import is_older
from .facts import Facts
from .rule import REGISTERED
from .rules import homes, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..element import Element
    from .facts import Host, Met, Need
    from .rule import Problem, Rule
    from .selection import Selection

NEEDS: tuple[Need, ...] = ("arch", "machine", "capabilities", "domcapabilities")


class Asking(NamedTuple):
    """What decides which rules are asked.

    Attributes:
        libvirt: the release of libvirt.
        driver: the hypervisor driver.
        known: the facts that are known.
        selection: which rules are wanted.
        early: whether only those are asked that can tell before a document is complete.
    """

    libvirt: str
    driver: str
    known: tuple[Need, ...]
    selection: Selection
    early: bool

    def takes(self, rule: Rule) -> bool:
        """Tell whether a rule is asked, if its facts are known."""
        return (
            (not rule.drivers or self.driver in rule.drivers)
            and (not rule.since or not is_older(self.libvirt, rule.since))
            and (not rule.until or is_older(self.libvirt, rule.until))
            and (rule.early or not self.early)
            and self.selection.wants(rule)
        )

    def knows(self, rule: Rule) -> bool:
        """Tell whether the facts are known that a rule needs."""
        return all(need in self.known for need in rule.needs)


class Plan:
    """What to ask about elements that stand under some names, and what to look at inside them.

    Attributes:
        inside: the slot of each field with elements that there are rules about, whether it is a list, and its plan.
    """

    __slots__ = ("_about", "_asking", "_rules", "inside")

    def __init__(self, about: str, asking: Asking) -> None:
        self._about = about
        self._asking = asking
        self._rules: list[Rule] | None = None
        self.inside: list[tuple[str, bool, Plan]] = []

    @property
    def rules(self) -> list[Rule]:
        """The rules about the elements; they are loaded when the first element is met."""
        if self._rules is None:
            asked = rules_about(self._about)
            self._rules = [rule for rule in asked if self._asking.takes(rule) and self._asking.knows(rule)]
        return self._rules


def facts_of(model: Element, host: Host, met: Met | None = None) -> Facts[Any]:
    """Return what rules know of a document."""
    if model.xml_name == "domain":
        from .guest import Guest

        return Guest(cast("Any", model), host, met)
    return Facts(model, host, met)


def problems(facts: Facts[Any], selection: Selection, *, early: bool = False) -> Iterator[tuple[Rule, Problem]]:
    """Iterate over what the rules find in a document; ``early`` asks only those that can tell before it is complete."""
    return _found(facts.model, facts, _plan(cast("Any", type(facts.model)), _asking(facts, selection, early)))


def _found(node: Element, facts: Facts[Any], plan: Plan) -> Iterator[tuple[Rule, Problem]]:
    for rule in plan.rules:
        for problem in rule.check(node, facts):
            yield rule, problem
    for slot, many, inner in plan.inside:
        value = getattr(node, slot)
        if value:
            for one in value if many else (value,):
                yield from _found(one, facts, inner)


def silent(facts: Facts[Any], selection: Selection) -> list[Rule]:
    """Return the rules that say nothing of a document because a fact is missing."""
    asking = _asking(facts, selection, early=False)
    return [
        rule
        for about in homes(facts.model.xml_name)
        for rule in rules_about(about)
        if asking.takes(rule) and not asking.knows(rule)
    ]


def rules_together(host: Host, selection: Selection) -> list[Rule]:
    """Return the rules over several documents that are asked."""
    asking = Asking(host.libvirt, "", (), selection, early=False)
    return [rule for rule in rules_about("together") if asking.takes(rule)]


def rules_about(about: str) -> list[Rule]:
    """Return the rules about elements that stand under some names."""
    load(about)
    return [rule for rule in REGISTERED.values() if rule.about == about]


def _asking(facts: Facts[Any], selection: Selection, early: bool) -> Asking:
    known = tuple(need for need in NEEDS if facts.has(need))
    return Asking(facts.host.libvirt, facts.driver, known, selection, early)


@lru_cache(maxsize=256)
def _plan(cls: Any, asking: Asking) -> Plan:
    made = Plan(cls.xml_name, asking)
    for about in homes(cls.xml_name):
        at, at_class = made, cls
        names = about.split("/")
        for depth in range(1, len(names)):
            at, at_class = _inside(at, at_class, names[: depth + 1], asking)
    return made


def _inside(plan: Plan, cls: type[Element], names: list[str], asking: Asking) -> tuple[Plan, type[Element]]:
    """Return the plan for the children of a name, and their class."""
    name = names[-1]
    field = next(one for one in cls.xml_fields.values() if one.xml == name and one.role == ELEMENT)
    target = field.classes()[name]
    if isinstance(target, Variants):
        target = next(iter(target.classes.values()))
    for slot, _, inner in plan.inside:
        if slot == field.slot:
            return inner, target
    inner = Plan("/".join(names), asking)
    plan.inside.append((field.slot, field.many, inner))
    return inner, target
