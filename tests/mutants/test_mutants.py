"""The whole measurement, with libvirt's schemas and documents."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest
from lxml import etree

from tests.mutants.judging.fuzz import disagreements, edited
from tests.mutants.judging.judges import Judge, Text, jing, libxml2
from tests.mutants.judging.score import score
from tests.mutants.judging.several import large, merged
from tests.mutants.making.maker import Mutant, is_valid, mutants
from tests.mutants.making.schemas import Source, documents, joined_validator, releases_with, schema_path, validator
from tests.support import ROOT, requires_shared
from virtxml.catalogue import RELEASES, SCHEMA_FILES
from virtxml.testing.misuses import ALL_KINDS

pytestmark = requires_shared

JUDGES = [
    libxml2,
    pytest.param(jing, marks=pytest.mark.skipif(shutil.which("jing") is None, reason="needs jing")),
]


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return list(documents())


@pytest.fixture(scope="module")
def made(sources: list[Source]) -> list[Mutant]:
    """Return mutants of all kinds."""
    return list(mutants(sources, 170, seed=1))


def test_documents_are_of_many_kinds_and_mostly_domains(sources: list[Source]) -> None:
    domains = sum(source.schema == "domain.rng" for source in sources)
    assert len(sources) / 2 < domains < len(sources)
    assert len({source.schema for source in sources}) >= len(set(SCHEMA_FILES.values())) - 2
    assert len({source.text for source in sources}) == len(sources)


def test_as_many_invalid_mutants_as_wanted_are_made_of_each_kind(made: list[Mutant]) -> None:
    invalid = Counter(one.kind for one in made if not one.valid)
    assert invalid == dict.fromkeys(ALL_KINDS, 10)
    assert any(one.valid for one in made)


def test_mutants_depend_on_the_seed_alone(sources: list[Source], made: list[Mutant]) -> None:
    assert list(mutants(sources, 170, seed=1)) == made
    assert list(mutants(sources, 170, seed=2)) != made
    # Leaving out kinds changes nothing about the others.
    assert list(mutants(sources, 10, seed=1, kinds=["twice"])) == [one for one in made if one.kind == "twice"]


@pytest.mark.parametrize("judge", JUDGES)
def test_judges_agree_on_verdicts(judge: Judge, made: list[Mutant]) -> None:
    # libxml2 refuses some right orders, unless its schemas are joined.
    some = [one for one in made if one.source.schema in {"domain.rng", "network.rng"} and one.kind != "order"]
    found = judge([Text(one.text, one.source.schema) for one in some])
    assert all(score(one, findings).verdict for one, findings in zip(some, found, strict=True))


@pytest.mark.parametrize("judge", JUDGES)
def test_judges_say_the_line_and_what_is_wrong(judge: Judge, sources: list[Source]) -> None:
    text = sources[0].text.replace("<memory", "<memori").replace("</memory", "</memori")
    valid, invalid = judge([Text(sources[0].text, "domain.rng"), Text(text, "domain.rng")])
    assert not valid
    line = text.split("\n").index(next(line for line in text.split("\n") if "<memori" in line)) + 1
    assert any("memori" in finding.message and finding.line == line for finding in invalid)


def test_several_mistakes_are_made_in_one_document(sources: list[Source]) -> None:
    found = list(merged(sources, 20, seed=1))
    assert len(found) == 20
    assert {len(one.expected) for one in found} >= {2, 3, 4}
    assert not any(is_valid(one.text, validator(schema_path(one.source.schema))) for one in found)


def test_each_disk_of_the_large_domain_has_a_mistake() -> None:
    one = large(300, seed=1)
    lines = one.text.split("\n")
    assert len(etree.fromstring(one.text.encode()).findall("devices/*")) == len(one.expected) == 300
    starts = [expected.lines[0] for expected in one.expected]
    assert starts == sorted(starts)
    for expected in one.expected:
        assert "<" in lines[expected.lines[0] - 1] or any(
            word in lines[expected.lines[0] - 1] for names in expected.names for word in names
        )


def test_random_edits_give_documents_of_both_verdicts_for_each_release(sources: list[Source]) -> None:
    texts = list(edited(sources, 40))
    for release in RELEASES:
        known = [(source.schema, text) for source, text in texts if release in releases_with(source.schema)]
        verdicts = [is_valid(text, validator(schema_path(schema, release))) for schema, text in known]
        assert {True, False} <= set(verdicts)
        assert None not in verdicts


@pytest.mark.parametrize("release", RELEASES)
def test_joined_interleaves_change_no_verdict(release: str, sources: list[Source], made: list[Mutant]) -> None:
    # In the order that documents have, which is what libxml2 gets right without.
    ordered = [one for one in made if one.kind != "order"]
    texts = [*sources[::20], *(Source(one.kind, one.text, one.source.schema) for one in ordered)]
    for one in texts:
        if release not in releases_with(one.schema):
            continue
        expected = is_valid(one.text, validator(schema_path(one.schema, release)))
        assert is_valid(one.text, joined_validator(one.schema, release)) == expected


def test_a_wrong_verdict_is_seen(sources: list[Source]) -> None:
    def right(text: str, release: str) -> bool:
        schema = SCHEMA_FILES.get(etree.fromstring(text.encode()).tag)
        return schema is not None and bool(is_valid(text, joined_validator(schema, release)))

    assert not list(disagreements(sources, 30, verdict=right))
    wrong = list(disagreements(sources, 30, verdict=lambda text, release: True))
    assert not any(one.expected for one in wrong)
    assert {one.release for one in wrong} == set(RELEASES)


def test_the_report_shows_a_table_and_mutants_that_are_not_treated_as_wanted() -> None:
    options = ["--count", "10", "--failures", "10", "--kind", "twice", "--judge", "libxml2"]
    command = [sys.executable, "-m", "benchmarks.mutants", *options]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert re.search(r"^libxml2 +mutants +invalid", run.stdout, re.MULTILINE)
    assert re.search(r"^  twice +\d+ +10 +100\.0 %", run.stdout, re.MULTILINE)
    assert re.search(r"^\d+ of \d+ mutants are not treated as wanted", run.stdout, re.MULTILINE)


def test_without_schemas_the_report_says_so() -> None:
    environment = os.environ | {"VIRTXML_SHARED": ""}
    command = [sys.executable, "-m", "benchmarks.mutants"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "there is nothing to measure" in run.stdout
