"""What libvirt makes of a document is what was wanted, and an unwanted device in it is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import virtxml
from tests.live.qemu import daemon
from tests.live.qemu.linting.libvirts import RELEASE, defined, document, undefine
from virtxml.lint import Rule
from virtxml.lint.pages.examples import whole
from virtxml.lint.rule import REGISTERED
from virtxml.lint.rules import load_all
from virtxml.releases import is_older

load_all()

KINDS = ("domain", "network", "filter")
"""What can be defined without anything else that is there."""
GOOD = {
    rule.name: rule
    for rule in sorted(REGISTERED.values(), key=lambda rule: rule.code)
    if rule.about.partition("/")[0] in KINDS and not rule.group and not (rule.since and is_older(RELEASE, rule.since))
}


@pytest.fixture(scope="module")
def connection(libvirt: Any, own_daemon: daemon.Daemon) -> Iterator[Any]:
    """Return libvirt-python's own connection to our daemon."""
    opened = libvirt.open(own_daemon.uri)
    yield opened
    opened.close()


def dumped(libvirt: Any, handle: Any) -> str:
    """Return what libvirt keeps of what was defined."""
    if hasattr(handle, "shutdown"):
        return str(handle.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE))
    return str(handle.XMLDesc(libvirt.VIR_NETWORK_XML_INACTIVE if hasattr(handle, "bridgeName") else 0))


@pytest.mark.parametrize("rule", GOOD.values(), ids=GOOD)
def test_what_libvirt_makes_of_a_good_example_is_what_was_wanted(libvirt: Any, connection: Any, rule: Rule) -> None:
    text = document(rule, whole(rule, rule.good))
    handle, words = defined(libvirt, connection, rule.about.partition("/")[0], text)
    if handle is None:
        pytest.skip(f"this host's libvirt refuses it: {words}")
    try:
        answer = virtxml.satisfies(virtxml.parse(dumped(libvirt, handle)), virtxml.parse(text))
        assert answer, str(answer)
    finally:
        undefine(libvirt, handle)
