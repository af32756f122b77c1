"""Compile generated functions so that debuggers and tracebacks can show their text."""

from __future__ import annotations

import linecache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class Source:
    """Lines of Python that are being written, and the objects that they use.

    Objects are bound as globals of the function, under the names by which the lines call them.
    """

    def __init__(self, **objects: Any) -> None:
        self.lines: list[str] = []
        self.objects = objects
        self._depth = 0

    def add(self, *lines: str) -> None:
        """Add lines at the present depth."""
        self.lines += [f"{'    ' * self._depth}{line}" for line in lines]

    def indent(self, line: str) -> None:
        """Add the head of a block; what follows is inside it."""
        self.add(line)
        self._depth += 1

    def dedent(self) -> None:
        """End a block."""
        self._depth -= 1

    def bind(self, name: str, value: object) -> str:
        """Give the function an object under a name; return the name."""
        self.objects[name] = value
        return name

    def compile(self, function: str, owner: type) -> Callable[..., Any]:
        """Compile the lines and return the function that they define."""
        filename = f"<virtxml {owner.__module__}.{owner.__qualname__}.{function}>"
        text = "\n".join(self.lines) + "\n"
        namespace = self.objects
        exec(compile(text, filename, "exec"), namespace)  # noqa: S102 - our own text
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
        made: Callable[..., Any] = namespace[function]
        made.__qualname__ = f"{owner.__qualname__}.{function}"
        made.__module__ = owner.__module__
        return made
