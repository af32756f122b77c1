"""One order in which all is decided of a guest, whoever makes it."""

from __future__ import annotations

import pytest

from tests.guests.making import MODERN, guest
from virtxml import Domain
from virtxml.guests.decisions import DECISIONS, Wishes, decide
from virtxml.guests.guest import Guest
from virtxml.guests.hosts import builtin_host
from virtxml.schema.domain import Disk, DiskSource


def test_a_guest_of_which_nothing_is_said_is_decided_as_a_whole() -> None:
    made = Guest(Domain(), builtin_host(), MODERN)
    decide(made, Wishes())
    assert (made.type, made.arch, made.machine) == ("kvm", "x86_64", "q35")
    assert made.domain.memory is not None
    assert made.domain.vcpu is not None
    assert made.devices.interfaces


def test_wishes_are_taken_for_what_the_document_does_not_say() -> None:
    made = Guest(Domain(), builtin_host(), MODERN)
    decide(made, Wishes(machine="pc", virt_type="qemu", uefi=True, cpu="host-model", root_ports=3))
    assert (made.type, made.machine, made.os.firmware) == ("qemu", "pc", "efi")
    assert made.domain.cpu is not None
    assert made.domain.cpu.mode == "host-model"
    made = Guest(Domain(), builtin_host(), MODERN)
    decide(made, Wishes(root_ports=3))
    assert [one.model for one in made.devices.controllers].count("pcie-root-port") == 3


def test_decisions_of_the_caller_have_their_turn_among_the_others() -> None:
    made = Guest(Domain(), builtin_host(), MODERN)
    seen: list[str] = []

    def add_disk() -> None:
        seen.append("disks")
        assert made.machine == "q35"
        made.devices.disks.append(Disk(type="file", device="disk", source=DiskSource(file="/x")))

    own = {"interfaces": lambda: seen.append("interfaces"), "disks": add_disk, "system": lambda: seen.append("system")}
    decide(made, Wishes(), own=own)
    assert seen == ["system", "disks", "interfaces"]
    assert made.devices.disks[0].target is not None
    assert made.devices.disks[0].target.dev == "vda"


def test_what_is_left_out_is_not_decided() -> None:
    made = guest(MODERN)
    decide(made, Wishes(), without=["memory", "networks", "graphics"])
    assert made.domain.memory is None
    assert made.devices.interfaces == []
    assert made.devices.graphics == []


@pytest.mark.parametrize("name", DECISIONS)
def test_a_caller_takes_over_any_decision(name: str) -> None:
    made, seen = guest(MODERN), list[str]()
    decide(made, Wishes(), own={name: lambda: seen.append(name)}, without=set(DECISIONS) - {name})
    assert seen == [name]


def test_a_name_that_is_no_decision_is_an_error() -> None:
    with pytest.raises(KeyError, match="memroy"):
        decide(guest(MODERN), Wishes(), without=["memroy"])
