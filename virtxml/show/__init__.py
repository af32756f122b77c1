"""What is in a document, on one screen: `screen_of` says what is on it, `rendering` lays it out.

`guests` has the screens of guests, `others` those of all other kinds of documents; `words` says what any element says.
`pictures` draws buses and networks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from virtxml.node import Node

    from .screen import Screen


def screen_of(node: Node) -> Screen:
    """Return what is shown of a document, or of a part of one."""
    from virtxml.schema.domain import Domain

    if isinstance(node, Domain):
        from .guests import guest

        return guest(node)
    from .others.anything import anything

    return anything(node)
