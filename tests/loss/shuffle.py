"""Bring a document's attributes and children out of order, but only where no order means anything."""

from __future__ import annotations

import random
from itertools import groupby

from lxml import etree

from tests.said import ANYTHING

MEANINGFUL = {"filter": {"rule", "filterref"}, "mode": {"model", "blockers"}}
"""Children of different names that keep their order among each other: of a network filter, of a CPU mode's models."""


def shuffled(source: bytes, seed: int) -> bytes:
    """Return a document with attributes and differently named children in random order.

    Children of one name keep their order, and what may hold anything stays as it is.
    """
    root = etree.fromstring(source)
    generator = random.Random(seed)
    for element in list(root.iter(etree.Element)):
        if not any(above.tag in ANYTHING for above in (element, *element.iterancestors())):
            _shuffle(element, generator)
    return etree.tostring(root)


def _shuffle(element: etree._Element, generator: random.Random) -> None:
    attributes = element.items()
    generator.shuffle(attributes)
    element.attrib.clear()
    element.attrib.update(attributes)
    joined = MEANINGFUL.get(str(element.tag), set())
    children = [child for child in element if isinstance(child.tag, str)]
    children.sort(key=lambda child: "" if child.tag in joined else child.tag)
    groups = [list(group) for _, group in groupby(children, lambda child: "" if child.tag in joined else child.tag)]
    generator.shuffle(groups)
    # Shuffled groups are dealt out one by one, so that children of one name do not stand in one block.
    places = [index for index, group in enumerate(groups) for _ in group]
    generator.shuffle(places)
    for child in [groups[index].pop(0) for index in places]:
        child.tail = None
        element.append(child)
