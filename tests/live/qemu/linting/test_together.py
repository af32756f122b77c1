"""libvirt refuses the second document of two that the rules over several documents say it does not take both of."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import virtxml
from virtxml.lint import Linter, Rule
from virtxml.lint.pages.examples import files
from virtxml.lint.rule import REGISTERED
from virtxml.lint.rules import TOGETHER, load_all
from virtxml.lint.together import run

from .libvirts import defined, refusal, undefine, with_images

load_all()
RULES = sorted(
    (rule for rule in REGISTERED.values() if rule.about == TOGETHER and rule.phase == "define"),
    key=lambda rule: rule.code,
)


def _verdicts(libvirt: Any, connection: Any, example: str) -> list[str]:
    """Define the documents of an example one after the other; return what libvirt says of each."""
    found: list[str] = []
    there: dict[str, Any] = {}
    for _, text in files(example):
        kind = virtxml.parse(text).xml_name
        handle, words = defined(libvirt, connection, kind, text.replace("<domain type='kvm'", "<domain type='qemu'"))
        if handle is not None:
            there[handle.UUIDString()] = handle
        found.append(words)
    for handle in there.values():
        undefine(libvirt, handle)
    return found


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_last_document_of_a_bad_example_is_refused(libvirt: Any, connection: Any, rule: Rule) -> None:
    assert not any(_verdicts(libvirt, connection, rule.good))
    verdicts = _verdicts(libvirt, connection, rule.bad)
    assert not any(verdicts[:-1])
    assert _like(verdicts[-1]) == _like(rule.words)


def _like(words: str) -> str:
    """Return the beginning of what libvirt says, up to what it names: what is behind that differs."""
    return words.partition("'")[0].partition(" with uuid")[0].strip()


AT_START = [
    "shared-image",
    "same-subnet",
    "shared-port",
    "undefined-network",
    "undefined-pool",
    "undefined-secret",
]
"""Rules about what does not start, or not beside the other document; of others the host here lacks what they need."""


@pytest.mark.parametrize("name", AT_START)
def test_the_last_document_of_a_bad_example_does_not_start(
    libvirt: Any, connection: Any, name: str, tmp_path: Path
) -> None:
    rule = next(rule for rule in REGISTERED.values() if rule.name == name)
    there: list[Any] = []
    words: list[str | None] = []
    for _, text in files(rule.bad):
        kind = virtxml.parse(text).xml_name
        small = text.replace("<domain type='kvm'", "<domain type='qemu'").replace("'GiB'>2<", "'MiB'>64<")
        handle, said = defined(libvirt, connection, kind, with_images(small, tmp_path) if kind == "domain" else small)
        assert handle is not None, said
        there.append(handle)
        words.append(refusal(libvirt, handle.create) if kind in ("domain", "network") else None)
    for handle in there:
        undefine(libvirt, handle)
    assert words[:-1] == [None] * (len(words) - 1)
    assert words[-1] is not None
    assert re.split(r"[.']| virbr", rule.words)[0] in words[-1]


THINGS = {
    "domain": "<domain type='qemu'>{name}{uuid}<memory>65536</memory><os><type arch='x86_64'>hvm</type></os></domain>",
    "network": "<network>{name}{uuid}</network>",
    "pool": "<pool type='dir'>{name}{uuid}<target><path>/srv/{number}</path></target></pool>",
    "filter": "<filter name='{plain}'>{uuid}</filter>",
    "secret": "<secret>{uuid}<usage type='ceph'>{name}</usage></secret>",
}
"""A document of each kind that has a name and a UUID."""
ONE, OTHER = "5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11", "0f9a1d4e-7c58-4f0e-8a38-6a0f3f2b9c22"


@pytest.mark.parametrize("kind", THINGS)
@pytest.mark.parametrize("second", [("one", ONE), ("one", OTHER), ("other", ONE), ("other", OTHER)])
def test_names_and_uuids_go_together_for_things_of_all_kinds(
    libvirt: Any, connection: Any, kind: str, second: tuple[str, str]
) -> None:
    documents = []
    for number, (name, uuid) in enumerate((("one", ONE), second)):
        words = {"name": f"<name>{name}</name>", "plain": name, "uuid": f"<uuid>{uuid}</uuid>"}
        # A pool is in one place, whatever versions there are of it.
        documents.append(THINGS[kind].format(**words, number=0 if second == ("one", ONE) else number))
    there: dict[str, Any] = {}
    for text in documents:
        handle, _ = defined(libvirt, connection, kind, text)
        if handle is not None:
            there[handle.UUIDString()] = handle
    taken = handle is not None
    for one in there.values():
        undefine(libvirt, one)
    found = run([(str(number), text) for number, text in enumerate(documents)], Linter())
    assert (found == {}) == taken
