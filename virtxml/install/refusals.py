"""What libvirt would refuse of a guest though its schemas allow it, blamed on the option that says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..lint import Linter
from ..node import Node
from .errors import InstallError
from .language.paths import local_name
from .options import find_option

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ..fields import Field
    from ..lint import Problem
    from ..schema.domain import Domain
    from .command_line.said import Arguments
    from .language.declaring import Option, Sub

_SAYS = {
    "define": "libvirt refuses this document",
    "start": "libvirt cannot start this guest",
}
"""What happens, by the phase of a rule."""


def refusals(documents: Iterable[Domain], arguments: Arguments, words: Collection[str]) -> Sequence[str]:
    """Return why libvirt would refuse documents, or could not start their guests, a line each.

    What virt-install does of its own accord stays, such as its choice of a machine, which may not have what an option
    asks for, and so does what libvirt defines and does not start. But an option that asks for what libvirt does not
    define is a mistake: it raises InstallError.

    Args:
        documents: the documents.
        arguments: the arguments that they come from.
        words: the values in them that can be blamed.
    """
    linter = Linter()
    found: dict[str, None] = {}
    for document in documents:
        errors = [one for one in linter.problems(document) if one[0].severity == "error"]
        for (rule, problem), told in zip(errors, linter.told(document, errors), strict=True):
            is_chosen = "machine" in rule.needs and arguments.text("machine") is None
            if rule.phase == "define" and not is_chosen:
                _refuse(document, problem, told.message, arguments, words)
            found[f"{_SAYS[told.phase]}: {told.path}: {told.message}"] = None
    return list(found)


def _refuse(document: Domain, problem: Problem, reason: str, arguments: Arguments, words: Collection[str]) -> None:
    """Raise InstallError if an option is to blame for a problem."""
    value = getattr(problem.node, problem.field) if problem.field else None
    said = str(value) if isinstance(value, str | int) else None
    if said is None or said not in words:
        return
    field = type(problem.node).xml_fields[problem.field]
    blamed = _blamed(arguments, (*_way_to(document, problem.node), field), said)
    if blamed is not None:
        option, key = blamed
        raise InstallError(reason, option=option.name, key=key, value=None if field.secret else said)


def _way_to(holder: Node, node: object) -> tuple[Field, ...]:
    """Return the fields that lead to an object; nothing if it is not there."""
    waiting: list[tuple[Node, tuple[Field, ...]]] = [(holder, ())]
    while waiting:
        here, way = waiting.pop()
        if here is node:
            return way
        for field in type(here).xml_fields.values():
            value: Any = getattr(here, field.slot)
            inner = value if isinstance(value, list) else [value]
            waiting += [(one, (*way, field)) for one in inner if isinstance(one, Node)]
    return ()


def _blamed(arguments: Arguments, way: tuple[Field, ...], value: str) -> tuple[Option, str | None] | None:
    """Return the option that was given for a place in a document, and the sub-option with a value.

    The option is that of the smallest element around the place; None if there is no option. The sub-option is None
    where its name is not written.
    """
    found: list[tuple[int, Option, str | None]] = []
    for destination, occurrences in arguments.compound.items():
        option = find_option(destination)
        if option.element is None:
            continue
        start = tuple(filter(None, option.element.split(".")))
        if tuple(field.name for field in way[: len(start)]) != start:
            continue
        rest = tuple(map(local_name, way[len(start) :]))
        subs = [sub for sub in option.subs if _leads_to(sub, rest)]
        if start or subs:
            items = [item for occurrence in occurrences for item in occurrence.items]
            keys = [key for key, text in items if text == value and _stands_for(option, key) in subs]
            found.append((len(start), option, next(iter(keys), None)))
    return max(found, key=lambda one: one[0])[1:] if found else None


def _stands_for(option: Option, key: str) -> Sub | None:
    match = option.find(key)
    return None if match is None else match.sub


def _leads_to(sub: Sub, way: tuple[str, ...]) -> bool:
    """Tell whether a sub-option sets a field, or something around it."""
    path = tuple(part.rstrip("*") for part in sub.path.split("."))
    return way[: len(path)] == path
