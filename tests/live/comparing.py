"""What libvirt gives back, compared with what it was given."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from virtxml import Domain, Node, driver
from virtxml.releases import not_older
from virtxml.schema.domain import Devices
from virtxml.sizes import Size


def check(given: Node, back: Node, host: driver.Connection) -> None:
    """Check what libvirt has given back for a document."""
    assert unknown(back) == []
    assert lost(given, back) == []
    assert back.validate(libvirt=release_of(host)) == []


def release_of(host: driver.Connection) -> str:
    """Return the release whose schemas judge what a host says."""
    return not_older(host.libvirt.getLibVersion())


def unknown(node: Node) -> list[str]:
    """Return the paths of what no field has room for, in an object and all below it."""
    return [f"{path}: {found.extra!r}" for path, found in _nodes(node, node.xml_name) if found.extra is not None]


def _nodes(value: Any, path: str) -> Iterator[tuple[str, Node]]:
    if isinstance(value, Node):
        yield path, value
        for name in value.xml_fields:
            yield from _nodes(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nodes(item, f"{path}[{index}]")


def lost(given: Any, back: Any, path: str = "") -> list[str]:
    """Return the paths of what is set in one object, and not the same in another, which may have more set."""
    if isinstance(given, Node):
        path = path or given.xml_name
        if type(back) is not type(given):
            return [path]
        if isinstance(given, Size) and isinstance(back, Size):
            # libvirt chooses another unit.
            return [] if given.bytes == back.bytes else [f"{path}: {given!r} became {back!r}"]
        names = [name for name in given.xml_fields if getattr(given, name) not in (None, False, [])]
        return [text for name in names for text in lost(getattr(given, name), getattr(back, name), f"{path}.{name}")]
    if isinstance(given, list):
        # libvirt may sort, and add: each item is compared with the one that is most like it.
        return [text for index, item in enumerate(given) for text in _least_lost(item, back, f"{path}[{index}]")]
    return [] if given == back else [f"{path}: {given!r} became {back!r}"]


def _least_lost(item: Any, others: list[Any], path: str) -> list[str]:
    return min((lost(item, other, path) for other in others), key=len, default=[path])


def as_libvirt_says_it(domain: Domain) -> Domain:
    """Return a copy of a domain without what libvirt says otherwise, and means the same.

    A machine "q35" becomes the newest of these. A screen with ports of libvirt's choice has others, or none. A
    channel's socket of libvirt's choice has no mode.
    """
    domain = deepcopy(domain)
    assert domain.os is not None
    assert domain.os.type is not None
    if domain.os.type.machine in ("pc", "q35"):
        domain.os.type.machine = None
    devices = domain.devices or Devices()
    for screen in devices.graphics:
        if screen.autoport or screen.port == -1:
            screen.port = screen.tls_port = None
    for channel in devices.channels:
        if channel.type == "unix" and all(source.path is None for source in channel.sources):
            channel.sources = []
    return domain
