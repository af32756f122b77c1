"""What rules know of a guest: all that was said of it, and what they met in its devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ....lint import Met as LintMet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ....schema.domain import Domain


class Met(LintMet):
    """What rules met in a guest's devices, each thing by its kind and its name.

    A guest with more devices is judged by those that are new, and by what was met in the others.

    Attributes:
        domain: the guest whose devices these are; None before there is one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.domain: Domain | None = None

    def keep_devices(self, domain: Domain) -> None:
        """Keep what was met since the beginning, which are the devices of a guest."""
        self.domain = domain
        self.keep()

    def meet(self, kind: str, name: object = "", thing: object = True) -> object:
        """Note a thing, and return what of this kind and name was met last; None for the first."""
        last = self.last(kind, name)
        self._new[kind, name] = thing
        return last

    def count(self, kind: str) -> int:
        """Note one more thing of a kind, and return how many there are."""
        last = self.last(kind)
        number = last + 1 if isinstance(last, int) else 1
        self._new[kind, ""] = number
        return number

    def last(self, kind: str, name: object = "") -> object:
        """Return what was met last of a kind and name; None if there is nothing."""
        return self._new.get((kind, name), self._kept.get((kind, name)))


class Rule(NamedTuple):
    """A rule: what it says is why a guest cannot work.

    Attributes:
        reasons: iterates over them, given a guest and what was met in devices that this guest may leave out.
        on_devices: whether it looks at devices; others say nothing new of a guest that only got more of them.
    """

    reasons: Callable[[Domain, Met], Iterator[str]]
    on_devices: bool


def on_guest(reasons: Callable[[Domain], Iterator[str]]) -> Rule:
    """Make a rule of a function that does not look at devices."""
    return Rule(lambda domain, _: reasons(domain), on_devices=False)


def on_devices(reasons: Callable[[Domain, Met], Iterator[str]]) -> Rule:
    """Make a rule of a function that goes through devices."""
    return Rule(reasons, on_devices=True)
