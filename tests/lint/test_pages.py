"""The pages of the rules are what their registration gives."""

from __future__ import annotations

from codegen.rules import stale
from virtxml.lint.pages import page, rules


def test_pages_are_those_of_the_rules() -> None:
    assert stale() == [], "make regenerate writes docs/rules"


def test_a_page_has_what_people_search_for() -> None:
    for rule in rules():
        text = page(rule)
        assert rule.words in text
        assert f"# {rule.name} ({rule.code})\n\n{rule.title}.\n" in text
        assert "## Wrong" in text
        assert "## Right" in text
