"""Disks: `--disk`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language.applied import DiskRequest
from ..language.declaring import ABSENT, Option, Sub
from .shared import address, boot_order, virtio_driver

if TYPE_CHECKING:
    from ...schema.domain import Disk
    from ..language.work import Work


def _start(work: Work) -> None:
    disk: Disk = work.node  # type: ignore[assignment]
    work.request = DiskRequest(disk, text=work.text)
    work.applied.disks.append(work.request)


def _request(work: Work, value: str | bool | None) -> None:
    """Put a value that is no XML into the request."""
    assert work.key is not None
    setattr(work.request, work.key, value)


def _size(work: Work, value: str | None) -> None:
    try:
        size = None if value is None else float(value)
    except ValueError:
        raise work.error("not a size in GiB", value) from None
    if size is not None and not 0 <= size < 1e12:
        raise work.error("not a size in GiB", value)
    work.request.size = size


def _type(work: Work, value: str | None) -> None:
    work.request.type = value
    work.set("type", value)


def _permissions(work: Work, value: str | None) -> None:
    """Take what older versions of virt-install had: "ro", "sh" (shared) or "rw"."""
    if value is not None:
        work.require(value, ("ro", "sh", "rw"))
    if value == "ro":
        work.set("readonly", True)
    elif value == "sh":
        work.set("shareable", True)


DISK = Option(
    "--disk",
    "devices.disks",
    [
        *address(),
        boot_order(),
        Sub("boot.loadparm"),
        *virtio_driver(),
        *(Sub(name, handler=_request) for name in ("backing_store", "backing_format", "pool", "vol")),
        Sub("size", handler=_size),
        Sub("format", handler=_request),
        Sub("sparse", switch=True, handler=_request),
        Sub("type", handler=_type),
        Sub("bus", path="target.bus", unset_by_default_word=True),
        Sub("cache", path="driver.cache"),
        Sub("perms", handler=_permissions),
        Sub("source.dir"),
        Sub("source.file"),
        Sub("source.dev"),
        Sub("source.pool", "source_pool"),
        Sub("source.volume", "source_volume"),
        Sub("source.name", "source_name"),
        Sub("source.protocol", "source_protocol"),
        Sub("source.startupPolicy", "startup_policy"),
        Sub("source.type"),
        Sub("source.namespace"),
        Sub("source.managed", switch=True),
        Sub("source.address.domain"),
        Sub("source.address.bus"),
        Sub("source.address.slot"),
        Sub("source.address.function"),
        Sub("source.host*.name", "source_host_name"),
        Sub("source.host*.port", "source_host_port"),
        Sub("source.host*.socket", "source_host_socket"),
        Sub("source.host*.transport", "source_host_transport"),
        Sub("source.seclabel*.model", "seclabel*.model"),
        Sub("source.seclabel*.relabel", "seclabel*.relabel", switch=True),
        Sub("source.seclabel*.label", "seclabel*.label", comma=True),
        Sub("path", handler=_request),
        Sub("device"),
        Sub("snapshot", "snapshot_policy"),
        Sub("sgio"),
        Sub("rawio"),
        Sub("serial"),
        Sub("wwn"),
        Sub("readonly", switch=True),
        Sub("shareable", switch=True),
        Sub("transient", switch=True),
        Sub("transient.shareBacking", switch=True),
        Sub("target.bus"),
        Sub("target.removable", "removable", switch=True),
        Sub("target.dev", "target"),
        Sub("target.rotation_rate", "rotation_rate"),
        Sub("driver.cache"),
        Sub("driver.discard", "discard"),
        Sub("driver.detect_zeroes", "detect_zeroes"),
        Sub("driver.name", "driver_name"),
        Sub("driver.type", "driver_type"),
        Sub("driver.copy_on_read", switch=True),
        Sub("driver.io", "io"),
        Sub("driver.iothread"),
        Sub("driver.queues"),
        Sub("driver.error_policy", "error_policy"),
        Sub("driver.discard_no_unref", switch=True),
        Sub("driver.queue_size"),
        Sub("driver.metadata_cache.max_size"),
        Sub("driver.metadata_cache.max_size.unit"),
        Sub("iotune.read_bytes_sec", "read_bytes_sec"),
        Sub("iotune.write_bytes_sec", "write_bytes_sec"),
        Sub("iotune.total_bytes_sec", "total_bytes_sec"),
        Sub("iotune.read_iops_sec", "read_iops_sec"),
        Sub("iotune.write_iops_sec", "write_iops_sec"),
        Sub("iotune.total_iops_sec", "total_iops_sec"),
        Sub("blockio.logical_block_size", "logical_block_size", verbatim=True),
        Sub("blockio.physical_block_size", "physical_block_size", verbatim=True),
        Sub("blockio.discard_granularity"),
        Sub("geometry.cyls"),
        Sub("geometry.heads"),
        Sub("geometry.secs"),
        Sub("geometry.trans"),
        Sub("source.reservations.managed", "reservations.managed"),
        Sub("source.reservations.source.type", "reservations.source.type"),
        Sub("source.reservations.source.path", "reservations.source.path"),
        Sub("source.reservations.source.mode", "reservations.source.mode"),
    ],
    first=("path",),
    none=ABSENT,
    each=True,
    start=_start,
)
