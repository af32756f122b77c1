"""What we show and keep as documents, libvirt takes: in README.md, docs/, examples/ and the fixtures of tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import virtxml
from tests.house import test_docs
from tests.house.test_docs import blocks_of
from tests.support import FIXTURES, ROOT
from virtxml.lint.rules import AREAS
from virtxml.validation import Validator

_DOCUMENT = re.compile(rf"<({'|'.join(AREAS)})(?=[\s>]).*?</\1>", re.DOTALL)
PAGES = [page for page in test_docs.PAGES if page.parent.name != "rules"]
"""The pages that people have written; what is on those of rules is held beside the rules."""
KEPT = [*sorted((ROOT / "examples").glob("*.xml")), *sorted(FIXTURES.rglob("*.xml"))]


def refusals(document: str | bytes) -> list[virtxml.Diagnostic]:
    """Return the errors of rules in a document; of one that its schema refuses, none."""
    try:
        if not Validator().is_valid(document):
            return []
    except virtxml.ParseError:
        return []
    return [one for one in virtxml.validate(document) if one.severity == "error"]


def documents_of(page: str) -> list[str]:
    """Return what a page shows of whole documents, in blocks of any language."""
    return [match[0] for block in blocks_of(page) for match in _DOCUMENT.finditer(block.text)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_libvirt_refuses_of_a_document_is_said_on_the_page_that_shows_it(page: Path) -> None:
    text = page.read_text()
    found = [one for document in documents_of(text) for one in refusals(document)]
    assert [str(one) for one in found if one.code not in text and one.name not in text] == []


def test_pages_show_documents() -> None:
    assert sum(len(documents_of(page.read_text())) for page in PAGES) > 40


@pytest.mark.parametrize("path", KEPT, ids=lambda path: str(path.relative_to(ROOT)))
def test_libvirt_refuses_nothing_of_the_documents_that_are_kept(path: Path) -> None:
    assert [str(one) for one in refusals(path.read_bytes())] == []


def test_what_is_refused_is_told() -> None:
    twice = "<disk><source file='/a'/><target dev='vda'/></disk>" * 2
    shown = f"```xml\n<domain type='kvm'>\n<name>a</name><memory>1</memory><devices>{twice}</devices>\n</domain>\n```\n"
    (document,) = documents_of(shown)
    assert "duplicate-disk-target" in [one.name for one in refusals(document)]
