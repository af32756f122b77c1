"""What a guest gets of the host that it goes to, and what is told of what the host lacks."""

from __future__ import annotations

import pytest

from tests.compare.converting.cases import domain
from virtxml import Capabilities, Domain, DomainCapabilities, convert

CAPABILITIES = """<capabilities>
  <host><cpu><arch>x86_64</arch></cpu></host>
  <guest>
    <os_type>hvm</os_type>
    <arch name='x86_64'>
      <wordsize>64</wordsize>
      <emulator>/usr/bin/qemu-system-x86_64</emulator>
      <machine maxCpus='255'>pc-i440fx-10.0</machine>
      <machine canonical='pc-i440fx-10.0' maxCpus='255'>pc</machine>
      <machine maxCpus='288'>pc-q35-9.2</machine>
      <machine maxCpus='288'>pc-q35-10.0</machine>
      <machine maxCpus='1'>isapc</machine>
      <domain type='kvm'/>
    </arch>
  </guest>
</capabilities>"""
DOMCAPABILITIES = """<domainCapabilities>
  <path>/usr/bin/qemu-system-x86_64</path>
  <domain>kvm</domain>
  <machine>pc-q35-10.0</machine>
  <arch>x86_64</arch>
  <cpu>
    <mode name='custom' supported='yes'><model usable='yes'>Icelake-Server</model></mode>
  </cpu>
</domainCapabilities>"""


def guest(machine: str) -> Domain:
    return Domain.from_xml(domain().to_xml().replace("machine='q35'", f"machine='{machine}'"))


@pytest.mark.parametrize(
    ("machine", "then"),
    [
        ("pc-i440fx-2.1", "pc-i440fx-10.0"),
        ("pc-i440fx-rhel7.6.0", "pc-i440fx-10.0"),
        ("pc-0.12", "pc-i440fx-10.0"),
        ("pc-q35-2.4", "pc-q35-10.0"),
        ("pc-q35-9.2", "pc-q35-9.2"),
        ("pc", "pc"),
    ],
)
def test_a_machine_that_is_gone_becomes_the_newest_of_its_kind(machine: str, then: str) -> None:
    found = convert(guest(machine), "12.8.0", capabilities=Capabilities.from_xml(CAPABILITIES))
    assert found.model.os is not None
    assert found.model.os.type is not None
    assert found.model.os.type.machine == then
    told = [(one.action, one.path, one.new) for one in found.report]
    assert told == ([("changed", "/domain/os/type/@machine", f"machine='{then}'")] if then != machine else [])


def test_a_machine_of_a_kind_that_the_host_does_not_have_is_told() -> None:
    found = convert(guest("microvm"), "12.8.0", capabilities=Capabilities.from_xml(CAPABILITIES))
    assert [(one.action, one.code) for one in found.report] == [("found", "VX883")]


def test_the_hosts_own_program_runs_the_guest() -> None:
    model = domain("<emulator>/usr/libexec/qemu-kvm</emulator>")
    assert model.os is not None
    assert model.os.type is not None
    model.os.type.machine = "pc-q35-rhel9.4.0"
    found = convert(model, "12.8.0", capabilities=Capabilities.from_xml(CAPABILITIES)).model
    assert found.devices is not None
    assert found.devices.emulator == "/usr/bin/qemu-system-x86_64"
    assert found.os is not None
    assert found.os.type is not None
    assert found.os.type.machine == "pc-q35-10.0"


def test_a_model_of_cpu_that_the_host_does_not_have_is_told() -> None:
    cpu = "<cpu mode='custom'><model fallback='forbid'>pentium6</model></cpu><devices"
    model = Domain.from_xml(guest("pc-q35-10.0").to_xml().replace("<devices", cpu, 1))
    found = convert(model, "12.8.0", domcapabilities=DomainCapabilities.from_xml(DOMCAPABILITIES))
    assert [(one.action, one.path, one.code) for one in found.report] == [("found", "/domain/cpu/model", "VX887")]


def test_without_a_host_machines_stay_as_they_are() -> None:
    assert convert(guest("pc-q35-2.4"), "12.8.0").report == []


def test_a_rule_by_which_it_becomes_another_guest_is_a_loss() -> None:
    guest = Domain.from_xml(
        "<domain type='kvm'><name>a</name><memory>1024</memory><memoryBacking><access mode='shared'/></memoryBacking>"
        "<os><type arch='x86_64' machine='q35'>hvm</type></os><devices><filesystem type='mount'>"
        "<driver type='virtiofs'/><source dir='/x'/><target dir='t'/><readonly/></filesystem></devices></domain>"
    )
    (entry,) = convert(guest, "9.0.0").losses
    assert (entry.code, entry.loss, entry.severity) == ("VX769", "data", "error")
