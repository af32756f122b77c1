"""What values say, however they are written."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given

import virtxml
from tests.strategies import objects
from virtxml.compare.meaning import same
from virtxml.schema.domain import Disk, Domain, Interface

ALIKE = [
    ("<memory unit='GiB'>1</memory>", "<memory>1048576</memory>"),
    ("<memory unit='KB'>1024</memory>", "<memory unit='bytes'>1024000</memory>"),
    ("<uuid>ABCD6EE5-0000-4000-8000-00000000000A</uuid>", "<uuid>abcd6ee500004000800000000000000a</uuid>"),
    ("<vcpu cpuset='0,1,2'>2</vcpu>", "<vcpu cpuset='0-2'>2</vcpu>"),
    ("<vcpu cpuset='0-3,^2'>2</vcpu>", "<vcpu cpuset='0,1,3'>2</vcpu>"),
    ("<vcpu>02</vcpu>", "<vcpu>2</vcpu>"),
    (
        "<devices><interface type='user'><mac address='52:54:00:AA:0B:0c'/></interface></devices>",
        "<devices><interface type='user'><mac address='52:54:0:aa:b:0C'/></interface></devices>",
    ),
    (
        "<devices><graphics type='vnc' listen='::1'/></devices>",
        "<devices><graphics type='vnc' listen='0:0:0:0:0:0:0:1'/></devices>",
    ),
    (
        "<devices><panic model='isa'><address type='isa' iobase='0x505'/></panic></devices>",
        "<devices><panic model='isa'><address type='isa' iobase='0x0505'/></panic></devices>",
    ),
]
DIFFERENT = [
    ("<memory unit='GiB'>1</memory>", "<memory unit='GB'>1</memory>"),
    ("<memory>1</memory>", "<memory unit='bytes'>1</memory>"),
    ("<memory unit='parsec'>1</memory>", "<memory>1</memory>"),
    ("<name>ABC</name>", "<name>abc</name>"),
    ("<name>1-2</name>", "<name>1,2</name>"),
    ("<vcpu cpuset='0-2'>2</vcpu>", "<vcpu cpuset='0-3'>2</vcpu>"),
    ("<vcpu>1</vcpu>", "<vcpu/>"),
    ("<title>0x10</title>", "<title>16</title>"),
    ("<genid/>", ""),
]


def domain(inside: str) -> Domain:
    """Return a domain with something in it."""
    return Domain.from_xml(f"<domain>{inside}</domain>")


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_values_say_the_same_in_other_words(one: str, other: str) -> None:
    assert same(domain(one), domain(other))
    assert same(domain(other), domain(one))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_values_do_not(one: str, other: str) -> None:
    assert not same(domain(one), domain(other))
    assert not same(domain(other), domain(one))


def test_what_belongs_to_no_field_counts() -> None:
    plain = Disk.from_xml("<disk><driver name='qemu'/></disk>")
    assert not same(plain, Disk.from_xml("<disk new='1'><driver name='qemu'/></disk>"))
    assert same(plain, Disk.from_xml("<disk><!-- a comment --><driver name='qemu'/></disk>"))


def test_objects_of_two_classes_do_not_say_the_same() -> None:
    assert not same(Disk(), Interface())


def test_objects_may_hold_themselves() -> None:
    domain = virtxml.Domain()
    domain.devices = virtxml.schema.domain.Devices()
    looped = virtxml.schema.domain.DiskBackingStore()
    looped.backing_store = looped
    other = virtxml.schema.domain.DiskBackingStore()
    other.backing_store = other
    assert same(looped, other)


@given(objects(Domain))
def test_a_document_says_what_its_copy_says(model: Domain) -> None:
    assert same(model, deepcopy(model))
