"""What the tests of virsh's commands have in common."""

from __future__ import annotations

from pathlib import Path

import pytest

from .running import Shell


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Return what runs commands on a guest and a network, as somebody wrote them."""
    return Shell(tmp_path, capsys)
