"""A command says itself what goes wrong, and libvirt prints nothing beside it; a program decides that by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

NETWORK = "<network><name>default</name><ip address='10.7.0.1' netmask='255.255.255.0'/></network>"
PROGRAM = """
import libvirt
from virtxml import driver

told = []
libvirt.registerErrorHandler(lambda context, error: told.append(error[2]), None)
try:
    driver.connect("test:///default").domains.lookup("nobody")
except driver.NotFoundError:
    print(*told)
"""


def ran(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python."""
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("libvirt")
def test_what_a_command_does_without_is_told_by_nobody(tmp_path: Path) -> None:
    # libvirt's test driver refuses the flag that asks for the inactive document of a network.
    (tmp_path / "default.xml").write_text(NETWORK)
    found = ran("-m", "virtxml", "plan", tmp_path, "--connect", "test:///default")
    assert (found.returncode, found.stderr) == (1, "")
    assert "network default: would change" in found.stdout


@pytest.mark.usefixtures("libvirt")
@pytest.mark.parametrize("arguments", [("plan", "FILE"), ("apply", "FILE", "--yes"), ("host-snapshot",)])
def test_what_a_command_cannot_do_is_told_once(arguments: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "default.xml"
    file.write_text(NETWORK)
    told = [str(file) if argument == "FILE" else argument for argument in arguments]
    found = ran("-m", "virtxml", *told, "--connect", "lxc+tcp://127.0.0.1:1/")
    assert found.returncode == 2
    assert found.stderr.startswith(f"virtxml {arguments[0]}: error: ")
    assert found.stderr.count("\n") == 1


@pytest.mark.usefixtures("libvirt")
def test_a_program_keeps_the_handler_that_it_has(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    found = ran(program)
    assert (found.stdout, found.stderr) == ("Domain not found\n", "")
