"""Calls of the builder of storage pools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.python_code.chains import Call, call
from virtxml.python_code.plans import Group

from .values import get, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.schema.storagepool import StoragePool


def _start(pool: StoragePool) -> Call:
    return call("pool", pool.name)


def _groups(pool: StoragePool) -> Iterator[Group]:
    yield from text_of(pool, "uuid")
    kind = _kind(pool)
    rights = get(pool, "target.permissions")
    calls = [] if kind is None else [kind]
    if rights is not None:
        calls.append(call("permissions", mode=rights.mode, owner=rights.owner, group=rights.group, label=rights.label))
    # Without a kind there is no pool.
    yield Group([("type",), ("source",), ("target",)], calls, kept=True)


def _kind(pool: StoragePool) -> Call | None:
    path, directory, host = get(pool, "target.path"), get(pool, "source.dir.path"), get(pool, "source.hosts.0.name")
    devices = [device.path for device in get(pool, "source.devices") or []]
    first, name, form = get(pool, "source.devices.0.path"), get(pool, "source.names.0"), get(pool, "source.format.type")
    named = None if name == pool.name else name
    user = get(pool, "source.auth.username")
    login = {"user": user, "secret": get(pool, f"source.auth.secret.{'uuid' if pool.type == 'rbd' else 'usage'}")}
    if pool.type == "dir":
        return call("dir", path)
    if pool.type == "fs":
        return call("fs", first, path, format=_unless(form, "auto"))
    if pool.type == "netfs":
        return call("netfs", host, directory, path, format=_unless(form, "auto"))
    if pool.type in ("logical", "zfs"):
        return call(pool.type, named, devices=devices or None)
    if pool.type == "disk":
        return call("disk", first, format=_unless(form, "gpt"))
    if pool.type == "iscsi":
        initiator = get(pool, "source.initiator.iqn.name")
        return call("iscsi", host, first, port=get(pool, "source.hosts.0.port"), initiator=initiator, **login)
    if pool.type == "rbd":
        hosts = [one.name for one in get(pool, "source.hosts") or []]
        return call("rbd", name, hosts=hosts or None, **login)
    if pool.type == "gluster":
        return call("gluster", host, name, directory=_unless(directory, "/"))
    if pool.type == "scsi":
        adapter = get(pool, "source.adapter.name")
        return call("scsi", adapter.removeprefix("scsi_")) if isinstance(adapter, str) else None
    return None


def _unless(value: object, usual: object) -> object:
    return None if value == usual else value


READERS = {"StoragePool": (_start, _groups)}
