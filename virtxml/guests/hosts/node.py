"""Read what is on a host from a `<node>` file, the format of libvirt's test driver.

Documents of all kinds stand in it one after the other, volumes in their pools. An element with the attribute `file`
stands for the document in that file.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypedDict

from ...catalogue import DOCUMENTS
from ...errors import ParseError
from ..errors import GuestError
from .documents import Documents
from .host import clean_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lxml import etree

    from ...schema.domain import Domain
    from ...schema.interface import HostInterface
    from ...schema.network import Network
    from ...schema.nodedev import NodeDevice
    from ...schema.storagepool import StoragePool
    from ...schema.storagevol import StorageVolume

_KINDS = {
    "domain": "Domain",
    "network": "Network",
    "interface": "HostInterface",
    "pool": "StoragePool",
    "volume": "StorageVolume",
    "device": "NodeDevice",
}
"""The classes of the documents that are read, by their elements. Others, such as `<auth>`, tell a guest nothing."""


class NodeFacts(TypedDict):
    """What a file tells of a host, as `Host` takes it."""

    networks: Sequence[Network]
    pools: Sequence[StoragePool]
    volumes: Mapping[str, Sequence[StorageVolume]]
    node_devices: Sequence[NodeDevice]
    interfaces: Sequence[HostInterface]
    domains: Sequence[Domain]


def read_node(path: str | os.PathLike[str], argument: str = "host") -> NodeFacts:
    """Read a `<node>` file, and the files that it names.

    Raises GuestError, which names the argument, for a file that cannot be read or is none.
    """
    from pathlib import Path

    return node_facts(read_root(path, "node", argument), Path(path).parent, argument)


def node_facts(root: etree._Element, directory: Path | None = None, argument: str = "host") -> NodeFacts:
    """Return what a `<node>` tells; files in it are relative to a directory."""
    found: dict[str, list[etree._Element]] = {kind: [] for kind in _KINDS}
    for child in root:
        if isinstance(child.tag, str) and child.tag in found:
            found[child.tag].append(_document(child, directory, argument))
    volumes = {}
    for pool in found["pool"]:
        inside = [_document(volume, directory, argument) for volume in pool.findall("volume")]
        for volume in pool.findall("volume"):
            pool.remove(volume)
        volumes[pool.findtext("name") or ""] = volume_documents(pool, inside)
    return {
        "networks": documents("network", found["network"]),
        "pools": documents("pool", found["pool"]),
        "volumes": volumes,
        "node_devices": documents("device", found["device"]),
        "interfaces": documents("interface", found["interface"]),
        "domains": documents("domain", found["domain"]),
    }


def read_root(path: str | os.PathLike[str], expected: str, argument: str) -> etree._Element:
    """Read a file and return its root element.

    Raises GuestError, which names the argument, for a file that cannot be read or has another root element.
    """
    from ...codec.reading.document import parse_text

    shown = os.fspath(path)
    try:
        with open(path, "rb") as file:
            root = parse_text(file.read(), comments=False)
    except (OSError, ValueError) as error:
        if isinstance(error, ParseError):
            raise GuestError(str(error), field=argument, value=shown) from None
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise GuestError(f"cannot be read: {reason}", field=argument, value=shown) from None
    if root.tag != expected:
        raise GuestError(f"the root element is <{root.tag}>, not <{expected}>", field=argument, value=shown)
    return root


def documents(kind: str, elements: list[etree._Element]) -> Documents[Any]:
    """Return elements of one kind, such as "network", as documents."""
    return Documents(lambda: (class_of(kind), elements))


def volume_documents(pool: etree._Element, elements: list[etree._Element]) -> Documents[Any]:
    """Return the volumes of a pool. Their paths are as the test driver makes them if they are not given."""

    def complete(volume: StorageVolume) -> None:
        from ...schema.storagevol import Target

        directory = clean_path(pool.findtext("target/path") or "")
        if volume.target is None:
            volume.target = Target()
        if volume.target.path is None and volume.name and directory:
            volume.target.path = f"{directory}/{volume.name}"

    return Documents(lambda: (class_of("volume"), elements), complete)


def class_of(kind: str) -> type[Any]:
    """Return the class of the documents of a kind, which is the name of their element."""
    name = _KINDS[kind]
    found: type[Any] = getattr(import_module(f"virtxml.schema.{DOCUMENTS[name][0]}"), name)
    return found


def _document(element: etree._Element, directory: Path | None, argument: str) -> etree._Element:
    file = element.get("file")
    if file is None:
        return element
    return read_root(directory / file if directory else file, str(element.tag), argument)
