"""What XML lets names, prefixes, namespaces, comments and instructions be, as libxml2 reads it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from virtxml.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

XML = "http://www.w3.org/XML/1998/namespace"
"""The namespace that the prefix `xml` always stands for."""
_XMLNS = "http://www.w3.org/2000/xmlns/"

_FIRST = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NO_COLON = f"[{_FIRST}][{_FIRST}.0-9\xb7\u0300-\u036f\u203f\u2040-]*"
_PREFIX = _NO_COLON
_NAME = f"{_NO_COLON}(?::{_NO_COLON})?"
_USUAL_PREFIX = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_USUAL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?")
"""Names of ASCII alone: patterns with all that XML allows take milliseconds to compile."""
_MAX_NAME = 50_000
"""libxml2 takes no longer names."""

_ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
_INSTRUCTION = rf"<\?(?!(?i:xml)[\s?])(?:{_NO_COLON})(?:\s(?s:.*?))?\?>"

_CHAR = r"[A-Za-z0-9._~!$&'()*+,;={}-]|%[0-9A-Fa-f]{{2}}"
_SEGMENT, _REGULAR, _NO_SCHEME = (f"(?:{_CHAR.format(more)})" for more in (":@", "", "@"))
_AUTHORITY = rf"//(?:(?:{_CHAR.format(':')})*@)?(?:\[[^]]*\]|{_REGULAR}*)(?::[0-9]{{1,9}})?(?:/{_SEGMENT}*)*"
_ABSOLUTE = f"/(?:{_SEGMENT}+(?:/{_SEGMENT}*)*)?"
_URI = (
    rf"(?:[A-Za-z][A-Za-z0-9+.-]*:(?:{_AUTHORITY}|{_ABSOLUTE}|{_SEGMENT}+(?:/{_SEGMENT}*)*|)"
    rf"|{_AUTHORITY}|{_ABSOLUTE}|{_NO_SCHEME}+(?:/{_SEGMENT}*)*|)"
    rf"(?:\?(?:{_SEGMENT}|[/?])*)?(?:#(?:{_SEGMENT}|[]/?[])*)?"
)
"""A reference to a resource by RFC 3986, as libxml2 takes it."""


class UndeclaredPrefixError(ParseError):
    """A prefix that is not declared where it is used, as far as the writer of an element looks."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern when it is first used: most documents need none of them."""
    return re.compile(pattern)


def _fits(name: str, usual: re.Pattern[str], pattern: str) -> bool:
    """Tell whether a name is one by the pattern of usual ones, or by that of all that there are."""
    return usual.fullmatch(name) is not None or _compiled(pattern).fullmatch(name) is not None


def checked_name(name: str) -> str:
    """Return a name. Raises ValueError for what XML would not read as one."""
    if not isinstance(name, str) or not _fits(name, _USUAL_NAME, _NAME) or name[:6] == "xmlns:":
        raise ValueError(f"not a name of an element or attribute: {_shown(name)}")
    if len(name) > _MAX_NAME // 4 and len(name.encode()) > _MAX_NAME:
        raise ValueError(f"a name of more than {_MAX_NAME} bytes: {_shown(name)}")
    return name


def checked_namespace(prefix: str, uri: str) -> str:
    """Return the URI of a prefix, "" for the default namespace. Raises ValueError unless XML can declare it."""
    if prefix and (not isinstance(prefix, str) or not _fits(prefix, _USUAL_PREFIX, _PREFIX) or prefix == "xmlns"):
        raise ValueError(f"not a prefix: {_shown(prefix)}")
    if not isinstance(uri, str) or _compiled(_URI).fullmatch(uri) is None or (prefix and not uri):
        raise ValueError(f"not a URI for the prefix {_shown(prefix)}: {_shown(uri)}")
    if uri == _XMLNS or (prefix == "xml") != (uri == XML):
        raise ValueError(f"the prefix {_shown(prefix)} cannot stand for {_shown(uri)}: one of them is XML's own")
    return uri


def check_prefixes(names: Iterable[str], scope: Mapping[str, str]) -> None:
    """Raise UndeclaredPrefixError if a name has a prefix that is not declared."""
    for name in names:
        prefix, colon, _ = name.partition(":")
        if colon and prefix not in scope and prefix not in ("xml", "xmlns"):
            raise UndeclaredPrefixError(
                f'the prefix "{prefix}" is not declared, of "{name}": name its URI in namespaces'
            )


def check_once(names: Iterable[str], scope: Mapping[str, str]) -> None:
    """Raise ValueError if two attributes of an element have one name, maybe by two prefixes of one namespace."""
    seen: set[tuple[str, str]] = set()
    for name in names:
        prefix, colon, local = name.rpartition(":")
        full = (scope.get(prefix, prefix) if colon else "", local)
        if full in seen:
            raise ValueError(f'the attribute "{name}" is there twice')
        seen.add(full)


def comment(text: str) -> str:
    """Return a comment as it is written. Raises ValueError for what no comment can hold."""
    if "--" in text or text.endswith("-"):
        raise ValueError('a comment cannot hold "--", nor end in "-"')
    _check_characters(text, "a comment")
    return f"<!--{text}-->"


def check_instruction(text: str) -> None:
    """Raise ValueError for a processing instruction that XML would not read."""
    if _compiled(_INSTRUCTION).fullmatch(text) is None:
        raise ValueError(f"not a processing instruction: {_shown(text)}")
    _check_characters(text, "a processing instruction")


def _check_characters(text: str, what: str) -> None:
    # A carriage return would be read as a line feed.
    wrong = "\r" if "\r" in text else _compiled(_ILLEGAL).search(text)
    if wrong:
        raise ValueError(f"{what} cannot hold the character U+{ord(wrong[0]):04X}")


def _shown(text: object) -> str:
    shown = ascii(text)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
