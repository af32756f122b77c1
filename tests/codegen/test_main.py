"""`python -m codegen`: what it prints, writes and answers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import codegen.__main__ as command
from tests.codegen.tiny import box, names, write


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the generator write a small schema's classes into a directory of the test."""
    target = tmp_path / "virtxml" / "schema"
    (tmp_path / "schemas").mkdir()
    write(tmp_path / "schemas", r1=box("<attribute name='a'/>"))
    monkeypatch.setattr(command, "TARGET", target.parent)
    monkeypatch.setattr(command, "read_names", names)
    target.mkdir(parents=True)
    return target


def run(monkeypatch: pytest.MonkeyPatch, target: Path, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["codegen", "--schemas", str(target.parents[1] / "schemas"), *arguments])
    return command.main()


def test_it_writes_the_modules_and_removes_old_ones(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (target / "old.py").write_text("")
    (target / "old.json").write_text("")
    (target / "old.pyi").write_text("")
    assert run(monkeypatch, target) == 0
    assert sorted(path.name for path in target.iterdir()) == ["__init__.py", "__init__.pyi", "box.py", "grammars"]
    assert 'RELEASES = ("1.0.0",)' in (target.parent / "catalogue.py").read_text()
    assert [path.name for path in (target / "grammars").iterdir()] == ["1.0.0.json"]
    assert run(monkeypatch, target, "--check") == 0


def test_a_check_names_what_differs_and_the_command_and_writes_nothing(
    target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, target)
    (target / "box.py").write_text("changed")
    assert run(monkeypatch, target, "--check") == 1
    captured = capsys.readouterr().err
    assert "box.py" in captured
    assert "make regenerate" in captured
    assert (target / "box.py").read_text() == "changed"


def test_an_undecided_question_is_one_clear_message(
    target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (target.parents[1] / "schemas" / "1.0.0" / "box.rng").write_text(box("<attribute name='extra'/>"))
    assert run(monkeypatch, target) == 1
    assert capsys.readouterr().err.startswith(
        'field "extra" of Box is a name of Node: name it under [fields] in names.toml'
    )
    assert not list(target.iterdir())


def test_a_broken_schema_is_one_clear_message(
    target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = target.parents[1] / "schemas" / "1.0.0" / "box.rng"
    path.write_text("<grammar")
    assert run(monkeypatch, target) == 1
    assert capsys.readouterr().err.startswith(f"{path}:1: ")
