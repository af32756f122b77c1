"""Text that is one long word: programs with it are made in time by its length."""

from __future__ import annotations

import ast

from tests.growth import assert_cheap, seconds
from virtxml.python_code.expressions import _pieces


def test_a_long_word_takes_time_by_its_length() -> None:
    def cost(length: int) -> float:
        pieces: list[str] = []
        taken = seconds(lambda: pieces.extend(_pieces("x" * length, 80)))
        assert "".join(map(ast.literal_eval, pieces)) == "x" * length
        return taken

    assert_cheap(cost, 200_000, 800_000, at_most=12)
