"""The recipes of the cookbook: all are there, and what they build is valid.

That they print what they say is tested with all other pages.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import virtxml
from tests.house.test_docs import blocks_of, run_python
from tests.support import ROOT
from virtxml import Domain

PAGE = ROOT / "docs" / "cookbook.md"


def test_there_are_ten_recipes() -> None:
    assert len(re.findall(r"^## ", PAGE.read_text(), re.MULTILINE)) == 10


def test_what_the_recipes_build_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    built = 0
    for block in blocks_of(PAGE.read_text()):
        if block.file:
            (tmp_path / block.file).write_text(block.text)
        elif block.language == "python":
            run_python(PAGE, block, names)
            domains = [value for value in names.values() if isinstance(value, Domain)]
            assert [virtxml.validate(domain) for domain in domains if virtxml.validate(domain)] == [], block.line
            built += len(domains)
    assert built >= 10
