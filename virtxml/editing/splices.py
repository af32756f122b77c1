"""What to replace in a text so that it says what a model says: as little as possible.

Each object that is not as it was is compared with what its element says. Attributes, texts and children that say the
same stay as they are written, wherever they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.codec.children import Child
from virtxml.codec.writing.plain import write_whole
from virtxml.content import AnyElement, Comment, declarations, is_laid_out, write_any
from virtxml.difference import written_alike
from virtxml.element import FLAG
from virtxml.scalars import STRING, element_text
from virtxml.source.edits import Edit
from virtxml.source.meaning import characters

from .children import Children
from .origins import Matched, matched
from .said import is_object, said, value_of
from .style import blanks_before

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from virtxml.node import Node
    from virtxml.source.elements import Attribute, Element

    from .manuscript import Manuscript
    from .said import Part, Said

Pair = tuple[Any, Any, "Element"]
"""An object as it was, as it is, and its element."""


class Splices:
    """Finds what to replace in a manuscript."""

    def __init__(self, manuscript: Manuscript, known: Callable[[Any], Hashable] | None = None) -> None:
        self._on = manuscript
        self._known = known

    def find(self, old: Node, new: Node) -> list[Edit]:
        """Return the edits that make an element say what an object says, where it says what another one does.

        Elements may be nested 256 deep: nothing here calls itself for each.
        """
        pending: list[Pair] = [(old, new, self._on.root)]
        while pending:
            pending += self._between(*pending.pop())
        return self._on.edits()

    def _between(self, old: Any, new: Any, element: Element) -> Iterator[Pair]:
        """Find what differs in an element itself; iterate over the elements inside in which something does."""
        if isinstance(new, AnyElement) and not (_lays_out(old) and _lays_out(new)):
            # Then, all white space counts.
            self._whole(new, element)
            return
        before, after = said(old), said(new)
        same_frame = _frame(before.parts) == _frame(after.parts)
        if _is_renamed(old, new) or not _can_be_spliced(before, after, same_frame):
            self._whole(new, element)
            return
        if _has_text(before):
            # Nothing has another place.
            pairs = Matched({number: number for number in range(len(before.parts))}, set(), [])
        else:
            pairs = matched(before.parts, after.parts, self._known)
        if isinstance(new, AnyElement) and not _comments_stay(before.parts, after.parts, pairs):
            self._whole(new, element)
            return
        self._attributes(before, after, element)
        self._on.changes += self._on.prefixes.changed(element, before, after, self._on.style.quote)
        if before.text != after.text:
            self._text(element, after.text, STRING)
        if not before.parts and not after.parts:
            return
        children = Children(self._on, element, before, after, pairs)
        children.find()
        for number, earlier in pairs.old.items():
            was, now = before.parts[earlier], after.parts[number]
            if isinstance(now, str) or written_alike(value_of(was), value_of(now)):
                continue
            spot, value = children.elements[earlier], value_of(now)
            if is_object(value):
                yield value_of(was), value, spot
            else:
                assert isinstance(now, Child)
                kind = now.field.kind
                self._text(spot, "" if now.field.role == FLAG else element_text(value, kind), kind)

    def _whole(self, new: Any, element: Element) -> None:
        """Write an element anew."""
        out: list[str] = []
        indent = blanks_before(self._on.tree.text, element.start[0]) or ""
        is_libvirts = indent != "" and self._on.style.is_libvirts(indent)
        if isinstance(new, AnyElement):
            around = {} if element.parent is None else self._on.prefixes.scope(element.parent)
            write_any(new, out, indent if is_libvirts else "", scope=around, depth=1)
        else:
            write_whole(new, out, element.name, indent if is_libvirts else "")
            out = [self._on.prefixes.kept("".join(out).lstrip(" "), element)]
        written = self._on.prefixes.fitted("".join(out).lstrip(" "), element)
        self._on.changes.append(Edit(*element.span, self._on.style.fitted(written, indent, as_is=is_libvirts)))

    def _attributes(self, before: Said, after: Said, element: Element) -> None:
        """Find the edits of a start tag."""
        if before.attributes == after.attributes:
            return
        standing = {one.name: one for one in element.attributes}
        at, last = element.name_span[1], None
        for name, value in after.attributes.items():
            here = standing.get(name)
            if here is None:
                self._on.changes.append(Edit(at, at, self._new_attribute(element, last, name, value)))
                continue
            at, last = here.span[1], here
            if before.attributes.get(name) != value:
                self._on.changes.append(Edit(*here.value_span, value))
        for name in before.attributes:
            if name not in after.attributes:
                self._on.changes.append(Edit(*standing[name].span, ""))

    def _new_attribute(self, element: Element, beside: Attribute | None, name: str, value: str) -> str:
        """Return a new attribute as its neighbours are written."""
        text, others = self._on.tree.text, element.attributes
        if not others:
            quote = self._on.style.quote
            return f" {name}={quote}{value}{quote}"
        # The first one may stand beside the name of the element, and all others on lines of their own.
        like = others[1] if len(others) > 1 else others[0]
        space = text[like.span[0] : like.name_span[0]] if beside is not None else " "
        equals = text[like.name_span[1] : like.value_span[0] - 1]
        quote = text[(beside or like).value_span[0] - 1]
        return f"{space}{name}{equals}{quote}{value}{quote}"

    def _text(self, element: Element, written: str, kind: str) -> None:
        """Find the edits of the text of an element that holds nothing else."""
        text = self._on.tree.text
        start, end = element.content
        if element.start[1] == element.end[1]:
            if written:
                self._on.changes.append(self._on.opened(element, self._on.lines(written)))
            return
        if not written and not self._on.remarks(start, end):
            self._on.changes.append(self._on.closed(element))
            return
        pieces = element.texts
        if len(pieces) == 1:
            piece = text[slice(*pieces[0])]
            if piece.startswith("<![CDATA[") and "]]>" not in (plain := characters(written, [(0, len(written))])):
                self._on.changes.append(Edit(*pieces[0], f"<![CDATA[{self._on.lines(plain)}]]>"))
                return
            if kind != STRING and piece.strip():
                # White space around a number says nothing.
                at = pieces[0][0] + len(piece) - len(piece.lstrip())
                pieces = [(at, at + len(piece.strip()))]
        first, *others = pieces or [(start, start)]
        self._on.changes.append(Edit(*first, self._on.lines(written)))
        self._on.changes += [Edit(*piece, "") for piece in others]


def _is_renamed(old: Any, new: Any) -> bool:
    """Tell whether an element of any name is written with another prefix, or its prefixes are for other namespaces."""
    if not (isinstance(old, AnyElement) and isinstance(new, AnyElement)):
        return False
    declared = [declarations(one.namespaces, one.attributes) for one in (old, new)]
    return old.name != new.name or declared[0] != declared[1]


def _can_be_spliced(before: Said, after: Said, same_frame: bool) -> bool:
    """Tell whether attributes and children can be replaced one by one: neither order nor text between them changes."""
    names = [[name for name in one.attributes if name in other.attributes] for one, other in _both_ways(before, after)]
    if names[0] != names[1]:
        return False
    if before.text == after.text and same_frame:
        return True
    has_parts = bool(before.parts or after.parts)
    return not has_parts or not (before.text or after.text or _has_text(before) or _has_text(after))


def _comments_stay(before: list[Part], after: list[Part], pairs: Matched) -> bool:
    """Tell whether the comments of an element that holds all of its own stand among its children as they did."""
    # Comments and children in their order, those by what they were.
    stood = [str(part) if isinstance(part, str) else number for number, part in enumerate(before)]
    stand = [str(part) if isinstance(part, str) else pairs.old.get(number) for number, part in enumerate(after)]
    if not any(isinstance(one, str) for one in stood + stand):
        return True
    return [one for one in stood if one not in pairs.gone] == stand


def _has_text(one: Said) -> bool:
    """Tell whether text stands between what is inside."""
    return any(isinstance(part, str) and not isinstance(part, Comment) for part in one.parts)


def _both_ways(one: Said, other: Said) -> tuple[tuple[Said, Said], tuple[Said, Said]]:
    return (one, other), (other, one)


def _lays_out(one: object) -> bool:
    """Tell whether white space between the children of what an object stands for says nothing."""
    return not isinstance(one, AnyElement) or is_laid_out(one)


def _frame(parts: list[Part]) -> list[tuple[str, str, bool]]:
    """Return what stands in an element in which order, whatever that holds."""
    return [
        ("text", part, False) if isinstance(part, str) else ("element", part.name, is_object(value_of(part)))
        for part in parts
    ]
