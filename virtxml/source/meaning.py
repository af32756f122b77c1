"""What the names, values and texts of a tree mean to a parser: with namespaces, and references resolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .elements import Attribute, Element, Span

_XML = "http://www.w3.org/XML/1998/namespace"
_REFERENCE = re.compile(r"&(?:#([0-9]+)|#x([0-9a-fA-F]+)|(amp|lt|gt|quot|apos));")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LINE_END = re.compile("\r\n?")
_SPACE = re.compile("\r\n|[\t\r\n]")
_MOST_DIGITS = 8
_SECTION = len("<![CDATA["), len("]]>")


def value(attribute: Attribute) -> str:
    """Return the value of an attribute: tabs and line ends in it are spaces."""
    return _resolved(_SPACE.sub(" ", attribute.value))


def characters(text: str, spans: Iterable[Span]) -> str:
    """Return what pieces of text, such as `Element.texts`, stand for together; CDATA sections are text, too."""
    return "".join(_characters(text[start:end]) for start, end in spans)


def _characters(piece: str) -> str:
    piece = _LINE_END.sub("\n", piece)
    return piece[_SECTION[0] : -_SECTION[1]] if piece.startswith("<![CDATA[") else _resolved(piece)


def _resolved(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, entity = match.groups()
    found = _ENTITIES[entity] if entity else character(decimal, 10) if decimal else character(hexadecimal, 16)
    return match[0] if found is None else found


def character(digits: str, base: int) -> str | None:
    """Return the character that a reference by number stands for; None for a number that is none of XML."""
    digits = digits.lstrip("0")
    number = int(digits or "0", base) if len(digits) <= _MOST_DIGITS else 0
    allowed = (
        number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or 0x10000 <= number <= 0x10FFFF
    )
    return chr(number) if allowed else None


class Namespaces:
    """The names of elements and attributes of one tree with the namespaces that their prefixes stand for.

    Each answer takes as long as the element is deep; of what an element declares, the values are kept.
    """

    def __init__(self) -> None:
        self._declared: dict[Element, dict[str, str]] = {}

    def tag(self, element: Element) -> str:
        """Return the name of an element as `{namespace}name`, or without a namespace if it is in none."""
        prefix, colon, local = element.name.rpartition(":")
        uri = self._uri(prefix, element)
        return f"{{{uri}}}{local}" if uri or colon else local

    def attribute(self, attribute: Attribute, element: Element) -> str:
        """Return the name of an attribute as `{namespace}name`; that of a declaration is as it is written."""
        prefix, colon, local = attribute.name.partition(":")
        if not colon or prefix == "xmlns":
            return attribute.name
        return f"{{{self._uri(prefix, element)}}}{local}"

    def declared(self, element: Element) -> dict[str, str]:
        """Return the namespaces that an element declares itself, by prefix, "" for the one of names without."""
        declared = self._declared.get(element)
        if declared is None:
            found = [(one.name.partition(":"), one) for one in element.attributes]
            declared = {name[2]: value(one) for name, one in found if name[0] == "xmlns"}
            self._declared[element] = declared
        return declared

    def _uri(self, prefix: str, element: Element) -> str:
        """Return what a prefix stands for, "" being that of names without one; "" for nothing."""
        if prefix == "xml":
            return _XML
        around: Element | None = element
        while around is not None:
            declared = self.declared(around)
            if prefix in declared:
                return declared[prefix]
            around = around.parent
        return ""
