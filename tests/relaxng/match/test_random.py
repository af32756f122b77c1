"""Random schemas and documents: the verdict is what the specification's own definitions give."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.relaxng.match.oracle import matches as allowed
from tests.relaxng.match.small import CONTENTS, DOCUMENTS, schema_of, tree_of
from tests.relaxng.schemas import grammar_of
from virtxml.relaxng.match.matcher import matches
from virtxml.relaxng.schema.reader import read_schema


@settings(max_examples=400)
@given(st.lists(CONTENTS, min_size=4, max_size=4), st.lists(DOCUMENTS, min_size=1, max_size=5))
def test_the_verdict_is_that_of_the_definitions(contents: list[str], documents: list[Any]) -> None:
    with TemporaryDirectory() as directory:
        grammar = grammar_of(Path(directory), schema_of(contents))
        written = read_schema(Path(directory) / "schema.rng").start
    for document in documents:
        root = tree_of(document)
        assert matches(root, grammar.start("doc")) == allowed(written, root), etree.tostring(root)
