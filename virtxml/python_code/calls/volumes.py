"""Calls of the builder of volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.python_code.chains import Call, call
from virtxml.python_code.plans import Group

from .values import amount, get, setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.schema.storagevol import StorageVolume


def _start(volume: StorageVolume) -> Call:
    return call("volume", volume.name)


def _groups(volume: StorageVolume) -> Iterator[Group]:
    if volume.capacity is not None:
        yield setting("capacity", call("capacity", amount(volume.capacity)))
    if volume.allocation is not None:
        nothing = volume.allocation.value == 0
        yield setting("allocation", call("allocation", 0 if nothing else amount(volume.allocation)))
    store = volume.backing_store
    if store is not None:
        plain = call("backing", store.path)
        yield setting("backing_store", call("backing", store.path, format=get(store, "format.type")), plain=[plain])
    yield Group([("target",)], list(_target(volume)))


def _target(volume: StorageVolume) -> Iterator[Call]:
    target = volume.target
    if target is None:
        return
    if target.format is not None and target.format.type is not None:
        yield call("format", target.format.type)
    rights = target.permissions
    if rights is not None:
        yield call("permissions", mode=rights.mode, owner=rights.owner, group=rights.group, label=rights.label)
    secret = get(target, "encryption.secrets.0.uuid")
    if secret is not None:
        yield call("encryption", secret)
    features = target.features
    if target.compat is not None or target.cluster_size is not None or features is not None:
        yield call(
            "qcow2",
            compat=target.compat,
            cluster_size=amount(target.cluster_size),
            lazy_refcounts=get(features, "lazy_refcounts") or None,
            extended_l2=get(features, "extended_l2") or None,
        )


READERS = {"StorageVolume": (_start, _groups)}
