"""What a step costs as a document grows: what it changes, however much is there.

What is counted is lines of Python that run, which are the same each time; those of loops count as often as they run.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple

import pytest

from virtxml import builders
from virtxml.builders import BuildError

FEW, MANY = 20, 200


class Growth(NamedTuple):
    """A document that grows: how it starts, the step that is taken for each number, and how much dearer steps get."""

    start: Callable[[], Any]
    step: Callable[[Any, int], object]
    at_most: float = 1.05


def guest() -> Any:
    return builders.domain("web01").memory("64 GiB").vcpus(MANY + 1)


def lan() -> Any:
    return builders.network("lan").ip("10.0.0.1/16")


def mac(number: int) -> str:
    return f"52:54:00:00:{number // 256:02x}:{number % 256:02x}"


GROWTHS = {
    "disk": Growth(guest, lambda vm, number: vm.disk(f"/srv/{number:03}.qcow2")),
    "network": Growth(guest, lambda vm, number: vm.network("default", mac=mac(number))),
    "hostdev_pci": Growth(guest, lambda vm, number: vm.hostdev_pci(f"0000:{number:02x}:00.0")),
    "controller": Growth(guest, lambda vm, number: vm.controller("scsi", index=number)),
    "channel": Growth(guest, lambda vm, number: vm.channel(f"org.example.{number:03}")),
    "share": Growth(guest, lambda vm, number: vm.share("/srv", tag=f"srv{number:03}")),
    "pin_vcpu": Growth(guest, lambda vm, number: vm.pin_vcpu(number, "0-3"), 2),
    "qemu_env": Growth(guest, lambda vm, number: vm.qemu_env(f"A{number:03}"), 1.2),
    # What changes the guest itself may not go with any of its devices.
    "title": Growth(guest, lambda vm, number: vm.disk(f"/srv/{number:03}.qcow2").title(f"with {number:03}"), 5),
    "dhcp_host": Growth(lan, lambda network, number: network.dhcp_host(f"10.0.1.{number + 1}", mac=mac(number))),
    "dns_host": Growth(lan, lambda network, number: network.dns_host(f"10.0.1.{number + 1}", f"host{number:03}")),
    "portgroup": Growth(lan, lambda network, number: network.portgroup(f"group{number:03}"), 1.3),
    "accept": Growth(lambda: builders.nwfilter("web"), lambda rules, number: rules.accept("tcp", port=number + 1)),
    "snapshot": Growth(
        lambda: builders.snapshot("before"), lambda made, number: made.disk(f"/srv/{number:03}.img"), 1.3
    ),
}


def lines_of(work: Callable[[], object]) -> int:
    """Return how many lines of Python something runs."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def grown(growth: Growth, count: int) -> Any:
    builder = growth.start()
    for number in range(count):
        growth.step(builder, number)
    return builder


@pytest.mark.parametrize("what", GROWTHS)
def test_a_step_costs_the_same_behind_many_others(what: str) -> None:
    growth = GROWTHS[what]
    few, many = (grown(growth, count) for count in (FEW, MANY))
    growth.step(grown(growth, MANY), MANY)  # what is looked up once is there
    behind_few = lines_of(lambda: growth.step(few, MANY))
    assert lines_of(lambda: growth.step(many, MANY)) < growth.at_most * behind_few


@pytest.mark.parametrize("what", GROWTHS)
def test_a_document_costs_what_is_in_it(what: str) -> None:
    few, many = (grown(GROWTHS[what], count) for count in (FEW, MANY))
    many.build()
    assert lines_of(many.build) < 1.2 * MANY / FEW * lines_of(few.build)


def test_a_refused_step_costs_the_next_one_nothing() -> None:
    few, many = (grown(GROWTHS["disk"], count) for count in (FEW, MANY))
    for vm in (few, many):
        with pytest.raises(BuildError, match="another disk is the image"):
            vm.disk("/srv/000.qcow2")
    behind_few = lines_of(lambda: few.disk("/srv/next.qcow2"))
    assert lines_of(lambda: many.disk("/srv/next.qcow2")) < 1.05 * behind_few


def test_a_copy_of_a_builder_knows_what_it_has_itself_and_no_more() -> None:
    one = grown(GROWTHS["disk"], 2)
    other = copy.copy(one)
    one.disk("/srv/one.qcow2", target="vdx")
    other.disk("/srv/other.qcow2", target="vdy")
    one.disk("/srv/other.qcow2", target="vdy")
    with pytest.raises(BuildError, match=r"another disk is the image /srv/other\.qcow2"):
        other.disk("/srv/other.qcow2")
    with pytest.raises(BuildError, match="disk: another disk is called vdx, too"):
        one.disk("/srv/third.qcow2", target="vdx")
    other.disk("/srv/one.qcow2", target="vdx")
    assert one.build().devices.disks[2:] == other.build().devices.disks[:1:-1]


def test_a_copy_of_a_network_knows_its_own_guests() -> None:
    one = lan().dhcp_host("10.0.1.1", mac=mac(1))
    other = copy.copy(one)
    one.dhcp_host("10.0.1.2", mac=mac(2))
    other.dhcp_host("10.0.1.2", mac=mac(3))
    one.dhcp_host("10.0.1.3", mac=mac(3))
    with pytest.raises(BuildError, match="52:54:00:00:00:03 has an address already"):
        other.dhcp_host("10.0.1.3", mac=mac(3))
    assert len(other.build().ips[0].dhcp.hosts) == 2
