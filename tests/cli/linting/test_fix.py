"""`virtxml fix`, and `validate --fix`: what is mended in files, what is said of it, and the exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main

WRONG = """\
<!-- mine -->
<domain type="kvm">
  <name>a</name>
  <memory unit='GiB'>1</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <cputune>
    <vcpupin vcpu='0' cpuset='0'/>
    <vcpupin vcpu='7' cpuset='0'/> <!-- of the larger one -->
  </cputune>
  <devices>
    <disk typ='file'>
      <source file='/a'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
"""
RIGHT = WRONG.replace("typ=", "type=").replace("<vcpupin vcpu='7' cpuset='0'/> ", "")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.xml"
    path.write_text(WRONG)
    return path


def test_a_file_is_mended_and_the_rest_of_it_stays(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", str(file)]) == GOOD
    assert file.read_text() == RIGHT
    said = capsys.readouterr().err.splitlines()
    assert [line.removeprefix(str(file)) for line in said] == [
        ':12:11: unknown attribute "typ" on <disk>: write "type"',
        ":9:20: there is no virtual CPU 7: the guest has 2, numbered from 0: drop this <vcpupin>",
    ]
    assert main(["fix", str(file)]) == GOOD
    assert file.read_text() == RIGHT
    assert capsys.readouterr() == ("", "")


def test_nothing_is_written_to_look_at_what_would_change(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--quiet", "--check", str(file)]) == FINDINGS
    assert capsys.readouterr() == (f"{file}\n", "")
    assert main(["fix", "--quiet", "--diff", str(file)]) == FINDINGS
    assert "+    <disk type='file'>\n" in capsys.readouterr().out
    assert file.read_text() == WRONG
    file.write_text(RIGHT)
    assert main(["fix", "--check", str(file)]) == GOOD


def test_rules_that_nobody_wants_mend_nothing(file: Path) -> None:
    assert main(["fix", "--quiet", "--ignore", "vcpupin-beyond", str(file)]) == GOOD
    assert file.read_text() == WRONG.replace("typ=", "type=")


def test_what_changes_the_guest_has_to_be_asked_for(file: Path) -> None:
    file.write_text(RIGHT.replace("<vcpu>2<", "<vcpu current='4'>2<"))
    before = file.read_text()
    assert main(["fix", "--quiet", str(file)]) == GOOD
    assert file.read_text() == before
    assert main(["fix", "--quiet", "--unsafe", str(file)]) == GOOD
    assert "current='4'" not in file.read_text()


def test_validate_mends_first(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--fix", str(file)]) == GOOD
    assert file.read_text() == RIGHT
    assert capsys.readouterr().err.endswith("1 document valid\n")


def test_what_cannot_be_mended_is_told_by_validate(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(WRONG.replace("</domain>", ""))
    assert main(["validate", "--quiet", "--fix", str(file)]) == FINDINGS
    assert "VX001" in capsys.readouterr().out
    assert file.read_text() == WRONG.replace("</domain>", "")


def test_what_cannot_be_read_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", str(tmp_path / "none.xml")]) == BAD_INPUT
    assert capsys.readouterr() == ("", f"{tmp_path / 'none.xml'}: error: No such file or directory\n")
    assert main(["fix", "--select", "no-such-rule", str(tmp_path)]) == BAD_INPUT
    assert capsys.readouterr().err == 'virtxml fix: error: no rule is called "no-such-rule"\n'
