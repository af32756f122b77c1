"""In which chain the rules of a filter are, and which filters it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....schema.nwfilter import Filterref
from ...fixes import drop, remove
from ...rule import Problem, rule
from .protocols import ETHERNET, matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.nwfilter import NWFilter
    from ...facts import Facts


@rule(
    "VX844",
    "nwfilter-wrong-chain",
    "filter",
    when="chain",
    severity="warning",
    phase="",
    bad="""
<filter name='web' chain='ipv4'>
  <rule action='accept' direction='in'>
    <tcp dstportstart='80'/>
  </rule>
</filter>
""",
    good="""
<filter name='web' chain='root'>
  <rule action='accept' direction='in'>
    <tcp dstportstart='80'/>
  </rule>
</filter>
""",
)
def nwfilter_wrong_chain(nwfilter: NWFilter, facts: Facts[NWFilter]) -> Iterator[Problem]:
    """Rules about connections are in a chain for frames, which they do not get into.

    Chains are of the tables for Ethernet (ebtables). libvirt makes rules about TCP, UDP, ICMP and the like in the
    tables for IP (iptables), which have no such chains: what comes before or after them in the chain does not hold for
    them, and its priority neither.
    """
    if nwfilter.chain in {None, "root"}:
        return
    for _, match in matches(nwfilter):
        if type(match).xml_name not in ETHERNET:
            yield Problem(
                nwfilter,
                "chain",
                "rules about {protocol} are not in the chain {chain}, but in no chain",
                help="put them into a filter without a chain",
                other=match,
                there="the rule is here",
                fix=drop(nwfilter, "chain", safe=False),
                protocol=type(match).xml_name,
                chain=nwfilter.chain,
            )
            return


@rule(
    "VX845",
    "nwfilter-loop",
    "filter",
    words="filter would introduce a loop",
    early=True,
    bad="""
<filter name='web'>
  <filterref filter='clean-traffic'/>
  <filterref filter='web'/>
</filter>
""",
    good="""
<filter name='web'>
  <filterref filter='clean-traffic'/>
</filter>
""",
)
def nwfilter_loop(nwfilter: NWFilter, facts: Facts[NWFilter]) -> Iterator[Problem]:
    """A filter has itself in it.

    What a filter refers to becomes a part of it, and that has an end.
    """
    for entry in nwfilter.entries:
        if isinstance(entry, Filterref) and entry.filter and entry.filter == nwfilter.name:
            fix = remove(nwfilter.entries, entry)
            yield Problem(entry, "filter", "a filter has no reference to itself", fix=fix)
