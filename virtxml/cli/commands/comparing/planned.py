"""What `plan` and `apply` have in common: from their arguments to a plan, and the plan in words."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.catalogue import NEWEST
from virtxml.diagnostics.display import escape
from virtxml.errors import VirtXMLError

from ... import streams
from ...files import NOTHING_FOUND, STANDARD_INPUT, find_files, read_input
from ...status import BAD_INPUT, FINDINGS, GOOD
from ...terminal import colours_wanted, complain, located

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from virtxml.compare.planning import Change, Item, Plan, Wanted
    from virtxml.driver import Connection
    from virtxml.node import Node

_COLOURS = {"would change": "33", "missing": "32", "not wanted": "35", "refused": "31"}
_SIGNS = {"missing": "+", "changed": "~", "drift": "-"}
_WAYS = {"live": "while it runs", "restart": "with the next start", "never": "cannot be done"}


class Planned(NamedTuple):
    """A plan.

    Attributes:
        plan: the plan; None if there is none.
        status: the exit status if there is none.
        connection: the connection that it is for; None if it is for files.
    """

    plan: Plan | None
    status: int = BAD_INPUT
    connection: Connection | None = None


def add_planning(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that say what is wanted, and where."""
    parser.add_argument(
        "wanted",
        nargs="+",
        metavar="WANTED",
        help="documents, directories to look for *.xml in, or - for standard input",
    )
    parser.add_argument("--connect", metavar="URI", help="the connection; default: libvirt chooses")
    parser.add_argument(
        "--pool", metavar="NAME", help="the pool of volumes; default: the name of the directory that a file is in"
    )


@contextmanager
def planned(command: str, options: argparse.Namespace, *, every: bool) -> Iterator[Planned]:
    """Make the plan that the arguments ask for; what keeps it from being made is told.

    The connection is closed behind the block.
    """
    from virtxml.compare.planning import plan
    from virtxml.driver import connect

    connection = None
    try:
        if getattr(options, "against", None) is None:
            connection = connect(options.connect)
            libvirt = ".".join(map(str, connection.version))
            against: Any = connection
        else:
            libvirt, against = NEWEST, _documents(options.against)
        made = plan(_wanted(options, libvirt), against, every=every)
        yield Planned(made, GOOD, connection)
    except VirtXMLError as error:
        complain(f"{command}: error: {error}")
        yield Planned(None)
    except _UnreadableError as error:
        complain(f"{command}: error: {error}")
        yield Planned(None)
    finally:
        if connection is not None:
            connection.close()


class _UnreadableError(Exception):
    """A file cannot be read, in words."""


def _files(names: list[str]) -> list[str]:
    found = []
    for name in find_files(names):
        if isinstance(name, OSError):
            raise _UnreadableError(f"{name.filename}: {name.strerror}")
        found.append(name)
    if not found:
        raise _UnreadableError(NOTHING_FOUND)
    return found


def _read(name: str) -> bytes:
    try:
        return read_input(name)
    except OSError as error:
        raise _UnreadableError(f"{name}: {error.strerror or error}") from None


def _wanted(options: argparse.Namespace, libvirt: str) -> list[Wanted]:
    from virtxml.compare.planning import read_wanted

    found: list[Wanted] = []
    for name in _files(options.wanted):
        shown = "<stdin>" if name == STANDARD_INPUT else name
        place = shown if name == STANDARD_INPUT else os.path.abspath(name)  # noqa: PTH100 - a directory may be a link
        pool = options.pool
        if pool is None:
            pool = "" if name == STANDARD_INPUT else os.path.basename(os.path.dirname(place))  # noqa: PTH119, PTH120
        found += read_wanted(_read(name), shown, pool=pool, libvirt=libvirt)
    return found


def _documents(directory: str) -> list[Node]:
    """Return the documents that files hold. Raises _UnreadableError for what is none."""
    return [model for name in _files([directory]) for model in _models(name)]


def _models(name: str) -> list[Node]:
    from virtxml.documents import parse_all
    from virtxml.errors import ParseError

    try:
        return parse_all(_read(name))
    except ParseError as error:
        raise _UnreadableError(f"{located(name, error.line, error.column)}: {error.reason}") from None


def status_of(plan: Plan, *, prune: bool) -> int:
    """Return the exit status that a plan stands for."""
    if plan.refused:
        return BAD_INPUT
    return FINDINGS if plan.to_do(prune=prune) else GOOD


def say(plan: Plan, form: str = "text") -> None:
    """Print a plan."""
    if form == "json":
        text = json.dumps({"items": [_data(item) for item in plan], "counts": plan.counts()}, indent=2)
        streams.write(f"{text}\n".encode())
        return
    encoding = sys.stdout.encoding or "utf-8"
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in plan.counts().items())
    for line in [*_shown(plan, encoding), counts or "nothing is wanted"]:
        streams.write(f"{line}\n".encode(encoding, "replace"))


def _shown(plan: Plan, encoding: str) -> Iterator[str]:
    """Iterate over the lines about all items, with colours if they are wanted."""
    colours = colours_wanted(sys.stdout)
    for item in plan:
        first, *lines = (escape(line, encoding) for line in _lines(item))
        colour = _COLOURS.get(item.outcome) if colours else None
        if colour is not None:
            first = f"{first.removesuffix(item.outcome)}\033[{colour}m{item.outcome}\033[0m"
        yield from (first, *lines)


def _lines(item: Item) -> Iterator[str]:
    """Iterate over what is to be said of an item."""
    source = f"{item.source}: " if item.source else ""
    yield f"{source}{' '.join(filter(None, (item.kind, item.name)))}: {item.outcome}"
    for reason in item.reasons:
        yield f"  {reason}"
    for found in item.findings:
        if found.severity == "error" or item.outcome != "refused":
            place = located(item.source, found.line, found.column)
            yield f"  {place}: {found.severity}[{found.code}]: {found.message}"
    for change in item.changes:
        yield f"  {_line(change, item)}"
    if item.pending and not item.changes:
        yield "  defined, but not yet so in what runs:"
    elif item.pending:
        yield "  defined already, but not yet so in what runs:"
    for change in item.pending:
        yield f"    {_line(change, item)}"


def _line(change: Change, item: Item) -> str:
    """Return what is to be said of a change."""
    values = ""
    if change.kind == "changed":
        values = f": {change.actual} → {change.wanted}" if change.wanted is not None else ""
    elif change.kind == "missing":
        values = f": {change.wanted}" if change.wanted is not None else ""
    elif change.actual is not None:
        values = f": {change.actual}"
    drift = ", which nobody wants" if change.kind == "drift" else ""
    way = f" ({_WAYS[change.way]})" if item.running is not False or change.way == "never" else ""
    return f"{_SIGNS[change.kind]} {change.path}{values}{drift}{way}"


def _data(item: Item) -> dict[str, Any]:
    """Return what is to be said of an item as plain data."""
    return {
        "kind": item.kind,
        "name": item.name,
        "outcome": item.outcome,
        "source": item.source or None,
        "uuid": item.uuid,
        "running": item.running,
        "changes": [_change_data(change) for change in item.changes],
        "pending": [_change_data(change) for change in item.pending],
        "reasons": [*item.reasons],
        "findings": [
            {"code": one.code, "severity": one.severity, "message": one.message, "line": one.line, "column": one.column}
            for one in item.findings
        ],
    }


def _change_data(change: Change) -> dict[str, Any]:
    fields = ("kind", "path", "actual", "wanted", "way", "reason")
    return {field: getattr(change, field) for field in fields}
