"""What else has to change when something is gone, although no schema asks for it."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from .steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from .searching import Repair
    from .steps import Draft

_PARTS_OF_SOCKETS = ("dies", "clusters")
"""Attributes of a CPU topology that are factors of the number of CPUs, beside sockets, cores and threads."""


def followed(draft: Draft, repair: Repair) -> list[Step]:
    """Return the steps that follow from those of a repair, which get the causes of those."""
    gone = {step.number for step in repair.steps if step.takes_element}
    steps = []
    for step, cause in [*_cores(draft, repair), *_audio(draft, repair, gone)]:
        if step not in repair.causes:
            repair.causes[step] = repair.causes[cause]
            steps.append(step)
    return steps


def _cores(draft: Draft, repair: Repair) -> Iterator[tuple[Step, Step]]:
    """Iterate over topologies that lack a level: there are more cores in a socket then, and as many CPUs."""
    levels: dict[int, list[Step]] = {}
    for step in repair.steps:
        if draft.elements[step.number].tag == "topology" and step.attribute in _PARTS_OF_SOCKETS and step.takes:
            levels.setdefault(step.number, []).append(step)
    for number, gone in levels.items():
        element = draft.elements[number]
        factor = prod(_number(element, step.attribute) for step in gone)
        cores = _number(element, "cores")
        if factor > 1 and cores > 0:
            yield Step(number, "cores", value=str(cores * factor)), gone[0]


def _number(element: _Element, name: str) -> int:
    text = element.get(name) or ""
    return int(text) if text.isdecimal() else 0


def _audio(draft: Draft, repair: Repair, gone: set[int]) -> Iterator[tuple[Step, Step]]:
    """Iterate over what names an audio backend that is gone: libvirt would refuse that."""
    backends = [element for element in draft.elements if _is_in(element, "devices") and element.tag == "audio"]
    lost = {element.get("id"): draft.number(element) for element in backends if draft.number(element) in gone}
    left = {element.get("id") for element in backends if draft.number(element) not in gone}
    if not lost or not left:
        return
    for element in draft.elements:
        name, number = element.get("id"), draft.number(element)
        refers = element.tag == "audio" and not _is_in(element, "devices") and name in lost and name not in left
        if refers and not any(draft.is_inside(number, one) for one in gone):
            yield Step(number), Step(lost[name])


def _is_in(element: _Element, name: str) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == name
