"""Paths as they are written: steps, which of several elements they mean, and what is assigned."""

from __future__ import annotations

import re
from typing import NamedTuple

from virtxml.codec.names import steps as qualified

from .errors import PathError

_NAME = r"""[^\[\]/@=\s'"]+"""
_STEP = re.compile(rf"""({_NAME})((?:\[(?:[^\]'"]|'[^']*'|"[^"]*")*\])*)""")
_ATTRIBUTE = re.compile(f"@({_NAME})")
_CHOICE = re.compile(r"""\[((?:[^\]'"]|'[^']*'|"[^"]*")*)\]""")
_COMPARED = re.compile(rf"""(\.|@?{_NAME})=(.*)""", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]{1,9}", re.ASCII)

ALL = "*"
NEW = "+"


class Number(NamedTuple):
    """The place of an element among those that are left: from 1, or from -1 for the last one."""

    number: int

    def __str__(self) -> str:
        return f"[{self.number}]"


class Word(NamedTuple):
    """`*` for all elements, `+` for a new one."""

    word: str

    def __str__(self) -> str:
        return f"[{self.word}]"


class Equal(NamedTuple):
    """What an element has to say: a value by the way to it.

    Attributes:
        way: the names of elements on the way, and of the last one or an attribute; empty for the text of the element.
        attribute: whether the last name can only be that of an attribute.
        value: the value.
    """

    way: tuple[str, ...]
    attribute: bool
    value: str

    def __str__(self) -> str:
        from virtxml.source.secrets.names import hides

        shown = "…" if hides(self.value, self.way) else self.value
        way = ".".join(self.way) or "."
        return f"[{'@' if self.attribute else ''}{way}={shown}]"


Choice = Number | Word | Equal
"""What tells which of several elements is meant."""


class Step(NamedTuple):
    """An element on the way.

    Attributes:
        name: the name as it is written.
        choices: what tells which one is meant; each chooses among what the ones before it have left.
    """

    name: str
    choices: tuple[Choice, ...]

    def __str__(self) -> str:
        return f"{self.name}{''.join(map(str, self.choices))}"

    @property
    def full_name(self) -> str:
        """The name as `{uri}name` if it has a prefix of libvirt's."""
        return qualified(self.name)[0]

    @property
    def is_new(self) -> bool:
        """Whether the element is to be added."""
        return Word(NEW) in self.choices

    @property
    def is_many(self) -> bool:
        """Whether all elements that are left are meant."""
        return Word(ALL) in self.choices


class Path(NamedTuple):
    """A way into a document.

    Attributes:
        steps: the elements, without the root.
        attribute: the attribute at the end; None for the element itself.
        root: the name of the root element, if the path begins with it.
    """

    steps: tuple[Step, ...]
    attribute: str | None = None
    root: str | None = None

    @classmethod
    def parse(cls, text: str) -> Path:
        """Read a path. Raises PathError for text that is none."""
        path, end = _parsed(text)
        if end < len(text):
            raise PathError(f"{path}: what follows is no part of a path")
        return path

    def __str__(self) -> str:
        last = [] if self.attribute is None else [f"@{self.attribute}"]
        first = [] if self.root is None else ["", self.root]
        return "/".join([*first, *map(str, self.steps), *last])


class Assignment(NamedTuple):
    """A path and the value that is to be there; None where the element itself is to be there."""

    path: Path
    value: str | None

    @classmethod
    def parse(cls, text: str) -> Assignment:
        """Read `PATH=VALUE`, or a path alone. Raises PathError for text that is neither."""
        path, end = _parsed(text)
        rest = text[end:]
        if rest and rest[0] != "=":
            raise PathError(f"{path}: what follows is no part of a path")
        return cls(path, rest[1:] if rest else None)


def _parsed(text: str) -> tuple[Path, int]:
    """Read a path at the beginning of a text; return it, and where it ends."""
    steps: list[Step] = []
    end = 1 if text[:1] == "/" else 0
    is_whole = bool(end)
    attribute = None
    while True:
        if text[end : end + 1] == "@":
            name = _ATTRIBUTE.match(text, end)
            if name is not None:
                attribute, end = name[1], name.end()
                break
        found = _STEP.match(text, end)
        if found is None:
            raise PathError(_unread(Path(tuple(steps))))
        steps.append(Step(found[1], tuple(_choice(one) for one in _CHOICE.findall(found[2]))))
        end = found.end()
        if text[end : end + 1] != "/":
            break
        end += 1
    root = None
    if is_whole:
        if not steps or steps[0].choices:
            raise PathError("a path that begins with a slash begins with the name of the root element")
        root = steps.pop(0).name
    return Path(tuple(steps), attribute, root), end


def _unread(path: Path) -> str:
    """Return what is wrong behind a path: what stands there may be a secret."""
    where = f"{path}/: " if path.steps else ""
    return f"{where}the name of an element or @ATTRIBUTE is missing, or a bracket or quotation mark is not closed"


def _choice(text: str) -> Choice:
    if text in (ALL, NEW):
        return Word(text)
    if _NUMBER.fullmatch(text) and int(text):
        return Number(int(text))
    compared = _COMPARED.fullmatch(text)
    if compared is None:
        return Equal((), False, _unquoted(text))
    way, value = compared[1], _unquoted(compared[2])
    if way == ".":
        return Equal((), False, value)
    return Equal(tuple(way.removeprefix("@").split(".")), way[0] == "@", value)


def _unquoted(text: str) -> str:
    is_quoted = len(text) > 1 and text[0] in "'\"" and text[-1] == text[0]
    return text[1:-1] if is_quoted else text
