"""`virtxml plan` against files that libvirt's documents were written to, which needs no libvirt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.compare.planning.documents import DEFINED_GUEST, DEFINED_NETWORK, DISK, GUEST, NETWORK, with_device
from virtxml.cli import main


@pytest.fixture
def host(tmp_path: Path) -> str:
    """Return a directory with what a host has: a guest and a network."""
    directory = tmp_path / "host"
    directory.mkdir()
    (directory / "all.xml").write_text(DEFINED_GUEST + DEFINED_NETWORK)
    return str(directory)


@pytest.fixture
def wanted(tmp_path: Path) -> Path:
    """Return a file for what is wanted."""
    return tmp_path / "wanted.xml"


def test_nothing_to_do_is_a_good_end(host: str, wanted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted.write_text(GUEST + NETWORK)
    assert main(["plan", str(wanted), "--against", host]) == 0
    assert capsys.readouterr().out == f"{wanted}: domain web: same\n{wanted}: network lab: same\n2 same\n"


def test_each_change_is_a_line(host: str, wanted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted.write_text(with_device(GUEST, DISK).replace("web.img", "mail.img").replace("sesame", "rhubarb"))
    (Path(host) / "all.xml").write_text(with_device(DEFINED_GUEST, "<sound model='ich6'/>"))
    assert main(["plan", str(wanted), "--against", host]) == 1
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == f"{wanted}: domain web: would change"
    assert sorted(lines) == [
        "  + devices/disk[vdb] (while it runs)",
        "  - devices/sound[1], which nobody wants (with the next start)",
        "  ~ devices/disk[vda]/source/@file: /srv/web.img → /srv/mail.img (with the next start)",
        "  ~ devices/graphics[1]/@passwd: <hidden> → <hidden> (while it runs)",
        "1 would change",
    ]


def test_what_is_refused_is_said_as_validate_does(host: str, wanted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted.write_text(GUEST.replace("<vcpu>2", "<vcpu>two"))
    assert main(["plan", str(wanted), "--against", host]) == 2
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{wanted}: domain web: refused"
    assert said[1].startswith(f"  {wanted}:4:9: error[VX202]: ")
    assert said[2] == "1 refused"


def test_programs_are_told_the_same(host: str, wanted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted.write_text(GUEST.replace("type='raw'", "type='raw' cache='none'"))
    assert main(["plan", str(wanted), "--against", host, "--format", "json", "--all"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"would change": 1}
    (item,) = told["items"]
    assert (item["kind"], item["name"], item["outcome"], item["running"]) == ("domain", "web", "would change", None)
    assert item["uuid"] == "4e4f0ec8-2dcb-402e-ba12-d81d524f0d66"
    assert item["changes"] == [
        {
            "kind": "missing",
            "path": "devices/disk[vda]/driver/@cache",
            "actual": None,
            "wanted": "none",
            "way": "restart",
            "reason": "libvirt does not change it in a guest that runs",
        }
    ]


def test_colours_only_where_they_are_seen(
    host: str, wanted: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted.write_text(GUEST.replace(">web<", ">mail<"))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert main(["plan", str(wanted), "--against", host]) == 1
    assert "domain mail: \033[32mmissing\033[0m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["plan", str(wanted), "--against", host]) == 1
    assert "\033" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [("<domain><name>", "all.xml:1:9: "), ("<pigeon/>", "all.xml:1: "), (None, "there are no *.xml files")],
)
def test_files_that_cannot_be_compared_with_are_one_line(
    text: str | None, said: str, host: str, wanted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted.write_text(GUEST)
    dumped = Path(host) / "all.xml"
    dumped.unlink()
    if text is not None:
        dumped.write_text(text)
    assert main(["plan", str(wanted), "--against", host]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("virtxml plan: error: ")
    assert said in shown.err
    assert shown.err.count("\n") == 1


def test_a_wanted_file_that_is_not_there_is_one_line(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "no.xml", "--against", host]) == 2
    assert capsys.readouterr().err == "virtxml plan: error: no.xml: No such file or directory\n"


def test_a_name_with_escapes_does_not_reach_the_terminal(
    host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    odd = tmp_path / "a\033[2Jb.xml"
    odd.write_text(GUEST)
    assert main(["plan", str(odd), "--against", host]) == 0
    assert "\033[2J" not in capsys.readouterr().out
