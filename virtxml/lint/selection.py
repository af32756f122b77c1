"""Which rules run: by code, name, prefix of codes, group or severity."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, get_args

from ..diagnostics.codes import CODES, NAMES
from .rule import REGISTERED, Group, Rule
from .rules import load_all

if TYPE_CHECKING:
    from collections.abc import Iterable

ALL, DEFAULT = "all", "default"
GROUPS = tuple(group for group in get_args(Group) if group)


class Selection(NamedTuple):
    """Which findings are wanted. Patterns are codes, names, beginnings of codes, groups, "default" and "all".

    Attributes:
        select: patterns of the rules that run.
        ignore: patterns of the findings that nobody wants, of the schema's too.
    """

    select: tuple[str, ...] = (DEFAULT,)
    ignore: tuple[str, ...] = ()

    def wants(self, rule: Rule) -> bool:
        """Tell whether a rule runs."""
        return any(_matches(one, rule) for one in self.select) and not any(_matches(one, rule) for one in self.ignore)

    def ignores(self, code: str, name: str) -> bool:
        """Tell whether a finding of a code is not wanted."""
        return any(covers(pattern, code, name) for pattern in self.ignore)


def covers(pattern: str, code: str, name: str) -> bool:
    """Tell whether a pattern is a code, the beginning of it, or its name."""
    return pattern == name or (pattern[:2] == "VX" and code.startswith(pattern))


def _matches(pattern: str, rule: Rule) -> bool:
    if pattern == ALL:
        return True
    if pattern == DEFAULT:
        return not rule.group and rule.severity != "info"
    if pattern in GROUPS:
        return rule.group == pattern
    return covers(pattern, rule.code, rule.name)


def check(patterns: Iterable[str]) -> None:
    """Raise ValueError for a pattern that no finding can match, with the names that may be meant."""
    for pattern in patterns:
        if pattern not in (ALL, DEFAULT, *GROUPS) and not codes(pattern):
            message, hint = unknown(pattern, GROUPS)
            raise ValueError(f"{message}: {hint}" if hint else message)


@lru_cache(maxsize=256)
def codes(pattern: str) -> tuple[str, ...]:
    """Return the codes of the findings that a code, the beginning of one, or a name stands for; none for any other."""
    return tuple(code for code, name in _known().items() if covers(pattern, code, name))


def unknown(pattern: str, others: Iterable[str] = ()) -> tuple[str, str]:
    """Return what is to be said of what stands for no finding, and what may be meant: a name, or one of some others."""
    from ..diagnostics.display import shortened
    from ..diagnostics.suggest import did_you_mean, nearest

    known = _known()
    near = nearest(pattern, [*known, *known.values(), *others], 1)
    hint = did_you_mean(*(f'"{name}"' for name in near))
    return f'no rule is called "{shortened(pattern)}"', hint


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Return the names of all findings by their codes."""
    load_all()
    return {**{code: NAMES[code] for code in CODES}, **{code: rule.name for code, rule in [*REGISTERED.items()]}}
