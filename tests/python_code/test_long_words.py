"""Text that is one long word: programs with it are made in time by its length."""

from __future__ import annotations

import ast
import time

from virtxml.python_code.expressions import _pieces


def test_a_long_word_takes_time_by_its_length() -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        pieces = list(_pieces("x" * length, 80))
        taken = time.process_time() - start
        assert "".join(map(ast.literal_eval, pieces)) == "x" * length
        return taken

    seconds(1000)
    assert seconds(800_000) < 12 * max(seconds(200_000), 0.01)
