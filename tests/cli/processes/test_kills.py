"""Programs that are killed while they write files: each file is the old one or the new one, and nothing else stays."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from virtxml.cli import main
from virtxml.editing import saving

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

FILES = 30
OLD = '<domain type="kvm">\n    <name>old</name><!-- keep -->\n</domain>\n'
EDITED = OLD.replace(">old<", ">new<")
MISSPELLED = OLD.replace("<domain", "<!-- mine -->\n<domain").replace("</name>", "</name>\n    <memroy>1</memroy>")
MENDED = MISSPELLED.replace("memroy", "memory")
FORMATTED = "<domain type='kvm'>\n  <name>old</name> <!-- keep -->\n</domain>\n"


def edit(top: Path) -> None:
    for path in sorted(top.iterdir()):
        main(["edit", str(path), "--edit", "--metadata", "name=new"])


def reformat(top: Path) -> None:
    main(["format", "--jobs", "1", str(top)])


def mend(top: Path) -> None:
    main(["fix", "--jobs", "1", str(top)])


def in_child(work: Callable[[Path], None], top: Path) -> int:
    """Do something in another process; return its number."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            saving._swept.clear()
            work(top)
        finally:
            os._exit(0)
    return child


@pytest.mark.parametrize(
    ("work", "old", "new", "kills"),
    [(edit, OLD, EDITED, 50), (reformat, OLD, FORMATTED, 50), (mend, MISSPELLED, MENDED, 300)],
    ids=["edit", "format", "fix"],
)
def test_a_kill_leaves_whole_files(
    work: Callable[[Path], None], old: str, new: str, kills: int, tmp_path: Path
) -> None:
    top = tmp_path / "tree"
    top.mkdir()
    names = [f"{number:02}.xml" for number in range(FILES)]
    choose = random.Random(1)

    def lay_out() -> None:
        for name in names:
            (top / name).write_text(old)

    lay_out()
    start = time.monotonic()
    os.waitpid(in_child(work, top), 0)
    whole = time.monotonic() - start
    assert {path.read_text() for path in top.iterdir()} == {new}
    seen = set()
    for _ in range(kills):
        lay_out()
        child = in_child(work, top)
        time.sleep(choose.uniform(0, whole))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        texts = [(top / name).read_text() for name in names]
        assert set(texts) <= {old, new}
        seen.add(texts.count(new))
        others = {path.name for path in top.iterdir()} - {*names}
        assert all(name.startswith(".virtxml-") for name in others)
    # It was killed in between, too; and what is left then goes with the next program.
    assert len(seen) > 3
    lay_out()
    os.waitpid(in_child(work, top), 0)
    assert sorted(path.name for path in top.iterdir()) == names
