"""What a network's name server answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...facts import whole
from ...fixes import drop, put, remove
from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.network import Dns, DnsSrv, Network, NetworkDomain
    from ...facts import Facts

_SERVICE = re.compile(r"[A-Za-z0-9_\-+/*]*")
"""The signs of the names of services that libvirt takes."""
_LONGEST_SERVICE = 482
"""Bytes that libvirt takes: those of a packet without what goes with the name."""


@rule(
    "VX818",
    "network-dns",
    "network/dns",
    words="Extra data in disabled network 'net'",
    early=True,
    bad="""
<dns enable='no'>
  <txt name='example' value='example value'/>
</dns>
""",
    good="""
<dns enable='no'/>
""",
)
def network_dns(dns: Dns, facts: Facts[Network]) -> Iterator[Problem]:
    """A network that has no name server has answers, or an answer lacks what it needs.

    With `enable='no'` there is nobody to answer, and libvirt takes no records and no forwarders. A forwarder says where
    to, or which domain; a service has a port, a priority and a weight only where it has a target.
    """
    if dns.enable is False:
        for field in ("forwarders", "txts", "srvs", "hosts"):
            if getattr(dns, field):
                fix = drop(dns, "forwarders", "txts", "srvs", "hosts", says="drop what nobody answers", safe=False)
                yield Problem(dns, field, "this network has no name server", fix=fix)
                return
    for forwarder in dns.forwarders:
        if not forwarder.addr and not forwarder.domain:
            fix = remove(dns.forwarders, forwarder)
            yield Problem(forwarder, "", "a forwarder has an address, a domain, or both", fix=fix)
    for service in dns.srvs:
        yield from _of_service(service)


def _of_service(service: DnsSrv) -> Iterator[Problem]:
    """Yield what is wrong with the record of a service."""
    name = service.service or ""
    if len(name.encode()) > _LONGEST_SERVICE:
        yield Problem(service, "service", "names of services have at most {longest} bytes", longest=_LONGEST_SERVICE)
    elif not _SERVICE.fullmatch(name):
        yield Problem(service, "service", "{name} has signs that names of services do not have", name=name)
    if service.target is None:
        field = next((one for one in ("port", "priority", "weight") if getattr(service, one) is not None), None)
        if field is not None:
            yield Problem(
                service,
                field,
                "a service without a target has no {setting}",
                help="say the target",
                fix=drop(service, "port", "priority", "weight", safe=False),
                setting=field,
            )
    elif whole(service.port) == 0:
        yield Problem(service, "port", "ports of services are at least 1")


@rule(
    "VX820",
    "network-domain-local-only",
    "network/domain",
    when="register",
    since="10.1.0",
    early=True,
    bad="""
<domain name='guests.example.com' register='yes'/>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
    good="""
<domain name='guests.example.com' localOnly='yes' register='yes'/>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
)
def network_domain_local_only(domain: NetworkDomain, facts: Facts[Network]) -> Iterator[Problem]:
    """A domain is registered with the host's resolver, and forwarded to it as well.

    The host asks the network's name server for names of the domain. If that forwards what it does not know, the
    question comes back, without end; so `localOnly='yes'` has to keep it there.
    """
    if domain.register is True and domain.local_only is not True:
        fix = put(domain, "local_only", True, says="set localOnly to yes")
        yield Problem(domain, "register", "a domain that is registered has to be answered locally", fix=fix)
