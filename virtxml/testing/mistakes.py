"""The kinds of mistake: where one can be made in a document, and what it makes of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from virtxml.source.edits import Edit, apply, moved
from virtxml.source.elements import Attribute, Element, Span, Tree
from virtxml.source.layout import indentation, with_indentation

from .typos import NO_NUMBERS, WORDS, misspell

if TYPE_CHECKING:
    import random

_NUMBER = re.compile(r"-?(0x[0-9a-fA-F]+|\d+)")
_STRAY = ("foo", "text", "TODO", "- item", "disk=vda", "see below", "enabled;", "x")

ClosedSets = Mapping[str, frozenset[str]]
"""The values that a schema lists for each name: those of attributes under `@name`, of elements under `name`."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake that can be made in a text.

    Attributes:
        kind: the kind, a key of `KINDS`.
        edits: what to change, in any order; pieces that are replaced do not overlap.
        edit: which of the edits holds the culprit; None if it is in what stays.
        culprit: where the culprit is: from the start of that edit's new text, else in the old text.
        names: what a message may call it, one of which is enough: each is a set of words that all have to be there.
        original: the name or value that was there, if the mistake is a misspelling; else "".
        where: the element that is concerned, to tell whether two mistakes are independent.
        region: the piece of the old text that moves, goes, is repeated or is in doubt; None for all of `where`.
        end_tag: the end tag that another validator may well name for it; None if there is none.
    """

    kind: str
    edits: tuple[Edit, ...]
    edit: int | None
    culprit: Span
    names: tuple[tuple[str, ...], ...]
    where: Element
    original: str = ""
    end_tag: Span | None = None
    region: Span | None = None


def culprit_span(mistake: Mistake, edits: Sequence[Edit]) -> Span:
    """Return where a mistake's culprit is in the new text, after edits that may be those of several mistakes."""
    start, end = mistake.culprit
    if mistake.edit is None:
        return moved(start, edits), moved(end, edits)
    base = moved(mistake.edits[mistake.edit].start, edits)
    return base + start, base + end


def is_single(text: str, mistake: Mistake, is_valid: Callable[[str], bool | None]) -> bool:
    """Tell whether a mistake in a text is only one: an element that moved must not be missing where it was."""
    return mistake.kind != "wrong parent" or bool(is_valid(apply(text, mistake.edits[:1])))


Places = Sequence[Element]
Maker = Callable[[Tree, Places, ClosedSets, "random.Random"], "Mistake | None"]


def element_name(_: Tree, places: Places, __: ClosedSets, rng: random.Random) -> Mistake:
    """Misspell the name of an element, in both tags."""
    element = rng.choice(places)
    return rename("element name", element, _misspell_local(element.name, rng))


def rename(kind: str, element: Element, name: str) -> Mistake:
    """Give an element another name, in both tags."""
    edits = [Edit(*span, name) for span in (element.name_span, element.end_name_span) if span]
    return Mistake(kind, tuple(edits), 0, (0, len(name)), ((_local(name),),), element, element.name)


def attribute_name(_: Tree, places: Places, __: ClosedSets, rng: random.Random) -> Mistake | None:
    """Misspell the name of an attribute."""
    found = _attributes(places)
    if not found:
        return None
    element, attribute = rng.choice(found)
    name = _misspell_local(attribute.name, rng)
    edit = Edit(*attribute.name_span, name)
    return Mistake("attribute name", (edit,), 0, (0, len(name)), ((_local(name),),), element, attribute.name)


def misspelled_value(tree: Tree, places: Places, closed: ClosedSets, rng: random.Random) -> Mistake | None:
    """Misspell a value that the schema lists."""
    found = [value for value in _values(tree, places) if _is_closed(value, closed) and any(map(str.isalpha, value[2]))]
    return _new_value("misspelled value", found, lambda value: misspell(value, rng), rng, keep=True)


def foreign_value(tree: Tree, places: Places, closed: ClosedSets, rng: random.Random) -> Mistake | None:
    """Put a word that has nothing to do with it in place of a value that the schema lists."""
    found = [value for value in _values(tree, places) if _is_closed(value, closed)]
    return _new_value("foreign value", found, lambda _: rng.choice(WORDS), rng)


def wrong_number(tree: Tree, places: Places, _: ClosedSets, rng: random.Random) -> Mistake | None:
    """Put a word, a negative number or one that is out of range in place of a number."""
    found = [value for value in _values(tree, places) if _NUMBER.fullmatch(value[2])]
    return _new_value("wrong number", found, lambda _: rng.choice(NO_NUMBERS), rng)


def attribute_removed(_: Tree, places: Places, __: ClosedSets, rng: random.Random) -> Mistake | None:
    """Leave out an attribute. The culprit is the start tag."""
    found = _attributes(places)
    if not found:
        return None
    element, attribute = rng.choice(found)
    edit = Edit(*attribute.span, "")
    return Mistake("attribute removed", (edit,), None, element.start, ((_local(attribute.name),),), element)


def child_removed(tree: Tree, places: Places, _: ClosedSets, rng: random.Random) -> Mistake | None:
    """Leave out an element with all that is in it. The culprit is its parent's start tag."""
    found = [element for element in places if element.parent]
    if not found:
        return None
    element = rng.choice(found)
    parent = element.parent
    assert parent is not None
    edit = Edit(*with_indentation(tree.text, element.span), "")
    names = ((_local(element.name),),)
    return Mistake(
        "child removed", (edit,), None, parent.start, names, parent, end_tag=parent.end_name_span, region=element.span
    )


def stray_text(tree: Tree, places: Places, _: ClosedSets, rng: random.Random) -> Mistake | None:
    """Write text into an element that has children, or nothing at all, in it. The culprit is the text."""
    found = [element for element in places if element.plain_text is None]
    if not found:
        return None
    element = rng.choice(found)
    text = rng.choice(_STRAY)
    # "text" is what validators call it; without the element's name, that says no more than the line does.
    names = ((text,), ("text", _local(element.name)))
    if element.end_name_span is None:
        edit, start = _opened(tree.text, element, text)
    else:
        at = rng.choice([element.start[1], element.content[1], *(child.span[1] for child in element.children)])
        before = rng.choice(["", " ", indentation(tree.text, element.start[0]) + "  "])
        edit, start = Edit(at, at, before + text), len(before)
    return Mistake("stray text", (edit,), 0, (start, start + len(text)), names, element, region=(edit.start, edit.end))


def wrong_parent(tree: Tree, places: Places, _: ClosedSets, rng: random.Random) -> Mistake | None:
    """Move an element into another one. The culprit is the element at its new place."""
    found = [element for element in places if element.parent]
    if not found:
        return None
    element = rng.choice(found)
    targets = [other for other in places if other is not element.parent and not element.encloses(other)]
    if not targets:
        return None
    target = rng.choice(targets)
    removed = with_indentation(tree.text, element.span)
    moving = tree.text[slice(*element.span)]
    if target.end_name_span is None:
        edit, start = _opened(tree.text, target, moving)
    else:
        at = rng.choice([target.start[1], *(child.span[1] for child in target.children if child is not element)])
        space = indentation(tree.text, target.start[0]) + "  " if target.children else ""
        edit, start = Edit(at, at, space + moving), len(space)
        if removed[0] < at < removed[1]:
            return None
    name = _local(element.name)
    culprit = start, start + 1 + len(element.name)
    return Mistake("wrong parent", (Edit(*removed, ""), edit), 1, culprit, ((name,),), target, region=element.span)


def twice(tree: Tree, places: Places, _: ClosedSets, rng: random.Random) -> Mistake | None:
    """Write an element a second time, behind itself or behind a later sibling. The culprit is the second one."""
    found = [element for element in places if element.parent]
    if not found:
        return None
    element = rng.choice(found)
    assert element.parent is not None
    siblings = element.parent.children
    at = rng.choice([element, rng.choice(siblings[siblings.index(element) :])]).span[1]
    space = indentation(tree.text, element.start[0])
    edit = Edit(at, at, space + tree.text[slice(*element.span)])
    culprit = len(space), len(space) + 1 + len(element.name)
    return Mistake("twice", (edit,), 0, culprit, ((_local(element.name),),), element.parent, region=element.span)


KINDS: dict[str, Maker] = {
    "element name": element_name,
    "attribute name": attribute_name,
    "misspelled value": misspelled_value,
    "foreign value": foreign_value,
    "wrong number": wrong_number,
    "attribute removed": attribute_removed,
    "child removed": child_removed,
    "stray text": stray_text,
    "wrong parent": wrong_parent,
    "twice": twice,
}
"""What makes each kind of mistake: a random one among the places given, or None where there is no place for it."""


_Value = tuple[Element, Attribute | None, str, Span]


def _values(tree: Tree, places: Places) -> list[_Value]:
    """Return the values of all attributes, and the text of all elements that have nothing else."""
    found: list[_Value] = [(owner, one, one.value, one.value_span) for owner, one in _attributes(places)]
    for element in places:
        span = element.plain_text
        if span:
            found.append((element, None, tree.text[slice(*span)], span))
    return found


def _is_closed(value: _Value, closed: ClosedSets) -> bool:
    element, attribute, text, _ = value
    return text in closed.get(f"@{attribute.name}" if attribute else element.name, ())


def _new_value(
    kind: str, found: Sequence[_Value], change: Callable[[str], str], rng: random.Random, keep: bool = False
) -> Mistake | None:
    if not found:
        return None
    element, attribute, old, span = rng.choice(found)
    new = change(old)
    # jing names the attribute or the element and not the value: whoever reads that on the right line knows enough.
    names = ((new,), (_local(attribute.name if attribute else element.name),))
    return Mistake(kind, (Edit(*span, new),), 0, (0, len(new)), names, element, old if keep else "")


def _attributes(places: Places) -> list[tuple[Element, Attribute]]:
    """Return all attributes but declarations of namespaces."""
    return [
        (element, one)
        for element in places
        for one in element.attributes
        if one.name != "xmlns" and not one.name.startswith("xmlns:")
    ]


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _misspell_local(name: str, rng: random.Random) -> str:
    """Misspell a name, but not its prefix: that would not be well-formed."""
    prefix, colon, local = name.rpartition(":")
    return prefix + colon + misspell(local, rng)


def _opened(text: str, element: Element, content: str) -> tuple[Edit, int]:
    """Return the edit that gives an empty element content, and where in its new text the content starts."""
    start, end = element.start[1] - 2, element.start[1]
    kept = len(text[:start]) - len(text[:start].rstrip())
    return Edit(start - kept, end, f">{content}</{element.name}>"), 1
