"""Rules' bad examples are refused or changed as the rules say, and their good ones are taken."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import virtxml
from tests.live.qemu import daemon
from virtxml.lint import Host, Linter, Rule, Selection
from virtxml.lint.pages.examples import whole
from virtxml.lint.rule import REGISTERED
from virtxml.lint.rules import load_all
from virtxml.releases import is_older

from .libvirts import HOST_LACKS, RELEASE, defined, document, refusal, start, undefine, with_images

load_all()

KINDS = ("domain", "network", "pool", "filter", "secret")
"""What can be defined without anything else that is there."""


def _is_found_here(rule: Rule) -> bool:
    """Tell whether the bad example is one for a host without KVM, too."""
    return bool(
        Linter(Host(RELEASE), Selection((rule.code,))).run(virtxml.parse(document(rule, whole(rule, rule.bad))))
    )


def _is_asked(rule: Rule) -> bool:
    return (
        rule.about.partition("/")[0] in KINDS
        and (not rule.since or not is_older(RELEASE, rule.since))
        and (not rule.until or is_older(RELEASE, rule.until))
        and not {"capabilities", "domcapabilities"} & {*rule.needs}
        and ("<os>" not in rule.bad or "arch='x86_64'" in rule.bad or "arch=" not in rule.bad)
        and not (rule.bad.startswith("<domain") and "type='kvm'" not in rule.bad and "type='qemu'" not in rule.bad)
        and not rule.group
        and rule.name not in CRASHES
        and _is_found_here(rule)
    )


CRASHES = ("interface-type",)
"""Rules whose bad example ends libvirtd 9.0.0 itself when the guest starts."""

ASKED = sorted((rule for rule in REGISTERED.values() if _is_asked(rule)), key=lambda rule: rule.code)


def _each(severity: str, phase: str) -> pytest.MarkDecorator:
    rules = [rule for rule in ASKED if rule.severity == severity and rule.phase == phase]
    return pytest.mark.parametrize("rule", rules, ids=[rule.name for rule in rules])


NETWORKS = ("default", "other")
"""Networks that examples name."""


@pytest.fixture(scope="module", autouse=True)
def _without_networks_in_the_end(libvirt: Any, own_daemon: daemon.Daemon) -> Iterator[None]:
    """Take the networks away that `connection` makes; it takes long to make them for each test."""
    yield
    opened = libvirt.open(own_daemon.uri)
    for name in opened.listNetworks():
        opened.networkLookupByName(name).destroy()
    opened.close()


@pytest.fixture
def connection(connection: Any) -> Any:
    """Return libvirt-python's own connection to our daemon, which has the networks that examples name."""
    for name in set(NETWORKS) - set(connection.listNetworks()):
        connection.networkCreateXML(f"<network><name>{name}</name></network>")
    return connection


def _kind(rule: Rule) -> str:
    return rule.about.partition("/")[0]


def _taken(libvirt: Any, connection: Any, rule: Rule, text: str) -> Any:
    """Define what libvirt has to take; skip the test where the host is the reason that it does not."""
    handle, words = defined(libvirt, connection, _kind(rule), text)
    if handle is None and HOST_LACKS.search(words):
        pytest.skip(f"this host: {words}")
    assert handle is not None, words
    return handle


@_each("error", "define")
def test_a_bad_example_is_refused_and_a_good_one_is_taken(libvirt: Any, connection: Any, rule: Rule) -> None:
    good = _taken(libvirt, connection, rule, document(rule, whole(rule, rule.good)))
    undefine(libvirt, good)
    handle, _ = defined(libvirt, connection, _kind(rule), document(rule, whole(rule, rule.bad)))
    if handle is not None:
        undefine(libvirt, handle)
    assert handle is None


@_each("error", "start")
def test_a_bad_example_does_not_start_and_a_good_one_does(
    libvirt: Any, connection: Any, rule: Rule, tmp_path: Path
) -> None:
    verdicts = []
    for example in (rule.good, rule.bad):
        text = with_images(document(rule, whole(rule, example)), tmp_path)
        handle = _taken(libvirt, connection, rule, text)
        try:
            words = refusal(libvirt, partial(start, connection, _kind(rule), handle))
        finally:
            undefine(libvirt, handle)
        if example is rule.good and words is not None and HOST_LACKS.search(words):
            pytest.skip(f"this host: {words}")
        verdicts.append(words)
    assert verdicts[0] is None
    assert verdicts[1] is not None


KEPT = {
    "boot-dev-without-device": "the firmware finds nothing there",
    "disk-format-vs-name": "the guest sees the bytes of the file as they are",
    "disk-serial-truncated": "the guest sees the first twenty characters",
    "duplicate-disk-serial": "the guest has one name for two disks",
    "duplicate-mac": "one of the interfaces gets what is sent to both",
    "graphics-several-listens": "QEMU does not listen at the second one",
    "interface-managed-missing": "libvirt leaves the device to the host's driver",
    "memtune-limits": "the kernel ends the guest, or does not take the limit",
    "smbios-sysinfo-ignored": "the guest does not see it",
    "network-address": "the bridge has the address, and guests do not talk to it",
    "network-dhcp-host": "dnsmasq leaves it out, in its own log",
    "nwfilter-address-range": "iptables says that it never matches",
    "nwfilter-bound-alone": "there is no such rule in iptables and ebtables",
    "nwfilter-wrong-chain": "iptables has the rule, and no such chain",
}
"""What libvirt keeps in its documents and is without effect nevertheless, with where that can be seen."""


@_each("warning", "")
def test_what_a_warning_is_about_is_not_there_any_more(libvirt: Any, connection: Any, rule: Rule) -> None:
    linter = Linter(Host(RELEASE), Selection((rule.code,)))
    handle = _taken(libvirt, connection, rule, document(rule, whole(rule, rule.bad)))
    try:
        has = handle.XMLDesc(0)
    finally:
        undefine(libvirt, handle)
    assert bool(linter.run(virtxml.parse(has))) == (rule.name in KEPT)
