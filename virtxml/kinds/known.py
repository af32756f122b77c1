"""Kinds: what a text is, a document or a part of one, and how that is said.

A kind is named by its root element, `domain`, or, for a part of documents, by its element with as much of what is
around it as tells it from others: `disk`, `devices/interface`, `domainsnapshot/disks/disk`. Which parts there are is
read off the element classes, which are all loaded for that: only texts that are no plain documents need it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..catalogue import DOCUMENTS
from ..codec.names import joined, steps
from ..element import Element
from ..fields import ELEMENT, Variants
from .roots import ROOTS, document_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Target = type[Element] | Variants | None
"""What reads an element: a class, one of several by an attribute, or none, for what holds nothing but text."""
_FIRST = "domain/"
_DEEPEST = 6
"""More elements around a part than that are not named."""


class Kind(NamedTuple):
    """One kind of document, or of part.

    Attributes:
        name: how it is called: `domain`, `devices/interface`.
        target: what reads it.
        paths: all places where it may stand, each with as much around it as tells it from other kinds; none for a
            document, which stands in nothing.
    """

    name: str
    target: Target
    paths: tuple[str, ...] = ()

    @property
    def classes(self) -> tuple[type[Element], ...]:
        """The classes that read it."""
        return _classes(self.target)

    def class_for(self, value: str | None = None, by: object = None) -> type[Element] | None:
        """Return the class that reads it; ``value`` is that of the attribute by which several are told apart."""
        return self.target.classes.get(value or "") if isinstance(self.target, Variants) else self.target


class _Place(NamedTuple):
    """An element inside those of a class."""

    owner: type[Element]
    key: object
    """What all places of one kind have in common."""
    target: Target


class _Index:
    """All elements that documents may hold, by their names."""

    def __init__(self) -> None:
        self.places: dict[str, list[_Place]] = {}
        self.names: dict[type[Element], dict[str, None]] = {}
        documents = [document_class(name) for name in DOCUMENTS]
        for cls in documents:
            self.names[cls] = {cls.xml_name: None}
        self.documents = frozenset(documents)
        pending = list(documents)
        for cls in pending:  # which grows meanwhile
            for name, target in _children(cls):
                classes = _classes(target)
                key = classes or (None,)
                self.places.setdefault(name, []).append(_Place(cls, key, target))
                for inside in classes:
                    if inside not in self.names:
                        self.names[inside] = {}
                        pending.append(inside)
                    self.names[inside][name] = None

    def standing(self, path: tuple[str, ...]) -> dict[object, Target]:
        """Return what may stand at the end of a path, which may begin anywhere."""
        return {
            place.key: place.target
            for place in self.places.get(path[-1], ())
            if len(path) == 1 or self._is_at(place.owner, path[:-1])
        }

    def _is_at(self, cls: type[Element], path: tuple[str, ...]) -> bool:
        """Tell whether an element of a class may stand at the end of a path."""
        if path[-1] not in self.names[cls]:
            return False
        if len(path) == 1:
            return True
        return any(
            cls in _classes(place.target) and self._is_at(place.owner, path[:-1])
            for place in self.places.get(path[-1], ())
        )

    def paths(self, name: str, key: object) -> tuple[str, ...]:
        """Return the places of a kind, the shortest first."""
        found: dict[str, None] = {}
        pending: list[tuple[tuple[str, ...], list[type[Element]]]]
        pending = [((name,), [place.owner for place in self.places[name] if place.key == key])]
        for path, owners in pending:  # which grows meanwhile
            if len(self.standing(path)) == 1 and not (len(path) == 1 and name in ROOTS):
                found[joined(path)] = None
                continue
            for around in dict.fromkeys(one for owner in owners for one in self.names[owner]):
                inside = {owner for owner in owners if around in self.names[owner]}
                longer: tuple[str, ...] = (around, *path)
                outer = [place.owner for place in self.places.get(around, ()) if inside & set(_classes(place.target))]
                if len(self.standing(longer)) == 1 or not outer or len(longer) == _DEEPEST:
                    found[joined(longer)] = None
                else:
                    pending.append((longer, outer))
                    if inside & self.documents:  # which stand in nothing
                        found[joined(longer)] = None
        return tuple(sorted(found, key=lambda one: one.count("/")))


def is_whole(name: str) -> bool:
    """Tell whether an element is a document, or stands in one of that kind: what no domain has as a part of it."""
    return name not in _parts_of_domains()


def parts(name: str) -> list[Kind]:
    """Return the kinds of parts that an element may be, by its name as lxml has it; not those that are documents."""
    index = _index()
    found: dict[object, Target] = {}
    for place in index.places.get(name, ()):
        if not index.documents.intersection(_classes(place.target)):
            found.setdefault(place.key, place.target)
    return [_kind(name, key, target) for key, target in found.items()]


def parts_at(kind: str) -> list[Kind]:
    """Return the kinds of parts that a path names, as `--kind` takes it; of documents inside others, too."""
    path = steps(kind)
    return [_kind(path[-1], key, target) for key, target in _index().standing(path).items()]


def paths_of(cls: type[Element]) -> tuple[str, ...]:
    """Return the places where an element of a class may stand; none for a class of documents, or of nobody knows what.

    What can be judged by itself is only what the schemas know.
    """
    index = _index()
    if cls in index.documents:
        return ()
    found: dict[str, None] = {}
    for name in index.names.get(cls, ()):
        for key in dict.fromkeys(place.key for place in index.places[name] if cls in _classes(place.target)):
            found.update(dict.fromkeys(index.paths(name, key)))
    return tuple(found)


def check(kind: str) -> None:
    """Raise ValueError for a kind that there is not, with what may have been meant; TypeError for what is no text."""
    if not isinstance(kind, str):
        raise TypeError(f"a kind is text, such as devices/disk, or a class of elements, not {type(kind).__name__}")
    if kind not in ROOTS and not parts_at(kind):
        raise ValueError(unknown(kind))


def part_names() -> list[str]:
    """Return the names of all elements inside documents."""
    return list(_index().places)


def unknown(kind: str) -> str:
    """Return what to say of a kind that there is not."""
    from ..diagnostics.display import shortened
    from ..diagnostics.suggest import did_you_mean, nearest

    *around, name = steps(kind)
    index = _index()
    names = [*ROOTS, *index.places]
    meant = list(_synonyms(kind))
    if not meant and name in index.places and around:
        meant = [one.name for one in parts(name)]
        meant = [*nearest(kind, meant, 1), *meant][:1]
    elif not meant:
        meant = [joined((*around, one)) for one in nearest(name, names)]
        meant = [one for one in meant if not around or index.standing(steps(one))]
    hint = did_you_mean(*(f'"{name}"' for name in meant[:1]), lead=": ")
    return f'there is no kind of document or element "{shortened(kind)}"{hint}'


def _synonyms(kind: str) -> Iterator[str]:
    """Iterate over the roots of documents that go by another name: that of a class, or of its module."""
    plain = "".join(char for char in kind.lower() if char.isalnum())
    for name, (module, root) in DOCUMENTS.items():
        if plain in (name.lower(), module.lower()):
            yield root


@cache
def _parts_of_domains() -> frozenset[str]:
    found: dict[str, None] = {}
    pending = [document_class("Domain")]
    for cls in pending:  # which grows meanwhile
        for name, target in _children(cls):
            found[name] = None
            pending.extend(inside for inside in _classes(target) if inside not in pending)
    return frozenset(found)


@cache
def _index() -> _Index:
    return _Index()


@cache
def _kind(name: str, key: object, target: Target) -> Kind:
    found = _index().paths(name, key)
    # Where several documents have such a part, the short name is left to that of domains.
    short = found[0].removeprefix(_FIRST)
    return Kind(short if "/" in short else found[0], target, found)


def _children(cls: type[Element]) -> Iterator[tuple[str, Target]]:
    for field in cls.xml_fields.values():
        if field.role == ELEMENT:
            yield from field.classes().items()
        elif field.role not in ("attribute", "text"):
            yield field.xml, None


def _classes(target: Target) -> tuple[type[Element], ...]:
    if isinstance(target, Variants):
        return tuple(target.classes.values())
    return () if target is None else (target,)


def names(kinds: Iterable[Kind]) -> list[str]:
    """Return how kinds are called, to choose from."""
    return sorted({kind.name for kind in kinds}, key=lambda one: (one.count("/"), one))
