"""Which documents rules are asked about: whole ones of a kind that there are rules about, and nothing strange."""

from __future__ import annotations

import pytest

import virtxml
from virtxml import Domain
from virtxml.codec.reading.document import parse_text
from virtxml.lint import Linter, together
from virtxml.lint.fixing import Fixer
from virtxml.lint.subjects import has_rules, subject_of
from virtxml.schema.domain import Disk

UUID = "<uuid>5b1f0d4e-2a2a-4c6e-9f0a-0c6a1f4d2b11</uuid>"


class Own(Domain):
    """A domain of somebody's own."""


def test_rules_are_about_documents_and_not_about_their_parts() -> None:
    assert has_rules(Domain)
    assert has_rules(Own)
    assert not has_rules(Disk)
    assert not has_rules(virtxml.Capabilities)


@pytest.mark.parametrize(
    "root", ["<domain type='kvm' strange='1'>{}</domain>", "<domain type='kvm'><strange/>{}</domain>"]
)
def test_what_may_be_anything_is_not_judged_by_any_rule(root: str) -> None:
    text = root.format(f"<name>a</name>{UUID}<currentMemory unit='GiB'>4</currentMemory><memory unit='GiB'>2</memory>")
    assert subject_of(parse_text(text)) is None
    codes = {one.code for one in virtxml.validate(text)}
    assert "VX628" not in codes
    assert {one.code for one in Fixer(Linter(), unsafe=True).fixed(text).left} == codes
    other = f"<domain type='kvm'><name>b</name>{UUID}</domain>"
    assert together.run([("a.xml", text), ("b.xml", other)], Linter()) == {}
    plain = text.replace(" strange='1'", "").replace("<strange/>", "")
    said = together.run([("a.xml", plain), ("b.xml", other)], Linter())
    assert [one.code for one in said["b.xml"]] == ["VX901"]
