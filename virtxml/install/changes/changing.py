"""One change of a domain, whatever it is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ...guests.defaults.machine import set_kind
from ...records import Record, made
from ...schema.domain import Domain
from ...source.secrets.hiding import without_passwords
from ..command_line.splitting import words
from ..errors import InstallError, worded
from ..facts import read_host
from ..language.applying import run_late_actions
from ..options import find_option
from .adding import add, build
from .conversions import convert
from .editing import edit
from .elements import Elements
from .guests import sketch
from .removing import remove
from .wanted import ADD, BUILD, EDIT, parse_command, wanted_change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...guests.guest import Guest
    from ...guests.hosts import Host
    from ...node import Node
    from ..storage import NewVolume
    from .wanted import Wanted


class Outcome(Record):
    """What a change has made.

    Attributes:
        domain: the domain as it is then; None if only elements were built.
        nodes: the elements that were built, added, edited or removed.
        storage: the volumes that are to be made.
        warnings: what the user should know, a line each.
    """

    domain: Domain | None
    nodes: list[Node] = made(factory=list)
    storage: list[NewVolume] = made(factory=list)
    warnings: list[str] = made(factory=list)


def change(domain: Domain | None, argv: str | Sequence[str], *, host: Host | None = None) -> Outcome:
    """Make the change that a command line of `virtxml edit` asks for, without the program's name and without a file.

    Args:
        domain: the domain to change; it is changed itself, or left behind for another one with the same content. None
            to build elements for no guest in particular.
        argv: the arguments, or one text that is split as a shell splits it.
        host: the host that the guest is for; by default what `--connect`, `--capabilities`, `--domcapabilities` and
            `--host` name, a current host for guests of this kind if they name none.

    Raises InstallError for what is wrong, or not there; ParseError for a file with facts that is no such document.
    """
    wanted = wanted_change(parse_command(words(argv)))
    return make_change(domain, wanted, lambda: host_for(domain, wanted) if host is None else host)


def host_for(domain: Domain | None, wanted: Wanted) -> Host:
    """Return what is known of the host; where nobody tells, a host for guests of the document's kind."""
    said = wanted.arguments
    kind = domain.os.type if domain is not None and domain.os is not None else None
    return read_host(
        capabilities=said.text("capabilities"),
        domcapabilities=said.text("domcapabilities"),
        host=said.text("host"),
        uri=said.text("connect"),
        arch=kind.arch if kind is not None else None,
        virt_type=domain.type if domain is not None else None,
        os_type=kind.value if kind is not None else None,
    )


@worded
def make_change(domain: Domain | None, wanted: Wanted, host: Callable[[], Host]) -> Outcome:
    """Make a change that has been taken apart already; otherwise as `change`.

    Args:
        domain: the domain to change, or None.
        wanted: the change.
        host: returns what is known of the host; it is only asked if the change depends on that.

    Raises InstallError for what is wrong, or not there.
    """
    if wanted.action == BUILD:
        return _build(domain, wanted, host())
    if domain is None:
        raise InstallError("a document is needed: a file, or standard input")
    guest = cache(lambda: sketch(domain, host(), wanted.osinfo))
    outcome = Outcome(domain)
    if wanted.conversions:
        convert(domain, wanted.conversions, guest())
    elif wanted.action == EDIT:
        outcome.nodes, outcome.storage, applied = edit(domain, wanted, guest)
        outcome.warnings += applied.warnings
        outcome.domain = run_late_actions(applied, domain)
    elif wanted.action == ADD:
        outcome.nodes, outcome.storage, applied = add(domain, wanted, guest(), outcome.warnings)
        outcome.domain = run_late_actions(applied, domain)
    else:
        outcome.nodes = remove(domain, wanted, guest)
    if guest.cache_info().currsize:
        _tell_assumptions(guest(), outcome)
    return outcome


def _build(domain: Domain | None, wanted: Wanted, host: Host) -> Outcome:
    guest = sketch(domain or Domain(), host, wanted.osinfo)
    if domain is None:
        set_kind(guest)
    outcome = Outcome(None)
    outcome.nodes, outcome.storage, applied = build(wanted, guest, outcome.warnings)
    if applied.late_actions:
        count = len(outcome.nodes)
        changed = run_late_actions(applied, guest.domain)
        outcome.nodes = Elements(find_option(wanted.destination), changed).all[-count:]
    _tell_assumptions(guest, outcome)
    return outcome


def _tell_assumptions(guest: Guest, outcome: Outcome) -> None:
    """Warn of what nothing tells of the host."""
    if guest.assumed:
        granted = "; ".join(map(without_passwords, guest.assumed))
        outcome.warnings.append(f"taken for granted, as nothing tells of the host (--host FILE does): {granted}")
