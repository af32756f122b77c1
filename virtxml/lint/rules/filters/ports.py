"""Which ports the rules of a filter are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...facts import whole
from ...rule import Problem, rule
from .protocols import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.nwfilter import NWFilter
    from ...facts import Facts

_WITH_PORTS = frozenset({"tcp", "udp", "sctp", "6", "17", "33", "132"})
"""The protocols that have ports: TCP, UDP, DCCP and SCTP."""
_PORTS = ("srcportstart", "srcportend", "dstportstart", "dstportend")


@rule(
    "VX843",
    "nwfilter-ports",
    "filter",
    words="IP rule with port specification requires protocol specification with protocol to be either one of tcp(6), "
    "udp(17), dccp(33), or sctp(132)",
    bad="""
<filter name='web'>
  <rule action='accept' direction='in'>
    <ip dstportstart='80'/>
  </rule>
</filter>
""",
    good="""
<filter name='web'>
  <rule action='accept' direction='in'>
    <ip protocol='tcp' dstportstart='80'/>
  </rule>
</filter>
""",
)
def nwfilter_ports(nwfilter: NWFilter, facts: Facts[NWFilter]) -> Iterator[Problem]:
    """A rule is about ports, and does not say of which protocol.

    TCP, UDP, DCCP and SCTP have ports. A variable is not enough: libvirt looks at the protocol when the filter is
    defined.
    """
    for _, match in matches(nwfilter):
        if "protocol" not in type(match).xml_fields or str(getattr(match, "protocol", "")) in _WITH_PORTS:
            continue
        port = next((name for name in _PORTS if getattr(match, name) is not None), None)
        if port is not None:
            yield Problem(match, "protocol", "ports are of tcp, udp, dccp (33) or sctp")


@rule(
    "VX848",
    "nwfilter-port-range",
    "filter",
    phase="start",
    words="iptables: invalid portrange (min > max)",
    bad="""
<filter name='web'>
  <rule action='accept' direction='in'>
    <tcp dstportstart='8080' dstportend='80'/>
  </rule>
</filter>
""",
    good="""
<filter name='web'>
  <rule action='accept' direction='in'>
    <tcp dstportstart='80' dstportend='8080'/>
  </rule>
</filter>
""",
)
def nwfilter_port_range(nwfilter: NWFilter, facts: Facts[NWFilter]) -> Iterator[Problem]:
    """A range of ports ends before it starts.

    libvirt takes the filter, but the host's firewall does not: no guest starts that uses it.
    """
    for _, match in matches(nwfilter):
        if "srcportstart" not in type(match).xml_fields:
            continue
        for start, end in (_PORTS[:2], _PORTS[2:]):
            first, last = whole(getattr(match, start)), whole(getattr(match, end))
            if first is not None and last is not None and last < first:
                yield Problem(match, end, "the ports end at {last}, before {first}", first=first, last=last)
