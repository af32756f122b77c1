"""Guess which name or value was meant."""

from __future__ import annotations

from bisect import insort
from functools import lru_cache
from typing import TYPE_CHECKING

from .display import either

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

EDIT = 4
"""What one edit costs: a character too many, missing, or wrong, or two that have changed places."""
_MOST_EDITS = 4
"""More edits than that are another name, however long it is. Short names have fewer: one for three characters, but
always another form."""
_SEPARATOR = 2
"""What a hyphen or underscore costs that is too many or missing."""
_FORM = 1
"""What it costs to have the wrong case, an underscore for a hyphen, or another word for "yes"."""
_WORD = 3
"""How long a name must be for one that only begins or ends with it to be a suggestion."""
_LONG = 10
"""How long a name is in which there may well be two slips."""
_REMEMBERED = 100
"""What was found for longer names is forgotten at once: they take too much room."""
_SEPARATORS = "-_"

_SWITCHES = (
    frozenset({"yes", "on", "true", "1", "enable", "enabled"}),
    frozenset({"no", "off", "false", "0", "disable", "disabled"}),
)
"""Words for the same state of a switch."""


def nearest(name: str, candidates: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the candidates that may have been meant by a name or value, the likeliest first, at most ``limit``.

    One is likely if it takes few edits for its length to come to it: characters that are wrong, too many, missing or
    swapped count one each, separators half, and case and the kind of separator a quarter. So is one that begins or ends
    with the name, or the name with it, and a word for the same state of a switch. The order of the candidates makes no
    difference.
    """
    find = _nearest if len(name) <= _REMEMBERED else _nearest.__wrapped__
    return find(name, frozenset(candidates), limit)


def did_you_mean(*meant: str, show: Callable[[str], str] = str, lead: str = "") -> str:
    """Return the question whether one of some things is meant; "" if there are none.

    ``show`` tells how one of them is shown, by default as it is; ``lead`` is what leads to the question in a sentence,
    such as ": ".
    """
    return f"{lead}did you mean {either(map(show, dict.fromkeys(meant)))}?" if meant else ""


def is_switch(word: str) -> bool:
    """Tell whether a word says whether something is on or off."""
    return any(word.lower() in words for words in _SWITCHES)


def is_on(word: str) -> bool:
    """Tell whether a word says that something is on."""
    return word.lower() in _SWITCHES[0]


def slipped(name: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Return the one candidate that a slip of the pen makes the name of, as a tuple; an empty one if there is none.

    That is for names of which nothing else tells that they are names of ours at all: another word that only looks alike
    is no slip. A long name may have two.
    """
    most = EDIT if len(name) < _LONG else 2 * EDIT
    return tuple(one for one in nearest(name, candidates, 1) if distance(name, one, most) <= most)


@lru_cache(maxsize=1024)
def _nearest(name: str, candidates: frozenset[str], limit: int) -> tuple[str, ...]:
    """Return the suggestions for a name: whoever slips once often does so again."""
    ranked: list[tuple[int, tuple[int, ...], str]] = []
    # The likeliest first, so that what is left need not be looked at once it can only be worse.
    for least, most, candidate in sorted(_likely(name, candidates)):
        worst = _worst([cost for cost, *_ in ranked], limit)
        if least > worst:
            break
        cost = _cost(name, candidate, most, worst)
        if cost is not None:
            insort(ranked, (cost, _unlikeness(name, candidate), candidate))
    worst = _worst([cost for cost, *_ in ranked], limit)
    return tuple(candidate for cost, *_, candidate in ranked[:limit] if cost <= worst)


def _worst(costs: list[int], limit: int) -> int:
    """Return the most that one more suggestion may cost: not much more than the best."""
    if not costs:
        return _MOST_EDITS * EDIT
    return min([costs[0] + EDIT, *costs[limit - 1 : limit]])


def _likely(name: str, candidates: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Iterate over the candidates that are not too far away, each with the least and the most that it may cost."""
    plain, letters = _form(name)
    size = len(name)
    for candidate in candidates:
        other, others = _form(candidate)
        longest = max(size, len(candidate))
        most = max(min((longest + 1) // 3, _MOST_EDITS) * EDIT, EDIT - 1)
        # Each letter that only one of them has costs an edit; so does each that it has more often.
        least = max(len(letters - others), len(others - letters)) * EDIT
        if least <= most:
            least = max(_surplus(plain, letters, other), _surplus(other, others, plain)) * EDIT
        if candidate == name:
            continue
        near = least <= most and abs(size - len(candidate)) * _SEPARATOR <= most
        if any(plain in words and other in words for words in _SWITCHES):
            yield 0, most, candidate
        elif near or _begins_or_ends(plain, other):
            yield min(least, most), most, candidate


def _surplus(text: str, letters: frozenset[str], other: str) -> int:
    """Return how many letters of a text another one lacks."""
    surplus = 0
    for letter in letters:
        more = text.count(letter) - other.count(letter)
        if more > 0:
            surplus += more
    return surplus


def _cost(name: str, candidate: str, most: int, worst: int) -> int | None:
    """Return what it costs to come from the name to a candidate; None if it is too much."""
    if any(_form(name)[0] in words and _form(candidate)[0] in words for words in _SWITCHES):
        return _FORM
    enough = min(most, worst)
    cost = distance(name, candidate, enough)
    if cost <= enough:
        return cost
    return most if most <= worst and _begins_or_ends(_form(name)[0], _form(candidate)[0]) else None


def _begins_or_ends(left: str, right: str) -> bool:
    """Return whether one of two texts, if it is no scrap, begins or ends with the other."""
    short, long = (left, right) if len(left) < len(right) else (right, left)
    return len(short) >= _WORD and (long.startswith(short) or long.endswith(short))


def distance(left: str, right: str, most: int) -> int:
    """Return the cost of the edits from one text to the other, in quarters; anything above ``most`` if it is more.

    This is the optimal string alignment distance: no piece of the text is edited twice.
    """
    start = _common(left, right)
    left, right = left[start:], right[start:]
    end = _common(left[::-1], right[::-1])
    left, right = left[: len(left) - end], right[: len(right) - end]
    inserts = [_SEPARATOR if char in _SEPARATORS else EDIT for char in right]
    row = [0]
    for insert in inserts:
        row.append(row[-1] + insert)
    before: list[int] = []
    for i, char in enumerate(left):
        delete = _SEPARATOR if char in _SEPARATORS else EDIT
        new = [row[0] + delete]
        for j, other in enumerate(right):
            cost = min(row[j + 1] + delete, new[j] + inserts[j], row[j] + _substitution(char, other))
            if i and j and char == right[j - 1] and other == left[i - 1]:
                cost = min(cost, before[j - 1] + EDIT)
            new.append(cost)
        if min(new) > most and min(row) > most:
            return most + 1
        before, row = row, new
    return row[-1]


def _substitution(char: str, other: str) -> int:
    if char == other:
        return 0
    return _FORM if _plain(char) == _plain(other) else EDIT


@lru_cache(maxsize=4096)
def _form(text: str) -> tuple[str, frozenset[str]]:
    """Return the plain form of a text, and its letters."""
    plain = _plain(text)
    return plain, frozenset(plain) - {"-"}


def _plain(text: str) -> str:
    """Return a text without the differences that count least."""
    return text.lower().replace("_", "-")


def _unlikeness(name: str, candidate: str) -> tuple[int, ...]:
    """Return what decides between candidates that are equally far away.

    It is likelier that letters changed places than that any were wrong, that one is doubled or single than that it is
    another one, that a capital stands for a capital, and that a name begins and ends as it should.
    """
    start = _common(name, candidate)
    alike = start + _common(name[start:][::-1], candidate[start:][::-1])
    return (
        sorted(name) != sorted(candidate),
        set(name) != set(candidate),
        sum(map(str.isupper, name)) != sum(map(str.isupper, candidate)),
        -alike,
        abs(len(name) - len(candidate)),
    )


def _common(left: str, right: str) -> int:
    """Return how many characters two texts begin with alike."""
    count = 0
    for char, other in zip(left, right):  # noqa: B905 - it ends with the shorter one
        if char != other:
            break
        count += 1
    return count
