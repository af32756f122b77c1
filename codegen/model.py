"""What the passes work on: the classes to be written, and their fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from virtxml.relaxng.match.nameclass import Name

from .reading.shapes import Shape
from .reading.values import STR, ValueType

Role = Literal["attribute", "text", "value", "flag", "any", "class"]
"""What a field stands for: an attribute; the text of the element itself; a child with nothing but text; a child that
only is there or not; a child with anything in it; a child with a class of its own."""


@dataclass(eq=False, slots=True)
class Member:
    """One class that a field may hold: by the child's name and, in a union, by the value of an attribute."""

    xml: Name
    variant: str
    target: ClassModel


@dataclass(eq=False, slots=True)
class UnionModel:
    """A union of classes that one or several fields hold, told apart by the value of an attribute."""

    name: str
    by: str
    members: list[Member]
    module: str

    @property
    def alias_module(self) -> str:
        """The module with its type: apart from its classes in a package, as reading needs the classes alone."""
        package, dot, _ = self.module.partition(".")
        return f"{package}.unions" if dot else package

    @property
    def constant(self) -> str:
        """The name of what says at run time which class is for which value."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", self.name).upper() + "_VARIANTS"


@dataclass(eq=False, slots=True)
class FieldModel:
    """One field of a class."""

    xml: Name
    role: Role
    many: bool = False
    type: ValueType = STR
    members: list[Member] = field(default_factory=list)
    union_by: str = ""
    union: UnionModel | None = None
    name: str = ""
    default: str | None = None
    secret: bool = False
    since: str = ""
    prefix: str = ""
    about: str = ""
    behind: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The field's name in `names.toml`: `@name` for an attribute, `text()` for text, else the child's name."""
        child = f"{self.prefix}:{self.xml.local}" if self.prefix else self.xml.local
        return {"attribute": f"@{self.xml.local}", "text": "text()"}.get(self.role, child)


@dataclass(eq=False, slots=True)
class ClassModel:
    """One class: a place in one or several kinds of document.

    ``size`` names, for a size with a unit, the field of the number, that of its unit, and the unit that is meant where
    none is written.
    """

    shape: Shape
    paths: list[str]
    fields: list[FieldModel] = field(default_factory=list)
    parents: list[ClassModel] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    name: str = ""
    module: str = ""
    since: str = ""
    url: str = ""
    size: tuple[str, str, str] | None = None

    @property
    def kin(self) -> list[str]:
        """The bases beside `Node`: what the class has in common with others."""
        attributes = {field.name for field in self.fields if field.role == "attribute"}
        found = {"Size": self.size is not None, "PciLocation": attributes >= {"domain", "bus", "slot", "function"}}
        return [base for base, is_one in found.items() if is_one]

    @property
    def xml(self) -> Name:
        """The element's name."""
        return self.shape.name

    @property
    def path(self) -> str:
        """The shortest path to it, which names it in `names.toml`."""
        return self.paths[0]
