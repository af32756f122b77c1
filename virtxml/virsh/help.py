"""What is told of commands."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .command import Command, Option

_WIDTH = 34


def overview(groups: Mapping[str, Sequence[Command]]) -> str:
    """Return all commands, a line each, by what they are about."""
    longest = max(len(command.name) for group in groups.values() for command in group)
    parts = []
    for title, group in groups.items():
        lines = "".join(f"  {command.name:{longest}}  {command.summary}\n" for command in group)
        parts.append(f"{title}:\n{lines}")
    return "\n".join(parts)


def help_of(command: Command, width: int = 100) -> str:
    """Return what a command does and takes, in lines of a width."""
    usage = " ".join([f"usage: virtxml virsh {command.name}", *map(_in_usage, command.options)])
    options = "".join(map(_line, command.options))
    return f"{textwrap.fill(usage, width, subsequent_indent='    ')}\n\n{command.summary}\n\noptions:\n{options}"


def _in_usage(option: Option) -> str:
    if not option.value:
        return f"[--{option.name}]"
    if option.required:
        return f"<{option.name}>"
    return f"[--{option.name} {option.value}]" + ("..." if option.repeated else "")


def _line(option: Option) -> str:
    start = f"  --{option.name} {option.value}".rstrip()
    return f"{start:<{_WIDTH}}  {option.help}\n"
