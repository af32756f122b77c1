"""Types whose values are dates, times and durations."""

from __future__ import annotations

import re
from typing import Any

from .base import BOUNDS, Datatype

_YEAR, _MONTH, _DAY = "(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))", "(?P<month>[0-9]{2})", "(?P<day>[0-9]{2})"
_TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?P<fraction>\.[0-9]+)?"
_ZONE = "(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
_FORMS = {
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}",
    "time": _TIME,
    "gYear": _YEAR,
    "gYearMonth": f"{_YEAR}-{_MONTH}",
    "gMonth": f"--{_MONTH}",
    "gMonthDay": f"--{_MONTH}-{_DAY}",
    "gDay": f"---{_DAY}",
}
POINTS = tuple(_FORMS)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Point(Datatype):
    """`dateTime`, `date`, `time` and parts of dates. Those without a time zone are compared as if in UTC."""

    __slots__ = ()
    FACETS = BOUNDS

    def parsed(self, text: str) -> Any:
        """Return the minute, counted from the year 0, the second in it, and whether there is a zone."""
        found = re.fullmatch(_FORMS[self.name] + _ZONE, text)
        if found is None:
            return None
        parts = found.groupdict()
        # A year that leaps, where there is none.
        defaults = {"year": 4, "month": 1, "day": 1}
        year, month, day = (int(parts.get(name) or default) for name, default in defaults.items())
        hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
        fraction = (parts.get("fraction") or ".").rstrip("0")
        offset = _offset(parts["zone"])
        midnight = hour == 24 and not (minute or second or fraction != ".")
        if offset is None or not (_is_date(year, month, day) and (hour < 24 or midnight) and minute < 60 > second):
            return None
        minutes = (_day_number(year, month, day) * 24 + hour) * 60 + minute - offset
        return minutes, second, fraction, parts["zone"] is not None


def _offset(zone: str | None) -> int | None:
    """Return the minutes that a time zone is ahead of UTC, None for one that does not exist."""
    if zone in (None, "Z"):
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:])
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        return None
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def _leaps(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _is_date(year: int, month: int, day: int) -> bool:
    if year == 0 or not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    return month != 2 or day < 29 or _leaps(year)


def _day_number(year: int, month: int, day: int) -> int:
    before = year - 1
    leap_days = before // 4 - before // 100 + before // 400
    in_year = sum(_DAYS[: month - 1]) - (month > 2 and not _leaps(year))
    return before * 365 + leap_days + in_year + day


class Duration(Datatype):
    """`duration`: months and seconds, which cannot be converted into each other. No bounds are supported."""

    __slots__ = ()

    def parsed(self, text: str) -> Any:
        """Return the months, and the seconds."""
        from fractions import Fraction

        form = r"(-?)P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
        found = re.fullmatch(form, text, re.ASCII)
        if found is None:
            return None
        sign = -1 if found[1] else 1
        years, months, days, hours, minutes = (int(part or 0) for part in found.groups()[1:6])
        seconds = ((days * 24 + hours) * 60 + minutes) * 60 + Fraction(found[7] or 0)
        return sign * (years * 12 + months), sign * seconds
