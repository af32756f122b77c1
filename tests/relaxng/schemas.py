"""Small schemas, and what we and libxml2 say of documents."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from virtxml.relaxng.match.grammar import Grammar
from virtxml.relaxng.match.matcher import matches
from virtxml.relaxng.schema.compile import compile_schemas
from virtxml.relaxng.schema.reader import read_schema

NS = "xmlns='http://relaxng.org/ns/structure/1.0' datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'"


def schema(start: str, definitions: str = "") -> str:
    """Return the text of a schema."""
    return f"<grammar {NS}><start>{start}</start>{definitions}</grammar>"


def element(name: str, content: str = "<empty/>") -> str:
    """Return the text of an element's pattern."""
    return f"<element name='{name}'>{content}</element>"


def grammar_of(directory: Path, text: str, limit: int = 100_000) -> Grammar:
    """Return the grammar of a schema's text; documents of it are called `doc`."""
    path = directory / "schema.rng"
    path.write_text(text)
    return Grammar(compile_schemas({"doc": read_schema(path).start}), limit)


class Judges:
    """A schema as we and libxml2 read it."""

    def __init__(self, directory: Path, text: str) -> None:
        self.grammar = grammar_of(directory, text)
        self.libxml2 = etree.RelaxNG(etree.fromstring(text))

    def agree(self, document: str) -> bool:
        """Return our verdict on a document; fail if libxml2's is another."""
        root = etree.fromstring(document)
        ours = matches(root, self.grammar.start("doc"))
        assert ours == self.libxml2.validate(root), f"libxml2 says {not ours}: {document}"
        return ours

    def ours(self, document: str) -> bool:
        """Return our verdict on a document."""
        return matches(etree.fromstring(document), self.grammar.start("doc"))
