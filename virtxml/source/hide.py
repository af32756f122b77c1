"""Which pieces of a document are secrets: they are shown in no message, no report and no `repr`.

`SECRETS` and `WORDS` are what is known of names. Everything that shows text or values of a document asks here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SECRETS = frozenset({"cookie", "cookies", "passwd", "password", "query", "passphrase", "secret", "vncpasswd", "token"})
"""Names of attributes and elements whose values are not shown; nor are those of names that are one slip away."""
_NO_SECRETS = frozenset({"passwdvalidto"})
"""Names that look like those of secrets."""
_HOLDERS = frozenset({"cookies", "secret"})
"""Those of them that hold elements, which may be shown."""
LOOSE = frozenset({"graphics", "auth", "encryption"})
"""Elements about secrets: text in them, where none belongs, may well be one."""
_WORD = re.compile(r"passw|passphrase|passwd|credential|api_?key|private_?key|token|vncpw", re.IGNORECASE)
"""What names of secrets have in them, of variables and elements that libvirt does not know."""
_TELLING = re.compile(
    r"(?:passw|passphrase|secret|token|cookie|credential|api_?key|private_?key)[\w.-]{0,60}\s{0,9}[=:,]\s{0,9}\S"
    r"|://[^\s/@:\[]{0,200}:(?:[^\s/]{0,200}@|(?!\d{0,5}(?:[/?#\s]|\Z)))",
    re.IGNORECASE,
)
"""Values that tell by themselves that there is a secret in them: `password=…`, `secret,id=…`, `https://user:…@host`."""
_PLAIN_ENTRY = re.compile(r"""\sname\s*=\s*(["'])[A-Za-z_]+\1""")
"""An `<entry>` of SMBIOS, which is named by a word. Those of fw_cfg and OEM strings may carry anything."""
_NAMED_SECRET = re.compile(
    rf"""\sname\s*=\s*(?:'[^'<>]*|"[^"<>]*|[^\s'"<>]*)(?:secret|{_WORD.pattern})""", re.IGNORECASE
)

_NAME = r"""[^\s<>='"/!?&]+"""
_PIECE = re.compile(
    rf"""<!--(?P<comment>(?s:.*?))(?:-->|\Z)
    |<(?P<tag>{_NAME})
    |(?P<attribute>{_NAME})\s*=\s*(?:"(?P<double>[^"]*)|'(?P<single>[^']*)|(?P<bare>[^\s<>"']*))
    |(?<=>)(?P<text>[^<]+)
    |<!\[CDATA\[(?P<cdata>(?s:.*?))(?:\]\]>|\Z)
    |[^\s<>='"]+|.""",
    re.VERBOSE | re.DOTALL,
)
_GOES_ON = re.compile(rf"""["']?(?:\s*(?:/?>|\?>|\Z)|\s+{_NAME}\s*=\s*["'])""")
"""What stands behind a value that has come to its end."""
_SIGNS = re.compile(r"(?:<(?![/!?])[^<>]{0,4096}(?=<))*")
_NEXT_TAG = re.compile(r"</?[^\W\d]|\Z")


def secret_spans(text: str) -> Iterator[tuple[int, int]]:
    """Iterate over the pieces of a document, or a part of one, that hold secrets. It need not be well-formed."""
    return iter(_merged(_Search(text).spans()))


def is_secret(name: str) -> bool:
    """Tell whether values under a name are not to be shown; its prefix does not matter."""
    return _is_secret(name.rpartition(":")[2].lower()) if len(name) <= _LONGEST else False


_LONGEST = 100


def is_telling(value: str) -> bool:
    """Tell whether a value shows by itself that there is a secret in it."""
    return _TELLING.search(value) is not None


def hides(value: str, names: Iterable[str] = ()) -> bool:
    """Tell whether a value must not be shown, by itself or by one of the names that it stands under."""
    return is_telling(value) or any(is_secret(name) for name in names)


def may_hold_secret_text(name: str) -> bool:
    """Tell whether text in an element may be a secret, though it does not belong there."""
    return is_secret(name) or name in LOOSE


def carries_secret(element: str, name: object) -> bool:
    """Tell whether what an element says may be a secret, by its name and what it is named: an `<entry>` or `<env>`."""
    named = name if isinstance(name, str) else ""
    return is_secret(named) or (element == "entry" and not named.replace("_", "").isalpha())


class _Search:
    """One way through a text, from piece to piece."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tag = ""
        self._all = False  # whether no value in this tag, nor text behind it, may be shown
        self._entry = False

    def spans(self) -> Iterator[tuple[int, int]]:
        position = 0
        while match := _PIECE.match(self._text, position):
            kind = match.lastgroup
            position = match.end()
            if kind == "tag":
                self._open(match)
            elif kind in ("double", "single", "bare"):
                found = self._value(match, kind)
                yield from found
                position = max(position, *(end for _, end in found)) if found else position
            elif kind in ("text", "cdata"):
                if end := self._text_end(match, kind):
                    yield match.start(kind), end
                    position = max(position, end)
            elif kind == "comment" and (is_telling(match["comment"]) or _has_secret(match["comment"])):
                yield match.span("comment")

    def _open(self, match: re.Match[str]) -> None:
        self._tag = match["tag"].rpartition(":")[2].lower()
        end = self._text.find(">", match.end(), match.end() + 4096)
        tag = self._text[match.end() : end if end >= 0 else match.end() + 4096]
        self._all = _NAMED_SECRET.search(tag) is not None
        self._entry = self._tag == "entry" and _PLAIN_ENTRY.search(tag) is None

    def _value(self, match: re.Match[str], kind: str) -> list[tuple[int, int]]:
        name, value = match["attribute"], match[kind]
        start, end = match.span(kind)
        hidden = is_secret(name) or is_telling(value) or (self._all and name.rpartition(":")[2] == "value")
        if not hidden or (kind != "bare" and not value.strip()):
            return []
        if kind == "bare" and self._text[end : end + 1] in ("'", '"') and not value:
            return []
        # Without its quotes, or with one too many, nobody can say where it ends.
        if _GOES_ON.match(self._text, end) is None:
            end = self._next_tag(end)
        return [(start, end)] if self._text[start:end].strip() else []

    def _text_end(self, match: re.Match[str], kind: str) -> int:
        """Return where a secret in a text ends, 0 if there is none."""
        if not match[kind].strip():
            return 0
        end = match.end(kind)
        secret = is_secret(self._tag) or self._tag in LOOSE or self._entry or self._all
        if not secret and not is_telling(match[kind]):
            return 0
        # What looks like a tag and has no end is a sign in the text.
        signs = _SIGNS.match(self._text, end)
        end = signs.end() if signs else end
        if self._tag in _HOLDERS or self._tag in LOOSE or not secret:
            return end
        closing = self._text.find("</", end)
        return closing if 0 <= closing <= end + 4096 and "\n" not in self._text[end:closing] else end

    def _next_tag(self, position: int) -> int:
        found = _NEXT_TAG.search(self._text, position)
        return found.start() if found else len(self._text)


def _has_secret(text: str) -> bool:
    """Tell whether what is commented out has a secret in it."""
    return any(True for _ in _Search(text).spans())


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    if name in _NO_SECRETS:
        return False
    return _WORD.search(name) is not None or any(_one_slip(name, secret) for secret in SECRETS)


def _one_slip(name: str, other: str) -> bool:
    """Tell whether two names are the same but for a character too many, missing or wrong, or two that are swapped."""
    if abs(len(name) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(name), len(other)) and name[same] == other[same]:
        same += 1
    left, right = name[same:], other[same:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or swapped
