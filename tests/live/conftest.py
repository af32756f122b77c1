"""Connections to real libvirt for the tests beside: its test driver, and a QEMU of our own."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterable, Iterator
from functools import cache, partial
from importlib.util import find_spec
from typing import Any

import pytest

from tests.live.qemu import daemon, endings
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


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test that needs our daemon once more if that ends meanwhile."""
    if "own_daemon" not in getattr(item, "fixturenames", ()):
        return None
    runner: Any = item.config.pluginmanager.getplugin("runner")
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in endings.reports(item, partial(runner.runtestprotocol, item, log=False, nextitem=nextitem)):
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """See whether the daemon is still there before the fixtures of a test end."""
    endings.look(item)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were run once more: nobody should get used to it."""
    found = [
        one for several in terminalreporter.stats.values() for one in several if isinstance(one, pytest.TestReport)
    ]
    for name in endings.run_again(found):
        terminalreporter.write_line(f"libvirtd ended, and this ran again: {name}")


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
def own_daemon(libvirt: Any, request: pytest.FixtureRequest) -> Iterator[daemon.Daemon]:
    """Return a libvirtd of our own."""
    with daemon.Daemon() as running:
        stash = request.session.stash
        stash[endings.RUNNING] = running
        yield running
        del stash[endings.RUNNING]


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
