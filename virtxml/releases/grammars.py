"""The grammars of libvirt's documents: which is for which document and release."""

from __future__ import annotations

import json
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from ..catalogue import DEFINITIONS, DOCUMENTS, NEWEST, RELEASES, SCHEMA_FILES
from ..codec.names import steps
from ..packaged import read_packaged
from ..relaxng.match.grammar import Grammar
from .choosing import choose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from os import PathLike
    from pathlib import Path

    from ..relaxng.match.patterns import Element
    from ..relaxng.match.states import State
    from ..relaxng.match.table import Table


__all__ = ["NEWEST", "RELEASES", "fragment", "grammar_of", "read_grammar", "schema_files", "start_of"]


def grammar_of(release: str = NEWEST) -> Grammar:
    """Return the grammar of a release of libvirt; each is read once.

    Its kinds of documents are named by their root elements: `domain`, `pool`. ``release`` is any, or a system: the
    grammar of the one that `virtxml.releases.choose` gives. Raises ValueError for what is neither.
    """
    chosen = choose(release).release
    return one_for_all(lambda: _grammar(chosen))


def read_grammar(directory: str | PathLike[str], kind: str | None = None) -> Grammar:
    """Read a grammar from a directory with libvirt's `.rng` files, such as `/usr/share/libvirt/schemas`.

    Only the schema of one kind of document is read if its root element is given, which is quicker. Raises SchemaError
    for schemas that are wrong, and for a directory without any for what is asked.
    """
    from ..relaxng.schema.compile import compile_schemas
    from ..relaxng.schema.reader import SchemaError, read_schema

    files = schema_files(directory)
    if kind is not None:
        if kind not in files:
            raise SchemaError(f"{directory}: there is no schema of <{kind}>")
        files = {kind: files[kind]}
    return Grammar(compile_schemas({root: read_schema(path).start for root, path in files.items()}))


def schema_files(directory: str | PathLike[str]) -> dict[str, Path]:
    """Return which of libvirt's `.rng` files are in a directory, by the root elements of their documents.

    Raises SchemaError, which is a ValueError, if there are none.
    """
    from pathlib import Path

    from ..relaxng.schema.reader import SchemaError

    files = {root: Path(directory) / file for root, file in SCHEMA_FILES.items()}
    there = {root: path for root, path in files.items() if path.exists()}
    if not there:
        raise SchemaError(f"{directory}: there are no schemas of libvirt, such as {files['domain'].name}")
    return there


def start_of(grammar: Grammar, root: str, kind: str | None = None) -> State | None:
    """Return the state before a document's root element, None if the grammar has no such documents.

    ``root`` is the element's name. ``kind`` names an element inside documents if the text is only a fragment of one:
    `disk`, or, where that is ambiguous, with what is around it: `devices/interface`, `domainsnapshot/disks/disk`.
    """
    name = root if kind is None else kind
    if name in grammar.starts:
        return grammar.start(name)
    return None if kind is None else fragment(grammar, (kind,))


def start_of_document(grammar: Grammar, document: str) -> State | None:
    """Return the state before a document of the class of some name; None if the grammar has no such documents."""
    _, root = DOCUMENTS[document]
    define = DEFINITIONS.get(document)
    if root not in grammar.starts or define is None:
        return start_of(grammar, root)
    found = [element for element in grammar.named(root) if element.define == define]
    return grammar.fragment(found) if found else None


def fragment(grammar: Grammar, kinds: Iterable[str]) -> State | None:
    """Return the state before a fragment that may be of any of some kinds; None if the grammar has none of them.

    Each is named by an element inside documents, as for `start_of`; a name alone stands for all elements of it.
    """
    found: dict[Element, None] = {}
    for kind in kinds:
        *around, name = steps(kind)
        found.update((element, None) for element in grammar.named(name) if _is_inside(grammar, element, around))
    return grammar.fragment(found) if found else None


def _is_inside(grammar: Grammar, element: Element, around: list[str]) -> bool:
    """Tell whether an element may have some elements around it, the innermost last."""
    return not around or any(
        str(parent.name) == around[-1] and _is_inside(grammar, parent, around[:-1])
        for parent in grammar.parents(element)
    )


_READING = Lock()


def one_for_all(read: Callable[[], Grammar]) -> Grammar:
    """Return what a function that remembers grammars returns, so that all threads get the same one of each.

    Elements of a grammar mean nothing to another one, though it were read from the same schemas. Two threads that want
    one at the same time would each read it, and the second find another afterwards than at first.
    """
    with _READING:
        return read()


@cache
def _grammar(release: str) -> Grammar:
    return Grammar(_load(release))


def _load(release: str) -> Table:
    found: Table = json.loads(read_packaged(f"schema/grammars/{release}.json"))
    return found
