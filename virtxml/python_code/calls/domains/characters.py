"""Consoles and serial ports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.guests.hardware import GUEST_AGENT
from virtxml.python_code.calls.values import get, items
from virtxml.python_code.chains import Call, call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema.domain import Channel, Console, Domain, Serial


def groups(domain: Domain) -> Iterator[Group]:
    """Iterate over groups of calls."""
    yield from items(
        domain, "devices.serials", lambda serial: [call("serial", _type(serial), **_end(serial))], add=True
    )
    yield from items(domain, "devices.consoles", _console, add=True)


def channel(line: Channel) -> list[Call]:
    """Return calls for a channel."""
    name, path = get(line, "target.name"), get(line, "sources.0.path")
    if line.type != "unix":
        return []
    return [call("guest_agent") if name == GUEST_AGENT and path is None else call("channel", name, path=path)]


def _console(console: Console) -> list[Call]:
    """Return calls for a console: one that leaves its target to the builder, and one that says it."""
    targets = (None, get(console, "target.type"))
    return [call("console", _type(console), target=target, **_end(console)) for target in targets]


def _type(device: Serial | Console) -> str | None:
    return None if device.type == "pty" else device.type


def _end(device: Serial | Console) -> dict[str, Any]:
    port = get(device, "sources.0.service")
    return {
        "path": get(device, "sources.0.path"),
        "host": get(device, "sources.0.host"),
        "port": int(port) if isinstance(port, str) and port.isdecimal() and port.isascii() else None,
        "log": get(device, "log.file"),
    }
