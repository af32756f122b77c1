"""What is shown of our documents, line by line."""

from __future__ import annotations

import pytest

from tests.show.snapshots import DOCUMENTS, SNAPSHOTS, shown


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_shown_of_a_document_stays_as_it_is(name: str) -> None:
    expected = (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")
    assert shown(DOCUMENTS[name]) == expected, "if it is better now: python -m tests.show.snapshots"


def test_snapshots_are_those_of_the_documents() -> None:
    assert {path.stem for path in SNAPSHOTS.iterdir()} == set(DOCUMENTS)
