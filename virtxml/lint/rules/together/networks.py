"""What virtual networks take for themselves on the host: bridges and ranges of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...together.declaring import Clash, together
from ...together.documents import Use, twice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.network import Ip, Network
    from ...facts import Facts
    from ...together.documents import Document, Documents

_OWN = ("nat", "route", "open")
"""How networks forward that have bridges of their own; those that do not forward have one, too."""


@together(
    "VX908",
    "shared-bridge",
    words="internal error: bridge name 'virbr1' already in use.",
    bad="""
<!-- lan.xml -->
<network>
  <bridge name='virbr1'/>
  <ip address='192.168.101.1' netmask='255.255.255.0'/>
</network>
<!-- dmz.xml -->
<network>
  <bridge name='virbr1'/>
  <ip address='192.168.102.1' netmask='255.255.255.0'/>
</network>
""",
    good="""
<!-- lan.xml -->
<network>
  <bridge name='virbr1'/>
  <ip address='192.168.101.1' netmask='255.255.255.0'/>
</network>
<!-- dmz.xml -->
<network>
  <ip address='192.168.102.1' netmask='255.255.255.0'/>
</network>
""",
)
def shared_bridge(documents: Documents) -> Iterator[Clash]:
    """Two networks have one bridge.

    libvirt makes the bridge of a network that forwards by NAT or by routes, or not at all, so it takes no two of such
    networks with one bridge. Without a name it finds one that is free. Networks of the mode `bridge` use bridges that
    are there already, and may share them.
    """
    for use, first in twice(_bridges(documents)):
        yield Clash(
            use,
            'the network "{other}" has this bridge, too',
            help="leave the name out, and libvirt finds one",
            first=first,
            other=first.document.name,
        )


def _bridges(documents: Documents) -> Iterator[Use]:
    for network in documents.networks:
        bridge = network.facts.model.bridge
        if bridge is not None and bridge.name and "%d" not in bridge.name and _has_own_bridge(network.facts.model):
            yield Use(bridge.name, network, bridge, "name")


def _has_own_bridge(network: Network) -> bool:
    forward = network.forward
    return forward is None or (forward.mode or "nat") in _OWN


class _Range(NamedTuple):
    """The addresses of a network, as numbers, by which ranges are sorted."""

    version: int
    first: int
    last: int
    order: int
    use: Use

    def is_same(self, other: _Range) -> bool:
        """Tell whether another network has the same addresses."""
        return self[:3] == other[:3]


@together(
    "VX915",
    "same-subnet",
    phase="start",
    words="internal error: Network is already in use by interface virbr1",
    bad="""
<!-- lan.xml -->
<network>
  <ip address='192.168.101.1' netmask='255.255.255.0'/>
</network>
<!-- dmz.xml -->
<network>
  <ip address='192.168.101.254' prefix='24'/>
</network>
""",
    good="""
<!-- lan.xml -->
<network>
  <ip address='192.168.101.1' netmask='255.255.255.0'/>
</network>
<!-- dmz.xml -->
<network>
  <ip address='192.168.102.254' prefix='24'/>
</network>
""",
)
def same_subnet(documents: Documents) -> Iterator[Clash]:
    """Two networks have the same addresses.

    The host could not tell into which of the two a packet belongs, so libvirt does not start the second network while
    the first one is active.
    """
    for found, first in _overlapping(documents):
        if found.version == 4 and found.is_same(first):
            yield _clash(found, first, 'the network "{other}" has the addresses {subnet}, too')


@together(
    "VX907",
    "overlapping-subnets",
    severity="warning",
    phase="",
    bad="""
<!-- lan.xml -->
<network>
  <ip address='10.1.0.1' prefix='16'/>
</network>
<!-- dmz.xml -->
<network>
  <ip address='10.1.7.1' prefix='24'/>
</network>
""",
    good="""
<!-- lan.xml -->
<network>
  <ip address='10.1.0.1' prefix='16'/>
</network>
<!-- dmz.xml -->
<network>
  <ip address='10.2.7.1' prefix='24'/>
</network>
""",
)
def overlapping_subnets(documents: Documents) -> Iterator[Clash]:
    """Addresses of one network are those of another one, too.

    libvirt starts both. The host sends packets into the smaller one, so guests of the larger one cannot be reached at
    the addresses that are in both.
    """
    for found, first in _overlapping(documents):
        if found.version != 4 or not found.is_same(first):
            yield _clash(found, first, 'the network "{other}" has addresses of {subnet}, too')


def _clash(found: _Range, first: _Range, says: str) -> Clash:
    return Clash(
        found.use,
        says,
        help="give each network a range of addresses of its own",
        first=first.use,
        there="has them, too",
        other=first.use.document.name,
        subnet=found.use.key,
    )


def _overlapping(documents: Documents) -> Iterator[tuple[_Range, _Range]]:
    """Iterate over pairs of ranges that have addresses in common, the later document first; once for each range.

    Each is compared with the one that reaches furthest of those that begin before it, as all that are further behind
    overlap with that, too, if with any.
    """
    furthest: _Range | None = None
    for found in sorted(_ranges(documents)):
        if furthest is not None and furthest.version == found.version and found.first <= furthest.last:
            if not found.use.document.is_same(furthest.use.document):
                earlier, later = sorted((furthest, found), key=lambda one: one.order)
                yield later, earlier
            if found.last <= furthest.last:
                continue
        furthest = found


def _ranges(documents: Documents) -> Iterator[_Range]:
    """Iterate over the ranges of addresses of networks with bridges of their own."""
    order = 0
    for network in documents.networks:
        if _has_own_bridge(network.facts.model):
            for ip in network.facts.model.ips:
                order += 1
                made = _range(network, ip, order)
                if made is not None:
                    yield made


def _range(network: Document[Facts[Network]], ip: Ip, order: int) -> _Range | None:
    """Return the addresses of an `<ip>`; None if it does not say them, or not rightly."""
    from ipaddress import ip_interface

    mask: Any = ip.netmask if ip.prefix is None else ip.prefix
    if ip.address is None or mask is None:
        return None
    try:
        subnet = ip_interface(f"{ip.address}/{mask}").network
    except ValueError:
        return None
    use = Use(str(subnet), network, ip, "address")
    return _Range(subnet.version, int(subnet[0]), int(subnet[-1]), order, use)
