"""From the events of YAML to plain data."""

from __future__ import annotations

import re
from typing import Any

from virtxml.errors import ParseError
from virtxml.scalars import MOST

from .yaml_events import parsed, wrong

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_WORDS: dict[str, Any] = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"]),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
}
_TEXT = "tag:yaml.org,2002:str"
_MERGE = "<<"
_MOST = 200_000
"""How much may come of aliases, counted in scalars, lists and objects: they are for what is said twice."""
_DEEPEST = 1_000


def read(text: str | bytes) -> Any:
    """Return the plain data of YAML, as `from_yaml` does."""
    reading = _Reading()
    for event in parsed(text):
        reading.take(type(event).__name__.removesuffix("Event"), event)
    return reading.root


class _Open:
    """A list or an object that is not at its end yet.

    Attributes:
        made: what it is.
        anchor: the name by which aliases mean it, if there is one.
        start: how many values came before it.
        key: the latest key.
        has_key: whether its value comes next.
        merges: whether that is an object whose keys it has too.
        merged: the objects whose keys it has too, where it has none of that name itself, and the events of them.
    """

    __slots__ = ("anchor", "has_key", "key", "made", "merged", "merges", "start")

    def __init__(self, made: Any, anchor: str | None, start: int) -> None:
        self.made = made
        self.anchor = anchor
        self.start = start
        self.key = ""
        self.has_key = False
        self.merges = False
        self.merged: list[tuple[Any, Any]] = []


class _Reading:
    """What has been read so far."""

    def __init__(self) -> None:
        self.root: Any = None
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        """What anchors stand for, and how many values that is."""
        self._count = 0
        self._documents = 0

    def take(self, kind: str, event: Any) -> None:
        """Take an event."""
        if kind == "DocumentStart":
            self._documents += 1
            if self._documents > 1:
                raise wrong("there is a second document, where one is expected", event.start_mark)
        elif kind == "Scalar":
            self._add(self._scalar(event), event)
        elif kind in ("MappingStart", "SequenceStart"):
            self._begin({} if kind == "MappingStart" else [], event)
        elif kind in ("MappingEnd", "SequenceEnd"):
            self._end(event)
        elif kind == "Alias":
            self._alias(event)

    def _scalar(self, event: Any) -> Any:
        """Return what a scalar stands for."""
        tag = _tag(event)
        if tag not in (None, "!", _TEXT):
            raise wrong("tags are not taken: this is plain data", event.start_mark)
        value: str = event.value
        found: Any = value
        if tag is None and event.style is None:
            if value in _WORDS:
                found = _WORDS[value]
            elif _NUMBER.fullmatch(value):
                if len(value) > len(str(MOST)):
                    raise wrong("the number has more digits than any of libvirt's", event.start_mark)
                found = int(value) if value != "-0" else value
        if event.anchor:
            self._anchors[event.anchor] = found, 1
        return found

    def _begin(self, made: Any, event: Any) -> None:
        if _tag(event) is not None:
            raise wrong("tags are not taken: this is plain data", event.start_mark)
        if len(self._open) >= _DEEPEST:
            raise wrong("objects are nested too deeply", event.start_mark)
        # Where it is to be is known now; an alias to it inside of it means nothing yet.
        self._anchors.pop(event.anchor, None)
        start = self._count
        self._add(made, event)
        self._open.append(_Open(made, event.anchor, start))

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        for value, where in done.merged:
            for other in _merged(value, where):
                for key, inner in other.items():
                    done.made.setdefault(key, inner)
        if done.anchor:
            self._anchors[done.anchor] = done.made, self._count - done.start

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            raise wrong("this alias stands for nothing before it", event.start_mark)
        found, count = self._anchors[event.anchor]
        self._count += count - 1
        if self._count > _MOST and count > 1:
            raise wrong("too much comes of aliases", event.start_mark)
        self._add(found, event)

    def _add(self, value: Any, event: Any) -> None:
        """Put a value into what is open."""
        self._count += 1
        if not self._open:
            self.root = value
            return
        around = self._open[-1]
        if isinstance(around.made, list):
            around.made.append(value)
        elif not around.has_key:
            self._key(around, value, event)
        else:
            around.has_key = False
            if around.merges:
                around.merged.append((value, event))
            else:
                around.made[around.key] = value

    def _key(self, around: _Open, value: Any, event: Any) -> None:
        if isinstance(value, dict | list):
            raise wrong("a key is text", event.start_mark)
        # `on: 1` has the key that is written there, and so has `true: 1`.
        name = event.value if hasattr(event, "value") else str(value)
        if name in around.made:
            from virtxml.diagnostics.display import shortened

            raise wrong(f'the key "{shortened(name)}" is there twice in one object', event.start_mark)
        around.key, around.has_key = name, True
        around.merges = name == _MERGE and not getattr(event, "style", None)


def _merged(value: Any, event: Any) -> list[dict[str, Any]]:
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(one, dict) for one in found):
        raise wrong('"<<" takes an object, or a list of them', event.start_mark)
    return found


def _tag(event: Any) -> str | None:
    """Return the tag that is written; None for none."""
    found = event.tag
    return None if found is None else str(found)


def place_of(text: str | bytes, steps: tuple[str | int, ...]) -> tuple[int, int] | None:
    """Return the line and the column of a place in YAML: of the key or the item, or of the nearest around it.

    Steps are those of a DataError. Returns None for text that cannot be read, and where nothing is found.
    """
    found: tuple[int, int] | None = None
    path: list[Any] = []
    try:
        for event in parsed(text):
            found = _looked(type(event).__name__.removesuffix("Event"), event, path, steps) or found
    except ParseError:
        return found
    return found


def _looked(kind: str, event: Any, path: list[Any], steps: tuple[str | int, ...]) -> tuple[int, int] | None:
    """Follow an event; return its place if it leads further on the way to a place.

    ``path`` has, for each open list, the number of the item to come, and for each object its key, None before one.
    """
    if kind in ("MappingEnd", "SequenceEnd"):
        path.pop()
        _onwards(path)
        return None
    if kind not in ("Scalar", "Alias", "MappingStart", "SequenceStart"):
        return None
    is_key = bool(path) and path[-1] is None and kind == "Scalar"
    if is_key:
        path[-1] = event.value
    here = tuple(path)
    mark = event.start_mark
    leads = bool(here) and here == steps[: len(here)] and (is_key or isinstance(here[-1], int))
    if kind in ("MappingStart", "SequenceStart"):
        path.append(None if kind == "MappingStart" else 0)
    elif not is_key:
        _onwards(path)
    return (mark.line + 1, mark.column + 1) if leads else None


def _onwards(path: list[Any]) -> None:
    """Go on behind a value."""
    if path:
        path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None
