"""Documents as XML, JSON and YAML, each from each: what `virtxml convert --to json` does.

Input is what its file's name ends in, or, where that tells nothing, what it begins with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.editing.saving import write_new
from virtxml.errors import DataError, ParseError
from virtxml.plain.documents import KIND, kind_of_part

from ... import streams
from ...status import BAD_INPUT, GOOD
from ...terminal import complain, located

if TYPE_CHECKING:
    import argparse

    from virtxml.node import Node

XML, JSON, YAML = FORMATS = ("xml", "json", "yaml")

_SUFFIXES = {".xml": XML, ".json": JSON, ".yaml": YAML, ".yml": YAML}


def format_of(name: str, source: bytes) -> str:
    """Return the format of a file by the end of its name, else by its content."""
    dot = name.rfind(".")
    found = _SUFFIXES.get(name[dot:].lower()) if dot > 0 else None
    if found is not None:
        return found
    start = source.removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    # XML in UTF-16 and UTF-32 begins with other bytes than those of a character; YAML is seldom in these.
    if start[:1] == b"<" or start in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start:
        return XML
    return JSON if start[:1] == b"{" else YAML


def refuse_plain(name: str, source: bytes) -> None:
    """Raise ParseError for a document that is not in XML, where that is needed."""
    found = format_of(name, source)
    if found != XML and source.lstrip()[:1] != b"<":
        raise ParseError(f"this is {found.upper()}: make XML of it first, with --to xml")


def write_as(options: argparse.Namespace, place: str, source: bytes) -> int:
    """Write a document in the format that is asked for; return `BAD_INPUT` if it cannot be read or written.

    Raises ParseError for text that is no document, OSError for a file that cannot be written, and ValueError for what
    cannot be done.
    """
    if options.in_place or options.diff:
        raise ValueError("--in-place and --diff are for releases: another format is another file")
    given = format_of(options.file, source)
    try:
        node = _node(given, source, options.kind)
        text = _text(node, options.to)
    except DataError as error:
        where = _place_of(given, source, error) or (None, None)
        complain(f"{located(place, *where)}: error: {error}")
        return BAD_INPUT
    except ModuleNotFoundError as error:
        complain(f"virtxml convert: error: {error}")
        return BAD_INPUT
    if given == XML:
        _tell_left_out(place, source, node)
    # All three are UTF-8, whatever the terminal has.
    if options.output is None:
        streams.write(text.encode())
    else:
        write_file(options.output, text.encode())
    return GOOD


def _node(given: str, source: bytes, kind: str | None) -> Node:
    """Return the object that a document in some format stands for."""
    if given == XML:
        from virtxml.documents import parse

        return parse(source, kind)
    from virtxml.node import Node

    data = _data(given, source)
    if kind is not None and isinstance(data, dict):
        data = {KIND: kind, **data}
    return Node.from_dict(data)


def _data(given: str, source: bytes) -> Any:
    if given == JSON:
        from virtxml.plain.texts.json import from_json

        return from_json(source)
    from virtxml.plain.texts.yaml import from_yaml

    return from_yaml(source)


def _text(node: Node, wanted: str) -> str:
    """Return an object as text in some format; a part of a document says its kind, too."""
    if wanted == XML:
        return node.to_xml()
    data = node.to_dict()
    if KIND not in data:
        kind = kind_of_part(type(node))
        data = data if kind is None else {KIND: kind, **data}
    if wanted == JSON:
        from virtxml.plain.texts.json import to_json

        return to_json(data)
    from virtxml.plain.texts.yaml import to_yaml

    return to_yaml(data)


def _place_of(given: str, source: bytes, error: DataError) -> tuple[int, int] | None:
    """Return the line and the column of what is wrong in YAML."""
    if given != YAML or not error.steps:
        return None
    from virtxml.plain.texts.yaml_reading import place_of

    return place_of(source, error.steps)


def _tell_left_out(place: str, source: bytes, node: Node) -> None:
    """Say how many comments of a document in XML are not in its model."""
    if b"<!--" not in source:
        return
    from ...loss import comments_in

    count = comments_in(source) - comments_in(node.to_xml().encode())
    if count > 0:
        complain(f"{place}: note: {count} comment{'s are' if count > 1 else ' is'} left out")


def write_file(name: str, content: bytes) -> None:
    """Write a file that is not there yet. Raises OSError, with its name, if that cannot be done."""
    try:
        write_new(name, content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, name) from None
