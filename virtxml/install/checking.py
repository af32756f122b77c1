"""Whether documents are valid by libvirt's schemas, and whether libvirt takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import InstallError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..diagnostics.diagnostic import Diagnostic
    from ..schema.domain import Domain
    from .command_line.said import Arguments
    from .language.applied import Applied


def doubts(documents: Sequence[Domain], arguments: Arguments, applied: Applied) -> Sequence[str]:
    """Return what the schemas do not allow in documents, and what libvirt refuses otherwise, a line each.

    What they do not allow may be virt-install's own way, and what a host says of itself is as it is; paths may be
    relative where libvirt is to find them. But another value that the user wrote is a mistake: it raises InstallError,
    unless XML was edited by XPath.
    """
    from ..validation import is_valid, validate

    words = frozenset() if applied.late_actions else _words(arguments)
    noted = {error.value: error for error in applied.doubts}
    found: dict[str, None] = {}
    for document in documents:
        for one in () if is_valid(document) else validate(document):
            reason = f"not valid by libvirt's schemas: {one.path}: {one.message}"
            value = _value_at(document, one.path) if _is_mistake(one) else None
            if value in words:
                raise noted.get(value, InstallError(reason))
            found[reason] = None
    if not found:
        from .refusals import refusals

        return refusals(documents, arguments, words)
    return list(found)


def _is_mistake(finding: Diagnostic) -> bool:
    from ..explain import OF_VALUES

    return finding.code in OF_VALUES and not any("path" in form for form in finding.expected)


def _words(arguments: Arguments) -> frozenset[str]:
    """Return all values that a command line has."""
    found: list[str | None] = [value for value in arguments.values.values() if isinstance(value, str)]
    for occurrences in arguments.compound.values():
        for occurrence in occurrences:
            found.append(occurrence.text)
            for key, value in occurrence.items:
                found += [key, value]
    return frozenset(word.strip() for word in found if word)


def _value_at(document: Domain, path: str) -> str:
    """Return the text or the attribute at the path of a finding."""
    from lxml import etree

    from ..catalogue import PREFIXES

    namespaces = {prefix: uri for uri, prefix in PREFIXES.items()}
    places: Any = etree.fromstring(document.to_xml()).xpath(path, namespaces=namespaces)
    found = places[0]
    return str(found if isinstance(found, str) else found.text or "").strip()
