"""Ranges that end before they start, and bounds of ranges that nothing begins."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ...fixes import drop
from ...rule import Problem, rule
from .addresses import address_of
from .protocols import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.nwfilter import NWFilter
    from ...facts import Facts

_RANGES = (("srcipfrom", "srcipto"), ("dstipfrom", "dstipto"))
_NEEDED = {
    "srcipmask": "srcipaddr",
    "dstipmask": "dstipaddr",
    "srcipto": "srcipfrom",
    "dstipto": "dstipfrom",
    "srcmacmask": "srcmacaddr",
    "dstmacmask": "dstmacaddr",
    "srcportend": "srcportstart",
    "dstportend": "dstportstart",
    "root_address_mask": "root_address",
    "sender_address_mask": "sender_address",
    "root_priority_hi": "root_priority",
    "root_cost_hi": "root_cost",
    "sender_priority_hi": "sender_priority",
    "port_hi": "port",
    "age_hi": "age",
    "max_age_hi": "max_age",
    "hello_time_hi": "hello_time",
    "forward_delay_hi": "forward_delay",
}
"""What libvirt looks at only where there is something else: a mask, the end of a range."""


@rule(
    "VX849",
    "nwfilter-address-range",
    "filter",
    severity="warning",
    phase="",
    early=True,
    words="xt_iprange: range 10.0.0.9-10.0.0.1 is reversed and will never match",
    bad="""
<filter name='lan'>
  <rule action='accept' direction='in'>
    <tcp srcipfrom='10.0.0.9' srcipto='10.0.0.1'/>
  </rule>
</filter>
""",
    good="""
<filter name='lan'>
  <rule action='accept' direction='in'>
    <tcp srcipfrom='10.0.0.1' srcipto='10.0.0.9'/>
  </rule>
</filter>
""",
)
def nwfilter_address_range(nwfilter: NWFilter, facts: Facts[NWFilter]) -> Iterator[Problem]:
    """A range of addresses ends before it starts.

    The host's firewall takes it, and no address is in it.
    """
    for _, match in matches(nwfilter):
        if "srcipto" not in type(match).xml_fields:
            continue
        for start, end in _RANGES:
            if getattr(match, end) is None:
                continue
            first, last = address_of(getattr(match, start)), address_of(getattr(match, end))
            if first is not None and last is not None and first.version == last.version and int(last) < int(first):
                yield Problem(match, end, "the addresses end at {last}, before {first}", first=first, last=last)


@rule(
    "VX850",
    "nwfilter-bound-alone",
    "filter",
    severity="warning",
    phase="",
    bad="""
<filter name='web'>
  <rule action='accept' direction='in'>
    <tcp dstportend='80'/>
  </rule>
</filter>
""",
    good="""
<filter name='web'>
  <rule action='accept' direction='in'>
    <tcp dstportstart='80'/>
  </rule>
</filter>
""",
)
def nwfilter_bound_alone(nwfilter: NWFilter, facts: Facts[NWFilter]) -> Iterator[Problem]:
    """A rule has the end of a range without its start, or a mask without an address.

    libvirt leaves it out, so the rule is about all ports or addresses, not about some.
    """
    for _, match in matches(nwfilter):
        for name in _bounds(type(match)):
            needed = _NEEDED[name]
            if getattr(match, name) is not None and getattr(match, needed) is None:
                yield Problem(
                    match,
                    name,
                    "libvirt looks at this only beside {needed}",
                    fix=drop(match, name, safe=False),
                    needed=type(match).xml_fields[needed].xml,
                )


@cache
def _bounds(kind: Any) -> tuple[str, ...]:
    """Return the fields of what a rule is about that need another one."""
    return tuple(name for name in _NEEDED if name in kind.xml_fields and _NEEDED[name] in kind.xml_fields)
