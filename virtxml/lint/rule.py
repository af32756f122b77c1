"""What a rule is, what it yields, and the words in which rules are declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from ..records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from ..diagnostics.diagnostic import Severity
    from ..element import Element
    from .facts import Facts, Need

Phase = Literal["define", "start", ""]
"""When libvirt says so: as it takes the document, or when the guest starts; "" for what it never says."""
Group = Literal["", "security", "style", "migration"]
"""Rules that are only asked on request; "" for those that always are."""

F_contra = TypeVar("F_contra", bound="Facts[Any]", contravariant=True)
E_contra = TypeVar("E_contra", bound="Element", contravariant=True)


if TYPE_CHECKING:
    Check: TypeAlias = Callable[[E_contra, F_contra], Iterator["Problem"]]


class Fix(NamedTuple):
    """How a problem goes away.

    Attributes:
        says: what is done, in the imperative: "drop the address".
        change: does it to the model.
        safe: whether the guest stays as it is: libvirt would do the same, or there is only one right answer.
    """

    says: str
    change: Callable[[], None]
    safe: bool = True


class Problem:
    """What a rule found.

    Attributes:
        node: the element at fault.
        field: the name of the field of it that is at fault: an attribute, a child, or the text; "" for all of it.
            A field that is not set stands for what is missing.
        says: what is wrong, as a template for `str.format` that is filled from the facts: one line, no full stop.
        help: what to do, as such a template; "" if there is nothing to say.
        other: another element that it is about.
        there: what is there, such as "the other one is here".
        fix: how it goes away; None if only people know.
        facts: the values that the words name.
    """

    __slots__ = ("facts", "field", "fix", "help", "node", "other", "says", "there")

    def __init__(
        self,
        node: Element,
        field: str,
        says: str,
        *,
        help: str = "",  # noqa: A002 - the word of diagnostics
        other: Element | None = None,
        there: str = "the other one is here",
        fix: Fix | None = None,
        **facts: object,
    ) -> None:
        self.node = node
        self.field = field
        self.says = says
        self.help = help
        self.other = other
        self.there = there
        self.fix = fix
        self.facts = facts


class Rule(Record, frozen=True):
    """A rule: what libvirt refuses, drops or changes although its schema allows it.

    Attributes:
        code: its code, which never changes: "VX404".
        name: its name, by which people select and ignore it: "duplicate-disk-target".
        about: the elements that it looks at, by their names from the root: "domain/devices/disk".
        severity: "error" only for what libvirt of the release refuses, at define or at start.
        phase: when libvirt refuses; "" for what it takes.
        drivers: the hypervisor drivers whose guests it is about ("qemu"); empty for all.
        needs: facts without which it is silent.
        since: the first release of libvirt that refuses, or does, what the rule says; "" for all that are known.
        until: the first release that no longer does; "" for none.
        group: the group that has to be asked for; "" for rules that always run.
        early: whether it can be told before a guest is complete: nothing that is added could make it right.
        when: the name of the field of the element without which there is nothing to say: an attribute or child that is
            not there; "type=usb" for an attribute that has to have a value. It saves the time of asking; "" for rules
            that are asked about each element.
        words: libvirt's own words, or QEMU's or the kernel's, "" where nothing is said.
        bad: an example that it finds something in: a document, or what is special in one (`examples.whole`).
        good: the same, as it is right: what fixes make of the bad one, where they are.
        check: yields the problems of an element that it is about, given that and facts; or of several documents.
    """

    code: str
    name: str
    about: str
    severity: Severity
    phase: Phase
    drivers: tuple[str, ...]
    needs: tuple[Need, ...]
    since: str
    until: str
    group: Group
    early: bool
    when: str
    words: str
    bad: str
    good: str
    check: Callable[..., Iterator[Problem]]

    @property
    def title(self) -> str:
        """What is wrong, in one line without a full stop: the first line of the function's docstring."""
        return (self.check.__doc__ or self.name).strip().split("\n")[0].rstrip(".")

    @property
    def why(self) -> str:
        """Why that is wrong: the rest of the docstring; "" if there is no more to say."""
        from inspect import cleandoc

        return cleandoc(self.check.__doc__ or "").partition("\n")[2].strip()


REGISTERED: dict[str, Rule] = {}
"""The rules of all modules that are loaded, by their codes."""


def rule(  # noqa: PLR0913 - a declaration
    code: str,
    name: str,
    about: str,
    *,
    bad: str,
    good: str,
    words: str = "",
    severity: Severity = "error",
    phase: Phase = "define",
    drivers: tuple[str, ...] = (),
    needs: tuple[Need, ...] = (),
    since: str = "",
    until: str = "",
    group: Group = "",
    early: bool = False,
    when: str = "",
) -> Callable[[Check[E_contra, F_contra]], Check[E_contra, F_contra]]:
    """Register a function as a rule; the arguments are the attributes of `Rule`.

    The first line of its docstring says what is wrong, the rest of it why.
    """

    def register(
        check: Callable[[E_contra, F_contra], Iterator[Problem]],
    ) -> Callable[[E_contra, F_contra], Iterator[Problem]]:
        conditions = drivers, needs, since, until, group, early, when
        registered(Rule(code, name, about, severity, phase, *conditions, words, bad, good, check))
        return check

    return register


def registered(made: Rule) -> None:
    """Register a rule. Raises ValueError for a code that is taken."""
    if made.code in REGISTERED:
        raise ValueError(f"two rules have the code {made.code}: {made.name} and {REGISTERED[made.code].name}")
    REGISTERED[made.code] = made
