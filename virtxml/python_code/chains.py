"""Calls of builders' steps, as data and as code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import TYPE_CHECKING

from .expressions import INDENT, WIDTH, Brackets, Expression, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .models import ModelWriter


@dataclass(frozen=True)
class Call:
    """A call of a function or of a step, with values as arguments: those without a name, and those with one."""

    name: str
    args: tuple[object, ...] = ()
    options: tuple[tuple[str, object], ...] = ()

    def of(self, receiver: object) -> object:
        """Call it, and return what it returns. Raises LookupError if there is no value for an argument."""
        function = getattr(receiver, self.name)
        options = dict(self.options)
        first, named = _needed(getattr(function, "__func__", function))
        if len(self.args) < first or not named <= options.keys():
            raise LookupError(f"{self.name} lacks an argument")
        return function(*self.args, **options)

    def expression(self, writer: ModelWriter) -> Brackets:
        """Return the code of the call, without what it is called of."""
        items = [("", writer.value(value)) for value in self.args]
        items += [(f"{name}=", writer.value(value)) for name, value in self.options]
        return Brackets(f"{self.name}(", items, ")")


def call(name: str, /, *args: object, **options: object) -> Call:
    """Return a call; options that are None are left out, and so are arguments at the end that are."""
    while args and args[-1] is None:
        args = args[:-1]
    return Call(name, args, tuple((key, value) for key, value in options.items() if value is not None))


@cache
def _needed(function: Callable[..., object]) -> tuple[int, set[str]]:
    """Return how many arguments a function or method has to be given, itself aside, and which ones by name."""
    needed = [one for one in signature(function).parameters.values() if one.default is one.empty]
    first = sum(one.kind is one.POSITIONAL_OR_KEYWORD and one.name != "self" for one in needed)
    return first, {one.name for one in needed if one.kind is one.KEYWORD_ONLY}


class Chain(Expression):
    """Calls one behind the other: each is called of what the one before returned."""

    __slots__ = ("calls",)

    def __init__(self, receiver: str, calls: Sequence[Brackets]) -> None:
        flat = [receiver, *(one.flat for one in calls if one.flat is not None)]
        joined = ".".join(flat)
        super().__init__(joined if len(flat) == len(calls) + 1 and len(joined) <= WIDTH else None)
        self.calls = [Brackets(f"{receiver}.{calls[0].opening}", calls[0].items, ")"), *calls[1:]]

    def broken(self, before: str, after: str, indent: int) -> Iterator[str]:
        """Iterate over lines, with each call on lines of its own."""
        yield f"{' ' * indent}{before}("
        for index, one in enumerate(self.calls):
            yield from lines(one, "." if index else "", "", indent + INDENT)
        yield f"{' ' * indent}){after}"
