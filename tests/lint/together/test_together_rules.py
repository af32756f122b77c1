"""Each rule over several documents by its own examples: the bad one is found, the good one is not."""

from __future__ import annotations

import re

import pytest

import virtxml
from virtxml.diagnostics.diagnostic import Diagnostic
from virtxml.lint import Linter, Rule, Selection
from virtxml.lint.pages import page
from virtxml.lint.pages.examples import files, host_of
from virtxml.lint.rule import REGISTERED
from virtxml.lint.rules import TOGETHER, load_all
from virtxml.lint.together import run

load_all()
RULES = sorted((rule for rule in REGISTERED.values() if rule.about == TOGETHER), key=lambda rule: rule.code)
EACH = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


def _found(rule: Rule, example: str) -> dict[str, list[Diagnostic]]:
    return run(files(example), Linter(host_of(rule), Selection(("default", rule.code))))


@EACH
def test_examples_are_documents_without_fault(rule: Rule) -> None:
    for example in (rule.bad, rule.good):
        documents = files(example)
        assert documents
        for name, source in documents:
            assert virtxml.validate(source, libvirt=host_of(rule).libvirt) == [], name


@EACH
def test_the_bad_example_is_found_with_the_place_in_the_other_file(rule: Rule) -> None:
    found = _found(rule, rule.bad)
    assert {one.code for each in found.values() for one in each} == {rule.code}
    ((name, each),) = found.items()
    for one in each:
        assert one.line is not None
        for related in one.related:
            other, _, rest = related.message.partition(":")
            assert other in dict(files(rule.bad))
            assert other != name
            assert re.match(r"\d+ \w", rest)


@EACH
def test_nothing_is_found_in_the_good_example(rule: Rule) -> None:
    assert _found(rule, rule.good) == {}


@EACH
def test_the_page_of_a_rule_shows_the_files_and_what_is_said_of_them(rule: Rule) -> None:
    shown = page(rule)
    for name, _ in files(rule.bad):
        assert f"<!-- {name} -->" in shown
    ((name, each),) = _found(rule, rule.bad).items()
    assert f"{name}:{each[0].line}: {each[0].message}" in shown
    assert "--together" in shown
