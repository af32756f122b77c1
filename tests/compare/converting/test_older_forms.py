"""What was written in another way before, and what else changes with what is gone."""

from __future__ import annotations

import pytest

from tests.compare.converting.cases import domain
from virtxml import Domain, convert


@pytest.mark.parametrize("model", ["virtio-transitional", "virtio-non-transitional"])
def test_a_kind_of_virtio_was_told_by_the_slot_before(model: str) -> None:
    found = convert(domain(f"<memballoon model='{model}'/>", f"<controller type='scsi' model='{model}'/>"), "4.5.0")
    devices = found.model.devices
    assert devices is not None
    assert devices.memballoon is not None
    assert devices.memballoon.model == "virtio"
    assert [one.model for one in devices.controllers] == ["virtio-scsi"]
    assert [one.new for one in found.report if one.action == "changed"] == ["model='virtio-scsi'", "model='virtio'"]


def with_cpu(kind: str, cpu: str) -> Domain:
    text = domain().to_xml().replace("type='kvm'", f"type='{kind}'", 1)
    return Domain.from_xml(text.replace("<devices", f"{cpu}<devices"))


def test_maximum_is_host_passthrough_with_hardware_virtualization() -> None:
    found = convert(with_cpu("kvm", "<cpu mode='maximum'/>"), "7.0.0").model
    assert found.cpu is not None
    assert found.cpu.mode == "host-passthrough"


def test_maximum_is_nothing_else_without_it() -> None:
    found = convert(with_cpu("qemu", "<cpu mode='maximum'/>"), "7.0.0")
    assert [one.path for one in found.losses] == ["/domain/cpu/@mode"]


def test_without_a_level_of_the_topology_there_are_as_many_cpus() -> None:
    cpu = "<cpu><topology sockets='1' dies='2' clusters='2' cores='2' threads='2'/></cpu>"
    assert topology(convert(with_cpu("kvm", cpu), "9.0.0").model) == (1, 2, None, 4, 2)
    assert topology(convert(with_cpu("kvm", cpu), "4.5.0").model) == (1, None, None, 8, 2)


def test_a_level_of_one_changes_nothing_else() -> None:
    cpu = "<cpu><topology sockets='2' dies='1' clusters='1' cores='4' threads='2'/></cpu>"
    found = convert(with_cpu("kvm", cpu), "4.5.0")
    assert topology(found.model) == (2, None, None, 4, 2)
    assert [one.action for one in found.report if "topology" in one.path] == ["dropped", "dropped"]


def topology(model: Domain) -> tuple[object, ...]:
    assert model.cpu is not None
    found = model.cpu.topology
    assert found is not None
    return found.sockets, found.dies, found.clusters, found.cores, found.threads


def test_what_names_an_audio_backend_that_is_gone_goes_along() -> None:
    found = convert(
        domain(
            "<sound model='ich9'><audio id='2'/></sound>",
            "<audio id='1' type='none'/>",
            "<audio id='2' type='pipewire'/>",
        ),
        "9.0.0",
    )
    devices = found.model.devices
    assert devices is not None
    assert [one.id for one in devices.audios] == [1]
    assert [one.audio for one in devices.sounds] == [None]
    assert "/domain/devices/sound/audio" in [one.path for one in found.report]
