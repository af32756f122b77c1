"""Early rules tell of a guest that is put together device by device what they tell of all of it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

import pytest

import virtxml
from virtxml.lint import Met, Rule, Selection
from virtxml.lint.pages.examples import host_of, whole
from virtxml.lint.rule import REGISTERED
from virtxml.lint.rules import load_all
from virtxml.lint.running import facts_of, problems
from virtxml.schema.domain import Devices, Domain

load_all()
EARLY = [rule for _, rule in sorted(REGISTERED.items()) if rule.early and rule.about.startswith("domain/")]


def parts(domain: Domain) -> Iterator[Domain]:
    """Iterate over copies of a guest that have no devices, and then one of its devices each."""
    for devices in (Devices(), *_single(domain.devices or Devices())):
        part = copy(domain)
        part.devices = devices
        yield part


def _single(devices: Devices) -> Iterator[Devices]:
    for field in Devices.xml_fields.values():
        value = getattr(devices, field.slot)
        for one in (value or []) if field.many else [value] if value is not None else []:
            made = Devices()
            setattr(made, field.slot, [one] if field.many else one)
            yield made


def found(rule: Rule, example: str, *, complete: bool = False) -> set[str]:
    """Return the codes of what is found in an example, device by device, and whether more is said later."""
    codes: set[str] = set()
    met = Met()
    for part in parts(virtxml.parse(whole(rule, example), Domain)):
        facts = facts_of(part, host_of(rule), met)
        facts.complete = complete
        met.begin()
        codes |= {one.code for one, _ in problems(facts, Selection((rule.code,)), early=True)}
        met.keep()
    return codes


@pytest.mark.parametrize("rule", EARLY, ids=[rule.name for rule in EARLY])
def test_what_is_wrong_is_found_where_it_comes(rule: Rule) -> None:
    assert found(rule, rule.bad) or found(rule, rule.bad, complete=True)
    assert found(rule, rule.good) == set()
