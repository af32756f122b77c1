"""The examples of rules as whole documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..catalogue import RELEASES
from ..releases import is_older
from .facts import Host

if TYPE_CHECKING:
    from .rule import Rule

_USUAL = {
    "domain": {
        "name": "<name>guest</name>",
        "memory": "<memory unit='GiB'>2</memory>",
        "os": "<os>\n  <type arch='x86_64' machine='q35'>hvm</type>\n</os>",
    },
    "network": {"name": "<name>net</name>"},
    "pool": {"name": "<name>pool</name>"},
}
"""What each document has of a kind, if an example does not say otherwise, by the names of the elements."""
_ATTRIBUTES = {"domain": " type='kvm'"}


def whole(rule: Rule, example: str) -> str:
    """Return an example as a document: what is special in one is put into one that has nothing else."""
    root, text = rule.about.partition("/")[0], example.strip("\n")
    if re.match(rf"<{root}[\s>]", text):
        return f"{text}\n"
    names = re.findall(r"^<([\w.-]+)", text, re.MULTILINE)
    usual = [element for name, element in _USUAL.get(root, {}).items() if name not in names]
    inside = "\n".join([*usual, text])
    indented = re.sub(r"^(?=.)", "  ", inside, flags=re.MULTILINE)
    return f"<{root}{_ATTRIBUTES.get(root, '')}>\n{indented}\n</{root}>\n"


def files(example: str) -> list[tuple[str, str]]:
    """Return the documents of an example of a rule over several, each with the name of its file.

    What all documents have is put into them. A document that has no name is called as its file is.
    """
    parts = re.split(r"^<!-- (\S+)\.xml -->\n", example.strip("\n") + "\n", flags=re.MULTILINE)
    return [(f"{name}.xml", _complete(name, text)) for name, text in zip(parts[1::2], parts[2::2], strict=True)]


def _complete(name: str, text: str) -> str:
    """Return a document of an example with what all of its kind have."""
    start = re.match(r"<([\w.-]+)[^>]*?(/?)>\n", text)
    if start is None or start[1] not in _USUAL:
        return text
    names = re.findall(r"^  <([\w.-]+)", text, re.MULTILINE)
    usual = {**_USUAL[start[1]], "name": f"<name>{name}</name>"}
    inside = "\n".join(element for child, element in usual.items() if child not in names)
    indented = re.sub(r"^(?=.)", "  ", inside, flags=re.MULTILINE)
    if start[2]:
        return f"{start[0].rstrip()[:-2]}>\n{indented}\n</{start[1]}>\n"
    return f"{start[0]}{indented}\n{text[start.end() :]}"


def host_of(rule: Rule) -> Host:
    """Return where the examples of a rule are as it says: a release of libvirt for which it holds.

    It is the newest one, for rules that still hold.
    """
    if not rule.until:
        return Host()
    return Host(next(release for release in reversed(RELEASES) if is_older(release, rule.until)))
