"""Text to trees to objects: parsing safely, and whole documents."""

from __future__ import annotations

import gc
import re
from typing import TYPE_CHECKING, Any, TypeVar, cast

from lxml import etree

from virtxml.catalogue import PREFIXES, WILDCARDS
from virtxml.codec.parsed import Unknown, line_of
from virtxml.content import MAX_ATTRIBUTES, MAX_DEPTH, MAX_NAMESPACES
from virtxml.errors import ParseError

if TYPE_CHECKING:
    from virtxml.element import Element

N = TypeVar("N", bound="Element")

_PLAIN_START = re.compile(rb"<[^?!\0]")
_NAMES = b"|".join(name.encode() for name in WILDCARDS)
_WILDCARD = rb"<(?:" + _NAMES + rb")"
_NOT_PLAIN = re.compile(rb"<(?:[?!]|" + _NAMES + rb")")
"""Comments, CDATA sections, declarations, and elements that may hold anything: most documents have none of them."""

NAMESPACES = {prefix: uri for uri, prefix in PREFIXES.items()}
"""The namespaces of libvirt by the prefixes that it writes."""


def _parser(**options: Any) -> etree.XMLParser:
    """Make a parser that reads nothing but the text that it is given. Depth and size are limited as in libvirt."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, **options
    )


_COMPACT = _parser(remove_blank_text=True, remove_comments=True)
_COMPACT_UTF8 = _parser(remove_blank_text=True, remove_comments=True, encoding="utf-8")
_SPACED = _parser(remove_comments=True)
_SPACED_UTF8 = _parser(remove_comments=True, encoding="utf-8")
_VERBATIM = _parser()
_VERBATIM_UTF8 = _parser(encoding="utf-8")


def parse_text(source: str | bytes, comments: bool = True) -> etree._Element:
    """Parse XML and return the root element, without white space that lays elements out.

    There may be comments in it where there are elements that may hold anything, unless ``comments`` is false.

    Raises ParseError for text that is not well-formed or has a document type declaration.
    """
    data = _data(source)
    return _parsed(data, _parser_for(data, isinstance(source, str), comments))


def _parser_for(data: bytes, is_text: bool, comments: bool) -> etree.XMLParser:
    """Return the parser that makes the least of a text that has to be read."""
    if _PLAIN_START.match(data) is not None and _NOT_PLAIN.search(data) is None:
        return _COMPACT_UTF8 if is_text else _COMPACT
    if not comments or (b"\0" not in data and re.search(_WILDCARD, data) is None):
        return _SPACED_UTF8 if is_text else _SPACED
    return _VERBATIM_UTF8 if is_text else _VERBATIM


def without_comments(root: etree._Element) -> etree._Element:
    """Return an element without any comments; it is another one if there are some."""
    if next(root.iter(etree.Comment), None) is None:
        return root
    return etree.fromstring(etree.tostring(root, encoding="utf-8", with_tail=False), _SPACED_UTF8)


def _data(source: str | bytes) -> bytes:
    try:
        return source.encode() if isinstance(source, str) else source
    except UnicodeEncodeError as error:
        raise ParseError(f"not text: a lone surrogate at character {error.start}") from None


def _parsed(data: bytes, parser: etree.XMLParser) -> etree._Element:
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _parse_error(error, data, parser) from None
    if parser not in (_COMPACT, _COMPACT_UTF8) and root.getroottree().docinfo.internalDTD is not None:
        raise _parse_error(None, data, parser)
    if len(data) > _LARGE:
        _check_limits(root, data)
    return root


def _parse_error(error: etree.XMLSyntaxError | None, data: bytes, parser: etree.XMLParser) -> ParseError:
    """Make an error of what is not well-formed. libxml2's own words are not used: they may quote a secret."""
    from virtxml.source.slips.reading import readings

    source = data.decode() if parser in (_COMPACT_UTF8, _SPACED_UTF8, _VERBATIM_UTF8) else data
    reading = next(readings(source, NAMESPACES))
    if reading.slips:
        slip = reading.main
        return ParseError(f"{slip.message}; {slip.help}", *reading.lines.place(slip.span[0]))
    if error is None:
        return ParseError("a document type declaration is not accepted: libvirt documents have none")
    line, column = error.position
    return ParseError(_kind_of(error), line or None, column or None)


def _kind_of(error: etree.XMLSyntaxError) -> str:
    """Return what kind of error libxml2 found."""
    if "depth" in (error.msg or ""):
        return f"elements are nested more than {MAX_DEPTH} deep"
    name = etree.ErrorTypes._getName(getattr(error, "code", 0), "")
    kind = name.removeprefix("ERR_").replace("_", " ").lower()
    return f"not well-formed XML: {kind}" if kind else "not well-formed XML"


_LARGE = 65_536
"""Text up to so many bytes is read quickly, whatever is in it."""


def _check_limits(root: etree._Element, data: bytes) -> None:
    """Refuse what could not be read in linear time."""
    # A start tag with that many attributes is long. The text is looked at first, because that takes no time.
    if b"\0" in data or max(map(len, data.split(b"<"))) > 4 * MAX_ATTRIBUTES:
        for element in root.iter():
            if len(element.attrib) > MAX_ATTRIBUTES:
                raise ParseError(f"more than {MAX_ATTRIBUTES} attributes on one element", line_of(element))
    if b"\0" in data or data.count(b"xmlns") > MAX_NAMESPACES:
        depth = 0
        for event, _ in etree.iterwalk(root, events=("start-ns", "end-ns")):
            depth += 1 if event == "start-ns" else -1
            if depth > MAX_NAMESPACES:
                raise ParseError(f"more than {MAX_NAMESPACES} namespaces in one place")


def check_source(source: object) -> None:
    """Raise TypeError for what is no text."""
    if not isinstance(source, (str, bytes)):
        raise TypeError(f"a document is str or bytes, not {type(source).__name__}")


def read_text(cls: type[N], source: str | bytes) -> N:
    """Read an element of a class from text. Raises TypeError for what is no text."""
    check_source(source)
    data = _data(source)
    parser = _parser_for(data, isinstance(source, str), comments=True)
    root = _parsed(data, parser)
    if root.tag != cls.xml_name:
        raise wrong_element(root, cls)
    return _read_parsed(cls, root, source, parser)


def wrong_element(root: etree._Element, cls: type[Element]) -> ParseError:
    """Return the error of a root element that is not that of a class."""
    from virtxml.diagnostics.display import shortened

    return ParseError(f"<{shortened(root.tag)}> is not <{cls.xml_name}>, the element of {cls.__name__}", line_of(root))


def read_element(cls: type[N], root: etree._Element, source: str | bytes = b"") -> N:
    """Read an element of a class from the tree that `parse_text` made of a text."""
    parser = root.getroottree().parser
    # A tree that a program has built has none.
    return _read_parsed(cls, root, source, parser if isinstance(parser, etree.XMLParser) else _SPACED)


def _read_parsed(cls: type[N], root: etree._Element, source: str | bytes, parser: etree.XMLParser) -> N:
    """Read an element of a class from the tree that a parser made of a text.

    The garbage collector looks at all new objects again and again, for garbage that reading never makes. It rests
    while a large document is read; otherwise, an element of one takes twice as long as one of a small document.
    """
    pause = len(source) >= _LARGE and gc.isenabled()
    if pause:
        gc.disable()
    noted = Unknown.latest, Unknown.mixed
    is_compact = parser is _COMPACT or parser is _COMPACT_UTF8
    is_whole = not is_compact and bool(source) and root.getparent() is None
    try:
        if not is_compact and parser in (_VERBATIM, _VERBATIM_UTF8):
            root = _without_known(cls, root)
        found = _read(cls, root)
        if source and Unknown.latest is not noted[0]:
            whole = _whole(cls, root, source, parser, Unknown.mixed is not noted[1])
            found = found if whole is root else _read(cls, whole)
        # In what is compact, there is nothing but elements.
        if is_whole:
            from virtxml.codec.kept.outside import keep_outside

            keep_outside(found, source)
    finally:
        if pause:
            gc.enable()
    return found


def _whole(
    cls: type[Element], root: etree._Element, source: str | bytes, parser: etree.XMLParser, mixed: bool
) -> etree._Element:
    """Return an element with what the parser has dropped and may count in unknown ones, which are ``mixed`` or not.

    White space counts where there is other text beside elements, and comments everywhere.
    """
    tree = root.getroottree()
    is_text = isinstance(source, str)
    if parser in (_COMPACT, _COMPACT_UTF8):
        if not mixed:
            return root
        parser = _SPACED_UTF8 if is_text else _SPACED
    elif parser in (_SPACED, _SPACED_UTF8) and b"<!--" in _data(source):
        parser = _VERBATIM_UTF8 if is_text else _VERBATIM
    else:
        return root
    whole = _parsed(_data(source), parser)
    # The element may be inside a wrapper.
    found = whole if root is tree.getroot() else whole.find(tree.getelementpath(root))
    assert found is not None  # both were made of the same text
    return _without_known(cls, found)


def _without_known(cls: type[Element], root: etree._Element) -> etree._Element:
    """Return an element of a class without the comments in what classes know, which few documents have."""
    from virtxml.codec.kept.comments import without_known

    return without_known(cls, root, _VERBATIM_UTF8)


def _read(cls: type[N], root: etree._Element) -> N:
    try:
        return cast("N", cls._read(root))
    except RecursionError:
        # A deep document, or a caller that is deep in calls itself: the slow way takes few of them.
        from .plain import read_whole

        return cast("N", read_whole(cls, root))
