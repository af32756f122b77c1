"""Read `names.toml`: every decision that a person took about names, types and order."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .reading.values import ValueType

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PATH = Path(__file__).with_name("names.toml")


class UndecidedError(Exception):
    """The schemas ask something that `names.toml` does not answer; the message says what to decide."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document: the schema it is read from, and its root class."""

    name: str
    file: str
    root: str
    cls: str
    module: str
    define: str = ""
    about: str = ""


@dataclass(slots=True)
class Names:
    """The tables of `names.toml`; the file itself says what each means."""

    kinds: list[Kind]
    unions: dict[str, str] = field(default_factory=dict)
    union_names: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    plurals: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    transparent: list[str] = field(default_factory=list)
    modules: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    value_types: dict[str, ValueType] = field(default_factory=dict)
    compounds: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    behind: dict[str, list[str]] = field(default_factory=dict)
    many: list[str] = field(default_factory=list)
    order: dict[str, list[str]] = field(default_factory=dict)
    empty_tags: list[str] = field(default_factory=list)
    dumped: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    wrappers: dict[str, str] = field(default_factory=dict)
    status_only: list[str] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    modules_about: dict[str, str] = field(default_factory=dict)
    usual: list[str] = field(default_factory=list)


def read_names(path: Path = PATH) -> Names:
    """Read the file."""
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds = [Kind(name, cls=table.pop("class"), **table) for name, table in data.pop("kinds").items()]
    value_types = {path: ValueType(kind) for path, kind in data.pop("value_types", {}).items()}
    return Names(kinds, value_types=value_types, **data)
