"""The builder of network filters."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..schema import nwfilter as schema
from ..schema.nwfilter import Filterref, NWFilter, Rule
from .base import NamedBuilder
from .errors import BuildError
from .values.names import checked_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self

    Match: TypeAlias = (
        schema.RuleMac | schema.RuleVlan | schema.RuleStp | schema.RuleArp | schema.RuleRarp | schema.RuleIp |
        schema.RuleIpv6 | schema.RuleTcp | schema.RuleUdp | schema.RuleSctp | schema.RuleIcmp | schema.RuleIgmp |
        schema.RuleAll | schema.RuleEsp | schema.RuleAh | schema.RuleUdplite | schema.RuleTcpIpv6 |
        schema.RuleUdpIpv6 | schema.RuleSctpIpv6 | schema.RuleIcmpv6 | schema.RuleAllIpv6 | schema.RuleEspIpv6 |
        schema.RuleAhIpv6 | schema.RuleUdpliteIpv6
    )  # fmt: skip
    """What a rule looks at: packets of one protocol."""

Action = Literal["drop", "accept", "reject", "continue", "return"]
Direction = Literal["in", "out", "inout"]


class NWFilterBuilder(NamedBuilder[NWFilter]):
    """Builds a network filter: a `virtxml.NWFilter`. "in" is towards the guest, "out" from it."""

    _variables = True

    def __init__(self, name: str) -> None:
        """Start a filter. Raises BuildError for what is no name of one."""
        super().__init__(NWFilter(name=checked_name(name, "a network filter")))

    def chain(self, name: str, *, priority: int | None = None) -> Self:
        """Put its rules into a chain, such as "ipv4" or "arp"; "root" by default.

        Args:
            name: the chain.
            priority: its place among chains, from -1000 to 1000: lower ones come first.

        Raises BuildError for what is no chain of libvirt's.
        """
        with self._change() as draft:
            draft.chain, draft.priority = name, priority
        return self

    def include(self, filter: str, *, parameters: Mapping[str, str] | None = None) -> Self:  # noqa: A002
        """Include the rules of another filter.

        Args:
            filter: its name, such as "clean-traffic".
            parameters: values of its variables.

        Raises BuildError for the filter itself.
        """
        if filter == self._model.name:
            raise BuildError(f"include: {filter} is the filter itself")
        values = [schema.FilterParameter(name=name, value=value) for name, value in (parameters or {}).items()]
        with self._change() as draft:
            draft.entries.append(Filterref(filter=filter, parameters=values))
        return self

    def accept(
        self,
        protocol: Literal["tcp", "udp", "icmp", "arp", "all"] = "all",
        *,
        port: int | tuple[int, int] | None = None,
        source: str | None = None,
        direction: Direction = "in",
        priority: int | None = None,
    ) -> Self:
        """Let packets through.

        Args:
            protocol: which ones.
            port: to which port, or to which ports from first to last; of "tcp" and "udp".
            source: from which IPv4 address, with the length of a prefix if it is a network: "192.168.0.0/16".
            direction: in which direction.
            priority: its place among rules: lower ones come first.

        Raises BuildError for protocols without ports or addresses that have some.
        """
        return self._decide("accept", protocol, port, source, direction, priority)

    def drop(
        self,
        protocol: Literal["tcp", "udp", "icmp", "arp", "all"] = "all",
        *,
        port: int | tuple[int, int] | None = None,
        source: str | None = None,
        direction: Direction = "inout",
        priority: int | None = None,
    ) -> Self:
        """Drop packets without a word; arguments and errors are those of `accept`."""
        return self._decide("drop", protocol, port, source, direction, priority)

    def rule(
        self,
        action: Action,
        match: Match | None = None,
        *,
        direction: Direction = "inout",
        priority: int | None = None,
        statematch: bool | None = None,
    ) -> Self:
        """Add a rule of any kind.

        Args:
            action: what becomes of packets.
            match: which ones: a model, such as `RuleTcp(dstportstart=22)` of `virtxml.schema.nwfilter`; all by default.
            direction: in which direction.
            priority: its place among rules: lower ones come first.
            statematch: whether it holds for what belongs to a connection, too.

        Raises BuildError for what the schema does not have.
        """
        made = Rule(action=action, direction=direction, priority=priority)
        made.statematch = None if statematch is None else "true" if statematch else "false"
        if match is not None:
            field = next((name for name, one in Rule.xml_fields.items() if one.target is type(match)), None)
            if field is None:
                raise BuildError(f"rule: {type(match).__name__} is nothing that a rule looks at")
            setattr(made, field, deepcopy(match))
        with self._change() as draft:
            draft.entries.append(made)
        return self

    def _decide(
        self,
        action: Action,
        protocol: str,
        port: int | tuple[int, int] | None,
        source: str | None,
        direction: Direction,
        priority: int | None,
    ) -> Self:
        match = _match(protocol)
        if port is not None:
            if not isinstance(match, schema.RuleTcp | schema.RuleUdp):
                raise BuildError(f"{action}: {protocol} has no ports; tcp and udp have")
            if not isinstance(port, int) and not (isinstance(port, tuple) and len(port) == 2):
                raise BuildError(
                    f"{action}: a port is a number, ports are a pair, the first and the last: not {port!r}"
                )
            first, last = (port, None) if isinstance(port, int) else port
            if not all(isinstance(one, int) for one in (first, last or 0)):
                raise BuildError(f"{action}: ports are numbers: not {port!r}")
            if not 0 <= first <= (first if last is None else last) <= 65535:
                raise BuildError(f"{action}: ports are 0 to 65535, the first one first: not {port!r}")
            match.dstportstart, match.dstportend = first, last
        if source is not None:
            if isinstance(match, schema.RuleArp):
                raise BuildError(f"{action}: `source` is for packets of IP, not of ARP")
            address, _, prefix = source.partition("/")
            match.srcipaddr, match.srcipmask = address, int(prefix) if prefix.isdecimal() else prefix or None
        return self.rule(action, match, direction=direction, priority=priority)


_Simple: TypeAlias = "schema.RuleTcp | schema.RuleUdp | schema.RuleIcmp | schema.RuleArp | schema.RuleAll"


def _match(protocol: str) -> _Simple:
    known: dict[str, type[_Simple]] = {
        "tcp": schema.RuleTcp,
        "udp": schema.RuleUdp,
        "icmp": schema.RuleIcmp,
        "arp": schema.RuleArp,
        "all": schema.RuleAll,
    }
    if protocol not in known:
        raise BuildError(f"{protocol!r} is none of {', '.join(known)}; use `rule` for others")
    return known[protocol]()
