"""`virtxml validate` says what libvirt refuses beyond its schemas: options, exit statuses, what is printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT
from virtxml.catalogue import NEWEST
from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main
from virtxml.cli.commands import validate
from virtxml.cli.linting.options import asked, make_linter
from virtxml.cli.parser import Parser
from virtxml.diagnostics.report import FORMATS
from virtxml.lint import Linter

GUEST = """<domain type='kvm'>
  <name>web01</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <devices>
    <disk type='file'>
      <source file='/images/a.img'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
"""
_DISK = "    <disk type='file'>\n      <source file='/images/b.img'/>\n      <target dev='vda'/>\n    </disk>\n"
TWICE = GUEST.replace("  </devices>", f"{_DISK}  </devices>")
UNUSED = GUEST.replace("  <devices>", "  <!-- virtxml: ignore[duplicate-disk-target] both are needed -->\n  <devices>")
IGNORED = TWICE.replace("  <devices>", "  <!-- virtxml: ignore[duplicate-disk-target] both are needed -->\n  <devices>")
ERROR = "twice.xml:14:20: error VX404: another disk is called vda, too [duplicate-disk-target]\n"
WARNING = 'unused.xml:7:24: warning VX990: nothing is found here that "duplicate-disk-target" ignores; remove it\n'


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a directory with some documents."""
    for name, text in (("good", GUEST), ("twice", TWICE), ("unused", UNUSED), ("ignored", IGNORED)):
        (tmp_path / f"{name}.xml").write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


def short(*arguments: str) -> list[str]:
    return ["validate", "--format", "short", *arguments]


def test_what_libvirt_refuses_is_told_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(short("twice.xml", "good.xml", "ignored.xml")) == FINDINGS
    assert capsys.readouterr() == (ERROR, "1 mistake in 1 document, 2 documents valid\n")


def test_it_is_shown_with_both_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--quiet", "twice.xml"]) == FINDINGS
    assert capsys.readouterr().out == (
        "twice.xml:14:20: error VX404: another disk is called vda, too [duplicate-disk-target]\n"
        "   10 │       <target dev='vda'/>\n"
        "      │        - the other one is here\n"
        "      …\n"
        "   13 │       <source file='/images/b.img'/>\n"
        "   14 │       <target dev='vda'/>\n"
        "      │                    ^^^\n"
        "      = https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms\n"
        "\n"
    )


@pytest.mark.parametrize(
    "options",
    [
        ["--no-lint"],
        ["--select", "security"],
        ["--ignore", "duplicate-disk-target"],
        ["--ignore", "VX4"],
        ["--ignore", "VX101", "--ignore", "VX7, VX404"],
        ["--select", "default,VX9", "--ignore", "VX404"],
    ],
    ids=" ".join,
)
def test_options_say_what_is_not_told(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(short(*options, "twice.xml")) == GOOD
    assert capsys.readouterr() == ("", "1 document valid\n")


@pytest.mark.parametrize("select", ["VX404", "duplicate-disk-target", "VX4,VX5", "all", "security,VX404"])
def test_rules_can_be_selected(select: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(short("--select", select, "twice.xml")) == FINDINGS
    assert ERROR in capsys.readouterr().out


def test_what_the_schema_says_can_be_ignored_with_and_without_rules(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "good.xml").write_text(GUEST.replace("<target dev", "<target devv"))
    assert main(short("good.xml")) == FINDINGS
    assert capsys.readouterr().out.count("VX") == 1
    for options in ([], ["--no-lint"]):
        assert main(short(*options, "--ignore", "unknown-attribute", "good.xml")) == GOOD
        assert capsys.readouterr() == ("", "1 document valid\n")
    (place / "good.xml").write_text("<!-- virtxml: ignore[VX102] -->" + GUEST.replace("<target dev", "<target devv"))
    for options in ([], ["--no-lint"]):
        assert main(short(*options, "good.xml")) == GOOD
        assert capsys.readouterr() == ("", "1 document valid\n")


@pytest.mark.parametrize("word", ["--select", "--ignore"])
def test_a_rule_that_there_is_not_is_one_line(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", word, "VX404,duplicate-disk-targt", "good.xml"]) == BAD_INPUT
    problem = 'no rule is called "duplicate-disk-targt": did you mean "duplicate-disk-target"?'
    assert capsys.readouterr() == ("", f"virtxml validate: error: {problem}\n")


@pytest.mark.parametrize(
    ("fail_on", "status", "summary"),
    [
        (None, GOOD, "1 warning in 1 document, 2 documents valid\n"),
        ("error", GOOD, "1 warning in 1 document, 2 documents valid\n"),
        ("warning", FINDINGS, "1 warning in 1 document, 1 document valid\n"),
        ("info", FINDINGS, "1 warning in 1 document, 1 document valid\n"),
    ],
)
def test_fail_on_includes_the_severity_that_is_named(
    fail_on: str | None, status: int, summary: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [] if fail_on is None else ["--fail-on", fail_on]
    assert main(short(*options, "good.xml", "unused.xml")) == status
    assert capsys.readouterr() == (WARNING, summary)


def test_help_says_that_it_is_inclusive(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["validate", "--help"])
    assert "findings of this severity and of worse ones" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("fail_on", ["error", "warning"])
def test_junit_fails_as_the_exit_status_does(fail_on: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["validate", "--quiet", "--format", "junit", "--fail-on", fail_on, "unused.xml"])
    report = capsys.readouterr().out
    assert (status == FINDINGS) == ("<failure " in report) == (fail_on == "warning")
    assert WARNING.strip() in report


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_warnings(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--quiet", "--format", form, "unused.xml", "twice.xml"]) == FINDINGS
    shown = capsys.readouterr().out
    assert "VX990" in shown
    assert "duplicate-disk-target" in shown


def test_sarif_has_the_words_of_rules(capsys: pytest.CaptureFixture[str]) -> None:
    main(["validate", "--quiet", "--format", "sarif", "twice.xml"])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("VX404", "duplicate-disk-target")
    assert rule["shortDescription"]["text"] == "Two disks have the same target"
    assert rule["help"]["text"].startswith("libvirt tells disks apart by their targets")
    assert rule["helpUri"].endswith("/docs/rules/duplicate-disk-target.md")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"] == {"phase": "define"}


def test_facts_that_are_given_are_known(place: Path) -> None:
    capabilities = "<capabilities><host><cpu><arch>aarch64</arch></cpu></host></capabilities>"
    (place / "caps.xml").write_text(capabilities)
    (place / "domcaps.xml").write_text(
        "<domainCapabilities><path>/usr/bin/qemu</path><domain>kvm</domain><machine>virt</machine>"
        "<arch>aarch64</arch></domainCapabilities>"
    )
    parser = Parser()
    validate.configure(parser)

    def host(*options: str) -> Any:
        return make_linter(asked(parser.parse_args([*options, "good.xml"]))).host

    given = host("--arch", "s390x", "--machine", "s390-ccw-virtio", "--libvirt", "debian12")
    assert (given.libvirt, given.arch, given.machine) == ("9.0.0", "s390x", "s390-ccw-virtio")
    given = host("--capabilities", "caps.xml", "--domcapabilities", "domcaps.xml")
    assert (given.libvirt, given.arch) == (NEWEST, "aarch64")
    assert given.capabilities.host.cpu.arch == "aarch64"
    assert given.domcapabilities.machine == "virt"
    assert host("--capabilities", "caps.xml", "--arch", "x86_64").arch == "x86_64"


@pytest.mark.parametrize(
    ("option", "name", "problem"),
    [
        ("--capabilities", "good.xml", "good.xml: a <domain>, and not what `virsh capabilities` prints"),
        ("--domcapabilities", "good.xml", "good.xml: a <domain>, and not what `virsh domcapabilities` prints"),
        ("--capabilities", "gone.xml", "gone.xml: No such file or directory"),
    ],
)
def test_other_files_are_no_facts(option: str, name: str, problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", option, name, "good.xml"]) == BAD_INPUT
    assert capsys.readouterr() == ("", f"virtxml validate: error: {problem}\n")


def test_a_file_of_facts_that_cannot_be_read_is_one_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "caps.xml").write_text("<capabilities>")
    assert main(["validate", "--capabilities", "caps.xml", "good.xml"]) == BAD_INPUT
    error = capsys.readouterr().err
    assert error.startswith("virtxml validate: error: caps.xml")
    assert error.count("\n") == 1


def test_verbose_says_how_many_rules_lacked_which_fact(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "good.xml").write_text(GUEST.replace(" arch='x86_64' machine='q35'", ""))
    assert main(["validate", "--verbose", "good.xml", "twice.xml"]) == FINDINGS
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "1 mistake in 1 document, 1 document valid"
    assert " rules said nothing, as facts are missing: " in lines[1]
    for option in ("--arch", "--machine", "--capabilities", "--domcapabilities"):
        assert f" need {option}" in lines[1]
    assert main(["validate", "--verbose", "--arch", "x86_64", "--machine", "q35", "good.xml"]) == GOOD
    assert "--arch" not in capsys.readouterr().err
    assert main(["validate", "--verbose", "--select", "VX404", "good.xml"]) == GOOD
    assert capsys.readouterr().err == "1 document valid\nno rule lacked facts\n"


def test_verbose_reads_each_document_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    model = Linter.model
    monkeypatch.setattr(Linter, "model", lambda self, root: read.append(root) or model(self, root))
    assert main(["validate", "--verbose", "--jobs", "1", "good.xml", "twice.xml"]) == FINDINGS
    assert len(read) == 2


def test_the_newest_release_counts_with_schemas_of_a_directory(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grammar = "<grammar xmlns='http://relaxng.org/ns/structure/1.0'><start><ref name='any'/></start><define name='any'>"
    anything = "<zeroOrMore><choice><attribute><anyName/></attribute><text/><ref name='any'/></choice></zeroOrMore>"
    (place / "rng").mkdir()
    (place / "rng" / "domain.rng").write_text(f"{grammar}<element><anyName/>{anything}</element></define></grammar>")
    assert main(short("--schemas", "rng", "twice.xml", "good.xml")) == FINDINGS
    assert capsys.readouterr() == (ERROR, "1 mistake in 1 document, 1 document valid\n")


SAME_UUID = "<uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid>"


def test_files_are_judged_together_on_request(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b", "c"):
        guest = GUEST.replace("  <name>web01</name>", f"  <name>{name}</name>\n  {SAME_UUID}")
        (place / f"{name}.xml").write_text(guest.replace("a.img", f"{name}.img"))
    ignoring = (place / "c.xml").read_text().replace("  <uuid", "  <!-- virtxml: ignore[shared-uuid] a copy --><uuid")
    (place / "c.xml").write_text(ignoring)
    assert main(short("a.xml", "b.xml", "c.xml")) == GOOD
    assert capsys.readouterr() == ("", "3 documents valid\n")
    for jobs in ("1", "2"):
        assert main(short("--together", "--jobs", jobs, "a.xml", "b.xml", "c.xml")) == FINDINGS
        shown = capsys.readouterr()
        assert [line.partition(": ")[0] for line in shown.out.splitlines()] == ["b.xml:3:9"]
        assert "[shared-uuid]" in shown.out
        assert shown.err == "1 mistake in 1 document, 2 documents valid\n"
    assert main(short("--together", "--ignore", "shared-uuid", "a.xml", "b.xml")) == GOOD
    assert main(short("--together", "--no-lint", "a.xml", "b.xml")) == GOOD


def _everything(place: Path, *options: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "virtxml", *short(*options)],
        cwd=place,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


def test_any_number_of_processes_says_the_same(place: Path) -> None:
    many = place / "many"
    many.mkdir()
    for number in range(300):
        text = (TWICE, UNUSED, GUEST.replace(" arch='x86_64' machine='q35'", ""), IGNORED)[number % 4]
        (many / f"{number:03}.xml").write_text(text)
    guest = "<guest><os_type>hvm</os_type><arch name='x86_64'><domain type='kvm'/></arch></guest>"
    host = "<host><cpu><arch>x86_64</arch></cpu></host>"
    (place / "caps.xml").write_text(f"<capabilities>{host}{guest}</capabilities>")
    (place / "virtxml.toml").write_text('[per-file-ignores]\n"many/00*.xml" = ["VX404"]\n')
    options = ["--verbose", "--capabilities", "caps.xml", "--fail-on", "warning", "many"]
    alone = _everything(place, "--jobs", "1", *options)
    assert alone[0] == FINDINGS
    assert alone[2].startswith("72 mistakes in 72 documents, 72 warnings in 72 documents, 156 documents valid\n")
    assert _everything(place, "--jobs", "3", *options) == alone


def test_rules_are_only_loaded_where_they_are_asked(place: Path) -> None:
    script = (
        "import sys\nfrom virtxml.cli import main\nmain(['validate', '--quiet', *sys.argv[1:]])\n"
        "print(*sorted(name for name in sys.modules if name.startswith('virtxml.lint')))"
    )

    def loaded(*arguments: str) -> set[str]:
        command = [sys.executable, "-c", script, *arguments]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=place, env=environment, check=True, capture_output=True, text=True)
        return set(done.stdout.splitlines()[-1].split())

    assert loaded("--no-lint", "good.xml") == set()
    (place / "network.xml").write_text("<network><name>lab</name></network>")
    rules = {name for name in loaded("network.xml") if name.startswith("virtxml.lint.rules.")}
    assert rules
    assert not any(name.startswith("virtxml.lint.rules.domains") for name in rules)
    assert not {"virtxml.lint.ignores", "virtxml.lint.together", "virtxml.lint.places"} & loaded("good.xml")
