"""Types whose values are texts: strings, names, tokens, URIs, languages and binary data."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from .base import LENGTHS, Datatype, replace


class String(Datatype):
    """`string`: any text, white space and all."""

    __slots__ = ()
    FACETS = LENGTHS

    def normalized(self, text: str) -> str:
        """Return the text as it is."""
        return text

    def parsed(self, text: str) -> Any:
        """Return the text."""
        return text


class NormalizedString(String):
    """`normalizedString`: white space is spaces."""

    __slots__ = ()

    def normalized(self, text: str) -> str:
        """Return the text with spaces for white space."""
        return replace(text)


class Token(Datatype):
    """`token`: white space is collapsed."""

    __slots__ = ()
    FACETS = LENGTHS

    def parsed(self, text: str) -> Any:
        """Return the text."""
        return text


_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = _START + "\\-.0-9\xb7\u0300-\u036f\u203f\u2040"
_URI = (
    r"([A-Za-z][A-Za-z0-9+.\-]*:|(?![^/?#]*:))"
    r"(//([^/?#\[\]@]*@)?(\[[0-9A-Fa-f:.v]*\]|[^/?#\[\]@:]*)(:[0-9]*)?(?=[/?#]|$)|(?!//))"
    r"([^?#\[\]]*)(\?[^#\[\]]*)?(\#[^#\[\]]*)?"
)
_FORMS = {
    "Name": f"[:{_START}][:{_MORE}]*",
    "NCName": f"[{_START}][{_MORE}]*",
    "NMTOKEN": f"[:{_MORE}]+",
    "language": "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "anyURI": _URI,
}


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile(_FORMS[name])


class Formed(Token):
    """Tokens of a certain form: `Name`, `NCName`, `NMTOKEN`, `language`, and `ID` and `IDREF`, which are `NCName`s.

    That an `ID` is there once, and every `IDREF` leads to one, is not checked.
    """

    __slots__ = ()

    def parsed(self, text: str) -> Any:
        """Return the text if it has the type's form."""
        form = self.name if self.name in _FORMS else "NCName"
        return text if _form(form).fullmatch(text) else None


class Listed(Datatype):
    """`NMTOKENS` and `IDREFS`: one or more tokens; their length is how many they are."""

    __slots__ = ()
    FACETS = LENGTHS

    def parsed(self, text: str) -> Any:
        """Return the tokens."""
        found = tuple(text.split(" "))
        form = _form("NMTOKEN" if self.name == "NMTOKENS" else "NCName")
        return found if all(form.fullmatch(token) for token in found) else None


class AnyURI(Token):
    """`anyURI`: an absolute or relative URI reference. Characters that need escaping may stand for themselves."""

    __slots__ = ()

    def parsed(self, text: str) -> Any:
        """Return the text if it has the form of a URI reference."""
        if re.search(r"%(?![0-9A-Fa-f]{2})", text):
            return None
        return text if _form("anyURI").fullmatch(text) else None


class HexBinary(Datatype):
    """`hexBinary`: two digits an octet."""

    __slots__ = ()
    FACETS = LENGTHS

    def parsed(self, text: str) -> Any:
        """Return the octets."""
        return bytes.fromhex(text) if re.fullmatch("([0-9a-fA-F]{2})*", text) else None


class Base64Binary(Datatype):
    """`base64Binary`: four characters for three octets; spaces may stand anywhere."""

    __slots__ = ()
    FACETS = LENGTHS

    def parsed(self, text: str) -> Any:
        """Return the octets."""
        from binascii import a2b_base64

        packed = text.replace(" ", "")
        form = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?"
        return a2b_base64(packed) if re.fullmatch(form, packed) else None
