"""Several processes: the same output, in the same order, as of one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.processes.many import METHODS, UNTIDY, plant, run, start
from tests.support import ROOT
from virtxml.cli import BAD_INPUT, GOOD, batches, files, jobs, main, workers


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory of documents, and enter the one above."""
    monkeypatch.chdir(tmp_path)
    return plant(tmp_path)


NAMES = ["tree/empty.xml", "tree", "-", "missing.xml", "tree/below", "-", "tree/004-wrong.xml"]


SEVERAL = [("2", METHODS[0]), ("4", METHODS[0]), ("3", "spawn")]
"""How many processes, and how they are started."""


# The form changes nothing of what processes do: one form is seen with all numbers, the others with one each.
@pytest.mark.parametrize(
    ("form", "several"),
    [
        ("text", SEVERAL),
        *zip(["short", "json", "github", "sarif", "junit"], [[one] for one in SEVERAL * 2], strict=False),
    ],
    ids=lambda given: given if isinstance(given, str) else "-".join(number for number, _ in given),
)
def test_reports_are_the_same_of_any_number_of_processes(form: str, several: list[tuple[str, str]], tree: Path) -> None:
    given = ["validate", "--format", form, *NAMES]
    status, report, complaints = run(*given, "--jobs", "1", stdin=UNTIDY)
    assert status == BAD_INPUT
    assert "broken" in report
    assert "missing.xml: error: No such file or directory" in complaints
    for number, method in several:
        assert run(*given, "--jobs", number, stdin=UNTIDY, method=method) == (status, report, complaints)


@pytest.mark.parametrize(
    "options", [["--check"], ["--diff"], ["--diff", "--drop-comments", "--kind", "network"]], ids=" ".join
)
def test_differences_are_the_same_of_any_number_of_processes(options: list[str], tree: Path) -> None:
    given = ["format", *options, *NAMES]
    status, shown, complaints = run(*given, "--jobs", "1", stdin=UNTIDY)
    assert status == BAD_INPUT
    assert "untidy" in shown
    assert "broken" in complaints
    for number, method in SEVERAL:
        assert run(*given, "--jobs", number, stdin=UNTIDY, method=method) == (status, shown, complaints)


@pytest.mark.parametrize("method", METHODS)
def test_several_processes_write_what_one_does(method: str, tree: Path) -> None:
    def contents() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in tree.rglob("*") if path.is_file()}

    before = contents()
    alone = run("format", *NAMES, "--jobs", "1", stdin=UNTIDY)
    after = contents()
    assert before != after
    for name, content in before.items():
        if not Path(name).is_symlink():
            Path(name).write_bytes(content)
    assert contents() == before
    assert run("format", *NAMES, "--jobs", "4", stdin=UNTIDY, method=method) == alone
    assert contents() == after
    assert (tree / "below" / "other.xml").samefile(tree / "below" / "0-untidy.xml")


def test_a_report_in_the_directory_is_no_document_and_replaces_none(tree: Path) -> None:
    given = ["validate", "--format", "json", "tree", "--output"]
    alone = run(*given, "tree/below/report.xml", "--jobs", "1")
    report = (tree / "below" / "report.xml").read_bytes()
    (tree / "below" / "report.xml").unlink()
    assert run(*given, "tree/below/report.xml", "--jobs", "3") == alone
    assert (tree / "below" / "report.xml").read_bytes() == report
    old = (tree / "004-wrong.xml").read_bytes()
    results = [run(*given, "tree/004-wrong.xml", "--jobs", number) for number in "13"]
    assert results[0] == results[1]
    assert "the report would replace a document" in results[0][2]
    assert (tree / "004-wrong.xml").read_bytes() == old


def test_what_is_wrong_with_schemas_is_told_in_the_place_of_the_first_document_that_needs_them(tree: Path) -> None:
    schemas = tree.parent / "schemas"
    schemas.mkdir()
    rng = "xmlns='http://relaxng.org/ns/structure/1.0'"
    (schemas / "network.rng").write_text(f"<grammar {rng}><start><ref name='nowhere'/></start></grammar>")
    (schemas / "domain.rng").write_text(
        f"<grammar {rng}><start><element name='domain'><empty/></element></start></grammar>"
    )
    # The first are documents that these schemas are good for.
    for name in ("a", "b", "c", "d", "e"):
        (tree / f"00{name}.xml").write_text("<domain/>" if name < "d" else "<domain><wrong/></domain>")
    given = [
        "validate",
        "--schemas",
        "schemas",
        "--format",
        "short",
        *[f"tree/00{name}.xml" for name in "abcde"],
        "tree",
    ]
    alone = run(*given, "--jobs", "1")
    assert alone[0] == BAD_INPUT
    assert "virtxml validate: error: " in alone[2]
    assert run(*given, "--jobs", "3") == alone


def test_a_document_of_a_directory_of_schemas_does_not_read_them_again(tree: Path) -> None:
    schemas = tree.parent / "schemas"
    schemas.mkdir()
    rng = "xmlns='http://relaxng.org/ns/structure/1.0'"
    (schemas / "network.rng").write_text(
        f"<grammar {rng}><start><element name='network'><text/></element></start></grammar>"
    )
    for number in range(60):
        (tree / f"n{number}.xml").write_text("<network>text</network>")
    names = [f"tree/n{number}.xml" for number in range(60)]
    count = (
        "from virtxml.validation import validator\n"
        "read = validator.read_grammar\n"
        "def counted(*given):\n"
        "    with open('count', 'a') as file: file.write(f'{os.getpid()}\\n')\n"
        "    return read(*given)\n"
        "validator.read_grammar = counted"
    )
    status, *_ = run(
        "validate", "--quiet", "--schemas", "schemas", *names, "--jobs", "3", method=METHODS[0], patch=count
    )
    assert status == GOOD
    readers = (tree.parent / "count").read_text().split()
    assert len(readers) == len(set(readers)) <= 4


def test_a_few_files_start_no_process(tree: Path) -> None:
    script = "import sys; from virtxml.cli import main; main(sys.argv[1:]); print('multiprocessing' in sys.modules)"
    given = [
        sys.executable,
        "-c",
        script,
        "validate",
        "--quiet",
        "--no-lint",
        *["tree/below/0-untidy.xml"] * 9,
        "--jobs",
        "2",
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    assert subprocess.run(given, env=environment, capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize("number", ["0", "-1", "two", "1.5", "²", ""])
def test_only_a_number_of_processes_is_one(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        main(["validate", f"--jobs={number}", "."])
    assert capsys.readouterr().err == (
        f"virtxml validate: error: argument --jobs: not a number of processes, from 1 on: {number!r}"
        " (see virtxml validate --help)\n"
    )


def test_as_many_processes_as_there_are_cores_are_the_default(tree: Path) -> None:
    patch = (
        "validate.cores = lambda: 2\n"
        "from virtxml.cli import workers\n"
        "enter = workers.Workers.__enter__\n"
        "def told(self):\n"
        "    print(self._count, file=sys.stderr)\n"
        "    return enter(self)\n"
        "workers.Workers.__enter__ = told"
    )
    assert run("validate", "--quiet", "tree/below", patch=patch)[2].split("\n").count("2") == 1
    assert 1 <= jobs.cores() <= (os.cpu_count() or 1)


class Elsewhere:
    """Does what workers do, in an order of its own: what is handed over last may be done first."""

    order: list[int]

    def __init__(self, work: object, count: int) -> None:
        self.work, self.count = work, count
        self.given: deque[batches.Batch[int, str]] = deque()

    def __enter__(self) -> Elsewhere:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.given.clear()

    def give(self, batch: batches.Batch[int, str]) -> None:
        self.given.append(batch)

    def receive(self, *, block: bool = True) -> None:
        if self.given and (block or (self.order and self.order[-1] % 2)):
            self.given.rotate(self.order.pop() if self.order else 0)
            batch = self.given.popleft()
            batch.outcomes = [workers._outcome(self.work, item) for item in batch.items]  # type: ignore[arg-type]


@given(
    items=st.lists(st.integers(-20, 400)),
    count=st.integers(1, 5),
    order=st.lists(st.integers(0, 9)),
    fault=st.none() | st.integers(0, 400),
)
def test_results_come_in_the_order_of_the_items(
    items: list[int], count: int, order: list[int], fault: int | None
) -> None:
    taken = 0

    def counted() -> Iterator[int]:
        nonlocal taken
        for item in items:
            taken += 1
            yield item

    def work(item: int) -> str:
        if item == fault:
            raise ValueError(item)
        return str(item)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "PATIENCE", -1.0)
        patch.setattr(batches, "MOST_ITEMS", 3)
        patch.setattr(batches, "MOST_BYTES", 500)
        patch.setattr(workers, "Workers", Elsewhere)
        Elsewhere.order = order
        results = jobs.in_order(
            counted(), work, work, jobs=count, size=lambda item: None if item < 0 else item, coming=lambda item: None
        )
        expected = items[: items.index(fault)] if fault in items else items
        for number, item in enumerate(expected):
            assert next(results) == str(item)
            # What is done ahead is bounded: memory is, however many items there are.
            assert taken - number <= 4 * 3 * count + 3
        if fault in items:
            with pytest.raises(ValueError, match=str(fault)):
                next(results)
        else:
            assert next(results, None) is None


def test_what_is_not_the_same_in_another_process_stays_in_the_first(tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text(UNTIDY)
    os.mkfifo(tmp_path / "pipe")
    assert files.size_elsewhere(str(path), to_write=True) == len(UNTIDY)
    for name in ("-", "/dev/stdin", "/dev/null", "/proc/self/status", str(tmp_path / "pipe"), str(tmp_path / "gone")):
        assert files.size_elsewhere(name) is None
    # One would be read while it is written under its other name.
    (tmp_path / "second.xml").hardlink_to(path)
    assert files.size_elsewhere(str(path), to_write=True) is None
    assert files.size_elsewhere(str(path)) == len(UNTIDY)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
@pytest.mark.parametrize(
    "command", [["validate", "--output", "report"], ["format", "--check"]], ids=lambda given: given[0]
)
def test_a_terminal_shows_progress_which_is_gone_at_the_end(command: list[str], tree: Path) -> None:
    ours, theirs = os.openpty()
    patch = "from virtxml.cli import terminal; terminal._PATIENCE = terminal._PAUSE = 0"
    process = start(*command, "tree/below", "--jobs", "2", patch=patch, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    # The end is an error on Linux.
    with suppress(OSError):
        while piece := os.read(ours, 1 << 16):
            shown += piece
    os.close(ours)
    process.communicate(timeout=30)
    assert b"\r\033[K1 done, now tree/below/" in shown
    assert max(int(number) for number in re.findall(rb"(\d+) done, now ", shown)) > 10
    # Each line takes the place of the one before, and what stays has a line of its own.
    assert all(b" done, now " not in line.rpartition(b"\033[K")[2] for line in shown.split(b"\n"))
    assert b" done, now " not in run(*command, "tree/below", "--jobs", "2", patch=patch)[2].encode()
