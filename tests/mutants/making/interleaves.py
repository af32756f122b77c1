"""Schemas that mean the same, without interleaves directly inside interleaves."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"

_Trees = dict[str, "etree._ElementTree[etree._Element]"]


def joined(directory: Path) -> _Trees:
    """Return the schemas of a directory by their file names, with interleaves joined with those they are in.

    A reference to a definition that is an interleave, maybe with attributes beside it, is followed if it is the only
    definition of that name.
    """
    trees: _Trees = {path.name: etree.parse(str(path)) for path in sorted(directory.glob("*.rng"))}
    defines: dict[str, list[etree._Element]] = {}
    for tree in trees.values():
        for define in tree.iter(f"{RNG}define"):
            defines.setdefault(str(define.attrib["name"]), []).append(define)
    for tree in trees.values():
        for interleave in tree.iter(f"{RNG}interleave"):
            while any(
                _join(child, defines) for child in list(interleave.iterchildren(f"{RNG}interleave", f"{RNG}ref"))
            ):
                pass  # What was put there may have more of them.
    return trees


def _join(child: etree._Element, defines: dict[str, list[etree._Element]]) -> bool:
    """Put what an interleave has in its place; the same for a reference to one. Tell whether that could be done."""
    parent = child.getparent()
    assert parent is not None
    if child.tag == f"{RNG}interleave":
        items = list(child)
    else:
        found = defines.get(str(child.attrib["name"]), [])
        if len(found) != 1 or not _is_interleave(found[0]):
            return False
        items = [part for item in deepcopy(found[0]) for part in (item if item.tag == f"{RNG}interleave" else [item])]
    at = parent.index(child)
    parent[at : at + 1] = items
    return True


def _is_interleave(define: etree._Element) -> bool:
    """Tell whether a definition is one interleave, and attributes, whose order never matters."""
    items = list(define.iterchildren(etree.Element))
    others = [item for item in items if item.tag != f"{RNG}interleave"]
    return len(items) == len(others) + 1 and all(
        item.tag == f"{RNG}attribute"
        or (item.tag == f"{RNG}optional" and all(part.tag == f"{RNG}attribute" for part in item.iterchildren("{*}*")))
        for item in others
    )
