"""Make a host have what documents want: define guests, networks, storage, filters and secrets as they say.

The plan that `virtxml plan` prints is shown and asked for first. What exists keeps its UUIDs, MAC addresses and
places, and what runs goes on as it is until its next start, unless options say otherwise. Exit status: 0 if all is as
it is wanted, 1 if something could not be done (with --check: if there is something to do), 2 if a document is refused,
the host cannot be asked, or nobody has said yes.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ... import streams
from ...status import BAD_INPUT, FINDINGS, GOOD
from ...terminal import complain
from .planned import add_planning, planned, say, status_of

if TYPE_CHECKING:
    import argparse

    from virtxml.compare.planning import Plan
    from virtxml.compare.planning.applying import How
    from virtxml.driver import Connection

_PROGRAM = "virtxml apply"
_PATIENCE = 60.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_planning(parser)
    parser.add_argument("--live", action="store_true", help="also change what runs, where libvirt can")
    parser.add_argument("--start", action="store_true", help="start what was missing")
    parser.add_argument(
        "--restart", action="store_true", help="shut down and start again what needs that; guests are asked, not forced"
    )
    parser.add_argument("--wait", type=float, default=_PATIENCE, metavar="SECONDS", help="for guests to shut down; 60")
    parser.add_argument(
        "--prune", action="store_true", help="take away the definition of what is in no file; volumes stay"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--check", action="store_true", help="do nothing, as virtxml plan")


def run(options: argparse.Namespace) -> int:
    """Show the plan, ask, do it, and return the status."""
    with planned(_PROGRAM, options, every=options.prune) as found:
        if found.plan is None or found.connection is None:
            return found.status
        say(found.plan)
        if options.check:
            return status_of(found.plan, prune=options.prune)
        how = _how(options)
        if not found.plan.to_do(prune=options.prune, running=options.live or options.restart):
            return BAD_INPUT if found.plan.refused else GOOD
        if not options.yes and not _agreed():
            return BAD_INPUT
        return _applied(found.plan, found.connection, how)


def _how(options: argparse.Namespace) -> How:
    from virtxml.compare.planning.applying import How

    return How(options.live, options.start, options.restart, options.prune, options.wait)


def _agreed() -> bool:
    """Ask whether the plan is to be done; say why it is not."""
    if not sys.stdin.isatty():
        complain(f"{_PROGRAM}: error: nobody can be asked, as standard input is no terminal: --yes does it unasked")
        return False
    streams.flush()
    streams.tell("Do this? [y/N] ")
    if sys.stdin.readline().strip().lower() in ("y", "yes"):
        return True
    complain(f"{_PROGRAM}: nothing was done")
    return False


def _applied(plan: Plan, connection: Connection, how: How) -> int:
    """Do what the plan says, and tell each step."""
    from virtxml.compare.planning.applying import apply

    failed = 0
    for done in apply(plan, connection, how):
        item = f"{done.item.kind} {done.item.name}"
        if done.error:
            failed += 1
            waits = "; it is defined, and takes effect with the next start" if done.waits else ""
            complain(f"{item}: not done: {done.error}{waits}")
        else:
            streams.write(f"{item}: {done.what}\n".encode(sys.stdout.encoding or "utf-8", "replace"))
    if failed:
        complain(f"{_PROGRAM}: {failed} {'step was' if failed == 1 else 'steps were'} not done")
    return BAD_INPUT if plan.refused else FINDINGS if failed else GOOD
