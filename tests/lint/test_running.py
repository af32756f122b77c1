"""Which rules are asked, and that what saves time says the same as the plain way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

import virtxml
from tests.support import fixture_documents, requires_shared, shared_dir
from virtxml.errors import ParseError
from virtxml.lint import Host, Rule, Selection, running
from virtxml.lint.facts import whole as whole_number
from virtxml.lint.pages import rules
from virtxml.lint.pages.examples import whole
from virtxml.lint.rule import REGISTERED
from virtxml.scalars import Int

EVERYTHING = Selection(("all",))


def _models() -> Iterator[Any]:
    for rule in rules():
        if rule.about != "together":
            yield from (virtxml.parse(whole(rule, example)) for example in (rule.bad, rule.good))
    for path in fixture_documents():
        yield virtxml.parse(path.read_bytes())


def _shared_models() -> Iterator[Any]:
    shared = shared_dir()
    assert shared is not None
    for path in sorted((shared / "corpus").rglob("*.xml"))[::3]:
        with suppress(ParseError):
            yield virtxml.parse(path.read_bytes())


def _found(model: Any) -> list[tuple[str, int, str]]:
    facts = running.facts_of(model, Host())
    return sorted((rule.code, id(one.node), one.field) for rule, one in running.problems(facts, EVERYTHING))


def _check(models: Iterator[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [*models]
    gated = [_found(model) for model in kept]
    for code, rule in [*REGISTERED.items()]:
        values: dict[str, Any] = {name: getattr(rule, name) for name in Rule._names}
        monkeypatch.setitem(REGISTERED, code, Rule(**values | {"when": ""}))
    running._plan.cache_clear()
    try:
        assert gated == [_found(model) for model in kept]
    finally:
        running._plan.cache_clear()


def test_what_rules_need_of_an_element_saves_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    _check(_models(), monkeypatch)


@requires_shared
@pytest.mark.slow
def test_what_rules_need_of_an_element_saves_time_only_for_libvirts_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    _check(_shared_models(), monkeypatch)


def test_numbers_are_plain_however_they_are_written() -> None:
    # Python would go through all of a range to look for another kind of number: hours, for a quota.
    for text in ("017592186044414", "+5000", "0x10", "7"):
        assert type(whole_number(Int(text) if text != "7" else 7)) is int
    domain = "<domain type='kvm'><name>a</name><memory>4096</memory><cputune><quota>{}</quota></cputune></domain>"
    assert [one.code for one in virtxml.lint.run(virtxml.parse(domain.format("0999")))] == ["VX654"]
