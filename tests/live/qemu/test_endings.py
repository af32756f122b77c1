"""When libvirtd ends in the middle of a test, one test runs twice, and no other fails."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from virtxml import Network, driver

from . import endings
from .daemon import Daemon

TIMES: list[str] = []
"""What the daemon was called in each run of the test that it ends in."""


def end(daemon: Daemon) -> None:
    """Let the daemon end as if by itself."""
    # The log is all of it that is outside of its directories.
    for found in Path("/proc").glob("[0-9]*"):
        try:
            command = (found / "cmdline").read_bytes()
            root = (found / "environ").read_bytes()
        except OSError:
            continue  # it has ended meanwhile
        if command.startswith(b"libvirtd\0") and f"DIRECTORY={daemon.directory}\0".encode() in root:
            os.kill(int(found.name), signal.SIGSEGV)


def test_a_test_whose_daemon_ends_runs_once_more_with_a_new_one(own_daemon: Daemon, qemu: driver.Connection) -> None:
    made = qemu.networks.define(Network(name=f"network{len(TIMES)}"))
    TIMES.append(own_daemon.uri)
    if len(TIMES) == 1:
        end(own_daemon)
        with pytest.raises(driver.LibvirtError, match=r"(?i)socket|connection|recv|write|end of file"):
            qemu.networks.define(Network(name="another"))
    # Where nothing is left of what was there before.
    assert "network0" not in [network.name for network in qemu.networks]
    made.undefine()
    assert TIMES[0] == TIMES[1]


class Item:
    """A test, as far as it is asked."""

    def __init__(self, daemon: Any) -> None:
        self.nodeid = "test"
        self.stash = pytest.Stash()
        self.session = self
        self.stash[endings.RUNNING] = daemon


class Mortal:
    """A daemon that ends when it is told to."""

    def __init__(self) -> None:
        self.lives = True
        self.starts = 1

    def listens(self) -> bool:
        return self.lives

    def last_words(self) -> str:
        return "a bug"

    def start_anew(self) -> None:
        self.lives = True
        self.starts += 1


def report(outcome: Any, longrepr: Any = None) -> pytest.TestReport:
    return pytest.TestReport("test", ("file", 1, "test"), {}, outcome, longrepr, "call")


@pytest.mark.parametrize("outcome", ["passed", "failed", "skipped"])
def test_a_test_that_ends_the_daemon_each_time_fails_whatever_it_says_itself(outcome: str) -> None:
    daemon, found = Mortal(), report(outcome, None if outcome == "passed" else "refused")

    def run() -> list[pytest.TestReport]:
        daemon.lives = False
        return [found]

    item: Any = Item(daemon)
    assert endings.reports(item, run) == [found]
    assert found.failed
    assert "libvirtd has ended both times that this test ran, and said:\na bug" in found.longreprtext
    assert (daemon.starts, daemon.lives) == (3, True)
    assert endings.run_again([found]) == ["test"]


def test_a_test_whose_daemon_stays_runs_once() -> None:
    daemon, runs = Mortal(), []

    def run() -> list[pytest.TestReport]:
        runs.append(report("failed", "its own mistake"))
        return runs[-1:]

    item: Any = Item(daemon)
    assert endings.reports(item, run) == runs
    assert len(runs) == daemon.starts == 1
    assert endings.run_again(runs) == []
