"""When a class is worth compiling.

Compiling a reader or writer takes as long as reading some 80 elements without. A program that reads one document should
not pay for that, one that reads many should not notice: a class's first elements are read and written by the same
general functions, and the one after those makes the class its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .interpreter import read_generally
from .names import written
from .weave import write_woven

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from virtxml.node import Node

COMPILE_AFTER = 20
"""How many elements of a class are read, or written, before its reader, or writer, is compiled."""


def first_reader(cls: type[Node]) -> Callable[[etree._Element], Node]:
    """Return the function that reads a class's first elements."""
    left = COMPILE_AFTER

    def _read(element: etree._Element) -> Node:
        nonlocal left
        left -= 1
        if left >= 0:
            return read_generally(cls, element)
        from .reader import compile_reader

        cls._read = compile_reader(cls)
        return cls._read(element)  # type: ignore[no-any-return]

    return _read


def first_writer(cls: type[Node]) -> Callable[..., None]:
    """Return the method that writes a class's first elements."""
    left = COMPILE_AFTER
    own_tag = written(cls.xml_name)

    def _write(self: Node, out: list[str], indent: str, tag: str = own_tag) -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            write_woven(self, out, indent, tag)
            return
        from .writer import compile_writer

        cls._write = compile_writer(cls)  # type: ignore[method-assign]
        self._write(out, indent, tag)

    return _write
