"""Documents in an order that libxml2 can be trusted with."""

from __future__ import annotations

from lxml import etree

from tests.testing.covering import parts
from virtxml.grammars import NEWEST, grammar_of
from virtxml.relaxng.grammar import Grammar
from virtxml.relaxng.matcher import matches
from virtxml.relaxng.nameclass import contains
from virtxml.relaxng.patterns import Element, Pattern, split_name


def ordered(text: str, libvirt: str = NEWEST) -> str:
    """Return a valid document with the children of each element in the schema's order, if they are valid that way.

    libxml2 (2.14) does not always get interleaves right: it refuses some domains in which something else stands between
    two `<seclabel>`, or between `<bootloader>` and `<os>`, and some `<hostdev>` with something between `<source>` and
    `<driver>`; jing does not.
    """
    root = etree.fromstring(text)
    grammar = grammar_of(libvirt)
    _order(root, grammar.start(str(root.tag)).pattern, grammar)
    return etree.tostring(root, encoding="unicode")


def _order(element: etree._Element, around: Pattern, grammar: Grammar) -> None:
    for pattern in _elements(around, element):
        state = grammar.state(pattern)
        if matches(element, state):
            children = list(element)
            if not any((text or "").strip() for text in (element.text, *(child.tail for child in children))):
                places = parts(pattern.content)
                element[:] = sorted(children, key=lambda child: places.index(_elements(pattern.content, child)[0]))
                if not matches(element, state):
                    element[:] = children
            for child in children:
                _order(child, pattern.content, grammar)
            return


def _elements(around: Pattern, element: etree._Element) -> list[Element]:
    """Return the elements of a pattern that are called as an element of a document is."""
    name = split_name(str(element.tag))
    return [one for one in parts(around) if isinstance(one, Element) and contains(one.name, *name)]
