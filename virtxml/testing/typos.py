"""Typing mistakes as people make them, and words and numbers that are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

# The neighbours of each key on the keyboard that most people use.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SLIPS = {
    letter: row[max(0, index - 1) : index] + row[index + 1 : index + 2]
    for row in _ROWS
    for index, letter in enumerate(row)
}

WORDS = ("foo", "auto-detect", "maybe", "enabled", "True", "standard", "none-such", "x", "my-choice", "best", "42")
"""Words for a closed set that nobody would have chosen: none is a misspelling of anything."""

NO_NUMBERS = (
    "lots",
    "ten",
    "-1",
    "-4096",
    "1.5",
    "12abc",
    "0xZZ",
    "1,000",
    "1 000",
    "4294967296",
    "99999999999999999999999",
    "4G",
)
"""What people write where a number is wanted: words, negative numbers, such as are out of range, units."""


def misspell(word: str, rng: random.Random) -> str:
    """Return a word as a person mistypes it: one slip, and neither the same word nor none.

    A letter is dropped, doubled, replaced by its neighbour on the keyboard or by any other, or exchanged with the next
    one; or the case of one letter, or of all, is wrong. A word of one letter only gains or changes a letter.
    """
    slips: list[Callable[[str, random.Random], str]] = [_double, _replace, _any_letter, _case]
    if len(word) > 1:
        slips += [_drop, _transpose]
    while True:
        found = rng.choice(slips)(word, rng)
        if found != word and (found[0].isalpha() or found[0] == word[0]):
            return found


def _drop(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _double(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[: at + 1] + word[at:]


def _transpose(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _replace(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    near = _SLIPS.get(word[at].lower(), "e")
    return word[:at] + rng.choice(near) + word[at + 1 :]


def _any_letter(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]


def _case(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return rng.choice([word.swapcase(), word.capitalize(), word[:at] + word[at].swapcase() + word[at + 1 :]])
