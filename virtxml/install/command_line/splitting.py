"""virt-install's option strings: `path=/a,b.c=d` to keys and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InstallError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATOR = ","
_ESCAPE = "\\"
_QUOTES = "'\""


def split(text: str) -> list[tuple[str, str | None]]:
    """Split an option string at its commas, each token at its first "=".

    Quotes and backslashes work as in a shell; a token with nothing in it is dropped. A key without "=" has None for its
    value. Raises ValueError if a quotation does not end.
    """
    pairs: list[tuple[str, str | None]] = []
    for token in _tokens(text):
        key, equals, value = token.partition("=")
        pairs.append((key, value if equals else None))
    return pairs


def quote(text: str) -> str:
    """Return a text as `split` reads it back in one piece."""
    for char in _ESCAPE + _SEPARATOR + _QUOTES:
        text = text.replace(char, _ESCAPE + char)
    return text


def _tokens(text: str) -> list[str]:
    """Return what stands between the commas, without quotes and backslashes; nothing of what is empty."""
    tokens: list[str] = []
    token: list[str] = []
    quoted = ""
    chars = iter(text)
    for char in chars:
        if char == _ESCAPE and quoted != "'":
            token.append(_escaped(next(chars, None), quoted))
        elif quoted:
            if char == quoted:
                quoted = ""
            else:
                token.append(char)
        elif char in _QUOTES:
            quoted = char
        elif char == _SEPARATOR:
            tokens.append("".join(token))
            token = []
        else:
            token.append(char)
    if quoted:
        raise ValueError(f"the quotation that begins with {quoted} does not end")
    tokens.append("".join(token))
    return [token for token in tokens if token]


def _escaped(char: str | None, quoted: str) -> str:
    """Return what a backslash and the character behind it stand for: inside of quotes, only some are special."""
    if char is None:
        raise ValueError("nothing follows the backslash at the end")
    return char if not quoted or char in (quoted, _ESCAPE) else _ESCAPE + char


def words(argv: str | Sequence[str]) -> Sequence[str]:
    """Return arguments, which may be given as one text that is split as a shell splits it.

    Raises InstallError for a text that cannot be.
    """
    if not isinstance(argv, str):
        return argv
    import shlex

    try:
        return shlex.split(argv)
    except ValueError as error:
        raise InstallError(f"the arguments cannot be split: {error}") from None
