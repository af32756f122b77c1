"""What the tests of options need: put arguments onto a domain, and see what came of them."""

from __future__ import annotations

import dataclasses
import shlex
from typing import Any

from virtxml import Domain, Node
from virtxml.install.command_line.arguments import parse_arguments
from virtxml.install.language.applied import Applied
from virtxml.install.language.applying import apply, run_late_actions


def applied(*argv: str) -> tuple[Domain, Applied]:
    """Return the domain that arguments make before anything is decided, after late actions, and what else they say.

    A single argument is a whole command line.
    """
    words = shlex.split(argv[0]) if len(argv) == 1 else argv
    domain = Domain()
    found = apply(parse_arguments(words), domain)
    return run_late_actions(found, domain), found


def part(domain: Domain, name: str) -> str:
    """Return the XML of the first child of the domain, or of its devices, of a name: `cpu`, `devices.inputs`."""
    value: Any = domain
    for step in name.split("."):
        value = getattr(value, step)
    return "".join(node.to_xml() for node in (value if isinstance(value, list) else [value]))


def xml(domain: Domain, name: str) -> str:
    """Return the same on one line."""
    return "".join(line.strip() for line in part(domain, name).splitlines())


def everything(*argv: str) -> str:
    """Return all that arguments bring about, as text: the domain, the requests, the warnings."""
    domain, found = applied(*argv)
    found.said = {}
    return domain.to_xml() + _plain(found)


def _plain(value: Any) -> str:
    """Return a text that tells two values apart, whatever they hold; a model is its XML, as `repr` hides secrets."""
    if isinstance(value, Node):
        return value.to_xml()
    if dataclasses.is_dataclass(value):
        return "".join(
            f"{field.name}={_plain(getattr(value, field.name))}\n"
            for field in dataclasses.fields(value)
            if field.name != "text"
        )
    if isinstance(value, list):
        return "".join(map(_plain, value))
    return repr(sorted(value)) if isinstance(value, set) else repr(value)
