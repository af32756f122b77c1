"""The namespaces that are declared around elements, looked up without going through all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element

    from .view import View

E = TypeVar("E", bound="View")


class Scope:
    """The declarations around an element: its own, or those of the nearest around it that has any.

    ``own`` are namespaces by prefix, "" for the one of names without prefix; ``outer`` is the scope around them.
    """

    __slots__ = ("_outer", "_own", "_prefixes")

    def __init__(self, own: Mapping[str, str], outer: Scope | None) -> None:
        self._own = own
        self._outer = outer
        self._prefixes: dict[str, list[str]] = {}
        for prefix, uri in own.items():
            self._prefixes.setdefault(uri, []).append(prefix)

    @property
    def default(self) -> str:
        """The namespace of elements without prefix, "" for none."""
        scope: Scope | None = self
        while scope is not None:
            if "" in scope._own:
                return scope._own[""]
            scope = scope._outer
        return ""

    def prefix(self, uri: str) -> str:
        """Return a prefix of a namespace, the innermost one; "" if it has none."""
        return next((prefix for prefix in self._of(uri) if prefix), "")

    def knows(self, uri: str) -> bool:
        """Tell whether a namespace is declared, with a prefix or without."""
        return bool(self._of(uri))

    def _of(self, uri: str) -> list[str]:
        """Return the prefixes of a namespace that stand for nothing else further inside, "" among them."""
        found: list[str] = []
        inner: list[Scope] = []
        scope: Scope | None = self
        while scope is not None:
            names = scope._prefixes.get(uri, ())
            found += [name for name in names if not any(name in other._own for other in inner)]
            inner.append(scope)
            scope = scope._outer
        return found


_NOWHERE = Scope({}, None)


def declared_in_lxml(element: _Element) -> dict[str, str]:
    """Return what an element of lxml declares itself, by prefix, "" for the default."""
    found: dict[str, str] = {}
    for event, declared in etree.iterwalk(element, events=("start-ns", "start")):
        if event == "start":
            break
        prefix, uri = declared
        found[prefix or ""] = uri or ""
    return found


class Scopes(Generic[E]):
    """The scopes of the elements of one tree; what has been asked for is kept, so the tree must not change.

    ``declared`` tells what an element declares itself, by prefix.
    """

    def __init__(self, declared: Callable[[E], Mapping[str, str]]) -> None:
        self._declared = declared
        self._known: dict[E, Scope] = {}

    def of(self, element: E) -> Scope:
        """Return the declarations around an element, its own included."""
        pending = []
        at: E | None = element
        while at is not None and at not in self._known:
            pending.append(at)
            at = cast("E | None", at.getparent())
        scope = _NOWHERE if at is None else self._known[at]
        for one in reversed(pending):
            own = self._declared(one)
            scope = self._known[one] = Scope(own, scope) if own else scope
        return scope
