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


def host_of(rule: Rule) -> Host:
    """Return where the examples of a rule are as it says: a release of libvirt for which it holds.

    It is the newest one, for rules that still hold.
    """
    if not rule.until:
        return Host()
    return Host(next(release for release in reversed(RELEASES) if is_older(release, rule.until)))
