"""`virtxml convert --to json|yaml|xml`: each format from each, and one line for what is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.corpus import documents as corpus
from tests.support import FIXTURES
from virtxml.cli import BAD_INPUT, GOOD, main

DOMAIN = "<domain type='kvm'>\n  <name>on</name>\n  <memory unit='GiB'>4</memory>\n</domain>\n"
YAML = "kind: domain\ntype: kvm\nname: 'on'\nmemory:\n  unit: GiB\n  value: 4\n"


def convert(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["convert", *arguments]) == GOOD
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["convert", *arguments]) == BAD_INPUT
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_document_becomes_yaml_and_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.xml").write_text(DOMAIN)
    assert convert(capsys, "--to", "yaml", "a.xml") == YAML
    Path("a.yaml").write_text(YAML)
    assert convert(capsys, "--to", "xml", "a.yaml") == DOMAIN


@pytest.mark.parametrize("suffix", ["", ".yaml", ".yml", ".json", ".xml", ".XML"])
def test_a_file_is_what_its_name_or_its_content_says(suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    form = {"": "json", ".yml": "yaml", ".XML": "xml"}.get(suffix, suffix[1:])
    Path("a").write_text(DOMAIN)
    text = convert(capsys, "--to", form, "a")
    Path(f"b{suffix}").write_text(text)
    assert convert(capsys, "--to", "xml", f"b{suffix}") == DOMAIN


@pytest.mark.parametrize("text", [YAML, '\ufeff {"kind": "domain", "name": "a"}', "\n<domain/>"])
def test_standard_input_is_told_by_its_content(
    text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "input").write_text(text)
    with (tmp_path / "input").open("rb") as file:
        monkeypatch.setattr("virtxml.cli.commands.comparing.convert.read_input", lambda _: file.read())
        assert "<domain" in convert(capsys, "--to", "xml", "-")


def test_our_own_documents_come_back_through_both(capsys: pytest.CaptureFixture[str]) -> None:
    for path, source, cls in list(corpus(FIXTURES))[::4]:
        for form in ("json", "yaml"):
            assert main(["convert", "--to", form, "-o", f"{path.stem}.{form}", str(path)]) == GOOD
            capsys.readouterr()
            assert convert(capsys, "--to", "xml", f"{path.stem}.{form}") == cls.from_xml(source).to_xml()


def test_a_part_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    Path("disk.xml").write_text("<disk type='file'>\n  <target dev='vda'/>\n</disk>\n")
    text = convert(capsys, "--to", "yaml", "disk.xml")
    assert text == "kind: devices/disk\ntype: file\ntarget:\n  dev: vda\n"
    Path("disk.yaml").write_text(text)
    assert convert(capsys, "--to", "xml", "disk.yaml") == Path("disk.xml").read_text()
    Path("bare.yaml").write_text("type: file\n")
    assert convert(capsys, "--kind", "devices/disk", "--to", "xml", "bare.yaml") == "<disk type='file'/>\n"


def test_comments_that_are_left_out_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.xml").write_text("<!-- a -->\n<domain>\n  <!-- b -->\n  <name>a</name><!-- c -->\n</domain>")
    assert main(["convert", "--to", "yaml", "a.xml"]) == GOOD
    printed = capsys.readouterr()
    assert printed.err == "a.xml: note: 2 comments are left out\n"
    assert "<!-- a -->" in printed.out


def test_a_mistake_has_its_line_in_yaml(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text("kind: domain\ndevices:\n  disks:\n    - targt: {}\n")
    Path("a.json").write_text('{"kind": "domain", "nmae": "a"}')
    assert refused(capsys, "--to", "xml", "a.yaml") == (
        'a.yaml:4:7: error: devices.disks[0].targt: Disk has no such field: did you mean "target"?\n'
    )
    assert refused(capsys, "--to", "xml", "a.json") == (
        'a.json: error: nmae: Domain has no such field: did you mean "name"?\n'
    )


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.yaml", "a: [", "a.yaml:1:5: error: this is no YAML: "),
        ("a.json", "{", "a.json:1:2: error: this is no JSON: "),
        (
            "a.json",
            '{"kind": "domain", "name": 1.5}',
            "a.json: error: name: text is taken here, not a number",
        ),
        ("a.yaml", "name: a", 'a.yaml: error: the key "kind" has to tell what it is, such as "domain"'),
        ("a.yaml", "- a", "a.yaml: error: an object with keys is taken, not a list"),
        ("a.xml", "<a/>", "a.xml:1: error: "),
        ("a.yaml", 'kind: domain\nname: "\\x07"', "virtxml convert: error: "),
    ],
)
def test_what_is_no_document_is_one_line(
    name: str, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(name).write_text(text)
    assert refused(capsys, "--to", "xml", name).startswith(message)


def test_releases_are_for_xml(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text(YAML)
    Path("a.xml").write_text(DOMAIN)
    assert refused(capsys, "--to", "9.0.0", "a.yaml") == (
        "a.yaml: error: this is YAML: make XML of it first, with --to xml\n"
    )
    assert "another format is another file" in refused(capsys, "--to", "yaml", "--in-place", "a.xml")


def test_without_ruamel_one_line_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    Path("a.xml").write_text(DOMAIN)
    assert refused(capsys, "--to", "yaml", "a.xml") == (
        "virtxml convert: error: YAML needs ruamel.yaml: pip install 'virtxml[yaml]'\n"
    )
