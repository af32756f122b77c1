"""A test that meets a daemon that has ended runs once more, with a new one; if that ends as well, the test fails.

libvirtd ends by itself now and then. Without this, all tests behind would fail, and a test that waits for libvirt's
refusal would take the end of the connection for one.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .daemon import Daemon

RUNNING = pytest.StashKey[Daemon]()
"""The daemon that the tests of a session share, in the stash of the session."""
_HAS_ENDED = pytest.StashKey[str]()
"""In the stash of a test, the last words of the daemon that has ended while it ran."""
_TWICE = "libvirtd has ended both times that this test ran, and said:"
_AGAIN = "ran again, as libvirtd had ended"


def look(item: pytest.Item) -> None:
    """Take note of a daemon that is no more: before the fixtures of a test end, and so maybe the daemon by itself."""
    daemon = item.session.stash.get(RUNNING, None)
    if daemon is not None and not daemon.listens():
        item.stash[_HAS_ENDED] = daemon.last_words()


def reports(item: pytest.Item, run: Callable[[], list[pytest.TestReport]]) -> list[pytest.TestReport]:
    """Run a test, and once more if the daemon has ended; return what there is to say of the last time."""
    found = run()
    if _ended(item) is None:
        return found
    found = run()
    words = _ended(item)
    # What was done in the test itself, unless it has not come to that.
    told = next((one for one in found if one.when == "call"), found[0])
    told.user_properties.append((_AGAIN, item.nodeid))
    if words is not None:
        told.outcome = "failed"
        told.longrepr = f"{told.longreprtext}\n{_TWICE}\n{words}".lstrip()
    return found


def _ended(item: pytest.Item) -> str | None:
    """Return the last words of a daemon that has ended since the test began, in the place of which there is another."""
    look(item)
    words = item.stash.get(_HAS_ENDED, None)
    if words is not None:
        del item.stash[_HAS_ENDED]
        if (daemon := item.session.stash.get(RUNNING, None)) is not None:
            daemon.start_anew()
    return words


def run_again(all_reports: list[pytest.TestReport]) -> list[str]:
    """Return which tests were run once more."""
    return [str(value) for one in all_reports for name, value in one.user_properties if name == _AGAIN]
