"""Character classes of XML Schema's regular expressions."""

from __future__ import annotations

from typing import NamedTuple


class CharacterClass(NamedTuple):
    """A set of characters.

    Attributes:
        ranges: first and last characters.
        categories: prefixes of Unicode's general categories, such as `Lu` and `L`.
        classes: further classes, all of whose characters are in it.
        negated: whether it is all characters but those.
        subtracted: the characters that are taken away in the end.
    """

    ranges: tuple[tuple[str, str], ...] = ()
    categories: tuple[str, ...] = ()
    classes: tuple[CharacterClass, ...] = ()
    negated: bool = False
    subtracted: CharacterClass | None = None

    def contains(self, character: str) -> bool:
        """Tell whether a character is in the class."""
        found = any(first <= character <= last for first, last in self.ranges) or any(
            other.contains(character) for other in self.classes
        )
        if not found and self.categories:
            from unicodedata import category

            found = category(character).startswith(self.categories)
        if found == self.negated:
            return False
        return self.subtracted is None or not self.subtracted.contains(character)


def single(character: str) -> CharacterClass:
    """Return the class of one character."""
    return CharacterClass(((character, character),))


def inverse(other: CharacterClass) -> CharacterClass:
    """Return the class of all other characters."""
    return CharacterClass(classes=(other,), negated=True)


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Return ranges from a text of first and last characters."""
    return tuple(zip(text[::2], text[1::2], strict=True))


_NAME_START = CharacterClass(
    (
        (":", ":"),
        *_pairs(
            "AZ__az\xc0\xd6\xd8\xf6\xf8\u02ff\u0370\u037d\u037f\u1fff\u200c\u200d\u2070\u218f\u2c00\u2fef"
            "\u3001\ud7ff\uf900\ufdcf\ufdf0\ufffd\U00010000\U000effff"
        ),
    )
)
_NAME = CharacterClass(_pairs("-.09\xb7\xb7\u0300\u036f\u203f\u2040"), classes=(_NAME_START,))
_SPACE = CharacterClass(((" ", " "), ("\t", "\n"), ("\r", "\r")))
_DIGIT = CharacterClass(categories=("Nd",))
_NO_WORD = CharacterClass(categories=("P", "Z", "C"))

DOT = CharacterClass((("\n", "\n"), ("\r", "\r")), negated=True)
ESCAPES = {
    "s": _SPACE,
    "S": inverse(_SPACE),
    "i": _NAME_START,
    "I": inverse(_NAME_START),
    "c": _NAME,
    "C": inverse(_NAME),
    "d": _DIGIT,
    "D": inverse(_DIGIT),
    "w": inverse(_NO_WORD),
    "W": _NO_WORD,
    "n": single("\n"),
    "r": single("\r"),
    "t": single("\t"),
    **{character: single(character) for character in r"\|.?*+(){}-[]^$"},
}
"""What a backslash and a character stand for."""

CATEGORIES = frozenset(
    group + kind
    for group, kinds in {
        "L": "ultmo",
        "M": "nce",
        "N": "dlo",
        "P": "cdseifo",
        "Z": "slp",
        "S": "mcko",
        "C": "cfon",
    }.items()
    for kind in ("", *kinds)
)
"""What `\\p{…}` may name."""
