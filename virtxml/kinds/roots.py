"""Which class reads documents with a root element, and how much of one a class does not know."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..catalogue import DOCUMENTS
from ..fields import ATTRIBUTE, TEXT
from ..scalars import STRING

if TYPE_CHECKING:
    from lxml import etree

    from ..element import Element

ROOTS: dict[str, tuple[str, ...]] = {}
"""The names of the document classes by their root elements."""
for _name, (_module, _root) in DOCUMENTS.items():
    ROOTS[_root] = (*ROOTS.get(_root, ()), _name)


def document_class(name: str) -> type[Element]:
    """Return a class of documents by its name."""
    module, _ = DOCUMENTS[name]
    found: type[Element] = getattr(import_module(f"virtxml.schema.{module}"), name)
    return found


def document_of(root: etree._Element) -> type[Element] | None:
    """Return the class of documents with a root element, None if there is none.

    A `<cpu>` is a guest's, unless a host's class knows more of what is in it, such as the `<arch>` by which libvirt
    tells them apart.
    """
    return next(iter(documents_like(root)), None)


def documents_like(root: etree._Element) -> list[type[Element]]:
    """Return the classes of documents that a root element may be of, the likeliest first: those that know most of it.

    It is more than one only where they know as much.
    """
    found = [document_class(name) for name in ROOTS.get(root.tag, ())]
    if len(found) < 2:
        return found
    unknown = {cls: (strangeness(root, cls), _unexplained(root, cls)) for cls in found}
    return [cls for cls in found if unknown[cls] == min(unknown.values())]


def is_doubtful(root: etree._Element, cls: type[Element]) -> bool:
    """Tell whether a root element has something that its class of documents does not know."""
    return strangeness(root, cls) > 0


def _unexplained(root: etree._Element, cls: type[Element]) -> int:
    """Return how many of its children's names are not even misspelled ones that a class knows."""
    from ..diagnostics.suggest import slipped

    children = knowledge(cls).children
    names = {child.tag for child in root if isinstance(child.tag, str)}
    return sum(name not in children and not slipped(name, children) for name in names)


def strangeness(root: Any, cls: type[Element] | None) -> int:
    """Return how much of a root element a class does not know: attributes, their values, children, and text.

    None stands for what may hold nothing but text.
    """
    knows = knowledge(cls) if cls is not None else _TEXT
    wrong = {child.tag for child in root if child.tag not in knows.children and isinstance(child.tag, str)}
    strange = len(wrong) + (not knows.text and bool((root.text or "").strip()))
    for name, value in root.items():
        words = knows.attributes.get(name)
        strange += words is None or (words != () and value not in words)
    return strange


class _Known:
    """What a class knows of its element.

    Attributes:
        attributes: for each attribute, the words that it chooses among; none if it may be others too.
        children: the names of the children.
        text: whether there may be text.
    """

    __slots__ = ("attributes", "children", "text")

    def __init__(self, attributes: dict[str, tuple[str, ...]], children: frozenset[str], text: bool) -> None:
        self.attributes = attributes
        self.children = children
        self.text = text


_TEXT = _Known({}, frozenset(), True)


@cache
def knowledge(cls: type[Element]) -> _Known:
    """Return what a class knows of its element."""
    attributes: dict[str, tuple[str, ...]] = {}
    children: set[str] = set()
    for field in cls.xml_fields.values():
        if field.role == ATTRIBUTE:
            attributes[field.xml] = field.values if field.kind == STRING else ()
        else:
            children.update(field.names())
    return _Known(attributes, frozenset(children), any(field.role == TEXT for field in cls.xml_fields.values()))
