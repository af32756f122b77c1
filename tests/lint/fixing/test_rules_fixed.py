"""What rules have a safe fix for comes out of a document again, and leaves it byte for byte as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import virtxml
from tests.editing.forms import tidy, untidy
from virtxml.editing import Document
from virtxml.lint import Linter, Rule, Selection
from virtxml.lint.fixing import Fixer
from virtxml.lint.pages import rules
from virtxml.lint.pages.examples import host_of, whole


def _fixer(rule: Rule) -> Fixer:
    return Fixer(Linter(host_of(rule), Selection((rule.code,))))


def _adds_only(rule: Rule) -> bool:
    """Tell whether the bad example is the good one with something more in it, which a safe fix takes out."""
    if rule.about == "together" or _fixer(rule).fixed(whole(rule, rule.bad)).text != whole(rule, rule.good):
        return False
    document = Document.parse(whole(rule, rule.good))
    document.model = virtxml.parse(whole(rule, rule.bad))
    return all(edit.start == edit.end for edit in document.changes())


FIXED = [rule for rule in rules() if _adds_only(rule)]


def test_many_rules_take_out_what_libvirt_does_not_want() -> None:
    assert len(FIXED) >= 40


@pytest.mark.parametrize("form", [tidy, untidy])
@pytest.mark.parametrize("rule", FIXED, ids=[rule.name for rule in FIXED])
def test_what_comes_into_a_document_by_hand_is_taken_out_byte_for_byte(
    rule: Rule, form: Callable[[str], bytes]
) -> None:
    text = Document.parse(form(whole(rule, rule.good))).to_text()
    document = Document.parse(text)
    document.model = virtxml.parse(whole(rule, rule.bad))
    wrong = document.to_text()
    assert wrong != text
    found = _fixer(rule).fixed(wrong)
    assert found.text == text
    assert found.left == []
