"""What README.md, CONTRIBUTING.md and docs/ say of the project beside their examples is so."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support import ROOT
from virtxml.catalogue import NEWEST, OLDEST

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def said(pattern: str) -> dict[Path, set[str]]:
    """Return what the first group of a pattern finds in each page that has it."""
    found = {page: {match[1] for match in re.finditer(pattern, page.read_text())} for page in PAGES}
    return {page: texts for page, texts in found.items() if texts}


def test_schemas_are_said_to_reach_from_the_oldest_release_to_the_newest() -> None:
    ranges = said(r"(from \d+\.\d+\.\d+\s+to\s+\d+\.\d+\.\d+)")
    assert len(ranges) > 1
    right = f"from {OLDEST} to {NEWEST}"
    assert {
        page.name: texts for page, texts in ranges.items() if {" ".join(text.split()) for text in texts} != {right}
    } == {}


def test_files_and_folders_that_are_named_are_there() -> None:
    named = said(r"`((?:virtxml|codegen|tests|docs|benchmarks|examples)/[\w/.-]*)`")
    assert len(named) > 1
    missing = {
        page.name: [name for name in sorted(names) if not (ROOT / name).exists()] for page, names in named.items()
    }
    assert {page: names for page, names in missing.items() if names} == {}
