"""When classes are compiled.

Compiling a reader or writer takes as long as reading some 80 elements without. A program that reads one document should
not pay for that, one that reads many should not notice: the first elements of a process are read and written by
general functions, and from then on each class is made its own when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .names import written
from .writing.plain import write_woven

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from virtxml.element import Element

FIRST_ELEMENTS = 500
"""How many elements a process reads, and how many it writes, before classes are compiled: about a dozen documents."""

_left = {"read": FIRST_ELEMENTS, "write": FIRST_ELEMENTS}


def first_reader(cls: type[Element]) -> Callable[[etree._Element], Element]:
    """Return the function that reads a class's first elements."""
    from .reading.plain import read_generally

    def _read(element: etree._Element) -> Element:
        if _left["read"] > 0:
            _left["read"] -= 1
            return read_generally(cls, element)
        from .reading.compiled import compiled_reader

        cls._read = compiled_reader(cls)
        return cls._read(element)  # type: ignore[no-any-return]

    return _read


def first_writer(cls: type[Element]) -> Callable[..., None]:
    """Return the method that writes a class's first elements."""
    own_tag = written(cls.xml_name)

    def _write(self: Element, out: list[str], indent: str, tag: str = own_tag) -> None:
        if _left["write"] > 0:
            _left["write"] -= 1
            write_woven(self, out, indent, tag)
            return
        from .writing.compiled import compile_writer

        cls._write = compile_writer(cls)  # type: ignore[method-assign]
        self._write(out, indent, tag)

    return _write
