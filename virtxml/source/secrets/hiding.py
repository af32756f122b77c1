"""Texts without the passwords in them, for messages: of anybody's words, and of what was meant as a connection URI."""

from __future__ import annotations

import re

from .names import ASSIGNED

HIDDEN = "<hidden>"
"""What is shown in place of a secret."""

_LOGIN = re.compile(r"(//[^\s/@:]*):[^\s/]*@")
_QUERY = re.compile(r"(://[^\s?]*\?)[^\s:]+")
_ASSIGNED = re.compile(rf"((?:{ASSIGNED})[\w.-]{{0,60}}[=:])\S+", re.IGNORECASE)
_LOGIN_WITHOUT_SLASHES = re.compile(r"\A(/?[^/?#:@]*):(?!//).*@", re.DOTALL)


def without_passwords(text: str) -> str:
    """Return a text without the passwords and queries of the URLs in it, and without what is assigned to passwords."""
    if "//" in text:
        text = _QUERY.sub(rf"\1{HIDDEN}", _without_logins(text))
    return _ASSIGNED.sub(rf"\1{HIDDEN}", text)


def uri_without_password(uri: str) -> str:
    """Return a connection URI, or what was meant as one, without what may be a password.

    Its query has none, and is shown. Without `//`, all of `user:password@host` is the path of a driver called "user":
    nobody means that.
    """
    return _LOGIN_WITHOUT_SLASHES.sub(rf"\1:{HIDDEN}@", _without_logins(uri))


def _without_logins(text: str) -> str:
    return _LOGIN.sub(rf"\1:{HIDDEN}@", text)
