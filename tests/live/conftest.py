"""Connections to real libvirt for the tests beside: its test driver, and a QEMU of our own."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

import pytest

from tests.live.qemu import daemon
from virtxml import driver

_PROGRAMS = {
    "virt_xml": ("virt-xml", "virtinst"),
    "virt_clone": ("virt-clone", "virtinst"),
    "virsh": ("virsh", "libvirt-clients"),
}
"""What a test runs that has a fixture's name, and Debian's package of that."""

pytest.register_assert_rewrite("tests.live.comparing", "tests.live.qemu.alike.bench")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests here, and only these; skip those that need what is not here, in one line for each file."""
    for item in items:
        if not item.nodeid.startswith("tests/live/"):
            continue
        item.add_marker(pytest.mark.live)
        reason = _missing(getattr(item, "fixturenames", ()))
        if reason is not None:
            item.add_marker(pytest.mark.skip(reason=reason))


def _missing(fixtures: Iterable[str]) -> str | None:
    """Return what a test with some fixtures needs and there is not, None if it can run."""
    if "libvirt" in fixtures and find_spec("libvirt") is None:
        return "needs libvirt-python: make test-live"
    for program, package in (_PROGRAMS[fixture] for fixture in fixtures if fixture in _PROGRAMS):
        if shutil.which(program) is None:
            return f"needs {program} (Debian: {package})"
    return _missing_for_daemon() if "own_daemon" in fixtures else None


_missing_for_daemon = cache(daemon.missing)


@pytest.fixture(scope="session")
def libvirt() -> Any:
    """Return libvirt-python, told not to print errors."""
    import libvirt

    libvirt.registerErrorHandler(lambda _context, _error: None, None)
    return libvirt


@pytest.fixture
def unchanged(libvirt: Any) -> None:
    """See that libvirt's test driver starts anew, whatever the tests before have done to its host.

    All connections to its default host share it while one is open, and handles keep theirs open: those too that only
    the frames of an exception hold.
    """
    gc.collect()


@pytest.fixture
def host(unchanged: None) -> Iterator[driver.Connection]:
    """Return a connection to libvirt's test driver, which keeps all in memory."""
    with driver.connect("test:///default") as connection:
        yield connection


@pytest.fixture(scope="session")
def own_daemon(libvirt: Any) -> Iterator[daemon.Daemon]:
    """Return a libvirtd of our own."""
    with daemon.Daemon() as running:
        yield running


@pytest.fixture
def qemu(own_daemon: daemon.Daemon) -> Iterator[driver.Connection]:
    """Return a connection to our own daemon's QEMU driver."""
    with driver.connect(own_daemon.uri) as connection:
        yield connection


@pytest.fixture
def virt_xml() -> None:
    """Say that a test runs virt-xml, and skip it where that is not installed."""


@pytest.fixture
def virt_clone() -> None:
    """Say that a test runs virt-clone, and skip it where that is not installed."""


@pytest.fixture
def virsh() -> None:
    """Say that a test runs virsh, and skip it where that is not installed."""
