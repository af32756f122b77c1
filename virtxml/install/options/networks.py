"""Network interfaces: `--network`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..command_line.splitting import split
from ..language.applied import NetworkRequest
from ..language.declaring import ABSENT, Option, Sub
from .shared import address, boot_order, virtio_driver

if TYPE_CHECKING:
    from ...schema.domain import Interface
    from ..language.work import Work

_SOURCES = {"network": "network", "bridge": "bridge", "direct": "dev", "vdpa": "dev"}
"""The attribute of `<source>` that says what an interface of a type is connected to."""


def _split(text: str) -> list[tuple[str, str | None]]:
    """Take the value apart; older versions of virt-install had "bridge:NAME" and "network:NAME"."""
    for kind in ("bridge", "network"):
        if text.startswith(f"{kind}:"):
            return [("type", kind), *_first_is("source", split(text[len(kind) + 1 :]))]
    return split(text)


def _first_is(key: str, tokens: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    return [(key, tokens[0][0]), *tokens[1:]] if tokens and tokens[0][1] is None else tokens


def _start(work: Work) -> None:
    interface: Interface = work.node  # type: ignore[assignment]
    work.request = NetworkRequest(interface, text=work.text)
    work.applied.networks.append(work.request)


def _model(work: Work, value: str | None) -> None:
    work.set("model.type", None if value == "default" else value)


def _mac(work: Work, value: str | None) -> None:
    """Set the MAC address; "RANDOM" is what happens without one."""
    if value is not None and value.upper() == "RANDOM":
        value = None
    if value is not None and not re.fullmatch("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}", value):
        raise work.error("not a MAC address, as in 52:54:00:12:34:56", value)
    if value is None or value.lower() != str(work.get("mac.address")).lower():
        work.set("mac.address", value)


def _named(work: Work, value: str | None) -> None:
    """Set type and source at once: `network=NAME`, `bridge=NAME`."""
    assert work.key is not None
    _become(work, work.key)
    work.set(f"source.{work.key}", value)


def _become(work: Work, kind: str | None) -> None:
    """Set the type; what an interface of another type was connected to is none of this one's."""
    if not work.is_new and work.get("type") != kind:
        work.set("source", None)
    work.set("type", kind)


def _type(work: Work, value: str | None) -> None:
    """Set the type; "default" leaves it open, and "passt" is a backend of type "user"."""
    if value == "passt":
        _become(work, "user")
        work.set("backend.type", "passt")
    elif value != "default":
        _become(work, value)


def _source(work: Work, value: str | None) -> None:
    """Set what the interface is connected to: which attribute that is depends on the type."""
    kind = work.get("type")
    attribute = _SOURCES.get(str(kind))
    if attribute is not None:
        work.set(f"source.{attribute}", value)


def _hostdev(work: Work, value: str | None) -> None:
    work.request.hostdev = value


def _link_state(work: Work, value: str | None) -> None:
    """Set the state of the link; a switch's words stand for "up" and "down"."""
    words = {
        "yes": "up",
        "on": "up",
        "1": "up",
        "true": "up",
        "no": "down",
        "off": "down",
        "0": "down",
        "false": "down",
    }
    work.set("link.state", words.get(value, value) if value is not None else None)


def _port_forward(work: Work, value: str | None) -> None:
    """Set a forwarded port as it is written for passt: "[ADDRESS:]PORT[-PORT][:PORT][/PROTOCOL]"."""
    path = f"portForward{work.numbers[0] if work.numbers else 0}"
    text, _, protocol = (value or "").partition("/")
    parts = text.split(":")
    count = 1 if len(parts) == 1 or not re.fullmatch("[0-9]+(-[0-9]+)?", parts[-2]) else 2
    ports, host = parts[-count:], ":".join(parts[:-count])
    start, dash, end = ports[0].partition("-")
    numbers = [start, *([end] if dash else []), *ports[1:]]
    if not all(re.fullmatch("[0-9]{1,5}", number) for number in numbers):
        raise work.error("not [ADDRESS:]PORT[-PORT][:PORT][/PROTOCOL]", value)
    work.set(f"{path}.proto", protocol or "tcp")
    if host:
        work.set(f"{path}.address", host)
    work.set(f"{path}.range0.start", start)
    if dash:
        work.set(f"{path}.range0.end", end)
    if count == 2:
        work.set(f"{path}.range0.to", ports[1])


def _end(work: Work) -> None:
    """Say "user" where a backend asks for it; leave out the source of another type than the one that counts."""
    if work.get("type") is None and work.get("backend.type") is not None:
        work.set("type", "user")
    for kind in ("network", "bridge"):
        if kind in work.said and work.get("type") != kind:
            work.set(f"source.{kind}", None)


NETWORK = Option(
    "--network",
    "devices.interfaces",
    [
        *address(),
        boot_order(),
        Sub("boot.loadparm"),
        *virtio_driver(),
        Sub("model", handler=_model),
        Sub("mac", handler=_mac),
        Sub("network", handler=_named),
        Sub("bridge", handler=_named),
        Sub("type", handler=_type),
        Sub("backend.type"),
        Sub("backend.hostname"),
        Sub("backend.fqdn"),
        Sub("backend.logFile"),
        Sub("trustGuestRxFilters", switch=True),
        Sub("source", handler=_source),
        Sub("source.mode", "source_mode"),
        Sub("source.type", "source_type"),
        Sub("source.path", "source_path"),
        Sub("source.portgroup", "portgroup"),
        Sub("source.address.type"),
        Sub("source.address.domain"),
        Sub("source.address.bus"),
        Sub("source.address.slot"),
        Sub("source.address.function"),
        Sub("hostdev", handler=_hostdev),
        Sub("target.dev", "target"),
        Sub("model.type", handler=_model),
        Sub("mac.address", handler=_mac),
        Sub("filterref.filter", "filterref"),
        Sub("link.state", "link_state", handler=_link_state),
        Sub("driver.name", "driver_name"),
        Sub("driver.queues", "driver_queues"),
        Sub("rom.file", "rom_file"),
        Sub("rom.bar", "rom_bar", switch=True),
        Sub("mtu.size"),
        Sub("virtualport.type", "virtualport_type"),
        Sub("virtualport.parameters.managerid", "virtualport_managerid"),
        Sub("virtualport.parameters.typeid", "virtualport_typeid"),
        Sub("virtualport.parameters.typeidversion", "virtualport_typeidversion"),
        Sub("virtualport.parameters.instanceid", "virtualport_instanceid"),
        Sub("virtualport.parameters.profileid", "virtualport_profileid"),
        Sub("virtualport.parameters.interfaceid", "virtualport_interfaceid"),
        Sub("portForward*.proto"),
        Sub("portForward*.address"),
        Sub("portForward*.dev"),
        Sub("portForward*.range*.start"),
        Sub("portForward*.range*.end"),
        Sub("portForward*.range*.to"),
        Sub("portForward*.range*.exclude", switch=True),
        Sub("portForward*", handler=_port_forward),
    ],
    first=("type",),
    none=ABSENT,
    each=True,
    start=_start,
    split=_split,
    end=_end,
)
