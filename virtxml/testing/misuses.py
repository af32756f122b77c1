"""More kinds of mistake: what is right in itself and written in the wrong form, order or place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.source.edits import Edit
from virtxml.source.layout import with_indentation

from .mistakes import KINDS, Maker, Mistake, Places

if TYPE_CHECKING:
    import random

    from virtxml.source.elements import Attribute, Element, Tree

    from .mistakes import ClosedSets


def order(tree: Tree, places: Places, _: ClosedSets, rng: random.Random) -> Mistake | None:
    """Exchange two neighbours of different names. The culprit is either of them."""
    found = [
        (one, two)
        for around in places
        for one, two in zip(around.children, around.children[1:], strict=False)
        if one.name != two.name
    ]
    if not found:
        return None
    one, two = rng.choice(found)
    text = tree.text
    moved, behind = text[slice(*two.span)], text[slice(*one.span)]
    between = text[one.span[1] : two.span[0]]
    edit = Edit(one.span[0], two.span[1], moved + between + behind)
    end = len(moved) + len(between) + 1 + len(one.name)
    assert one.parent is not None
    names = ((_local(one.name),), (_local(two.name),))
    return Mistake("order", (edit,), 0, (0, end), names, one.parent, region=(one.span[0], two.span[1]))


def attribute_as_element(tree: Tree, places: Places, _: ClosedSets, rng: random.Random) -> Mistake | None:
    """Write an attribute as the first child of its element. The culprit is the child."""
    found = [(one, it) for one in places if one.plain_text is None for it in _plain(one) if it.value.strip()]
    if not found:
        return None
    element, attribute = rng.choice(found)
    child = f"<{attribute.name}>{attribute.value}</{attribute.name}>"
    edit, start = _inside(tree, element, child)
    removed = Edit(*attribute.span, "")
    names = ((_local(attribute.name),),)
    culprit = (start, start + 1 + len(attribute.name))
    return Mistake("attribute as element", (edit, removed), 0, culprit, names, element, region=edit_span(edit))


def attribute_as_text(tree: Tree, places: Places, _: ClosedSets, rng: random.Random) -> Mistake | None:
    """Write the only attribute of an empty element as its text. The culprit is the text, or the element."""
    found = [one for one in places if len(_plain(one)) == 1 == len(one.attributes) and not one.children]
    found = [one for one in found if one.plain_text is None and one.attributes[0].value.strip()]
    if not found:
        return None
    element = rng.choice(found)
    (attribute,) = element.attributes
    new = f"<{element.name}>{attribute.value}</{element.name}>"
    names = ((attribute.value,), ("text", _local(element.name)), (_local(attribute.name),))
    culprit = (0, len(element.name) + 2 + len(attribute.value))
    return Mistake("attribute as text", (Edit(*element.span, new),), 0, culprit, names, element)


def element_as_attribute(tree: Tree, places: Places, _: ClosedSets, rng: random.Random) -> Mistake | None:
    """Write an element with nothing but text as an attribute of the one around. The culprit is the attribute."""
    found = [one for one in places if one.parent and not one.attributes and one.plain_text]
    if not found:
        return None
    element = rng.choice(found)
    around, span = element.parent, element.plain_text
    assert around is not None
    assert span is not None
    value = tree.text[slice(*span)].replace("'", "&apos;")
    if any(one.name == element.name for one in around.attributes) or "\n" in value:
        return None
    at = around.name_span[1]
    edits = (Edit(at, at, f" {element.name}='{value}'"), Edit(*with_indentation(tree.text, element.span), ""))
    names = ((_local(element.name),),)
    return Mistake("element as attribute", edits, 0, (1, 1 + len(element.name)), names, around, region=element.span)


def text_as_attribute(tree: Tree, places: Places, _: ClosedSets, rng: random.Random) -> Mistake | None:
    """Write the text of an element as an attribute of it. The culprit is the attribute, or the element."""
    found = [(one, one.plain_text) for one in places if not any(it.name == "value" for it in one.attributes)]
    values = [(one, span) for one, span in found if span]
    if not values:
        return None
    element, span = rng.choice(values)
    value = tree.text[slice(*span)].replace("'", "&apos;")
    at = element.name_span[1]
    edits = (Edit(at, at, f" value='{value}'"), Edit(*element.content, ""))
    names = (("value",), (_local(element.name),))
    return Mistake("text as attribute", edits, 0, (1, 6), names, element)


def value_of_another(tree: Tree, places: Places, closed: ClosedSets, rng: random.Random) -> Mistake | None:
    """Put a value in the place of another that an attribute of that name has in some other place."""
    found = [(one, it) for one in places for it in _plain(one) if it.value in closed.get(f"@{it.name}", ())]
    if not found:
        return None
    element, attribute = rng.choice(found)
    others = sorted(closed[f"@{attribute.name}"] - {attribute.value})
    if not others:
        return None
    new = rng.choice(others)
    names = ((new,), (_local(attribute.name),))
    return Mistake("value of another", (Edit(*attribute.value_span, new),), 0, (0, len(new)), names, element)


def missing_wrapper(tree: Tree, places: Places, _: ClosedSets, rng: random.Random) -> Mistake | None:
    """Leave out the tags of an element around a single one. The culprit is that one."""
    found = [one for one in places if one.parent and len(one.children) == 1 and not one.attributes]
    if not found:
        return None
    element = rng.choice(found)
    (child,) = element.children
    new = tree.text[slice(*child.span)]
    names = ((_local(child.name),),)
    culprit = (0, 1 + len(child.name))
    assert element.parent is not None
    edit = Edit(*element.span, new)
    return Mistake("missing wrapper", (edit,), 0, culprit, names, element.parent, region=element.span)


MISUSES: dict[str, Maker] = {
    "order": order,
    "attribute as element": attribute_as_element,
    "attribute as text": attribute_as_text,
    "element as attribute": element_as_attribute,
    "text as attribute": text_as_attribute,
    "value of another": value_of_another,
    "missing wrapper": missing_wrapper,
}
"""What makes each of these kinds of mistake, as in `virtxml.testing.mistakes.KINDS`."""
ALL_KINDS: dict[str, Maker] = {**KINDS, **MISUSES}
"""What makes each kind of mistake that there is."""


def edit_span(edit: Edit) -> tuple[int, int]:
    """Return the piece of the old text that an edit replaces."""
    return edit.start, edit.end


def _plain(element: Element) -> list[Attribute]:
    """Return the attributes of an element that are in no namespace and declare none."""
    return [one for one in element.attributes if ":" not in one.name and one.name != "xmlns"]


def _inside(tree: Tree, element: Element, child: str) -> tuple[Edit, int]:
    """Return the edit that puts a child first into an element, and where in its new text the child starts."""
    if element.end_name_span is None:
        start = element.start[1] - 2
        while tree.text[start - 1].isspace():
            start -= 1
        return Edit(start, element.start[1], f">{child}</{element.name}>"), 1
    return Edit(element.start[1], element.start[1], child), 0


def _local(name: str) -> str:
    return name.rpartition(":")[2]
