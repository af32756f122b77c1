"""The hosts that need no files are ones that libvirt could tell of."""

from __future__ import annotations

import pytest

from virtxml import validate
from virtxml.guests.errors import GuestError
from virtxml.guests.hosts import ARCHITECTURES, Host, builtin_host
from virtxml.guests.hosts.machines import HOSTS

DRIVERS = ("test", "lxc", "xen", "bhyve", "vz")


def _kinds_of_guests(host: Host) -> list[tuple[str, str, str]]:
    found = []
    for guest in host.capabilities.guests:
        assert guest.arch is not None
        for machine in guest.arch.machines:
            found += [(guest.arch.name, machine.value, domain.type) for domain in guest.arch.domains]
    return found


def _enum(element: object, name: str) -> list[str]:
    return next(enum.values for enum in element.enums if enum.name == name)  # type: ignore[attr-defined]


@pytest.mark.parametrize("arch", ARCHITECTURES)
def test_what_a_host_tells_is_valid(arch: str) -> None:
    host = builtin_host(arch)
    assert validate(host.capabilities) == []
    for document in (*host.networks, *host.pools):
        assert validate(document) == []


@pytest.mark.parametrize("arch", ARCHITECTURES)
def test_every_guest_that_is_told_of_has_valid_domain_capabilities(arch: str) -> None:
    host = builtin_host(arch)
    kinds = _kinds_of_guests(host)
    assert (arch, kinds[0][1], "kvm") in kinds
    for guest_arch, machine, type_ in kinds:
        offered = host.domain_capabilities(guest_arch, machine, type_)
        assert offered is not None
        assert (offered.arch, offered.domain) == (guest_arch, type_)
        assert validate(offered) == []


@pytest.mark.parametrize("driver", DRIVERS)
def test_hosts_of_other_drivers_are_valid_and_have_no_domain_capabilities(driver: str) -> None:
    host = builtin_host(driver=driver)
    assert host.driver == driver
    assert validate(host.capabilities) == []
    assert host.domain_capabilities() is None


def test_an_alias_stands_for_the_newest_machine() -> None:
    offered = builtin_host().domain_capabilities("x86_64", "q35", "kvm")
    assert offered is not None
    assert offered.machine is not None
    assert offered.machine.startswith("pc-q35-")
    assert offered.vcpu is not None
    assert offered.vcpu.max == 4096


def test_only_the_old_pc_has_ide() -> None:
    host = builtin_host()
    for machine, has_ide in (("pc", True), ("q35", False)):
        offered = host.domain_capabilities("x86_64", machine)
        assert offered is not None
        assert offered.devices is not None
        assert ("ide" in _enum(offered.devices.disk, "bus")) is has_ide


@pytest.mark.parametrize(
    "kind",
    [("x86_64", "virt", "kvm"), ("x86_64", "q35", "xen"), ("sparc", None, None)],
    ids=["machine", "hypervisor", "architecture"],
)
def test_there_are_no_domain_capabilities_for_guests_that_there_cannot_be(kind: tuple[str, str | None, str]) -> None:
    assert builtin_host().domain_capabilities(*kind) is None


def test_kvm_runs_only_what_the_processor_does() -> None:
    host = builtin_host("aarch64")
    assert host.domain_capabilities("armv7l", "virt", "kvm") is None
    assert host.domain_capabilities("armv7l", "virt", "qemu") is not None


@pytest.mark.parametrize(
    ("arch", "host_arch"),
    [(None, "x86_64"), ("i686", "x86_64"), ("armv7l", "aarch64"), ("ppc64", "ppc64le"), ("sparc64", "x86_64")],
)
def test_the_host_is_one_that_runs_guests_of_the_architecture(arch: str | None, host_arch: str) -> None:
    assert builtin_host(arch).arch == host_arch


def test_domain_capabilities_are_made_once() -> None:
    host = builtin_host()
    assert host.domain_capabilities("x86_64", "q35") is host.domain_capabilities("x86_64", "q35")


def test_each_table_of_machines_starts_with_what_its_alias_stands_for() -> None:
    for host in HOSTS.values():
        for guest in host.guests:
            aliases = [name.partition("=")[2] for name, _ in guest.machines if "=" in name]
            assert set(aliases) <= {name for name, _ in guest.machines}


def test_a_session_has_no_network_and_its_own_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/home/somebody/data")
    host = builtin_host(is_session=True)
    assert list(host.networks) == []
    pool = host.pool("default")
    assert pool is not None
    assert pool.target is not None
    assert pool.target.path == "/home/somebody/data/libvirt/images"


def test_a_driver_that_is_not_built_in_is_refused() -> None:
    with pytest.raises(GuestError, match="what esx can run is not built in"):
        builtin_host(driver="esx")
