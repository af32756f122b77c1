"""Builders refuse what rules of lint say that libvirt refuses: at steps what nothing can mend, at the end all of it."""

from __future__ import annotations

import pytest

import virtxml
from virtxml import Domain, builders, lint
from virtxml.builders import BuildError
from virtxml.builders.judging import errors_worded
from virtxml.schema.domain import DiskTarget, Redirdev

TWICE = """
<domain type='kvm'>
  <name>web</name>
  <memory unit='GiB'>1</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <devices>
    <disk type='file'>
      <source file='/srv/a.img'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file'>
      <source file='/srv/b.img'/>
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>
"""


def plain() -> builders.DomainBuilder:
    return builders.domain("web").memory("1 GiB")


def test_a_step_is_told_in_the_words_of_the_rule_behind_its_name() -> None:
    vm = plain().disk("/srv/a.img", target="vda")
    with pytest.raises(BuildError) as caught:
        vm.disk("/srv/b.img", target="vda")
    assert str(caught.value) == "disk: another disk is called vda, too"


def test_what_may_be_said_later_is_asked_for_at_the_end() -> None:
    vm = plain().add(Redirdev(bus="usb", type="spicevmc")).disk("/srv/a.qcow2", iothread=1)
    with pytest.raises(BuildError, match=r"^redirdev: there are no graphics of type spice.* \(and 1 more\)$") as caught:
        vm.build()
    assert {one.name for one in caught.value.diagnostics} == {"disk-iothread-undefined", "spice-needed"}
    assert all(one.path.startswith("/domain/devices/") for one in caught.value.diagnostics)
    made = vm.spice().iothreads(1).build()
    assert [one for one in lint.run(made) if one.severity == "error"] == []


def test_customizations_are_judged_too() -> None:
    def call_all_alike(domain: Domain) -> None:
        assert domain.devices is not None
        for disk in domain.devices.disks:
            disk.target = DiskTarget(dev="vda", bus="virtio")

    vm = plain().disk("/srv/a.img").disk("/srv/b.img").customize(call_all_alike)
    with pytest.raises(BuildError, match=r"^disk: another disk is called vda, too$"):
        vm.build()


def test_rules_are_those_of_the_release_that_is_built_for() -> None:
    # Since 9.1.0, shares have the range of whichever control groups the kernel has.
    assert plain().cpu_limits(shares=300_000).build().cputune is not None
    with pytest.raises(BuildError, match=r"^cpu_limits: shares are from 2 to 262144"):
        plain().for_libvirt("9.0.0").cpu_limits(shares=300_000)


def test_the_machine_that_a_guest_gets_is_asked_of_before_it_is_named() -> None:
    with pytest.raises(BuildError, match=r"; the machine is q35 if none is named$"):
        plain().watchdog("ib700")
    assert plain().machine("pc").watchdog("ib700").build().devices is not None
    with pytest.raises(BuildError, match=r"not for pc of x86_64$"):
        plain().uefi(secure_boot=True).machine("pc")


def test_what_was_refused_of_a_guest_before_is_not_for_steps_to_mend() -> None:
    model = virtxml.parse(TWICE, Domain)
    assert errors_worded(model, "12.0.0") == ["disk: another disk is called vda, too"]
    vm = builders.domain(model).disk("/srv/c.img")
    with pytest.raises(BuildError, match="another disk is called vda"):
        vm.disk("/srv/d.img", target="vda")
    assert vm.build() is model
    assert model.devices is not None
    assert len(model.devices.disks) == 3


def test_what_an_older_release_refuses_of_a_guest_is_not_for_steps_to_mend() -> None:
    model = plain().cpu_limits(shares=300_000).build()
    vm = builders.domain(model).for_libvirt("9.0.0").title("web")
    assert vm.build().title == "web"
    with pytest.raises(BuildError, match=r"^cpu_limits: shares are from 2 to 262144, not 400000"):
        vm.cpu_limits(shares=400_000)


def test_what_libvirt_takes_and_nobody_can_have_meant_is_refused_too() -> None:
    vm = plain().network(mac="52:54:00:00:00:01")
    with pytest.raises(BuildError, match=r"^network: another interface has the MAC address"):
        vm.network(mac="52:54:00:00:00:01")
    with pytest.raises(BuildError, match=r"^metadata: libvirt drops <owner>"):
        plain().metadata("<owner/>")


def test_other_documents_are_judged_at_the_end() -> None:
    lan = builders.network("lan").ip("10.0.0.1/24").portgroup("a", vlans=[7])
    with pytest.raises(BuildError, match=r"^(portgroup|network): nothing sets tags of VLANs here"):
        lan.build()
