"""A file that is replaced is the old one or the new one, whatever happens to the program, the disk or the file."""

from __future__ import annotations

import os
import random
import resource
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import virtxml
from virtxml import Document, Domain
from virtxml.editing import saving

OLD = "<domain>\n  <name>old</name>\n  <!-- keep -->\n</domain>\n"
NEW = OLD.replace("old", "new")

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def save(path: Path, name: str = "new") -> None:
    with virtxml.edit(path, Domain) as domain:
        domain.name = name


def in_child(work: Callable[[], object]) -> int:
    """Do something in another process; return how that ended, as `os.waitpid` tells it."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            saving._swept.clear()
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1]


def killed_at(moment: int) -> Callable[[FrameType, str, Any], Any]:
    """Return what ends this process for good when so many lines of what replaces files have been run."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if frame.f_code.co_filename != saving.__file__:
            return None
        if event in ("line", "return"):
            count += 1
            if count == moment:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


@needs_fork
@pytest.mark.parametrize("nameless", [True, False], ids=["nameless", "named"])
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, nameless: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not nameless:
        # As on file systems that have no files without names.
        monkeypatch.setattr(saving, "_OPEN_FILES", "/nowhere")
    path = tmp_path / "vm.xml"
    moment, left, contents = 0, 0, set()
    while True:
        moment += 1
        path.write_text(OLD)

        def work(moment: int = moment) -> None:
            sys.settrace(killed_at(moment))
            save(path)
            sys.settrace(None)

        status = in_child(work)
        contents.add(path.read_text())
        others = [one for one in tmp_path.iterdir() if one != path]
        left += len(others)
        assert all(one.name.startswith(".virtxml-") for one in others)
        # The next program takes away what was left.
        path.write_text(OLD)
        assert in_child(lambda: save(path)) == 0
        assert [*tmp_path.iterdir()] == [path]
        if not os.WIFSIGNALED(status):
            break
    assert contents == {OLD, NEW}
    # Not before everything is written does a file have a name.
    assert (left < 10) if nameless else left


@needs_fork
def test_kills_at_random_moments_leave_whole_files(tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text(OLD)
    choose = random.Random(1)

    def work() -> None:
        for number in range(100_000):
            save(path, "new" if number % 2 else "old")

    for _ in range(60):
        child = os.fork()
        if child == 0:
            work()
            os._exit(0)
        time.sleep(choose.uniform(0.005, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert path.read_text() in (OLD, NEW)
    path.write_text(OLD)
    assert in_child(lambda: save(path)) == 0
    assert [*tmp_path.iterdir()] == [path]


@needs_fork
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text(OLD)

    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
        with pytest.raises(OSError, match="File too large"):
            save(path)

    assert in_child(work) == 0
    assert path.read_text() == OLD
    assert [*tmp_path.iterdir()] == [path]


def test_mode_links_and_names_stay(tmp_path: Path) -> None:
    path, link, other = tmp_path / "vm.xml", tmp_path / "link.xml", tmp_path / "other.xml"
    path.write_text(OLD)
    path.chmod(0o640)
    link.symlink_to("vm.xml")
    save(link)
    assert link.is_symlink()
    assert path.read_text() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    other.hardlink_to(path)
    save(path, "old")
    assert other.read_text() == OLD
    assert other.samefile(path)


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only root gives files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text(OLD)
    os.chown(path, 1234, 4321)
    save(path)
    assert path.read_text() == NEW
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


def test_a_file_that_may_not_be_written_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vm.xml"
    path.write_text(OLD)
    path.chmod(0o400)
    # Whoever may do anything may write it, too.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match="no permission"):
        save(path)
    assert path.read_text() == OLD


def test_of_two_writers_at_once_none_takes_the_change_of_the_other_away(tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text("<domain>\n  <title>-</title>\n</domain>\n")
    done: list[str] = []
    refused: list[str] = []

    def add(letter: str) -> None:
        for _ in range(40):
            document = Document.read(path, Domain)
            document.model.title = f"{document.model.title}{letter}"
            try:
                document.save()
            except OSError as error:
                refused.append(str(error))
            else:
                done.append(letter)

    threads = [threading.Thread(target=add, args=[letter]) for letter in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    title = Domain.read(path).title or ""
    assert sorted(title) == sorted(["-", *done])
    assert all("changed meanwhile" in reason for reason in refused)
