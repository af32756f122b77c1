"""What tests of lint's agreement with libvirt have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.live.qemu.daemon import Daemon


@pytest.fixture
def connection(libvirt: Any, own_daemon: Daemon) -> Iterator[Any]:
    """Return libvirt-python's own connection to our daemon."""
    opened = libvirt.open(own_daemon.uri)
    yield opened
    opened.close()
