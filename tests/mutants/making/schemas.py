"""libvirt's schemas, and lxml's validators of them; the documents to make mistakes in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from tests.support import shared_dir
from virtxml.catalogue import NEWEST, RELEASES, SCHEMA_FILES
from virtxml.testing.mistakes import ClosedSets

from .interleaves import RNG, joined


@dataclass(frozen=True, slots=True)
class Source:
    """A valid document: a name for it, its text, and the file of its schema."""

    name: str
    text: str
    schema: str


def schema_path(schema: str, release: str = NEWEST) -> Path:
    """Return the path of a schema. Raises FileNotFoundError without libvirt's schemas."""
    directory = shared_dir()
    if directory is None:
        raise FileNotFoundError("libvirt's schemas are not here: ../shared, or VIRTXML_SHARED")
    return directory / "schemas" / release / schema


def releases_with(schema: str) -> list[str]:
    """Return the releases that have a schema: the oldest has no checkpoints, backups and CPUs of their own."""
    return [release for release in RELEASES if schema_path(schema, release).exists()]


@cache
def joined_validator(schema: str, release: str = NEWEST) -> etree.RelaxNG:
    """Return lxml's validator of a schema in which interleaves that are directly inside others are joined with them.

    That changes nothing about what is valid. But libxml2 (2.14) refuses `acbd` for interleave(interleave(a, b),
    interleave(c, d)), so that it would be a poor judge of documents with children in random order.
    """
    path = schema_path(schema, release)
    with tempfile.TemporaryDirectory() as directory:
        for name, tree in joined(path.parent).items():
            tree.write(str(Path(directory) / name))
        return etree.RelaxNG(etree.parse(str(Path(directory) / schema)))


@cache
def validator(path: Path) -> etree.RelaxNG:
    """Return lxml's validator of a schema."""
    return etree.RelaxNG(etree.parse(str(path)))


def documents() -> Iterator[Source]:
    """Iterate over all documents, each text once, that are of a known kind and valid."""
    directory = shared_dir()
    if directory is None:
        return
    seen = set()
    for path in sorted((directory / "corpus").rglob("*.xml")):
        data = path.read_bytes()
        if data in seen:
            continue
        seen.add(data)
        root = etree.fromstring(data)
        schema = SCHEMA_FILES.get(root.tag)
        if schema and root.getroottree().docinfo.internalDTD is None and validator(schema_path(schema)).validate(root):
            yield Source(f"{path.parent.name}/{path.name}", data.decode(), schema)


@cache
def closed_sets(path: Path) -> ClosedSets:
    """Return the values that a schema and all others beside it list for each name of an attribute or element."""
    defines: dict[str, list[etree._Element]] = {}
    owners: list[etree._Element] = []
    for file in sorted(path.parent.glob("*.rng")):
        for node in etree.parse(str(file)).iter(f"{RNG}define", f"{RNG}attribute", f"{RNG}element"):
            if node.tag == f"{RNG}define":
                defines.setdefault(node.attrib["name"], []).append(node)
            elif "name" in node.attrib:
                owners.append(node)
    found: dict[str, set[str]] = {}
    for owner in owners:
        mark = "@" if owner.tag == f"{RNG}attribute" else ""
        found.setdefault(mark + owner.attrib["name"], set()).update(_values(owner, defines, set()))
    return {name: frozenset(values) for name, values in found.items()}


def _values(node: etree._Element, defines: dict[str, list[etree._Element]], seen: set[str]) -> Iterator[str]:
    """Iterate over the values that may be the content of a pattern itself."""
    for child in node:
        if child.tag == f"{RNG}value":
            yield (child.text or "").strip()
        elif child.tag == f"{RNG}ref":
            name = child.attrib["name"]
            if name not in seen:
                seen.add(name)
                for define in defines.get(name, ()):
                    yield from _values(define, defines, seen)
        elif child.tag not in {f"{RNG}attribute", f"{RNG}element", f"{RNG}list"}:
            yield from _values(child, defines, seen)
