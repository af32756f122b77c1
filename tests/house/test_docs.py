"""What README.md and docs/ show is run: each `python` and `console` block, with what it prints, and the examples.

Blocks of one file run in order, in a directory of their own with the documents of examples/. The `python` blocks of a
file share their names; what one prints stands in the `text` or `xml` block right behind it. In a `console` block, lines
behind `$ ` are commands, with their output below. A block with a file's name behind its language is written to that
file. Other blocks (`sh`, `toml`, …) are not run.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

import virtxml
from tests.support import ROOT
from virtxml.diagnostics.codes import CODES

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_FENCE = re.compile(r"^```(?P<language>\w*)(?: (?P<file>[\w.-]+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Block:
    """A fenced block: language, text, first line, whether nothing stands between it and the one before, file's name."""

    language: str
    text: str
    line: int
    follows: bool
    file: str = ""


def blocks_of(page: str) -> list[Block]:
    """Return the fenced blocks of a page."""
    blocks: list[Block] = []
    end = 0
    for match in _FENCE.finditer(page):
        follows = bool(blocks) and not page[end : match.start()].strip()
        line = page.count("\n", 0, match.start("text")) + 1
        blocks.append(Block(match["language"], match["text"], line, follows, match["file"] or ""))
        end = match.end()
    return blocks


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a directory with the example documents, where `virtxml` and `python` are ours."""
    for path in (ROOT / "examples").glob("*.xml"):
        shutil.copy(path, tmp_path)
    tools = tmp_path / ".tools"
    tools.mkdir()
    for name, command in {"python": "", "virtxml": " -m virtxml"}.items():
        (tools / name).write_text(f'#!/bin/sh\nexec "{sys.executable}"{command} "$@"\n')
        (tools / name).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in ("SYSTEM", "LOCAL", "USER"):  # the machine's own database would answer otherwise
        monkeypatch.setenv(f"OSINFO_{name}_DIR", str(tmp_path / ".osinfo"))
    return tmp_path


def run_python(page: Path, block: Block, names: dict[str, object]) -> str:
    """Run a block as if it stood alone in the page's file; return what it prints."""
    code = compile("\n" * (block.line - 1) + block.text, str(page), "exec")
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(code, names)  # noqa: S102 - our own documentation
    return output.getvalue()


def run_console(block: Block) -> str:
    """Run the commands of a block; return the block with the output that they have."""
    shown = ""
    status = 0
    for line in block.text.splitlines():
        if line.startswith("$ "):
            command = ["sh", "-c", f"(exit {status}); {line[2:]}"]
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            status = done.returncode
            shown += f"{line}\n{done.stdout}"
    return shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_do_what_it_says(page: Path, place: Path) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    blocks = blocks_of(page.read_text())
    for block, following in pairwise([*blocks, None]):
        assert block is not None
        if block.file:
            (place / block.file).write_text(block.text)
        elif block.language == "python":
            shows = (
                following is not None
                and following.follows
                and following.language in ("text", "xml")
                and not following.file
            )
            expected = following.text if following is not None and shows else ""
            assert run_python(page, block, names) == expected, f"{page.name}, line {block.line}"
        elif block.language == "console":
            assert run_console(block) == block.text, f"{page.name}, line {block.line}"


def test_a_block_with_the_name_of_a_file_is_no_output() -> None:
    python, file = blocks_of("```python\nx = 1\n```\n\n```xml a.xml\n<a/>\n```\n")
    assert (python.file, file.language, file.file, file.text) == ("", "xml", "a.xml", "<a/>\n")


def test_every_code_has_a_page_with_an_example_of_it() -> None:
    pages = {path.stem: path.read_text() for path in (ROOT / "docs" / "diagnostics").glob("VX*.md")}
    assert set(pages) == set(CODES)
    for code, page in pages.items():
        assert page.startswith(f"# {code}: {CODES[code]}\n")
        assert re.search(rf" (?:error|warning) {code}: ", page)
        assert f"[{code}]({code}.md) | {CODES[code]} |" in (ROOT / "docs" / "diagnostics" / "README.md").read_text()


def test_a_block_that_says_something_wrong_is_found() -> None:
    page = "```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n\nText.\n\n```console\n$ echo one\ntwo\n```\n"
    python, text, console = blocks_of(page)
    assert (python.language, python.line, text.follows, console.follows) == ("python", 2, True, False)
    assert run_python(Path("page.md"), python, {}) == "2\n" != text.text
    assert run_console(console) == "$ echo one\none\n" != console.text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/codegen.md"])
def test_make_has_the_targets_that_are_named(name: str) -> None:
    named = set(
        re.findall(
            r"\bmake ([a-z-]+)", "\n".join(re.findall(r"`[^`]+`|^make .*", (ROOT / name).read_text(), re.MULTILINE))
        )
    )
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert named
    assert named <= targets


def test_the_demo_changes_what_it_says_and_nothing_else() -> None:
    done = subprocess.run(
        [sys.executable, "examples/demo.py"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    before = virtxml.Domain.from_xml((ROOT / "examples" / "web01.xml").read_text())
    after = virtxml.Domain.from_xml(done.stdout)
    assert before.devices is not None
    assert after.devices is not None
    assert after.vcpu is not None
    assert after.vcpu.value == 4
    assert after.devices.disks[1].source is None
    assert after.devices.disks.pop().to_xml().splitlines()[2] == (
        "  <source file='/var/lib/libvirt/images/web01-data.qcow2'/>"
    )
    after.vcpu = before.vcpu
    after.devices.disks[1].source = before.devices.disks[1].source
    assert after == before


@pytest.mark.parametrize("extra", ["test", "dev"])
def test_contributing_gives_a_reason_for_each_dependency(extra: str) -> None:
    project = (ROOT / "pyproject.toml").read_text()
    lists = [re.search(rf"^{key} = \[\n(.*?)^\]", project, re.MULTILINE | re.DOTALL) for key in ("dependencies", extra)]
    names = {name for found in lists if found for name in re.findall(r'^  "([\w-]+)', found[1], re.MULTILINE)}
    assert len(names) > 2
    text = (ROOT / "CONTRIBUTING.md").read_text()
    assert {name for name in names - {"virtxml"} if f"**{name}**" not in text} == set()
