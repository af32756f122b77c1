"""What builders make goes to libvirt's test driver, and comes back."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.calls import Call, calls, started
from tests.builders.test_libvirt import DOMAINS, OTHERS
from tests.live.comparing import as_libvirt_says_it, check, release_of, unknown
from virtxml import Domain, builders, driver

STARTED = started()
NETWORKS = {str(builder.build().name): builder for builder in OTHERS["net-define"]}
POOLS = {str(builder.build().name): builder for builder in OTHERS["pool-define"]}
VOLUMES = {
    "raw": builders.volume("raw").format("raw").capacity("1 GiB").allocation("1 MiB"),
    "qcow2": builders.volume("a.qcow2")
    .capacity("20 GiB")
    .allocation(0)
    .backing("/base.qcow2")
    .permissions(mode="0600"),
}
_CHOSEN_BY_LIBVIRT = "52:54:00:"
"""How each MAC address starts that libvirt gives a guest."""


@pytest.mark.parametrize("name", DOMAINS)
def test_domains_come_back_and_go(name: str, host: driver.Connection) -> None:
    given = DOMAINS[name].for_libvirt(release_of(host)).build()
    handle = host.domains.define(given)
    check(as_libvirt_says_it(given), handle.document(inactive=True, secure=True), host)
    handle.start()
    check(as_libvirt_says_it(given), handle.document(inactive=True, secure=True), host)
    handle.destroy()
    handle.undefine()
    with pytest.raises(driver.NotFoundError, match=r"^Domain not found"):
        host.domains.lookup(name)


def test_libvirt_chooses_what_is_left_to_it(host: driver.Connection) -> None:
    given = builders.domain("plain").type("test").memory("64 MiB").network().build()
    back = host.domains.define(given).document()
    assert given.uuid is None
    assert back.uuid is not None
    assert back.devices is not None
    assert [card.mac is not None and str(card.mac.address)[:9] for card in back.devices.interfaces] == [
        _CHOSEN_BY_LIBVIRT
    ]


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_come_back_and_go(name: str, host: driver.Connection) -> None:
    given = NETWORKS[name].build()
    handle = host.networks.define(given)
    handle.start()
    check(given, handle.document(), host)
    handle.destroy()
    handle.undefine()
    with pytest.raises(driver.NotFoundError, match="no network with matching name"):
        host.networks.lookup(name)


@pytest.mark.parametrize("name", POOLS)
def test_pools_come_back_and_go(name: str, host: driver.Connection) -> None:
    given = POOLS[name].build()
    handle = host.pools.define(given)
    handle.start()
    check(given, handle.document(), host)
    handle.destroy()
    handle.undefine()
    with pytest.raises(driver.NotFoundError, match="no storage pool with matching name"):
        host.pools.lookup(name)


@pytest.mark.parametrize("name", VOLUMES)
def test_volumes_come_back_and_go(name: str, host: driver.Connection) -> None:
    given = VOLUMES[name].build()
    volumes = host.pools.lookup("default-pool").volumes
    handle = volumes.create(given)
    check(given, handle.document(), host)
    handle.delete()
    with pytest.raises(driver.NotFoundError, match="no storage vol with matching name"):
        volumes.lookup(str(given.name))


def names_of_disks(domain: Domain) -> list[str]:
    assert domain.devices is not None
    return [str(disk.target.dev) for disk in domain.devices.disks if disk.target is not None]


def test_snapshots_and_checkpoints_come_back_and_go(host: driver.Connection) -> None:
    guest = builders.domain("guest").type("test").memory("64 MiB").disk("/a.qcow2").disk("/b.qcow2").build()
    first, second = names_of_disks(guest)
    domain = host.domains.create(guest)
    snapshot = builders.snapshot("before").description("before the change").disk(first, snapshot="internal").build()
    taken = domain.snapshots.create(snapshot)
    check(snapshot, taken.document(), host)
    taken.delete()
    checkpoint = builders.checkpoint("nightly").disk(first, bitmap="nightly").disk(second, checkpoint="no").build()
    made = domain.checkpoints.create(checkpoint)
    check(checkpoint, made.document(), host)
    made.delete()
    assert [domain.snapshots.list_all(), domain.checkpoints.list_all()] == [[], []]


def _made(kind: str, model: Any, host: driver.Connection) -> Any:
    """Define or make something on the host; return its handle, or the error."""
    try:
        return _make(kind, model, host)
    except driver.LibvirtError as error:
        return error


def _make(kind: str, model: Any, host: driver.Connection) -> Any:
    match kind:
        case "domain":
            # The test driver has guests of one kind only.
            model.type, model.os.type.arch, model.os.type.machine = "test", None, None
            return host.domains.define(model)
        case "network":
            return host.networks.define(model)
        case "pool":
            return host.pools.define(model)
        case "volume":
            return host.pools.lookup("default-pool").volumes.create(model)
        case "snapshot":
            return host.domains.lookup("test").snapshots.create(model)
    assert kind == "checkpoint"
    return host.domains.lookup("test").checkpoints.create(model)


def _built(kind: str, steps: list[Call], release: str) -> Any:
    """Take the steps that are accepted; return what is built, None if something is missing."""
    builder = STARTED[kind]()
    if kind == "domain":
        builder.memory("512 MiB")
    for step in steps:
        with suppress(builders.BuildError):
            step.of(builder)
    try:
        return builder.for_libvirt(release).build()
    except builders.BuildError:
        return None


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["domain", "network", "pool", "volume", "snapshot", "checkpoint"])
def test_libvirt_knows_all_that_it_takes_of_random_documents(kind: str, libvirt: Any) -> None:
    outcomes = {"taken": 0, "refused": 0}

    @settings(max_examples=100, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        with driver.connect("test:///default") as host:
            release = release_of(host)
            model = _built(kind, data.draw(st.lists(calls(type(STARTED[kind]())), max_size=12)), release)
            if model is None:
                return
            made = _made(kind, model, host)
            if isinstance(made, driver.LibvirtError):
                # What the driver cannot do is no mistake in the document.
                assert made.diagnostics == ()
                outcomes["refused"] += 1
            else:
                back = made.document()
                assert unknown(back) == []
                assert back.validate(libvirt=release) == []
                outcomes["taken"] += 1

    run()
    assert outcomes["taken"] > 20, outcomes
