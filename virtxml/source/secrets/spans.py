"""The pieces of a text that hold secrets, whether it is well-formed or not.

What cannot be read for certain is hidden when it is about secrets: in a tag of `<graphics>` with a quote too many,
only what is known to be harmless is shown.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .names import ASSIGNED, LOOSE, SECRETS, carries_secret, is_one_slip, is_secret, is_telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HOLDERS = frozenset({"cookies", "secret", *LOOSE})
"""Elements about secrets that hold elements, which may be shown."""
_CARRIERS = frozenset({"entry", "env", "initenv", "arg"})
"""Elements that hold secrets if they are named for one."""
_PUBLIC = frozenset({"uuid", "description", "volume", "name", "target", "usage"})
"""Elements of a `<secret>` document whose text is none."""
_SHOWN = frozenset(
    [
        *(
            "type",
            "port",
            "autoport",
            "tlsport",
            "websocket",
            "listen",
            "socket",
            "keymap",
            "passwdvalidto",
            "connected",
        ),
        *("sharepolicy", "defaultmode", "network", "address", "username", "login", "uuid", "usage", "format", "engine"),
        *("ephemeral", "private", "mode", "method", "enable"),
    ]
)
"""Attributes of elements about secrets that may be shown; any other is hidden, as its name may be misspelled."""
_NAMES = frozenset({"name", "id", "key", "file"})
"""Attributes that may be shown but on those of them that hold elements, which have none of these names."""
_HARMLESS = re.compile(r"\d{1,5}|yes|no|on|off|vnc|spice|sdl|rdp|dbus|ceph|iscsi|chap|luks2?|qcow|passphrase|fwcfg")
"""Values that may be shown under any name."""

_NAME = r"""[^\s<>='"/!?&]+"""
_REST = rf"""<!(?P<declared>[^>]*)
    |</\s*(?P<close>{_NAME})?[^<>]*>?
    |<(?P<open>{_NAME})(?P<given>(?:\s+{_NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?P<end>/?>)
    |<(?P<cut>{_NAME})(?P<rest>[^<>]*(?:<(?![\w/!?])[^<>]*)*>?)
    |(?P<text>[^<]+|<)"""
_COMMENT = r"<!--(?P<comment>.*?)(?P<comment_end>-->|\Z)|"
_CDATA = r"<!\[CDATA\[(?P<cdata>.*?)(?P<cdata_end>\]\]>|\Z)|"


@lru_cache(maxsize=4)
def _part(comments: bool, sections: bool) -> re.Pattern[str]:
    """Return a pattern of what a text consists of; without comments or sections if no other one comes to its end."""
    pattern = (_COMMENT if comments else "") + (_CDATA if sections else "") + _REST
    return re.compile(pattern, re.VERBOSE | re.DOTALL)


_GIVEN = re.compile(rf"""({_NAME})\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SAFE = re.compile(
    rf"""(?<![^\s])({_NAME})\s*=\s*(?:"[^"'<>=]*"|'[^"'<>=]*'|[\w.:-]+)(?=[\s/>]|\Z)""",
)
_MARKUP = re.compile(r"[^\s/>]+(?:\s+[^\s/>]+)*")
_LETTERS = re.compile(r"[^a-z]+")
_CLOSING = re.compile(rf"</\s*({_NAME})")
_TRACES = re.compile(rf"{ASSIGNED}|query|vncpw")
_QUERY = re.compile(r"\bquery\s{0,9}=\s{0,9}\S", re.IGNORECASE)
_STARTS = ("entry", "initenv", *SECRETS)
_HALF = re.compile(
    rf"://[^\s/@:]{{0,200}}:?\s*\Z|(?:(?:{ASSIGNED})\w{{0,60}}|string)\s{{0,9}}=?\s{{0,9}}\Z", re.IGNORECASE
)
"""What ends in the middle of what tells."""
_NEXT_LINE = re.compile(r"\n\s*\Z")


def secret_spans(text: str) -> Iterator[tuple[int, int]]:
    """Iterate over the pieces of a document, or a part of one, that hold secrets. It need not be well-formed."""
    return iter(_merged(_Search(text).spans()))


@lru_cache(maxsize=1024)
def _kind(tag: str) -> str:
    """Return what an element is to secrets by its name, or one that is a slip away: "", a leaf, a holder, a carrier."""
    name = tag.rpartition(":")[2].lower()[:64]
    for kind, names in (("holder", _HOLDERS), ("carrier", _CARRIERS)):
        if name in names:
            return kind
    if name == "cookie":
        return "leaf"
    for kind, names in (("holder", _HOLDERS), ("carrier", _CARRIERS)):
        if any(len(other) > 4 and is_one_slip(name, other) for other in names):
            return kind
    return "leaf" if is_secret(name) else ""


def _is_shown(name: str, kind: str) -> bool:
    """Tell whether an attribute of an element about secrets may be shown, by its name."""
    name = name.rpartition(":")[2].lower()
    return name in _SHOWN or (name in _NAMES and kind != "holder")


def _is_within_value(tag: str) -> bool:
    """Tell whether a start tag stops before a value, or within one."""
    return tag.rstrip().endswith("=") or tag.count("'") % 2 == 1 or tag.count('"') % 2 == 1


def _same(name: str, other: str) -> bool:
    """Tell whether an end tag is that of a start tag, or meant so."""
    return name == other or (min(len(name), len(other)) > 2 and is_one_slip(name, other))


class _Search:
    """One way through a text, from tag to tag."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tag = ""
        self._leaf = 0  # how many elements are open from one on in which everything is secret
        self._leaf_tag = ""  # the name of that element
        self._holder = 0  # how many elements are open from one on that holds secrets
        self._holder_tag = ""  # the name of that element
        self._is_root = False  # whether that is the whole document
        self._tags = 0  # how many start tags there were
        self._cut = False  # whether the start tag of the leaf has not come to its end
        self._hidden_to = -1  # where the last text that is a secret ends

    def spans(self) -> Iterator[tuple[int, int]]:
        position, comments, sections = 0, True, True
        while match := _part(comments, sections).match(self._text, position):
            position = match.end()
            kind = match.lastgroup or ""
            if kind in ("comment_end", "cdata_end") and not match[kind]:
                # It is never closed: what is behind it may be anything.
                comments, sections = comments and kind != "comment_end", sections and kind != "cdata_end"
                position = match.start() + 1
                continue
            yield from self._part(match, kind)

    def _part(self, match: re.Match[str], kind: str) -> Iterator[tuple[int, int]]:
        if kind == "end":
            yield from self._open(match)
        elif kind == "rest":
            yield from self._irregular(match)
        elif kind in ("text", "cdata_end"):
            yield from self._characters(match, kind.partition("_")[0])
        elif kind == "comment_end":
            text = match["comment"]
            if self._leaf or is_telling(text) or any(True for _ in _Search(text).spans()):
                yield match.span("comment")
        elif kind == "declared":
            if match["declared"].startswith("ENTITY") or is_telling(match["declared"]):
                yield match.span("declared")
        else:
            yield from self._close(match)

    def _close(self, match: re.Match[str]) -> Iterator[tuple[int, int]]:
        name = (match["close"] or "").rpartition(":")[2].lower()
        lone = self._cut or not self._text[match.end() : match.end() + 1].isspace()
        stray = (self._leaf == 1 and not _same(name, self._leaf_tag)) or (
            self._leaf == 0 and self._holder == 1 and not _same(name, self._holder_tag)
        )
        half = bool(self._leaf or self._holder) and not match[0].endswith(">")
        if "@" in name or is_telling(match[0]) or self._leaf > 1 or half or (stray and lone):
            yield match.span()
        if half or (stray and (lone or self._is_root)):
            return
        self._cut = False
        self._tag = ""
        self._leaf = max(0, self._leaf - 1)
        self._holder = max(0, self._holder - 1)

    def _open(self, match: re.Match[str]) -> Iterator[tuple[int, int]]:
        """Look at a start tag that is as it should be."""
        self._tags += 1
        self._tag = match["open"].rpartition(":")[2].lower()
        opens = match["end"] == ">"
        if self._leaf:
            self._leaf += opens
            yield match.span()
            return
        kind = _kind(match["open"])
        given = [
            (found[1], found[2] or found[3] or "", found.span(2 if found[2] is not None else 3))
            for found in _GIVEN.finditer(self._text, *match.span("given"))
        ]
        carries = _carries(kind, match["open"].lower(), [(name, value) for name, value, _ in given])
        careful = kind in ("leaf", "holder") or carries or bool(self._holder)
        for name, value, (start, end) in given:
            shown = _is_shown(name, kind) or _HARMLESS.fullmatch(value)
            telling = is_telling(value) and not value.startswith("http://libvirt.org/")
            if value.strip() and (is_secret(name) or telling or (careful and not shown and name[:5] != "xmlns")):
                yield start, end
        if opens:
            if kind == "leaf" or carries:
                self._leaf, self._leaf_tag = 1, self._tag
            if self._holder or kind == "holder":
                self._enter_holder()
        else:
            self._tag = ""

    def _irregular(self, match: re.Match[str]) -> Iterator[tuple[int, int]]:
        """Look at what begins like a start tag, and is none: show the harmless alone if it is about secrets."""
        name, rest = match["cut"], match["rest"]
        self._tags += 1
        if self._leaf:
            yield match.span()
            if self._cut and rest.endswith(">"):
                self._end_of_cut(rest)
            return
        self._tag = name.rpartition(":")[2].lower()
        kind = _kind(name)
        goes_on = match.start() == self._hidden_to or "@" in name
        if not rest.strip() and (kind == "leaf" or name.rpartition(":")[2].lower().startswith(_STARTS)):
            # Without its end, the tag has run into the secret.
            kind, goes_on = "leaf", True
        half = _HALF.search(rest[-300:]) is not None
        if not (kind or self._holder or goes_on or half or is_telling(name) or _suspicious(name + rest)):
            return
        if self._holder or goes_on or is_telling(name):
            yield match.span("cut")
        position = start = match.start("rest")
        for safe in _SAFE.finditer(rest):
            if _is_shown(safe[1], kind) and not is_telling(safe[0]):
                yield from self._pieces(position, start + safe.start())
                position = start + safe.end()
        yield from self._pieces(position, match.end())
        self._open_irregular(kind, rest)

    def _enter_holder(self) -> None:
        """Note that an element with secrets in it is open, or one within it."""
        if not self._holder:
            self._holder_tag, self._is_root = self._tag, self._tags == 1
        self._holder += 1

    def _open_irregular(self, kind: str, rest: str) -> None:
        """Note what a start tag that is none opens, and that what is behind it may be the rest of a value."""
        ends = rest.endswith(">")
        if not ends and _NEXT_LINE.search(rest) and not _is_within_value(rest):
            if kind == "holder":
                self._enter_holder()
            return
        closed = rest.endswith("/>")
        if not closed and (self._holder or (kind == "holder" and ends)):
            self._enter_holder()
        self._leaf, self._leaf_tag = 1, self._tag
        self._cut = not ends or closed or kind not in ("leaf", "carrier")

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for found in _MARKUP.finditer(self._text, start, end):
            yield found.span()

    def _end_of_cut(self, text: str) -> None:
        self._cut = False
        if text.rstrip().endswith("/>"):
            self._leaf = 0

    def _characters(self, match: re.Match[str], group: str) -> Iterator[tuple[int, int]]:
        text = match[group]
        start, end = match.span(group)
        if not text.strip():
            if self._cut and "\n" in text:
                self._leaf, self._cut = 0, False
            return
        holds = self._holder and self._tag not in _PUBLIC
        if (
            self._leaf
            or holds
            or self._closes_secret(end)
            or is_telling(text)
            or _QUERY.search(text)
            or ("=" in text and _suspicious(text))
        ):
            self._hidden_to = end
            yield start, end
        if self._cut and ">" in text:
            self._end_of_cut(text)
        elif not self._leaf and _HALF.search(text[-300:]):
            self._leaf, self._leaf_tag, self._cut = 1, self._tag, True

    def _closes_secret(self, position: int) -> bool:
        """Tell whether a text is a secret by the tag behind it, though the one before it is another one."""
        closing = _CLOSING.match(self._text, position)
        if closing is None or _kind(closing[1]) not in ("leaf", "carrier"):
            return False
        return closing[1].rpartition(":")[2].lower() != self._tag


def _carries(kind: str, tag: str, given: list[tuple[str, str]]) -> bool:
    """Tell whether an element holds a secret by what it is named: `<entry name='opt/key'>`, `<env name='PASSWORD'>`."""
    names = [value for name, value in given if name in ("key", "id") or is_one_slip(name.lower(), "name")]
    if kind == "carrier" and is_one_slip(tag.rpartition(":")[2], "entry"):
        return any(carries_secret("entry", name) for name in names or [""])
    told = any("secret" in name.lower() for name in names) and (kind == "carrier" or ":" in tag)
    return told or any(carries_secret(tag, name) for name in names)


def _suspicious(text: str) -> bool:
    """Tell whether what may be a start tag has a secret in it, whole or in pieces."""
    letters = _LETTERS.sub("", text.lower())
    return is_telling(text) or _TRACES.search(letters) is not None


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
