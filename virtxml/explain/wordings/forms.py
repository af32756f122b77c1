"""Say in words which form a value is to have: never a pattern, which few can read."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from virtxml.relaxng.match.patterns import Data, Value

from .form import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.relaxng.datatypes import Datatype


class Accepted(NamedTuple):
    """What is accepted in place of a value, in words."""

    values: tuple[str, ...]
    """Single values."""
    forms: tuple[Form, ...]
    """The forms that other values may have."""

    @property
    def names(self) -> tuple[str, ...]:
        """The values, and the forms in words."""
        return self.values + tuple(form.words for form in self.forms)


def describe(accepted: Iterable[Value | Data], value: str = "") -> Accepted:
    """Return what is accepted in place of a value, in the schema's order, each once."""
    values: dict[str, None] = {}
    forms: dict[str, Form] = {}
    for item in accepted:
        if isinstance(item, Value):
            values[item.text] = None
            continue
        form = form_of(item, value)
        if form.values:
            values.update(dict.fromkeys(form.values))
        else:
            forms.setdefault(form.words, form)
    return Accepted(tuple(values), tuple(forms.values()))


def form_of(data: Data, value: str = "") -> Form:
    """Return the form that a datatype asks for; ``value`` is one that does not have it."""
    return _notion(data.define, data.datatype) or _of_type(data.datatype, value) or _unnamed(data.define)


@lru_cache(maxsize=1024)
def _notion(define: str, datatype: Datatype) -> Form | None:
    """Return the form that libvirt's schemas call by the name of a definition.

    The same name means something else where the example is no value of the type. Of several spellings of the same, the
    first stands for all.
    """
    if not datatype.params:
        return None
    from .notions import NOTIONS

    forms = NOTIONS.get(define, ())
    words = next((form.words for form in forms if datatype.allows(form.example)), None)
    return next((form for form in forms if form.words == words), None)


def _of_type(datatype: Datatype, value: str) -> Form | None:
    """Return the form of a datatype that is not restricted by a pattern that one has to know."""
    restrictions = dict(datatype.params)
    unsigned = restrictions.get("pattern") in _ANY_DIGITS
    if unsigned:
        del restrictions["pattern"]
    if "pattern" in restrictions:
        return None
    if datatype.name in _BOUNDS:
        words = _whole_number(datatype.name, restrictions, value)
        if unsigned and value.strip().startswith("+"):
            return Form(f"{words} without a plus sign")
        return Form(words, "" if words != _WHOLE_NUMBER else "4096")
    if datatype.name in _TYPES:
        return _TYPES[datatype.name]
    return _length(restrictions)


_ANY_DIGITS = ("[0-9]+", "-?[0-9]+")
"""Patterns that only take away the plus sign that XML Schema allows."""
_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{
        name: bounds
        for bits, signed in {8: "byte", 16: "short", 32: "int", 64: "long"}.items()
        for name, bounds in {
            signed: (-(1 << bits - 1), (1 << bits - 1) - 1),
            f"unsigned{signed.title()}": (0, (1 << bits) - 1),
        }.items()
    },
}
"""The least and the greatest whole number of each datatype."""
_WHOLE_NUMBER = "a whole number"
_LARGE = 1 << 30
"""Bounds beyond are only of interest to who has come upon them."""
_MANY = 1000
"""Python takes long to read numbers of many digits."""
_TYPES = {
    "boolean": Form("a truth value", values=("true", "false")),
    "decimal": Form("a number", "1.5"),
    "float": Form("a number", "1.5"),
    "double": Form("a number", "1.5"),
    "dateTime": Form("a date and time", "2024-01-31T12:30:00"),
    "date": Form("a date", "2024-01-31"),
    "time": Form("a time of day", "12:30:00"),
    "duration": Form("a duration", "PT30S"),
    "gYear": Form("a year", "2024"),
    "gYearMonth": Form("a year and month", "2024-01"),
    "gMonth": Form("a month", "--01"),
    "gMonthDay": Form("a month and day", "--01-31"),
    "gDay": Form("a day of the month", "---31"),
    "hexBinary": Form("bytes as pairs of hexadecimal digits", "00ff"),
    "base64Binary": Form("bytes in base64", "AP8="),
    "anyURI": Form("a URI", "http://example.org/"),
    "language": Form("a language tag", "en"),
    "NCName": Form("a name of letters, digits, and the signs . - _ that begins with a letter", "name-1"),
    "Name": Form("a name of letters, digits, and the signs . - _ : that begins with a letter", "name-1"),
    "NMTOKEN": Form("a word of letters, digits, and the signs . - _ :", "name-1"),
    "NMTOKENS": Form("words of letters, digits, and the signs . - _ :", "name-1 name-2"),
    "ID": Form("a name of letters, digits, and the signs . - _ that begins with a letter", "name-1"),
    "IDREF": Form("a name of letters, digits, and the signs . - _ that begins with a letter", "name-1"),
    "IDREFS": Form("names of letters, digits, and the signs . - _ that begin with letters", "name-1 name-2"),
}


def _whole_number(name: str, restrictions: dict[str, str], value: str) -> str:
    """Return words for a whole number; a bound that is far away is only named to who has gone beyond it."""
    low, high = _range(name, restrictions)
    given = _number(value)
    too_low = given is not None and low is not None and given < low
    show_high = high is not None and (high < _LARGE or (given is not None and given > high))
    # Of what is no number at all, nobody thinks that it is negative.
    show_low = low is not None and (too_low or (low > -_LARGE and (low != 0 or show_high)))
    if show_low and show_high:
        return f"a whole number from {low} to {high}"
    if show_low:
        return f"a whole number of at least {low}"
    return f"a whole number of at most {high}" if show_high else _WHOLE_NUMBER


def _range(name: str, restrictions: dict[str, str]) -> tuple[int | None, int | None]:
    """Return the least and the greatest number of a datatype with parameters."""
    lows, highs = ([bound] if bound is not None else [] for bound in _BOUNDS[name])
    for bounds, param, step in (
        (lows, "minInclusive", 0),
        (lows, "minExclusive", 1),
        (highs, "maxInclusive", 0),
        (highs, "maxExclusive", -1),
    ):
        if param in restrictions:
            bounds.append(int(restrictions[param]) + step)
    return max(lows, default=None), min(highs, default=None)


def _number(text: str) -> int | None:
    """Return a whole number, None for other text, and for more digits than any bound has."""
    digits = text.strip().removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < _MANY else None


def _length(restrictions: dict[str, str]) -> Form | None:
    """Return the form of text that is only restricted in length."""
    if not restrictions:
        return Form("text")
    exact, least, most = (restrictions.get(param) for param in ("length", "minLength", "maxLength"))
    if exact:
        return Form(f"text of {exact} characters")
    if least and most:
        return Form(f"text of {least} to {most} characters")
    if most:
        return Form(f"text of at most {most} characters")
    return Form(f"text of at least {least} characters") if least else None


def _unnamed(define: str) -> Form:
    """Return what there is to say of a form that only the schema's author knows."""
    return Form(f'what the schema calls "{define}"') if define else Form("text of the form that the schema asks for")
