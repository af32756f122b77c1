"""Find a guest operating system by what somebody calls it.

Facts come from the osinfo-db of this machine or from the table of this package, whichever is newer: old facts lack
systems, and know less of what there is. A database that OSINFO_SYSTEM_DIR names, and what the directories of the
machine and of the user add, always count first. What only one of the two knows is taken from that one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..errors import GuestError
from .directories import Directories
from .facts import GENERIC
from .table import OSINFO_DB, find_in_table, names_in_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .database import Database
    from .facts import OsFacts


def find_os(request: str) -> OsFacts:
    """Return the system of a short id ("fedora40"), another name of it, or its id ("http://fedoraproject.org/…").

    Raises GuestError, with the nearest names, if there is no such system.
    """
    name = request.strip()
    found = look_up(name)
    if found is None:
        raise _unknown(name)
    return found


def look_up(name: str) -> OsFacts | None:
    """Return the system of a name or an id, None if there is none."""
    return next((facts for facts in _answers(name) if facts is not None), None)


def list_oses() -> list[tuple[str, ...]]:
    """Return the names of all systems, those of each sorted, in the order of `virt-install --osinfo list`."""
    found = {names[0]: names for names in names_in_table()}
    machine = _machine()
    if machine.all:
        # What the table says has to give way only to what counts before it.
        found = {names[0]: names for names in _database(machine.all).names()} | found
    if machine.first:
        found |= {names[0]: names for names in _database(machine.first).names()}
    return [tuple(sorted(found[short_id])) for short_id in sorted(found, key=_newest_first)]


def _answers(name: str) -> Iterator[OsFacts | None]:
    """Yield what is known of a name, from what counts first on."""
    if name == GENERIC.short_id:
        yield GENERIC
    machine = _machine()
    yield _described(name, machine.first)
    yield find_in_table(name)
    yield _described(name, machine.all)


def _described(name: str, directories: tuple[str, ...]) -> OsFacts | None:
    """Return the system of a name if there is one in some directories, as all directories together describe it."""
    if not directories:
        return None
    id_ = _database(directories).find(name)
    if id_ is None:
        return None
    from .describing import describe

    return describe(machine_database(), id_)


class _Machine(NamedTuple):
    """The directories of the osinfo-db of this machine.

    Attributes:
        first: those that count before the table.
        all: all of them.
    """

    first: tuple[str, ...]
    all: tuple[str, ...]


@cache
def _machine() -> _Machine:
    directories = Directories.of_environment()
    newer = directories.system_is_chosen or directories.release >= OSINFO_DB
    return _Machine(tuple(directories.all if newer else directories.own), tuple(directories.all))


@cache
def _database(directories: tuple[str, ...]) -> Database:
    from .database import Database

    return Database(directories)


def machine_database() -> Database:
    """Return the osinfo-db of this machine, which is empty if there is none."""
    return _database(_machine().all)


def forget_machine() -> None:
    """Look for the osinfo-db of this machine anew: its directories or the environment have changed."""
    _machine.cache_clear()
    _database.cache_clear()


def _unknown(name: str) -> GuestError:
    """Return the error for a name that is none, with what may have been meant."""
    likely = _likely(name.lower())
    from virtxml.diagnostics.suggest import did_you_mean

    hint = did_you_mean(*likely, show='"{}"'.format, lead="; ")
    return GuestError(f"there is no operating system {name!r}{hint}", field="system")


def _likely(name: str) -> list[str]:
    """Return at most three names that may have been meant by one that is none."""
    from virtxml.diagnostics.suggest import nearest

    names = [name for names in list_oses() for name in names]
    longer = [other for other in names if name and other.startswith(name)]
    if longer:
        return longer[:3]
    likely = list(nearest(name, names))
    distro = name.rstrip("0123456789.")
    if likely and distro:
        # The version may be too new to be known.
        newest = next((other for other in names if other.startswith(distro)), likely[0])
        likely = list(dict.fromkeys([*likely[:2], newest]))
    return likely or [other for other in names if len(name) > 3 and other.startswith(name[:3])][:3]


def _newest_first(name: str) -> tuple[str | int, ...]:
    """Return a key by which names are sorted, but their numbers from high to low."""
    return tuple(-int(part) if index % 2 else part for index, part in enumerate(re.split("([0-9]+)", name)))
