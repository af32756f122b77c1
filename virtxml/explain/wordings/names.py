"""Names and values as messages show them."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from virtxml.catalogue import PREFIXES
from virtxml.diagnostics.display import either, escape, shortened
from virtxml.relaxng.diagnosis.scopes import Scopes, declared_in_lxml
from virtxml.relaxng.match.patterns import split_name
from virtxml.source.secrets.names import hides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.etree import _Element

    from virtxml.relaxng.diagnosis.scopes import Scope

MOST = 8
"""So many names or values are listed; of more, it is said how many there are."""
_LONGEST = 60
"""A longer value is shown by its beginning and its end."""
_XML = "http://www.w3.org/XML/1998/namespace"


def local(element: _Element) -> str:
    """Return an element's name without its namespace."""
    return split_name(element.tag)[1]


def written(element: _Element) -> str:
    """Return an element's name as it is written."""
    return f"{element.prefix}:{local(element)}" if element.prefix else local(element)


def tag(element: _Element) -> str:
    """Return an element's name as it is written, in angle brackets."""
    return f"<{shortened(written(element))}>"


def spelled(name: str, near: _Element, attribute: bool = False) -> str:
    """Return a name as it would be written on or in an element: with the prefix of its namespace there, if it has one.

    The name is as lxml has it. Where the namespace has no prefix yet, it is the one that libvirt uses.
    """
    ns, plain = split_name(name)
    if not ns or (not attribute and scope_of(near).default == ns):
        return plain
    prefix = prefix_of(ns, near)
    return f"{prefix}:{plain}" if prefix else plain


def prefix_of(ns: str, near: _Element) -> str:
    """Return the prefix of a namespace on an element, the one that libvirt uses if none is declared; "" if unknown."""
    if ns == _XML:
        return "xml"
    return scope_of(near).prefix(ns) or PREFIXES.get(ns, "")


_SCOPES: ContextVar[Scopes[_Element] | None] = ContextVar("scopes", default=None)


@contextmanager
def one_tree() -> Iterator[None]:
    """Keep what is declared around elements for as long as those of one tree are told of."""
    token = _SCOPES.set(Scopes(declared_in_lxml))
    try:
        yield
    finally:
        _SCOPES.reset(token)


def scope_of(element: _Element) -> Scope:
    """Return the namespaces that are declared around an element."""
    return (_SCOPES.get() or Scopes(declared_in_lxml)).of(element)


def value(text: str, *names: str) -> str:
    """Return a value in quotes, in one line and not too long; words in its place if one of the names is a secret's."""
    if hides(text, names):
        return "a value"
    shown = escape(text)
    if len(shown) > _LONGEST:
        half = _LONGEST // 2
        shown = f"{shown[:half]}…{shown[-half:]}"
    return f'"{shown}"'


def quoted(text: str) -> str:
    """Return a name of an attribute, or a possible value, in quotes."""
    return f'"{shortened(text)}"'


def bracketed(name: str) -> str:
    """Return a name of an element in angle brackets."""
    return f"<{shortened(name)}>"


def setting(name: str, text: str) -> str:
    """Return an attribute with its value as libvirt writes it."""
    return f"{shortened(name)}='{shortened(text)}'"


def listing(items: Iterable[str], show: Callable[[str], str], most: int = MOST) -> str:
    """Return a list such as `"a", "b" and 12 more`."""
    shown = [show(item) for item in dict.fromkeys(items)]
    if len(shown) <= most + 1:
        return ", ".join(shown)
    return f"{', '.join(shown[:most])} and {len(shown) - most} more"


def any_of(items: Iterable[str], show: Callable[[str], str], most: int = MOST, word: str = "or") -> str:
    """Return a list such as `"a", "b" or "c"`; with `or one of 12 more` at the end of a long one."""
    shown = [show(item) for item in dict.fromkeys(items)]
    if len(shown) > most + 1:
        shown = [*shown[:most], f"one of {len(shown) - most} more"]
    return either(shown, word)
