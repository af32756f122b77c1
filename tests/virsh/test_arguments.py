"""How commands are called, what is said of them, and how they end."""

from __future__ import annotations

import re

import pytest

from tests.support import ROOT
from virtxml.cli import main
from virtxml.virsh.registry import COMMANDS, GROUPS

from .running import GUEST, Shell


@pytest.mark.parametrize(
    "arguments",
    [
        ["GUEST", "3"],
        ["GUEST", "--count", "3", "--config"],
        ["--count=3", "GUEST"],
        ["--config", "--domain=GUEST", "--", "3"],
        ["--domain", "GUEST", "3", "--current"],
    ],
)
def test_options_may_stand_with_their_names_and_without(shell: Shell, arguments: list[str]) -> None:
    assert shell("setvcpus", *(one.replace("GUEST", str(shell.guest)) for one in arguments)) == ""
    assert '<vcpu current="3">4</vcpu>' in shell.guest.read_text()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["GUEST"], "the option <count> is missing"),
        (["GUEST", "3", "4"], "nothing takes the argument '4'"),
        (["GUEST", "3", "--contig"], "there is no option --contig: did you mean --config?"),
        (["GUEST", "3", "--config=yes"], "the option --config takes no value"),
        (["GUEST", "--count"], "the option --count lacks its value"),
        (["GUEST", "--count", "3", "--count", "4"], "the option --count is given twice"),
        (["GUEST", ""], "the value of --count is empty"),
        (["GUEST", "many"], "not a positive whole number: 'many'"),
        (["GUEST", "-3"], "not a positive whole number: '-3'"),
        (["GUEST", "0"], "at least one virtual CPU"),
        (["GUEST", "3", "--config", "--current"], "--current and --config exclude each other"),
        (["GUEST", "3", "--maximum"], "the option --maximum needs --config"),
    ],
)
def test_wrong_arguments_are_told_in_a_line(shell: Shell, arguments: list[str], reason: str) -> None:
    told = [one.replace("GUEST", str(shell.guest)) for one in arguments]
    assert reason in shell.refusal("setvcpus", *told, status=2)


def test_commands_that_there_are_not(shell: Shell) -> None:
    assert "did you mean attach-disk?" in shell.refusal("atach-disk", status=2)
    assert "`virtxml virsh help` lists them" in shell.refusal("frobnicate", status=2)


def test_a_document_that_does_not_run_has_nothing_live(shell: Shell) -> None:
    assert "a document does not run" in shell.refusal("setmem", shell.guest, "1G", "--live")
    assert "a document does not run" in shell.refusal("setvcpus", shell.guest, "1", "--guest")


def test_a_document_may_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("virtxml.cli.commands.virsh.read_input", {"-": GUEST.encode()}.__getitem__)
    assert main(["virsh", "setvcpus", "-", "3"]) == 0
    assert capsysbinary.readouterr().out.decode() == GUEST.replace('current="2"', 'current="3"')


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), ("<domain", "gues.xml:1"), ("<network/>", "network")],
)
def test_documents_that_cannot_be_read(shell: Shell, content: str | None, reason: str) -> None:
    other = shell.path / "gues.xml"
    if content is not None:
        other.write_text(content)
    assert reason in shell.refusal("setmem", other, "1G", status=2)


def test_what_xml_cannot_say_is_refused(shell: Shell) -> None:
    shell.refusal("desc", shell.guest, "a\x01b", status=2)


def test_the_encoding_and_line_ends_stay(shell: Shell) -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>\r\n<!-- Gäste -->\r\n' + GUEST.replace("\n", "\r\n")
    shell.guest.write_bytes(text.encode("latin-1"))
    shell("desc", shell.guest, "--title", "Größe")
    written = shell.guest.read_bytes()
    assert b"  <title>Gr\xf6\xdfe</title>\r\n" in written
    assert written.replace(b"  <title>Gr\xf6\xdfe</title>\r\n", b"") == text.encode("latin-1")


def test_help_lists_the_commands_and_their_options(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    overview = shell("help")
    for group, commands in GROUPS.items():
        assert f"{group}:\n" in overview
        assert all(f"  {command.name} " in overview for command in commands)
    assert shell("attach-disk", "--help") == shell("help", "attach-disk")
    assert "there is no command" in shell.refusal("help", "attach-disc", status=2)
    assert main(["virsh"]) == 2
    assert "a command is missing" in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_help_tells_each_option(shell: Shell, name: str) -> None:
    told = shell("help", name)
    assert told.startswith(f"usage: virtxml virsh {name} ")
    assert all(f"  --{option.name} {option.value}".rstrip() + " " in told for option in COMMANDS[name].options)
    assert all(option.help for option in COMMANDS[name].options)


def test_options_are_declared_so_that_they_can_be_read() -> None:
    for command in COMMANDS.values():
        names = [option.name for option in command.options]
        assert len(names) == len(set(names))
        related = [name for pair in (*command.exclusive, *command.needs) for name in pair]
        meant = [meant.partition("=")[0] for _, meant in command.synonyms]
        assert set(related) | set(meant) <= set(names)
        if command.kind is not None:
            assert command.options[0].required


def test_the_page_lists_the_commands() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", (ROOT / "docs" / "virsh.md").read_text(), re.MULTILINE)
    assert rows == [(command.name, command.summary) for command in COMMANDS.values()]
