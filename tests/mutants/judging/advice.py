"""Do what a message says: the mistake has to be gone then.

What is said is read as a user reads it, from the words alone. Dots stand for what depends on the document: they are
filled with whatever the schema takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from xml.sax.saxutils import escape

from virtxml import Diagnostic
from virtxml.source.edits import Edit, apply
from virtxml.source.elements import Attribute, Element
from virtxml.source.lines import Lines
from virtxml.source.tree import parsed
from virtxml.validation import validate

_FILLERS = (
    *("1", "/x", "vda", "yes", "x", "default", "52:54:00:12:34:56", "192.168.122.1", "0x1", "0x0001", "on"),
    *("4dea22b3-1d52-d8f3-2516-782e98ab3fa0", "iqn.2024-01.com.example:storage", "0x5000c50015ea71ad", "raw", "<x/>"),
)
_MOST = 400
"""So many ways to do what is said are tried."""
_TAG = r"<[^<>/]+>"
_SETTING = re.compile(r"(?P<name>[\w:.-]+)='(?P<value>[^']*)'")
_RENAMING = ("VX002", "VX101", "VX102", "VX103", "VX104", "VX107", "VX108")


class Advice:
    """What one diagnostic of a document says, and the document."""

    def __init__(self, text: str, found: Diagnostic) -> None:
        self.text = text
        self.found = found
        self.tree = parsed(text)
        self.lines = Lines(text)
        self.start = self.lines.offset(found.line or 1, found.column or 1)
        self.end = self.lines.offset(found.end_line or 1, found.end_column or 1)

    @property
    def element(self) -> Element:
        """The innermost element that the culprit is in, or is."""
        return [one for one in self.tree.elements if one.span[0] <= self.start < one.span[1]][-1]

    @property
    def attribute(self) -> Attribute | None:
        """The attribute that is the culprit or has it."""
        spans = ((one, one.span) for one in self.element.attributes)
        return next((one for one, span in spans if span[0] <= self.start < span[1]), None)

    def outcomes(self) -> Iterator[str]:
        """Iterate over the documents in which it was done, in all ways that the words leave open."""
        for pattern, do in _WAYS:
            match = re.search(pattern, self.found.help)
            if match:
                yield from do(self, match)
                return

    def edited(self, *edits: Edit) -> str:
        """Return the document with edits."""
        return apply(self.text, edits)


def works(text: str, found: Diagnostic, before: Sequence[Diagnostic], strict: bool = True) -> bool | None:
    """Tell whether it helps to do what a diagnostic says; None if it says nothing to do.

    ``before`` are all that the document has. If ``strict``, fewer are left then; else it is enough that the same is not
    said any more, as it is where there are several mistakes, or something to be added has more to be filled in.
    """
    tried = False
    strict = strict and len(before) == 1 and not found.help.startswith("add ")
    for new in islice(Advice(text, found).outcomes(), _MOST):
        tried = True
        left = validate(new)
        if len(left) < len(before) or (not strict and _said(left, found) < _said(before, found)):
            return True
    return False if tried else None


def _said(findings: Sequence[Diagnostic], one: Diagnostic) -> int:
    return sum(other.message == one.message for other in findings)


def _filled(text: str) -> Iterator[str]:
    yield from (text.replace("…", filler) for filler in (_FILLERS if "…" in text else ("",)))


def _rename(advice: Advice, _: re.Match[str]) -> Iterator[str]:
    """Write the first suggestion in the culprit's place, in both tags of an element."""
    found = advice.found
    new = escape(found.suggestions[0], {"'": "&apos;", '"': "&quot;"})
    ends = [one.end_name_span for one in advice.tree.elements if one.name_span[0] == advice.start]
    yield advice.edited(Edit(advice.start, advice.end, new), *(Edit(*span, new) for span in ends if span))


def _remove(advice: Advice, _: re.Match[str]) -> Iterator[str]:
    element, attribute = advice.element, advice.attribute
    if attribute is not None:
        yield advice.edited(Edit(*attribute.span, ""))
    elif advice.found.code == "VX304":
        yield advice.edited(Edit(advice.start, advice.end, ""))
    else:
        yield advice.edited(Edit(*element.span, ""))


def _move_beside(advice: Advice, match: re.Match[str]) -> Iterator[str]:
    """Move an element before or behind the other one that the diagnostic shows."""
    (other,) = advice.found.related[:1]
    at = advice.lines.offset(other.line or 1, other.column or 1)
    (beside,) = [one for one in advice.tree.elements if one.name_span[0] == at]
    place = beside.span[0] if match["where"] == "before" else beside.span[1]
    moving = advice.text[slice(*advice.element.span)]
    yield advice.edited(Edit(*advice.element.span, ""), Edit(place, place, moving))


def _move_into(advice: Advice, match: re.Match[str]) -> Iterator[str]:
    """Move an element into one that is named: any there is, at any place in it, or a new one in its place."""
    element = advice.element
    moving = advice.text[slice(*element.span)]
    for name in re.findall(r"<([^<>]+)>", match["where"]):
        there = [one for one in advice.tree.elements if one.name == name and not element.encloses(one)]
        for one in there:
            if one.end_name_span is None:
                opened = Edit(one.start[1] - 2, one.start[1], f">{moving}</{name}>")
                yield advice.edited(Edit(*element.span, ""), opened)
                continue
            for at in [one.content[1], one.start[1], *(child.span[1] for child in one.children)]:
                if not element.span[0] <= at <= element.span[1]:
                    yield advice.edited(Edit(*element.span, ""), Edit(at, at, moving))
        yield advice.edited(Edit(*element.span, f"<{name}>{moving}</{name}>"))
    if "here it needs" in advice.found.help:
        yield from _add(advice, match)


def _move_onto(advice: Advice, match: re.Match[str]) -> Iterator[str]:
    """Move an attribute to another element that is named."""
    attribute = advice.attribute
    if attribute is None:
        return
    moving = advice.text[slice(*attribute.span)]
    for name in re.findall(r"<([^<>]+)>", match["where"]):
        for one in advice.tree.elements:
            if one.name == name and one is not advice.element:
                yield advice.edited(Edit(*attribute.span, ""), Edit(one.name_span[1], one.name_span[1], moving))


def _set(advice: Advice, match: re.Match[str]) -> Iterator[str]:
    """Give an element around, beside or in the culprit another value of an attribute, or an element another text."""
    for found in re.finditer(r"<(?P<name>[\w:.-]+)>(?P<text>[^<]*)</(?P=name)>", match["what"]):
        for one in advice.tree.elements:
            span = one.plain_text
            if one.name == found["name"] and span:
                yield advice.edited(Edit(*span, found["text"]))
    element: Element | None = advice.element
    near = [advice.element, *advice.element.children]
    while element is not None:
        near.append(element)
        element = element.parent
    for setting in _SETTING.finditer(match["what"]):
        for one in near:
            given = next((it for it in one.attributes if it.name == setting["name"]), None)
            new = f" {setting[0]}"
            place = given.span if given else (one.name_span[1], one.name_span[1])
            yield advice.edited(Edit(*place, new))


def _add(advice: Advice, match: re.Match[str]) -> Iterator[str]:
    """Add an attribute to the culprit, or a child at any place in it."""
    element = advice.element
    help_ = match["what"] if "what" in match.re.groupindex else advice.found.help
    at = element.name_span[1]
    listed = re.findall(r'"([^"]*)"', help_)
    for setting in _SETTING.finditer(help_):
        values = listed if "…" in setting["value"] and listed else list(_filled(setting["value"] or "…"))
        for value in [*values, *(_FILLERS if "…" in setting["value"] else ())]:
            written = escape(value or setting["value"])
            yield advice.edited(Edit(at, at, f" {setting['name']}='{written}'"))
    for child in re.findall(r"<[^<>]+>(?:…</[^<>]+>)?", help_):
        places = [element.start[1], *(one.span[1] for one in element.children)]
        for new in _filled(child):
            if element.end_name_span is None:
                yield advice.edited(Edit(element.start[1] - 2, element.start[1], f">{new}</{element.name}>"))
            else:
                yield from (advice.edited(Edit(place, place, new)) for place in places)


def _as_attribute(advice: Advice, match: re.Match[str]) -> Iterator[str]:
    """Write a text or a child as an attribute."""
    element = advice.element
    hidden = escape(advice.text[slice(*(element.plain_text or (0, 0)))])
    for setting in _SETTING.finditer(match["what"].replace("…", hidden)):
        if advice.found.code == "VX304":
            start, end = element.name_span[1], element.span[1]
            kept = advice.text[start : element.start[1] - 1]
            yield advice.edited(Edit(start, end, f"{kept} {setting[0]}/>"))
        elif element.parent is not None:
            at = element.parent.name_span[1]
            yield advice.edited(Edit(*element.span, ""), Edit(at, at, f" {setting[0]}"))


def _as_element(advice: Advice, match: re.Match[str]) -> Iterator[str]:
    """Write an attribute as a child."""
    attribute, element = advice.attribute, advice.element
    if advice.found.code == "VX304":
        yield advice.edited(Edit(advice.start, advice.end, match["what"]))
    if attribute is None:
        return
    gone, new = Edit(*attribute.span, ""), match["what"].replace("…", attribute.value)
    if element.end_name_span is None:
        yield advice.edited(gone, Edit(element.start[1] - 2, element.start[1], f">{new}</{element.name}>"))
        return
    for at in [element.start[1], *(one.span[1] for one in element.children)]:
        yield advice.edited(gone, Edit(at, at, new))


def _as_text(advice: Advice, match: re.Match[str]) -> Iterator[str]:
    """Write an attribute as text of its element."""
    attribute, element = advice.attribute, advice.element
    if attribute is None:
        return
    (text,) = re.findall(r">([^<]*)<", match["what"].replace("…", attribute.value))[:1] or [""]
    gone = Edit(*attribute.span, "")
    if element.end_name_span is None:
        yield advice.edited(gone, Edit(element.start[1] - 2, element.start[1], f">{text}</{element.name}>"))
    else:
        yield advice.edited(gone, Edit(*element.content, text))


_WAYS: tuple[tuple[str, Callable[[Advice, re.Match[str]], Iterator[str]]], ...] = (
    (r"^did you mean", _rename),
    (r"move it (?P<where>before|behind)", _move_beside),
    (r"write it as an attribute: (?P<what>.*)", _as_attribute),
    (r"write it as an element: (?P<what>.*)", _as_element),
    (r"write it as text: (?P<what>.*)", _as_text),
    (r"it goes with (?P<what>.*)", _set),
    (r"it belongs in (?P<where>[^;]*)(?:; here it needs (?P<what>.*))?", _move_into),
    (r"it belongs on (?P<where>[^;]*)", _move_onto),
    (r"^add (?P<what>.*)", _add),
    (r"remove (it|one of them)", _remove),
)
