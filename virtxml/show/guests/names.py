"""What a device of a guest is called on a screen, in few words: "disk vda (virtio)", "network card 52:54:00:…"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement
from virtxml.element import ELEMENT

from ..words import of_device, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.schema.domain import Devices

KINDS = {
    "interface": "network card",
    "hostdev": "host device",
    "rng": "random numbers",
    "memory": "memory device",
    "shmem": "shared memory",
    "vsock": "socket to the host",
    "redirdev": "redirected device",
    "redirfilter": "filter of redirection",
    "memballoon": "balloon",
}
"""What kinds of devices are called, where that is not the name of the element."""


def devices_of(devices: Devices | None) -> Iterator[Any]:
    """Iterate over all devices, in libvirt's order, those behind them that no class knows."""
    if devices is None:
        return
    for field in devices.xml_fields.values():
        if field.role == ELEMENT:
            found = getattr(devices, field.slot)
            yield from (found or ()) if field.many else () if found is None else (found,)
    if devices.extra:
        yield from devices.extra.elements


def element_name(device: Any) -> str:
    """Return the name of a device's element."""
    name: str = device.name if isinstance(device, AnyElement) else device.xml_name
    return name


def kind_of(device: Any) -> str:
    """Return what kind of device it is."""
    name = element_name(device)
    return KINDS.get(name, name)


def name_of(device: Any) -> str:
    """Return what a device is called among the others of its guest."""
    name = element_name(device)
    words = _WORDS[name](device) if name in _WORDS and not isinstance(device, AnyElement) else _first(device)
    return " ".join([kind_of(device), *filter(None, words)])


def _first(device: Any) -> list[str]:
    """Return what is said first of a device, such as its model."""
    words = of_device(device)
    return [word for word in words[:2] if "=" not in word] or words[:1]


def _disk(device: Any) -> list[str]:
    bus = said(device.target, "bus")
    kind = device.device if isinstance(device.device, str) and device.device != "disk" else ""
    return [said(device.target, "dev"), f"({' '.join(filter(None, [bus, kind]))})" if bus or kind else ""]


def _interface(device: Any) -> list[str]:
    model = said(device.model, "type")
    return [said(device.mac, "address"), f"({model})" if model else said(device, "type")]


def _controller(device: Any) -> list[str]:
    index = said(device, "index")
    model = said(device, "model")
    return [said(device, "type"), index, f"({model})" if model else ""]


def _video(device: Any) -> list[str]:
    return [said(device.model, "type")]


def _character(device: Any) -> list[str]:
    target = device.target
    return [said(device, "type"), said(target, "name") or said(target, "type") or said(target, "port")]


def _hostdev(device: Any) -> list[str]:
    found = of_device(device, ("mode", "managed", "driver", "boot", "rom"))
    return [part.removeprefix("source.").removeprefix("address=") for part in found[:2]]


def _filesystem(device: Any) -> list[str]:
    return [said(device.target, "dir")]


_WORDS = {
    "disk": _disk,
    "interface": _interface,
    "controller": _controller,
    "video": _video,
    "serial": _character,
    "parallel": _character,
    "console": _character,
    "channel": _character,
    "hostdev": _hostdev,
    "filesystem": _filesystem,
}
"""How devices of a kind are told apart; any other by the first things that are said of it."""
