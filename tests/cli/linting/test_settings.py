"""`[tool.virtxml]` and virtxml.toml: where they are looked for, what they say, and what is said of mistakes in them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main
from virtxml.cli.linting.settings import Settings, find_settings

if sys.version_info < (3, 11):
    pytest.importorskip("tomli")

GUEST = """<domain type='kvm'>
  <name>web01</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <devices>
    <disk type='file'>
      <driver name='qemu' type='qcow2' discard_no_unref='on'/>
      <source file='/images/a.img'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
"""
TWICE = GUEST.replace(" discard_no_unref='on'", "").replace(
    "</disk>", "</disk><disk type='file'><source file='/images/b.img'/><target dev='vda'/></disk>"
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a directory of a project with some documents."""
    work = tmp_path / "project" / "lab"
    work.mkdir(parents=True)
    (work / "new.xml").write_text(GUEST)
    (work / "twice.xml").write_text(TWICE)
    monkeypatch.chdir(work)
    return work


def short(*arguments: str) -> int:
    return main(["validate", "--format", "short", *arguments])


def test_without_a_file_nothing_is_set() -> None:
    assert find_settings(None) == Settings()


def test_a_project_says_for_which_release(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert short("new.xml") == GOOD
    (place.parent / "pyproject.toml").write_text('[tool.virtxml]\nlibvirt = "debian12"\n')
    assert short("new.xml") == FINDINGS
    assert "VX107" in capsys.readouterr().out
    assert short("--libvirt", "11.3.0", "new.xml") == GOOD
    assert short("--isolated", "new.xml") == GOOD


def test_a_project_says_which_rules_run(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "virtxml.toml").write_text('ignore = ["VX404"]\n')
    assert short("twice.xml") == GOOD
    assert short("--ignore", "VX101", "twice.xml") == FINDINGS
    (place / "virtxml.toml").write_text('select = ["security"]\n')
    assert short("twice.xml") == GOOD
    assert short("--select", "default", "twice.xml") == FINDINGS
    assert capsys.readouterr().out.count("VX404") == 2


def test_a_project_says_what_fails(place: Path) -> None:
    (place / "twice.xml").write_text("<!-- virtxml: ignore[VX404, VX101] -->" + TWICE)
    assert short("twice.xml") == GOOD
    (place / "virtxml.toml").write_text('fail-on = "warning"\n')
    assert short("twice.xml") == FINDINGS
    assert short("--fail-on", "error", "twice.xml") == GOOD


def test_a_project_says_what_is_ignored_in_which_files(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = place.parent / "virtxml.toml"
    for glob in (
        "lab/*.xml",
        "lab/**",
        "lab/",
        "**/twice.xml",
        "twice.xml",
        "tw*e.xml",
        "./lab/twice.xml",
        "**",
        "?wice.xml",
    ):
        settings.write_text(f'[per-file-ignores]\n"{glob}" = ["duplicate-disk-target"]\n')
        assert short("twice.xml") == GOOD, glob
        assert short(str(place / "twice.xml")) == GOOD, glob
        assert short("--ignore", "VX101", "../lab/twice.xml") == GOOD, glob
    for glob in ("*/*/twice.xml", "lab", "twice", "wice.xml", "./twice.xml", "lab/?", "twice.xml/"):
        settings.write_text(f'[per-file-ignores]\n"{glob}" = ["VX404"]\n')
        assert short("twice.xml") == FINDINGS, glob
    settings.write_text('[per-file-ignores]\n"**" = ["VX404"]\n')
    monkeypatch.setattr("virtxml.cli.validating.judging.read_input", lambda name: TWICE.encode())
    assert short("-") == FINDINGS


def test_what_is_ignored_in_a_file_is_not_mended_there(place: Path) -> None:
    wrong = GUEST.replace("name='qemu'", "nmae='qemu'")
    for name in ("new.xml", "old.xml"):
        (place / name).write_text(wrong)
    (place / "virtxml.toml").write_text('[per-file-ignores]\n"old.xml" = ["unknown-attribute"]\n')
    assert main(["fix", "--quiet", "new.xml", "old.xml"]) == GOOD
    assert (place / "new.xml").read_text() == GUEST
    assert (place / "old.xml").read_text() == wrong
    assert main(["fix", "--quiet", "--isolated", "old.xml"]) == GOOD
    assert (place / "old.xml").read_text() == GUEST


def test_ignores_of_files_add_up(place: Path) -> None:
    (place / "virtxml.toml").write_text('[per-file-ignores]\n"*.xml" = ["VX1"]\n"new.xml" = ["VX2", "VX3"]\n')
    settings = find_settings(None)
    assert settings.ignored_in("new.xml") == ("VX1", "VX2", "VX3")
    assert settings.ignored_in("../lab/other.xml") == ("VX1",)
    assert settings.ignored_in("other.txt") == ()


def test_the_nearest_file_counts_and_our_own_before_a_shared_one(place: Path) -> None:
    (place.parent.parent / "virtxml.toml").write_text('arch = "s390x"\n')
    assert find_settings(None).arch == "s390x"
    assert find_settings(None).file == "../../virtxml.toml"
    (place.parent / "pyproject.toml").write_text('[tool.virtxml]\narch = "aarch64"\nmachine = "virt"\n')
    assert find_settings(None)[3:5] == ("aarch64", "virt")
    (place / "pyproject.toml").write_text('[project]\nname = "virtxml-lab"\n[tool.other]\nx = 1\n')
    assert find_settings(None).arch == "aarch64"
    (place.parent / "virtxml.toml").write_text("")
    assert find_settings(None).arch is None
    assert find_settings(None).file == "../virtxml.toml"


def test_a_file_can_be_named(place: Path) -> None:
    (place / "virtxml.toml").write_text('arch = "s390x"\n')
    (place / "ci.toml").write_text('arch = "aarch64"\n')
    (place.parent / "pyproject.toml").write_text('[tool.virtxml]\narch = "ppc64"\n')
    assert find_settings("ci.toml").arch == "aarch64"
    assert find_settings("../pyproject.toml").arch == "ppc64"
    assert find_settings("../pyproject.toml").directory == str(place.parent)
    assert find_settings(None, isolated=True) == Settings()


def test_verbose_names_the_file(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "virtxml.toml").write_text('select = ["VX404"]\n')
    assert main(["validate", "--verbose", "new.xml"]) == GOOD
    assert capsys.readouterr().err == "1 document valid\nsettings: virtxml.toml\nno rule lacked facts\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("selct = []", 'there is no setting "selct": did you mean "select"?'),
        (
            "x = 1",
            'there is no setting "x": only libvirt, arch, machine, select, ignore, fail-on, per-file-ignores',
        ),
        ("fail_on = 'error'", 'there is no setting "fail_on": did you mean "fail-on"?'),
        ('"\\u001b" = 1', None),
        ("fail-on = 'never'", "fail-on: not one of error, warning, info"),
        ("fail-on = 1", "fail-on: not one of error, warning, info"),
        ("libvirt = 9", "libvirt: not a text in quotes"),
        ("libvirt = 'debian'", None),
        ("arch = ''", "arch: not a text in quotes"),
        ("select = 'VX404'", 'select: not a list of names: ["duplicate-disk-target", "VX7"]'),
        ("select = [1]", 'select: not a list of names: ["duplicate-disk-target", "VX7"]'),
        (
            "ignore = ['duplicate-disk-targt']",
            'ignore: no rule is called "duplicate-disk-targt": did you mean "duplicate-disk-target"?',
        ),
        ("per-file-ignores = []", 'per-file-ignores: not a table of lists: "lab/**" = ["duplicate-disk-target"]'),
        (
            "per-file-ignores = {'*' = 'VX404'}",
            'per-file-ignores: not a list of names: ["duplicate-disk-target", "VX7"]',
        ),
        ("select = [", None),
        ("a = 1\na = 2", None),
    ],
)
def test_a_mistake_in_a_file_is_one_line_with_its_name(
    text: str, problem: str | None, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "virtxml.toml").write_text(text)
    assert short("new.xml") == BAD_INPUT
    assert main(["fix", "--check", "new.xml"]) == BAD_INPUT
    out, err = capsys.readouterr()
    first, second = err.splitlines()
    assert out == ""
    assert first.startswith("virtxml validate: error: virtxml.toml: ")
    assert problem is None or first == f"virtxml validate: error: virtxml.toml: {problem}"
    assert second == first.replace("validate", "fix", 1)
    assert first.isprintable()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("virtxml.toml", b"arch = '\xff'", "virtxml.toml: it is not UTF-8"),
        ("pyproject.toml", b"[tool]\nvirtxml = 1", "pyproject.toml: tool.virtxml is no table"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(
    name: str, content: bytes, problem: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / name).write_bytes(content)
    assert short("new.xml") == BAD_INPUT
    assert capsys.readouterr() == ("", f"virtxml validate: error: {problem}\n")


def test_a_file_that_is_named_has_to_be_there(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "pyproject.toml").write_text("[project]\n")
    assert short("--config", "gone.toml", "new.xml") == BAD_INPUT
    assert short("--config", "pyproject.toml", "new.xml") == BAD_INPUT
    assert capsys.readouterr().err == (
        "virtxml validate: error: gone.toml: No such file or directory\n"
        "virtxml validate: error: pyproject.toml: there is no [tool.virtxml]\n"
    )


def test_where_nothing_reads_toml_one_line_says_what_to_do(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("tomllib", "tomli"):
        monkeypatch.setitem(sys.modules, name, None)
    (place / "pyproject.toml").write_text("[project]\nname = 'lab'\n")
    assert short("new.xml") == GOOD
    (place / "pyproject.toml").write_text("[tool.virtxml]\n")
    assert short("new.xml") == BAD_INPUT
    assert short("--isolated", "new.xml") == GOOD
    assert capsys.readouterr().err == (
        "1 document valid\n"
        "virtxml validate: error: pyproject.toml: reading it takes Python 3.11, or the package tomli: "
        'pip install "virtxml[toml]", or --isolated\n'
        "1 document valid\n"
    )
