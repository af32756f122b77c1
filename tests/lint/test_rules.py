"""Each rule by its own examples: the bad one is found, the good one is not, and fixes lead from one to the other."""

from __future__ import annotations

import re

import pytest

import virtxml
from virtxml.diagnostics.codes import CODES, NAMES
from virtxml.lint import Linter, Rule, Selection
from virtxml.lint.pages.examples import host_of, whole
from virtxml.lint.rule import REGISTERED
from virtxml.lint.rules import TOGETHER, homes, load_all
from virtxml.releases import number
from virtxml.releases.grammars import RELEASES
from virtxml.validation import Validator, validate

load_all()
RULES = sorted(REGISTERED.values(), key=lambda rule: rule.code)
ALONE = [rule for rule in RULES if rule.about != TOGETHER]
"""The rules about one document; `together/test_together_rules.py` has those over several."""
EACH = pytest.mark.parametrize("rule", ALONE, ids=[rule.name for rule in ALONE])
ANY = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


def _found(rule: Rule, example: str, *select: str) -> list[virtxml.Diagnostic]:
    linter = Linter(host_of(rule), Selection(select or ("default", rule.code)))
    return linter.run(virtxml.parse(whole(rule, example)))


@EACH
def test_examples_are_valid_by_the_schema(rule: Rule) -> None:
    release = host_of(rule).libvirt
    for example in (rule.bad, rule.good):
        assert validate(whole(rule, example), libvirt=release) == []


@EACH
def test_the_bad_example_is_found(rule: Rule) -> None:
    found = [one for one in _found(rule, rule.bad) if one.severity == "error" or one.code == rule.code]
    assert {one.code for one in found} == {rule.code}


@EACH
def test_nothing_is_found_in_the_good_example(rule: Rule) -> None:
    assert [one for one in _found(rule, rule.good) if one.severity == "error" or one.code == rule.code] == []


@EACH
def test_fixes_mend_the_bad_example(rule: Rule) -> None:
    model = virtxml.parse(whole(rule, rule.bad))
    linter = Linter(host_of(rule), Selection((rule.code,)))
    for _ in range(10):
        fixes = [problem.fix for _, problem in linter.problems(model) if problem.fix is not None]
        if not fixes:
            break
        fixes[0].change()
    else:
        pytest.fail("fixes have no end")
    if any(problem.fix for _, problem in linter.problems(virtxml.parse(whole(rule, rule.bad)))):
        assert linter.problems(model) == []
        assert Validator(libvirt=host_of(rule).libvirt).is_valid(model)


@ANY
def test_a_rule_is_declared_as_all_are(rule: Rule) -> None:
    assert re.fullmatch(r"VX[4-9]\d\d", rule.code)
    assert rule.code not in CODES
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", rule.name)
    assert rule.title[0].isupper()
    assert len(rule.title) <= 100
    assert rule.why
    assert (rule.severity == "error") == bool(rule.phase)
    for release in (rule.since, rule.until):
        assert not release or (re.fullmatch(r"\d+\.\d+\.\d+", release) and number(release) > number(RELEASES[0]))


@ANY
def test_a_rule_is_loaded_with_what_it_is_about(rule: Rule) -> None:
    home = rule.check.__module__.removeprefix("virtxml.lint.rules.")
    assert home in homes(rule.about.partition("/")[0])[rule.about]


def test_names_are_of_one_rule_each() -> None:
    names = [*NAMES.values(), *(rule.name for rule in RULES)]
    assert len(names) == len({*names})
