"""What libvirt of a release refuses by its code, and not by its schema, where a rule knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.catalogue import NEWEST
from virtxml.lint import Linter
from virtxml.releases import is_older

from .report import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.diagnostics.diagnostic import Diagnostic
    from virtxml.lint import Fix, Host, Rule
    from virtxml.node import Node

_MOST = 8
"""How often a model is looked at: one fix may show what another rule is against."""


def kept_to(model: Node, host: Host) -> list[Entry]:
    """Change a model where a rule that is only of some releases, or hosts, has a fix; return what was changed."""
    entries: list[Entry] = []
    for _ in range(_MOST):
        found = _found(model, host) if is_older(host.libvirt, NEWEST) else ()
        made = [(told, fix) for told, fix in found if fix is not None]
        for told, fix in made:
            fix.change()
            entries.append(_entry(told, fix))
        if not made:
            break
    return entries


def left(model: Node, host: Host) -> list[Entry]:
    """Return what rules that are only of some releases, or hosts, find in a model."""
    return [_entry(told, None) for told, _ in _found(model, host)]


def _found(model: Node, host: Host) -> Iterator[tuple[Diagnostic, Fix | None]]:
    """Iterate over what libvirt of a host refuses in a model and that of others does not, and how that goes away."""
    linter = Linter(host)
    found = [
        (rule, problem) for rule, problem in linter.problems(model) if _is_of_releases(rule, host) or _is_of_hosts(rule)
    ]
    for told, (_, problem) in zip(linter.told(model, found), found, strict=True):
        yield told, problem.fix


def _is_of_releases(rule: Rule, host: Host) -> bool:
    """Tell whether a rule is one that libvirt got with a release of its time, or lost since.

    What the newest ones refuse, an older document may hold; in one for an older release, it is wrong anyway.
    """
    older = bool(rule.since) and not is_older(host.libvirt, NEWEST)
    return rule.severity == "error" and (older or bool(rule.until))


def _is_of_hosts(rule: Rule) -> bool:
    """Tell whether a rule is about what the host has; it says nothing unless that is known."""
    return bool({"capabilities", "domcapabilities"} & {*rule.needs})


def _entry(told: Diagnostic, fix: Fix | None) -> Entry:
    """Return what is told of a finding and what was done about it: a fix after which it is another guest is a loss."""
    is_loss = fix is not None and not fix.safe
    return Entry(
        action="found" if fix is None else "changed",
        path=told.path,
        says=told.message,
        libvirt="refused" if told.severity == "error" else "unclear",
        severity="error" if is_loss else "info" if told.severity == "info" else "warning",
        loss="data" if is_loss else "",
        new="" if fix is None else fix.says,
        code=told.code,
    )
