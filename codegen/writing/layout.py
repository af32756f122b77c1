"""Lines of Python as ruff would lay them out."""

from __future__ import annotations

from textwrap import wrap

WIDTH = 120


def quoted(text: str) -> str:
    """Write a string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def sequence(items: list[str]) -> str:
    """Write a tuple of strings."""
    return f"({', '.join(quoted(item) for item in items)}{',' if len(items) == 1 else ''})"


def clark(ns: str, local: str) -> str:
    """Write a name with its namespace as `{uri}name`."""
    return f"{{{ns}}}{local}" if ns else local


def import_from(module: str, names: list[str], *, public: bool = False) -> list[str]:
    """Import names from a module, constants first; ``public`` ones are meant to be seen here too."""
    ordered = sorted(names, key=lambda name: (not name.isupper(), not name[:1].isupper(), name))
    shown = [f"{name} as {name}" if public else name for name in ordered]
    line = f"from {module} import {', '.join(shown)}"
    return [line] if len(line) <= WIDTH else [f"from {module} import (", *(f"    {name}," for name in shown), ")"]


def exports(names: list[str]) -> list[str]:
    """Write `__all__`."""
    return ["__all__ = [", *(f'    "{name}",' for name in sorted(names)), "]", ""]


def class_line(name: str, arguments: list[str]) -> list[str]:
    """Write the head of a class."""
    inner = ", ".join(arguments)
    line = f"class {name}({inner}):"
    if len(line) <= WIDTH:
        return [line]
    return [f"class {name}(", *_wrapped(inner, 4), "):"]


def assignment(name: str, annotation: str, word: str, arguments: list[str]) -> list[str]:
    """Write a field of a class."""
    left, call = f"{name}: {annotation}", f"{word}({', '.join(arguments)})"
    line = f"    {left} = {call}"
    if len(line) <= WIDTH:
        return [line]
    if len(f"    {left} = {word}(") <= WIDTH and "[" not in left:
        return [f"    {left} = {word}(", f"        {', '.join(arguments)}", "    )"]
    opening, _, rest = annotation.partition("[")
    inner, _, closing = rest.rpartition("]")
    last = f"    ]{closing} = {call}"
    lasts = [last] if len(last) <= WIDTH else [f"    ]{closing} = {word}(", f"        {', '.join(arguments)}", "    )"]
    return [f"    {name}: {opening}[", *_wrapped(inner, 8), *lasts]


def docstring(text: str) -> list[str]:
    """Write the docstring of a field, in several lines if it is long."""
    # A backslash or three quotes in it stay what they are.
    text = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    quoted_ = f'    """{text}"""'
    if len(quoted_) <= WIDTH:
        return [quoted_]
    lines = wrap(text, WIDTH - 4, break_long_words=False, break_on_hyphens=False)
    return [f'    """{lines[0]}', *(f"    {line}" for line in lines[1:]), '    """']


def _wrapped(inner: str, indent: int) -> list[str]:
    line = " " * indent + inner
    return [line] if len(line) <= WIDTH else [f"{' ' * indent}{part}," for part in inner.split(", ")]
