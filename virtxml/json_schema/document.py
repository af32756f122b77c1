"""The JSON Schema of a kind of document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.catalogue import DEFINITIONS, DOCUMENTS, NEWEST
from virtxml.kinds.roots import document_class
from virtxml.plain.documents import KIND, KINDS, SCHEMA, unknown_kind
from virtxml.relaxng.match.expectations import elements
from virtxml.releases import choose
from virtxml.releases.grammars import grammar_of

from . import unknown
from .classes import class_schema, classes_inside, definition_name
from .grammar import Allowed

if TYPE_CHECKING:
    from virtxml.element import Element
    from virtxml.relaxng.match.grammar import Grammar

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kind: str, *, libvirt: str = NEWEST) -> dict[str, Any]:
    """Return the JSON Schema of a kind of document as plain data: of what `Node.to_dict` makes of it.

    It is that of draft 2020-12. The kinds are those that documents say under `kind`: "domain", "network", "pool", …;
    ``libvirt`` is a release, or a system, as `virtxml.validate` takes it. All documents that are valid for that release
    meet the schema. Raises ValueError for a kind that there is not, and for what is no release.
    """
    if kind not in KINDS:
        raise ValueError(unknown_kind(kind))
    release = choose(libvirt).release
    name = KINDS[kind]
    cls = document_class(name)
    allowed = _allowed(name, cls, grammar_of(release))
    root = class_schema(cls, allowed, release)
    properties = {
        SCHEMA: {"type": "string", "description": "Where an editor finds this schema."},
        KIND: {"const": kind, "description": "Which kind of document it is."},
        **root["properties"],
    }
    inside = {definition_name(one): class_schema(one, allowed, release) for one in classes_inside(cls)}
    return {
        "$schema": DRAFT,
        "$id": f"urn:virtxml:json-schema:{release}:{kind}",
        **root,
        "properties": properties,
        "required": [KIND],
        "$defs": {**dict(sorted(inside.items())), **unknown.definitions()},
    }


def _allowed(name: str, cls: type[Element], grammar: Grammar) -> Allowed:
    """Return what the fields of a class of documents may hold, and of those inside."""
    _, root = DOCUMENTS[name]
    define = DEFINITIONS.get(name)
    found = [one for one in elements(grammar.start(root).pattern) if define in (None, one.define)]
    return Allowed(grammar, cls, [one.content for one in found])
