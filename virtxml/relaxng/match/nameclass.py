"""Name classes: which names an element or attribute pattern stands for (RELAX NG specification, section 4.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Name(NamedTuple):
    """One name: a namespace URI ("" for none) and a local name."""

    ns: str
    local: str

    def __str__(self) -> str:
        return f"{{{self.ns}}}{self.local}" if self.ns else self.local


class AnyName(NamedTuple):
    """Every name, but those of ``excluded``."""

    excluded: NameClass | None = None


class NsName(NamedTuple):
    """Every name of one namespace, but those of ``excluded``."""

    ns: str
    excluded: NameClass | None = None


class NameChoice(NamedTuple):
    """The names of either of two or more name classes."""

    choices: tuple[NameClass, ...]


NameClass = Name | AnyName | NsName | NameChoice


def contains(name_class: NameClass, ns: str, local: str) -> bool:
    """Tell whether a name belongs to a name class."""
    match name_class:
        case Name():
            return name_class.ns == ns and name_class.local == local
        case NameChoice():
            return any(contains(choice, ns, local) for choice in name_class.choices)
        case NsName() if name_class.ns != ns:
            return False
    return name_class.excluded is None or not contains(name_class.excluded, ns, local)


def names(name_class: NameClass) -> Iterator[Name]:
    """Iterate over the single names of a name class; wildcards have none."""
    if isinstance(name_class, Name):
        yield name_class
    elif isinstance(name_class, NameChoice):
        for choice in name_class.choices:
            yield from names(choice)
