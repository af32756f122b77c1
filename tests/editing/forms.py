"""Documents as people may have written them: in two forms that are as far from libvirt's as can be."""

from __future__ import annotations

from virtxml.source.edits import Edit, apply
from virtxml.source.elements import Element
from virtxml.source.layout import indentation, is_layout
from virtxml.source.tree import parsed


def tidy(text: str) -> bytes:
    """Return a document in four spaces and double quotes, with comments and empty lines, and a mark before it."""
    return _written(text, "    ", "\n", '"', spread=4).encode("utf-8-sig")


def untidy(text: str) -> bytes:
    """Return a document with tabs, all kinds of quotes, spaces in tags and lines that end as on Windows, in Latin-1."""
    written = _written(text, "\t", "\r\n", "'\"", spread=5)
    return f"<?xml version='1.0' encoding='ISO-8859-1'?>\r\n<!-- Büro -->\r\n{written}".encode(
        "latin-1", "xmlcharrefreplace"
    )


def _written(text: str, unit: str, line_end: str, quotes: str, spread: int) -> str:
    """Write a document of libvirt's form anew; every so many elements gets a comment or an empty line."""
    tree = parsed(text)
    edits: list[Edit] = []
    loose = _loose(tree.root)
    for number, element in enumerate(tree.elements):
        if element not in loose:
            continue
        for place, attribute in enumerate(element.attributes):
            start, end = attribute.value_span
            quote = quotes[(number + place) % len(quotes)]
            edits += [Edit(start - 1, start, quote), Edit(end, end + 1, quote)]
            if number % 7 == 3:
                edits.append(Edit(attribute.span[0], attribute.name_span[0], f"{line_end}{unit * 2}"))
        if text.startswith("/>", element.start[1] - 2) and number % 4 == 1:
            edits.append(Edit(element.start[1] - 2, element.start[1] - 2, " "))
        if element.parent is not None and (space := indentation(text, element.start[0])):
            deep = (len(space) - 1) // 2
            before = f"{line_end}{unit * deep}"
            remark = f"{before}<!-- {number}: <keep> & mind -->" if number % spread == 1 else ""
            empty = f"{line_end}{'' if number % 2 else unit}" if number % spread == 2 else ""
            edits.append(Edit(element.start[0] - len(space), element.start[0], f"{empty}{remark}{before}"))
        if element.children and is_layout(text[slice(*(element.texts or [(0, 0)])[-1])]):
            start = element.end[0] - len(indentation(text, element.end[0]))
            deep = (element.end[0] - start - 1) // 2
            note = f" <!-- end of {element.name} -->" if number % spread == 3 and start < element.end[0] else ""
            edits.append(Edit(start, element.end[0], f"{note}{line_end}{unit * deep}"))
    return apply(text, edits).replace("\n", line_end).replace("\r" + line_end, line_end)


def _loose(root: Element) -> set[Element]:
    """Return the elements in and around which white space means nothing."""
    found: set[Element] = set()
    pending = [root]
    while pending:
        element = pending.pop()
        found.add(element)
        if element.name not in ("metadata", "cookie"):
            pending += element.children
    return found
