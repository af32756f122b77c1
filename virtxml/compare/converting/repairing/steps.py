"""What is done to a document step by step: something is taken out, or is written in another way.

A document stays as it is. What some steps make of it is a tree of its own each time, so that a step is taken back by
leaving it out. Elements are told by their numbers in the document: the root is 0.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element


class Step(NamedTuple):
    """One step.

    Attributes:
        number: the element that it is about.
        attribute: its attribute that is meant; "" for the element itself.
        text: for text between its children, the number of children before it; None if it is about something else.
        value: what its attribute says instead; None if that is taken out.
    """

    number: int
    attribute: str = ""
    text: int | None = None
    value: str | None = None

    @property
    def takes_element(self) -> bool:
        """Whether a whole element is taken out."""
        return not self.attribute and self.text is None

    @property
    def takes(self) -> bool:
        """Whether something is taken out, and nothing written in its place."""
        return self.value is None


class Draft:
    """A document, and what steps make of it.

    Attributes:
        root: the document as it is. Nobody changes it.
        elements: its elements by their numbers.
    """

    def __init__(self, root: _Element) -> None:
        """Take a tree."""
        self.root = root
        self.elements = list(root.iter("*"))
        self._numbers = {element: number for number, element in enumerate(self.elements)}
        self._ends: dict[int, int] = {}

    def number(self, element: _Element) -> int:
        """Return the number of an element of the document."""
        return self._numbers[element]

    def parent(self, number: int) -> int | None:
        """Return the number of the element around one; None for the root."""
        around = self.elements[number].getparent()
        return None if number == 0 or around is None else self._numbers[around]

    def is_inside(self, number: int, around: int) -> bool:
        """Tell whether an element is another one, or is inside it."""
        if around not in self._ends:
            self._ends[around] = around + sum(1 for _ in self.elements[around].iter("*"))
        return around <= number < self._ends[around]

    def made(self, steps: Iterable[Step]) -> Made:
        """Return what steps make of the document."""
        root = deepcopy(self.root)
        elements = list(root.iter("*"))
        made = Made(root, {element: number for number, element in enumerate(elements)}, elements)
        for step in sorted(steps, key=_late):
            _take(step, elements)
        return made

    def reduced(self, steps: Iterable[Step]) -> list[Step]:
        """Return steps without those that are about what is inside an element that another one takes out."""
        steps = list(steps)
        gone = [step.number for step in steps if step.takes_element]
        return [
            step
            for step in steps
            if not any(
                self.is_inside(step.number, number) and not (step.takes_element and step.number == number)
                for number in gone
            )
        ]


class Made(NamedTuple):
    """What steps have made of a document.

    Attributes:
        root: the tree.
        numbers: the numbers of its elements, those that are no longer in it included.
        elements: the elements by their numbers.
    """

    root: _Element
    numbers: dict[_Element, int]
    elements: list[_Element]


def _late(step: Step) -> int:
    """Return when a step is taken: texts are counted by the children beside them, so elements go last."""
    if step.text is not None:
        return 0
    return 2 if step.takes_element else 1


def _take(step: Step, elements: list[_Element]) -> None:
    """Take one step."""
    element = elements[step.number]
    if step.attribute and step.value is not None:
        element.set(step.attribute, step.value)
    elif step.attribute:
        if step.attribute in element.attrib:
            del element.attrib[step.attribute]
    elif step.text is not None:
        _take_text(element, step.text)
    else:
        _take_out(element)


def _take_text(element: _Element, before: int) -> None:
    """Take out the text behind so many children."""
    if before:
        list(element.iterchildren("*"))[before - 1].tail = None
    else:
        element.text = None


def _take_out(element: _Element) -> None:
    """Take an element out, and leave the text behind it."""
    parent = element.getparent()
    if parent is not None:
        tail, before = element.tail, element.getprevious()
        parent.remove(element)
        if tail and tail.strip():
            _add_text(parent, before, tail)


def _add_text(parent: _Element, before: _Element | None, text: str) -> None:
    """Keep text that stood behind an element which is gone."""
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
