"""Ask the rules about a model: each rule only about the elements that it is for."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ..element import ELEMENT, Variants
from ..releases import is_older
from .facts import Facts
from .rule import REGISTERED
from .rules import TOGETHER, homes, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from ..element import Element
    from .facts import Host, Met, Need
    from .rule import Problem, Rule
    from .selection import Selection

    Checks: TypeAlias = list[tuple[Callable[[Any, Any], Iterator[Problem]], Rule]]

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


class Look(NamedTuple):
    """What to do where a field of an element is set.

    Attributes:
        many: whether the field is a list.
        checks: the rules about the element that have nothing to say without the field, with their checks.
        by_value: those that have nothing to say but for one value of the field, by that.
        inside: what to ask about the elements in the field; None if there are no rules about them.
    """

    many: bool
    checks: Checks
    by_value: dict[object, Checks]
    inside: Plan | None


class Plan:
    """What to ask about elements that stand under some names, and what to look at inside them.

    Attributes:
        inside: the slot of each field with elements that there are rules about, whether it is a list, and its plan.
        always: the rules that are asked about each of the elements, with their checks.
        values: gets the values of the fields to look at, from an element.
        looks: what to do with each of them.
    """

    __slots__ = ("_about", "_asking", "_cls", "always", "inside", "is_loaded", "looks", "values")

    def __init__(self, about: str, cls: type[Element], asking: Asking) -> None:
        self._about = about
        self._cls = cls
        self._asking = asking
        self.inside: list[tuple[str, bool, Plan]] = []
        self.always: Checks = []
        self.values: Callable[[Any], tuple[Any, ...]] = _nothing
        self.looks: list[Look] = []
        self.is_loaded = False

    def load(self) -> None:
        """Load the rules, which is done when the first element is met; other threads may do it at the same time."""
        always: Checks = []
        looks = {slot: Look(many, [], {}, plan) for slot, many, plan in self.inside}
        for rule in rules_about(self._about):
            if not (self._asking.takes(rule) and self._asking.knows(rule)):
                continue
            if not rule.when:
                always.append((rule.check, rule))
                continue
            name, _, value = rule.when.partition("=")
            field = self._cls.xml_fields[name]
            look = looks.setdefault(field.slot, Look(field.many, [], {}, None))
            (look.by_value.setdefault(value, []) if value else look.checks).append((rule.check, rule))
        self.always, self.looks = always, [*looks.values()]
        if looks:
            # Of one slot alone, there is no tuple.
            self.values = attrgetter(*looks, *looks) if len(looks) == 1 else attrgetter(*looks)
        self.is_loaded = True


def _nothing(_: object) -> tuple[Any, ...]:
    return ()


def facts_of(model: Element, host: Host, met: Met | None = None) -> Facts[Any]:
    """Return what rules know of a document."""
    if model.xml_name == "domain":
        from .guest import Guest

        return Guest(cast("Any", model), host, met)
    return Facts(model, host, met)


def problems(facts: Facts[Any], selection: Selection, *, early: bool = False) -> list[tuple[Rule, Problem]]:
    """Return what the rules find in a document; ``early`` asks only those that can tell before it is complete."""
    found: list[tuple[Rule, Problem]] = []
    _ask(facts.model, facts, _plan(cast("Any", type(facts.model)), _asking(facts, selection, early)), found)
    return found


def _ask(node: Element, facts: Facts[Any], plan: Plan, found: list[tuple[Rule, Problem]]) -> None:
    if not plan.is_loaded:
        plan.load()
    for check, rule in plan.always:
        for problem in check(node, facts):
            found.append((rule, problem))  # noqa: PERF401 - mostly, nothing is found
    for value, look in zip(plan.values(node), plan.looks, strict=False):
        # The values of most fields are None, and those of the rest are mostly true.
        if value is None or (not value and (value is False or value.__class__ is list)):
            continue
        many, checks, by_value, inside = look
        if by_value:
            checks = [*checks, *by_value.get(value, ())]
        for check, rule in checks:
            for problem in check(node, facts):
                found.append((rule, problem))  # noqa: PERF401
        if inside is not None:
            for one in value if many else (value,):
                _ask(one, facts, inside, found)


def silent(facts: Facts[Any], selection: Selection) -> dict[str, set[Need]]:
    """Return the codes of the rules that say nothing of a document, and the facts that they lack."""
    asking = _asking(facts, selection, early=False)
    return {
        rule.code: {need for need in rule.needs if need not in asking.known}
        for about in homes(facts.model.xml_name)
        for rule in rules_about(about)
        if asking.takes(rule) and not asking.knows(rule)
    }


def rules_together(host: Host, selection: Selection) -> list[Rule]:
    """Return the rules over several documents that are asked."""
    asking = Asking(host.libvirt, "", (), selection, early=False)
    return [rule for rule in rules_about(TOGETHER) if asking.takes(rule)]


def is_asked(rule: Rule, facts: Facts[Any], selection: Selection) -> bool:
    """Tell whether a rule is asked about documents that such facts are known of."""
    asking = _asking(facts, selection, early=False)
    return asking.takes(rule) and asking.knows(rule)


def rules_about(about: str) -> list[Rule]:
    """Return the rules about elements that stand under some names."""
    load(about)
    return [rule for rule in [*REGISTERED.values()] if rule.about == about]


def _asking(facts: Facts[Any], selection: Selection, early: bool) -> Asking:
    known: tuple[Need, ...] = tuple(need for need in NEEDS if facts.has(need))
    return Asking(facts.host.libvirt, facts.driver, known, selection, early)


@lru_cache(maxsize=256)
def _plan(cls: Any, asking: Asking) -> Plan:
    made = Plan(cls.xml_name, cls, asking)
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
    inner = Plan("/".join(names), target, asking)
    plan.inside.append((field.slot, field.many, inner))
    return inner, target
