"""Plain data as YAML, which readers of YAML 1.1 and 1.2 take for the same: it needs ruamel.yaml.

Only its scanner, parser and emitter are used. What a scalar without quotes stands for is decided here, in the way of
YAML 1.2: a whole number in decimal, true, false, null, and text for all else, so that `on`, `1.5`, `0x10` and
`52:54:00:12:34:56` are what was written. Nothing in a text makes objects of other types.
"""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, Any

from .yaml_events import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDEST = 1_000_000
"""No line is broken: what the emitter makes of long ones is hard to read and to search."""
_CHARACTER = r"[A-Za-z0-9_/.@+=~-]"
_PLAIN = re.compile(
    rf"(?:[A-Za-z_]|/(?=[A-Za-z0-9_.-])){_CHARACTER}*(?:(?::(?={_CHARACTER})| ){_CHARACTER}+)*", re.ASCII
)
"""Texts that no reader takes for anything else: they begin with a letter, or as a path."""
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"])
"""What is no text without quotes to some readers, in any case."""
_LINES = re.compile(r"[^\s](?:.*[^\s])?(?:\n+ *[^\s](?:.*[^\s])?)*\n?")
"""Texts of several lines that are clear in a block: no white space at the ends of lines, nor before the first."""


def to_yaml(data: Any) -> str:
    """Return plain data as YAML. Raises ModuleNotFoundError, which says what to install, without ruamel.yaml."""
    try:
        from ruamel.yaml import YAML
    except ModuleNotFoundError:
        raise ModuleNotFoundError(MISSING) from None
    writer: Any = YAML(typ="safe", pure=True)
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = _WIDEST
    writer.allow_unicode = True
    stream = StringIO()
    writer.emit(_events(data), stream)
    return stream.getvalue()


def _events(data: Any) -> Iterator[Any]:
    """Iterate over the events of which YAML is made. Objects may be nested 256 deep: nothing here calls itself."""
    from ruamel.yaml import events
    from ruamel.yaml.tag import Tag

    # It is not written, but the emitter looks at that of an empty text.
    tag = Tag(suffix="tag:yaml.org,2002:str")
    yield events.StreamStartEvent()
    yield events.DocumentStartEvent(explicit=False)
    pending: list[Any] = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, events.Event):
            yield value
        elif isinstance(value, dict):
            yield events.MappingStartEvent(anchor=None, tag=None, implicit=True, flow_style=False)
            pending.append(events.MappingEndEvent())
            for key, inner in reversed(value.items()):
                pending += (inner, key)
        elif isinstance(value, list):
            yield events.SequenceStartEvent(anchor=None, tag=None, implicit=True, flow_style=False)
            pending.append(events.SequenceEndEvent())
            pending.extend(reversed(value))
        else:
            text, style = _scalar(value)
            yield events.ScalarEvent(anchor=None, tag=tag, implicit=(not style, True), value=text, style=style)
    yield events.DocumentEndEvent(explicit=False)
    yield events.StreamEndEvent()


def _scalar(value: str | int | bool) -> tuple[str, str | None]:
    """Return a value as it is written, and how: plain, in quotes, or as a block of lines."""
    if isinstance(value, bool):
        return ("true" if value else "false"), None
    if isinstance(value, int):
        return str(value), None
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value, None
    if "\n" in value and value.replace("\n", "").isprintable() and _LINES.fullmatch(value):
        return value, "|"
    return value, "'" if value.isprintable() else '"'


def from_yaml(text: str | bytes) -> Any:
    """Return the plain data of YAML; what is behind an alias is there in each place, and `<<` merges objects.

    Raises ParseError, with the line and the column, for what is no YAML or more than plain data: a tag, a second
    document, a key that is there twice, aliases of aliases that come to very much. Raises ModuleNotFoundError, which
    says what to install, without ruamel.yaml.
    """
    from .yaml_reading import read  # who writes does not need it

    return read(text)
