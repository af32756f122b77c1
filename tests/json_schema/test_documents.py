"""The JSON Schemas take all documents that are valid, and refuse values outside of closed sets and ranges."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import class_of
from tests.corpus import documents as corpus
from tests.mutants.making.maker import Mutant, mutants
from tests.mutants.making.schemas import documents as valid_documents
from tests.strategies import RELAXED
from tests.support import FIXTURES, requires_shared
from virtxml import Node, parse
from virtxml.catalogue import RELEASES
from virtxml.json_schema.document import json_schema
from virtxml.plain.documents import KINDS
from virtxml.testing import documents


@cache
def judge(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema(kind))


def wrong(data: dict[str, Any]) -> Iterator[str]:
    """Iterate over what the schema of a document's kind says of it."""
    return (f"{error.json_path}: {error.message}" for error in judge(data["kind"]).iter_errors(data))


def node_of(text: str) -> Node:
    cls = class_of(text.encode())
    assert cls is not None
    return cls.from_xml(text)


def test_our_own_valid_documents_meet_the_schemas() -> None:
    nodes = [cls.from_xml(source) for _, source, cls in corpus(FIXTURES)]
    valid = [node for node in nodes if not node.validate()]
    assert len(valid) > 15
    assert [problem for node in valid for problem in wrong(node.to_dict())] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("guestcpu", "hostcpu")])
def test_random_valid_documents_meet_the_schemas(kind: str) -> None:
    @settings(RELAXED, max_examples=15)
    @given(documents(kind))
    def law(text: str) -> None:
        assert list(wrong(parse(text, kind).to_dict())) == []

    law()


@pytest.mark.parametrize("release", RELEASES[:-1:2])
def test_random_documents_of_older_releases_meet_the_schemas_of_those(release: str) -> None:
    judges = {kind: jsonschema.Draft202012Validator(json_schema(kind, libvirt=release)) for kind in ("domain", "pool")}

    @settings(RELAXED, max_examples=10)
    @given(st.sampled_from([*judges]).flatmap(lambda kind: documents(kind, release)))
    def law(text: str) -> None:
        data = parse(text).to_dict()
        assert [error.json_path for error in judges[data["kind"]].iter_errors(data)] == []

    law()


@requires_shared
def test_some_of_libvirts_valid_documents_meet_the_schemas() -> None:
    for source in random.Random(1).sample(list(valid_documents()), 500):
        assert next(wrong(node_of(source.text).to_dict()), None) is None, source


@pytest.mark.slow
@requires_shared
def test_all_of_libvirts_valid_documents_meet_the_schemas() -> None:
    found = list(valid_documents())
    assert len(found) > 2000
    assert [one for one in found if next(wrong(node_of(one.text).to_dict()), None) is not None] == []


@pytest.fixture(scope="module")
def wrong_values() -> list[Mutant]:
    kinds = ("misspelled value", "foreign value", "wrong number")
    return [one for one in mutants(list(valid_documents()), 120, 1, kinds) if not one.valid]


@requires_shared
def test_no_value_outside_of_a_closed_set_or_range_is_taken(wrong_values: list[Mutant]) -> None:
    assert min(Counter(one.kind for one in wrong_values).values()) == 40
    taken = [one for one in wrong_values if next(wrong(node_of(one.text).to_dict()), None) is None]
    assert [(one.names, one.lines) for one in taken] == []
