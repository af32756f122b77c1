"""What readers ask of lxml's elements, and what they take note of while they read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree


def attributes_of(element: etree._Element) -> list[tuple[str, str]]:
    """Return the attributes of an element; the stubs of lxml think of bytes."""
    return element.items()  # type: ignore[return-value]


def line_of(element: etree._Element) -> int | None:
    """Return the line of an element, if it is known."""
    line: Any = element.sourceline
    return line  # type: ignore[no-any-return]


def plain_text(element: etree._Element) -> str | None:
    """Return the text of an element that has nothing but text, or None."""
    return None if len(element) or element.keys() else element.text or ""


class Unknown:
    """Takes note of unknown elements, in which white space and comments count that parsers may drop.

    Attributes:
        latest: another object after each of them. What other threads read does no harm: it may make one look twice.
        mixed: another object after each in which there is text beside elements.
    """

    latest: object = None
    mixed: object = None
