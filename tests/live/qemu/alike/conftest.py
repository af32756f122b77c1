"""Where the same changes are made by libvirt's own programs and by ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.qemu.daemon import Daemon
from virtxml import driver

from .bench import Bench


@pytest.fixture
def bench(
    own_daemon: Daemon, qemu: driver.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[Bench]:
    """Return definitions and documents; what is defined is gone afterwards."""
    made = Bench(own_daemon.uri, qemu.libvirt, tmp_path, capsys)
    yield made
    made.clear()
