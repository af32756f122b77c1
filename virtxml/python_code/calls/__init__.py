"""From documents to the calls of builders that say the same, a module for each kind of document.

These modules mirror `virtxml.builders`: each step that is there is read back here. They need not be right about all
documents: `virtxml.python_code.plans` tries out what they say.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from virtxml.catalogue import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from virtxml.node import Node
    from virtxml.python_code.chains import Call
    from virtxml.python_code.plans import Group

    Reader = tuple[Callable[[Node], Call], Callable[[Node], Iterator[Group]]]

_HOMES = {
    "Domain": "domains",
    "DomainBackup": "backups",
    "DomainCheckpoint": "snapshots",
    "DomainSnapshot": "snapshots",
    "NWFilter": "nwfilters",
    "Network": "networks",
    "Secret": "secrets",
    "StoragePool": "pools",
    "StorageVolume": "volumes",
}


def calls_of(node: Node) -> tuple[Call, list[Group]] | None:
    """Return the call that starts the builder for a document, and groups of calls; None without such a builder."""
    name = type(node).__name__
    if name not in _HOMES or not type(node).__module__.startswith(f"virtxml.schema.{DOCUMENTS[name][0]}"):
        return None
    module = import_module(f".{_HOMES[name]}", __name__)
    start, groups = cast("Reader", module.READERS[name])
    return start(node), list(groups(node))
