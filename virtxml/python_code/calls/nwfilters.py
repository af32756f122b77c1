"""Calls of the builder of network filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.python_code.chains import Call, call
from virtxml.python_code.plans import Group
from virtxml.schema.nwfilter import Filterref, Rule

from .values import get, items, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.schema.nwfilter import NWFilter

_SIMPLE = {"tcp", "udp", "icmp", "arp", "all"}
_USUAL = {"accept": "in", "drop": "inout"}
"""The direction of each step that need not be said."""


def _start(nwfilter: NWFilter) -> Call:
    return call("nwfilter", nwfilter.name)


def _groups(nwfilter: NWFilter) -> Iterator[Group]:
    yield from text_of(nwfilter, "uuid")
    if nwfilter.chain is not None:
        yield Group([("chain",), ("priority",)], [call("chain", nwfilter.chain, priority=nwfilter.priority)])
    yield from items(nwfilter, "entries", _entry)


def _entry(entry: Filterref | Rule) -> list[Call]:
    if isinstance(entry, Filterref):
        parameters = {str(one.name): one.value for one in entry.parameters}
        return [call("include", entry.filter, parameters=parameters or None)]
    matches = [name for name, field in Rule.xml_fields.items() if field.target is not None and getattr(entry, name)]
    matched = getattr(entry, matches[0]) if matches else None
    direction = None if entry.direction == "inout" else entry.direction
    state = {"true": True, "false": False}.get(str(entry.statematch))
    full = call("rule", entry.action, matched, direction=direction, priority=entry.priority, statematch=state)
    if entry.action in _USUAL and matches and matches[0] in _SIMPLE:
        return [_plain(entry, matches[0], matched), full]
    return [full]


def _plain(rule: Rule, protocol: str, match: Any) -> Call:
    first, last = get(match, "dstportstart"), get(match, "dstportend")
    address, mask = get(match, "srcipaddr"), get(match, "srcipmask")
    return call(
        str(rule.action),
        None if protocol == "all" else protocol,
        port=first if last is None else (first, last),
        source=address if mask is None else f"{address}/{mask}",
        direction=None if rule.direction == _USUAL.get(str(rule.action)) else rule.direction,
        priority=rule.priority,
    )


READERS = {"NWFilter": (_start, _groups)}
