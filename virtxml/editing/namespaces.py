"""Which prefixes are declared in a text, and which have to be, for what is new in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from virtxml.catalogue import PREFIXES
from virtxml.scalars import STRING, attribute_text
from virtxml.source.edits import Edit, apply
from virtxml.source.meaning import Namespaces
from virtxml.source.tree import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from virtxml.source.elements import Element

    from .said import Said


class Prefixes:
    """The prefixes of a text, and those that become needed or needless."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._has_some = "xmlns" in text
        self._namespaces = Namespaces()
        self._added: dict[Element, dict[str, str]] = {}
        self._needless: list[tuple[Element, str]] = []

    def name(self, element: Element) -> str:
        """Return the name of an element as `{uri}name`."""
        # Most documents have no namespaces at all, and to look for them takes time.
        return self._namespaces.tag(element) if self._has_some else element.name

    def scope(self, element: Element) -> dict[str, str]:
        """Return what is declared inside an element, by prefix, with what is declared there from now on."""
        found: dict[str, str] = {}
        around: Element | None = element if self._has_some or self._added else None
        while around is not None:
            found = {**self._namespaces.declared(around), **self._added.get(around, {}), **found}
            around = around.parent
        return found

    def changed(self, element: Element, before: Said, after: Said, quote: str) -> Iterator[Edit]:
        """Iterate over the edits that declare what becomes needed in an element; take note of what no longer is."""
        if before.namespaces == after.namespaces:
            return
        scope = self.scope(element)
        at = element.attributes[-1].span[1] if element.attributes else element.name_span[1]
        for prefix, uri in after.namespaces.items():
            if prefix in before.namespaces or prefix in self._namespaces.declared(element):
                continue
            if uri not in scope.values():
                self._added.setdefault(element, {})[prefix] = uri
                yield Edit(at, at, f" xmlns:{prefix}={quote}{uri}{quote}")
        for prefix in before.namespaces:
            if prefix not in after.namespaces:
                self._needless.append((element, prefix))

    def declared(self, written: str, inside: Element, uri: str) -> str:
        """Return what libvirt would write inside an element, with the namespace of its name unless that is known there.

        libvirt declares it around, which `changed` does unless what stands there declares it for itself.
        """
        known = not uri or uri in self.scope(inside).values()
        return written if known else _declaring(written, PREFIXES[uri], uri)

    def kept(self, written: str, element: Element) -> str:
        """Return an element that is written anew under its name, with its own declaration of what that is in."""
        prefix = element.name.rpartition(":")[0]
        uri = self._namespaces.declared(element).get(prefix) if self._has_some else None
        return _declaring(written, prefix, uri) if uri else written

    def fitted(self, written: str, element: Element) -> str:
        """Return what libvirt would write inside an element with the prefixes that the text has for its namespaces."""
        if ":" not in written:
            return written
        scope = self.scope(element)
        edits: list[Edit] = []
        others = {
            prefix: next(known for known, its in scope.items() if its == uri)
            for uri, prefix in PREFIXES.items()
            if scope.get(prefix) != uri and uri in scope.values()
        }
        if not others:
            return written
        for one in parsed(written).elements:
            prefix, colon, _ = one.name.partition(":")
            if not colon or prefix not in others or f"xmlns:{prefix}=" in written:
                continue
            new = f"{others[prefix]}:" if others[prefix] else ""
            spans = [span for span in (one.name_span, one.end_name_span) if span is not None]
            edits += [Edit(start, start + len(prefix) + 1, new) for start, _ in spans]
        return apply(written, edits)

    def needless(self, edits: Iterable[Edit]) -> Iterator[Edit]:
        """Iterate over the edits that take away declarations that nothing needs after other edits."""
        for element, prefix in self._needless:
            declaration = next((one for one in element.attributes if one.name == f"xmlns:{prefix}"), None)
            if declaration is None:
                continue
            used = re.compile(rf"</?{re.escape(prefix)}:|\s{re.escape(prefix)}:[^\s=]+\s*=")
            if used.search(apply(self._text, edits)) is None:
                yield Edit(*declaration.span, "")


def _declaring(written: str, prefix: str, uri: str) -> str:
    """Return a written element with a declaration, unless it has that."""
    root = parsed(written).root
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    if any(one.name == name for one in root.attributes):
        return written
    at = root.name_span[1]
    return f"{written[:at]} {name}='{attribute_text(uri, STRING)}'{written[at:]}"
