"""Run generated programs."""

from __future__ import annotations

import contextlib
import io

from virtxml import Node
from virtxml.python_code import python_program


def run(program: str) -> tuple[Node, str]:
    """Run a program as it stands; return the last object that it builds, and what it prints."""
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(compile(program, "program.py", "exec"), names)  # noqa: S102 - the program is what is tested
    built = [value for value in names.values() if isinstance(value, Node)]
    return built[-1], output.getvalue()


def check(node: Node, *, builders: bool = False) -> str:
    """Check that a node's program builds an equal one, and prints its XML; return the program."""
    program = python_program(node, builders=builders)
    built, printed = run(program)
    assert built == node
    assert printed == built.to_xml() == node.to_xml()
    return program
