"""A guest's smaller devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.python_code.calls.values import get, items, setting
from virtxml.python_code.chains import Call, call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema.domain import Controller, Domain, Iommu, Memballoon, Panic, Rng, Tpm, Watchdog

_OTHERS = (
    "leases", "smartcards", "parallels", "audios", "redirdevs", "redirfilters", "hubs", "memories", "cryptos",
)  # fmt: skip
"""Lists of devices that builders have no words for."""


def groups(domain: Domain) -> Iterator[Group]:
    """Iterate over groups of calls."""
    readers: dict[str, Any] = {
        "tpms": _tpm, "rngs": _rng, "watchdogs": _watchdog, "panics": _panic, "iommus": _iommu,
    }  # fmt: skip
    for name, read in readers.items():
        yield from items(domain, f"devices.{name}", read, add=True)
    for name in _OTHERS:
        yield from items(domain, f"devices.{name}", lambda _: [], add=True)
    for name in ("nvram", "pstore"):
        device = get(domain, f"devices.{name}")
        if device is not None:
            yield setting(f"devices.{name}", call("add", device))
    vsock, balloon = get(domain, "devices.vsock"), get(domain, "devices.memballoon")
    if vsock is not None:
        yield setting("devices.vsock", call("vsock", get(vsock, "cid.address")))
    if balloon is not None:
        yield setting("devices.memballoon", _balloon(balloon), plain=[])
    yield from items(domain, "devices.controllers", _controller, add=True, filled=True)


def _controller(controller: Controller) -> list[Call]:
    return [call("controller", controller.type, model=controller.model, index=controller.index)]


def _tpm(tpm: Tpm) -> list[Call]:
    """Return calls for a TPM: one that leaves its model to the builder, and one that says it."""
    backend = tpm.backend
    common = {
        "version": get(backend, "version"),
        "device": get(backend, "device.path"),
        "persistent_state": get(backend, "persistent_state"),
        "secret": get(backend, "encryption.secret"),
    }
    return [call("tpm", model, **common) for model in (None, tpm.model)]


def _rng(rng: Rng) -> list[Call]:
    """Return calls for a source of randomness: one that leaves it to the builder, and one that says it."""
    limit = {"rate": get(rng, "rate.bytes"), "period": get(rng, "rate.period")}
    return [call("rng", source, **limit) for source in (None, get(rng, "backend.value"))]


def _balloon(balloon: Memballoon) -> Call:
    return call(
        "balloon",
        None if balloon.model == "virtio" else balloon.model,
        period=get(balloon, "stats.period"),
        autodeflate=balloon.autodeflate,
        free_page_reporting=balloon.free_page_reporting,
    )


def _watchdog(watchdog: Watchdog) -> list[Call]:
    """Return calls for a watchdog: one that leaves the model and the action to the builder, and one that says them."""
    return [call("watchdog"), call("watchdog", watchdog.model, action=watchdog.action)]


def _panic(panic: Panic) -> list[Call]:
    return [call("panic", panic.model)]


def _iommu(iommu: Iommu) -> list[Call]:
    model = None if iommu.model == "intel" else iommu.model
    return [call("iommu", model, intremap=get(iommu, "driver.intremap"))]
