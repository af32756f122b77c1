"""Slips made at random in our own documents: told on their line, and nothing else is."""

from __future__ import annotations

import random

import pytest

from tests.support import fixture_documents
from virtxml.testing.slips import SLIPS
from virtxml.validation import validate


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_found_on_its_line_and_nothing_else_is_said(kind: str) -> None:
    rng = random.Random(kind)
    sources = [text for text in (path.read_text() for path in fixture_documents()) if not validate(text)]
    made = good = 0
    for _ in range(60):
        slip = SLIPS[kind](rng.choice(sources), rng)
        if slip is None:
            continue
        made += 1
        line = slip.text.count("\n", 0, slip.start) + 1
        good += [(one.code, one.line) for one in validate(slip.text)] == [("VX001", line)]
    assert made > 0
    assert good >= 0.98 * made


@pytest.mark.parametrize("kind", SLIPS)
def test_other_mistakes_are_found_beside_a_slip(kind: str) -> None:
    rng = random.Random(kind)
    wrong = "<emulator>/bin/q</emulator>\n    <zzz/>\n"
    source = f"<domain type='kvm'>\n  <name>a</name>\n  <memory unit='KiB'>1</memory>\n  <os>\n    <type>hvm</type>\n  </os>\n  <devices>\n    {wrong}    <disk type='file'>\n      <target dev='vda'/>\n    </disk>\n  </devices>\n</domain>\n"  # noqa: E501
    slip = SLIPS[kind](source, rng)
    assert slip is not None or kind == "undeclared prefix"
    if slip is not None:
        assert {one.message for one in validate(slip.text)} >= {"unknown element <zzz> in <devices>"}
