"""The documents that the tests over whole collections read: libvirt's own tests, where there are any, and ours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from lxml import etree

from virtxml import Node
from virtxml.catalogue import DOCUMENTS

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@cache
def root_classes() -> dict[str, type[Node]]:
    """Return the class of each kind of document by its name."""
    return {name: getattr(import_module(f"virtxml.schema.{module}"), name) for name, (module, _) in DOCUMENTS.items()}


def class_of(source: bytes) -> type[Node] | None:
    """Return the class of a document by its root element, found without virtxml's own look-up; None for other XML."""
    root = etree.fromstring(source, _PARSER)
    if root.tag == "cpu":
        return root_classes()["HostCPU" if root.find("arch") is not None else "GuestCPU"]
    return next((root_classes()[name] for name, (_, tag) in DOCUMENTS.items() if tag == root.tag), None)


def documents(directory: Path) -> Iterator[tuple[Path, bytes, type[Node]]]:
    """Iterate over the documents of known kinds below a directory: path, text and class."""
    for path in sorted(directory.rglob("*.xml")):
        source = path.read_bytes()
        cls = class_of(source)
        if cls is not None:
            yield path, source, cls
