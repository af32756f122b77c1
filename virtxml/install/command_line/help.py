"""`--disk help` and `--disk=?`: the sub-options of an option, with types and values; `--osinfo list`: all systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...scalars import INTEGER
from ..language.paths import accepted_words, convert, locate
from .splitting import split

if TYPE_CHECKING:
    from ...node import Node
    from ..language.declaring import Sub
    from .said import Arguments

_WORDS = ("help", "?")
_NUMBER = "N"


def requested_systems(arguments: Arguments) -> str | None:
    """Return the names of all operating systems, a line each, if `--osinfo list` asks for them; None if not."""
    if all(occurrence.text.strip() != "list" for occurrence in arguments.compound.get("osinfo", ())):
        return None
    from ...guests.osinfo import list_oses

    return "".join(f"{', '.join(names)}\n" for names in list_oses())


def requested_help(arguments: Arguments) -> str | None:
    """Return what `--OPTION help`, or `--OPTION=?`, is to print; None if no option asks for help."""
    from ..options import DESTINATIONS

    found = [
        option_help(destination)
        for destination in DESTINATIONS
        if any(_asks(occurrence.text) for occurrence in arguments.compound.get(destination, []))
    ]
    return "\n".join(found) if found else None


def _asks(text: str) -> bool:
    try:
        tokens = split(text)
    except ValueError:
        return False
    return any(key in _WORDS and value is None for key, value in tokens)


def option_help(destination: str) -> str:
    """Return what there is to know of an option's sub-options, a line each.

    Raises KeyError for a destination that has no sub-options.
    """
    from ..language.occasion import element_class, model_paths
    from ..options import find_option

    option = find_option(destination)
    cls = element_class(option)
    lines = [f"{option.name} sub-options:"]
    lines += [_line(_names(sub), _values(sub, cls)) for sub in option.subs]
    if cls is not None:
        more = model_paths(option)
        if more:
            lines.append("and what else libvirt's schemas know:")
            lines += [_line(path, _path_values(cls, path)) for path in more]
        lines.append("and for every option: clearxml, xpathN.set, xpathN.create, xpathN.delete, xpathN.value")
    return "\n".join(lines) + "\n"


def _line(name: str, values: str) -> str:
    return f"  {name} = {values}" if values else f"  {name}"


def _names(sub: Sub) -> str:
    """Return a sub-option's name, N for its numbers, and its aliases in brackets."""
    names = [name.replace("*", f"[{_NUMBER}]") for name in (sub.name, *sub.aliases)]
    return names[0] + (f" ({', '.join(names[1:])})" if names[1:] else "")


def _values(sub: Sub, cls: type[Node] | None) -> str:
    """Return what values a sub-option may have."""
    if sub.switch:
        return "yes|no"
    return "TEXT" if cls is None or sub.foreign else _path_values(cls, sub.path.replace("*", ""))


def _path_values(cls: type[Node], path: str) -> str:
    """Return what values may stand at a path of the model; any text where a sub-option is no path."""
    try:
        words = accepted_words(cls, path)
    except LookupError:
        return "TEXT"
    field = locate(cls, path)[-1].field
    if words:
        return "|".join(("NUMBER", *words) if field.kind == INTEGER else words)
    try:
        convert(field, "not a switch, and not a number")
    except ValueError:
        return "NUMBER" if field.kind == INTEGER else "yes|no"
    return "NUMBER or TEXT" if field.kind == INTEGER else "TEXT"
