"""What the RELAX NG specification says that matching is (section 9.3), tried out in all ways; only for small documents.

Nothing here is shared with how `virtxml.relaxng` matches: no derivatives, and patterns as they are written.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from virtxml.relaxng.match.nameclass import contains
from virtxml.relaxng.match.patterns import split_name
from virtxml.relaxng.schema import syntax
from virtxml.relaxng.schema.syntax import Pattern

Attributes = tuple[tuple[str, str], ...]
Content = tuple["str | etree._Element", ...]


def matches(pattern: Pattern, root: etree._Element) -> bool:
    """Tell whether an element matches a pattern."""
    return _matches(pattern, (), (root,))


def _element(pattern: Pattern, element: etree._Element) -> bool:
    """Tell whether an element's attributes and children match, however white space is taken (section 9.3.3)."""
    attributes: Attributes = tuple(element.items())
    children = [child for child in element if isinstance(child.tag, str)]
    if not children:
        text = (element.text or "") + "".join(child.tail or "" for child in element)
        return _matches(pattern, attributes, (text,)) or (not text.strip() and _matches(pattern, attributes, ()))
    content: list[str | etree._Element] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            content += [child, child.tail or ""]
        else:
            content[-1] += child.tail or ""  # type: ignore[operator]  # a text is always last
    kept = tuple(item for item in content if not isinstance(item, str) or item.strip())
    return _matches(pattern, attributes, kept)


def _matches(pattern: Pattern, attributes: Attributes, content: Content) -> bool:
    match pattern:
        case syntax.Ref():
            return _matches(pattern.target, attributes, content)
        case syntax.Empty():
            return not attributes and not content
        case syntax.Text():
            return not attributes and all(isinstance(item, str) for item in content)
        case syntax.Choice():
            return any(_matches(item, attributes, content) for item in pattern.items)
        case syntax.Group() | syntax.Interleave():
            return _together(type(pattern), pattern.items, attributes, content)
        case syntax.Optional():
            return not (attributes or content) or _matches(pattern.item, attributes, content)
        case syntax.ZeroOrMore():
            return not (attributes or content) or _repeated(pattern.item, attributes, content)
        case syntax.OneOrMore():
            return _repeated(pattern.item, attributes, content)
        case syntax.Attribute():
            return not content and len(attributes) == 1 and _attribute(pattern, *attributes[0])
    return not attributes and len(content) == 1 and _single(pattern, content[0])


def _single(pattern: Pattern, item: str | etree._Element) -> bool:
    """Tell whether one element or text matches."""
    if not isinstance(item, str):
        return (
            isinstance(pattern, syntax.Element)
            and contains(pattern.name, *split_name(item.tag))
            and _element(pattern.content, item)
        )
    match pattern:
        case syntax.Value():
            return item == pattern.text if pattern.type == "string" else item.split() == pattern.text.split()
        case syntax.Data(type="int"):
            allowed = item.strip().lstrip("-").isdigit()
        case syntax.Data(type="string"):
            allowed = True
        case syntax.List():
            return _matches(pattern.item, (), tuple(item.split()))
        case _:
            return False
    return allowed and (pattern.excluded is None or not _value(pattern.excluded, item))


def _attribute(pattern: syntax.Attribute, name: str, value: str) -> bool:
    return contains(pattern.name, *split_name(name)) and _value(pattern.content, value)


def _value(pattern: Pattern, value: str) -> bool:
    return _matches(pattern, (), (value,)) or (not value.strip() and _matches(pattern, (), ()))


def _together(kind: type[Pattern], items: tuple[Pattern, ...], attributes: Attributes, content: Content) -> bool:
    """Tell whether what there is can be shared out among the items of a group or an interleave."""
    if not items:
        return not (attributes or content)
    first, *others = items
    return any(
        _matches(first, mine, some) and _together(kind, tuple(others), theirs, rest)
        for mine, theirs in _shares(attributes)
        for some, rest in (_splits(content) if kind is syntax.Group else _shares(content))
    )


def _repeated(item: Pattern, attributes: Attributes, content: Content) -> bool:
    """Tell whether what there is can be shared out among one or more of a pattern."""
    if _matches(item, attributes, content):
        return True
    return any(
        (mine or some) and (theirs or rest) and _matches(item, mine, some) and _repeated(item, theirs, rest)
        for mine, theirs in _shares(attributes)
        for some, rest in _splits(content)
    )


def _splits(sequence: tuple) -> Iterator[tuple[tuple, tuple]]:  # type: ignore[type-arg]
    """Iterate over the ways to cut a sequence in two."""
    for place in range(len(sequence) + 1):
        yield sequence[:place], sequence[place:]


def _shares(sequence: tuple) -> Iterator[tuple[tuple, tuple]]:  # type: ignore[type-arg]
    """Iterate over the ways to share out a sequence between two, in order."""
    for bits in range(1 << len(sequence)):
        taken = [bits >> index & 1 for index in range(len(sequence))]
        yield (
            tuple(item for item, mine in zip(sequence, taken, strict=True) if mine),
            tuple(item for item, mine in zip(sequence, taken, strict=True) if not mine),
        )
