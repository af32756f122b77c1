"""Rules take whatever a document says, and say nothing of what is secret."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import virtxml
from tests.support import fixture_documents, requires_shared, shared_dir
from virtxml.catalogue import NEWEST, OLDEST
from virtxml.errors import ParseError
from virtxml.lint import Host, Linter, Selection
from virtxml.lint.pages import rules
from virtxml.lint.pages.examples import whole
from virtxml.schema.capabilities import GuestArchDomain
from virtxml.source.edits import apply
from virtxml.source.tree import parsed
from virtxml.testing.mistakes import KINDS
from virtxml.testing.mutants import closed_sets
from virtxml.validation import Validator

EVERYTHING = Selection(("all",))
VALIDATORS = [
    Validator(libvirt=host.libvirt, then=Linter(host, EVERYTHING))
    for host in (Host(NEWEST), Host(NEWEST, "x86_64", "q35"), Host(OLDEST, "s390x", "s390-ccw-virtio"))
]
CLOSED = closed_sets(NEWEST)
EXAMPLES = [whole(rule, text) for rule in rules() if rule.about != "together" for text in (rule.bad, rule.good)]
DOCUMENTS = [path.read_text() for path in fixture_documents()] + EXAMPLES


def with_mistakes(text: str, rng: random.Random, kinds: list[str]) -> str:
    """Return a document with mistakes in it, of each kind one where there is a place for it."""
    for kind in kinds:
        tree = parsed(text)
        places = tree.elements[1:]
        mistake = KINDS[kind](tree, places, CLOSED, rng) if places else None
        if mistake is not None:
            text = apply(text, mistake.edits)
    return text


@given(
    st.sampled_from(DOCUMENTS),
    st.integers(0, 2**32),
    st.lists(st.sampled_from([*KINDS]), min_size=1, max_size=4),
    st.sampled_from(VALIDATORS),
)
@settings(max_examples=400)
def test_no_mistake_in_a_document_keeps_rules_from_their_work(
    text: str, seed: int, kinds: list[str], validator: Validator
) -> None:
    validator.validate(with_mistakes(text, random.Random(seed), kinds))


@requires_shared
@pytest.mark.slow
def test_no_mistake_in_libvirts_documents_keeps_rules_from_their_work() -> None:
    shared = shared_dir()
    assert shared is not None
    rng = random.Random(1)
    judged = 0
    for path in sorted((shared / "corpus").rglob("*.xml"))[::2]:
        text = path.read_text()
        try:
            wrong = with_mistakes(text, rng, rng.choices([*KINDS], k=2))
        except (ParseError, IndexError):  # it is no document, or has no elements but its root
            continue
        rng.choice(VALIDATORS).validate(wrong)
        judged += 1
    assert judged > 1000


SECRET = "h4rdToGuess"
WITH_SECRETS = f"""\
<domain type='kvm'>
  <name>a</name>
  <memory>1048576</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <graphics type='vnc' port='5000' autoport='no' listen='0.0.0.0' passwd='{SECRET}'/>
    <graphics type='vnc' port='5000' autoport='no' listen='0.0.0.0' passwd='{SECRET}'/>
    <graphics type='spice' autoport='yes' passwd='{SECRET}' passwdValidTo='2010-04-09T15:51:00'/>
    <disk type='network'>
      <driver name='qemu' type='raw'/>
      <source protocol='https' name='a' query='{SECRET}'>
        <host name='example.org'/>
        <cookies><cookie name='a'>{SECRET}</cookie></cookies>
      </source>
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>
"""


def test_parts_of_documents_are_left_alone() -> None:
    part = GuestArchDomain.from_xml("<domain type='kvm'><emulator>/usr/bin/qemu</emulator></domain>")
    assert Linter(selection=EVERYTHING).run(part) == []


def test_messages_have_no_secrets() -> None:
    found = Linter(selection=EVERYTHING).run(virtxml.parse(WITH_SECRETS))
    assert {"VX722", "VX726"} <= {one.code for one in found}
    assert all(SECRET not in repr(one) for one in found)
