"""Connections to real libvirt for the tests beside: its test driver, and a QEMU of our own."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from tests.live import daemon
from virtxml import driver

pytest.register_assert_rewrite("tests.live.comparing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests here, and only these."""
    for item in items:
        if item.nodeid.startswith("tests/live/"):
            item.add_marker(pytest.mark.live)


@pytest.fixture(scope="session")
def libvirt() -> Any:
    """Return libvirt-python, told not to print errors; skip the test without it."""
    if find_spec("libvirt") is None:
        pytest.skip("needs libvirt-python: make test-live")
    import libvirt

    libvirt.registerErrorHandler(lambda _context, _error: None, None)
    return libvirt


@pytest.fixture
def host(libvirt: Any) -> Iterator[driver.Connection]:
    """Return a connection to libvirt's test driver, which keeps all in memory."""
    with driver.connect("test:///default") as connection:
        yield connection


@pytest.fixture(scope="session")
def own_daemon(libvirt: Any) -> Iterator[daemon.Daemon]:
    """Return a libvirtd of our own; skip the test where there can be none."""
    reason = daemon.missing()
    if reason is not None:
        pytest.skip(reason)
    with daemon.Daemon() as running:
        yield running


@pytest.fixture
def qemu(own_daemon: daemon.Daemon) -> Iterator[driver.Connection]:
    """Return a connection to our own daemon's QEMU driver."""
    with driver.connect(own_daemon.uri) as connection:
        yield connection
