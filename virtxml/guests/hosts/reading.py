"""Read a host: from files, from a connection, or from both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ...driver import ConnectionURI, URIError
from ...driver.uri import PATHS
from ...source.secrets.hiding import uri_without_password
from ..errors import GuestError
from .drivers import driver_for
from .host import Host
from .node import read_node, read_root
from .stock import stock_facts

if TYPE_CHECKING:
    from os import PathLike

    from ...node import Node
    from ...schema.capabilities import Capabilities
    from ...schema.domaincaps import DomainCapabilities

N = TypeVar("N", bound="Node")


def read_host(
    capabilities: str | PathLike[str] | None = None,
    domcapabilities: str | PathLike[str] | None = None,
    host: str | PathLike[str] | None = None,
    uri: str | None = None,
    arch: str | None = None,
    virt_type: str | None = None,
    os_type: str | None = None,
) -> Host:
    """Return the host that files and a connection tell of.

    Files win: with one of them, the URI only tells the driver and whose guests they are, and what no file tells is
    built in. With a URI alone, libvirt is asked; without anything, the built-in host of an architecture is returned.
    libvirt's test driver is built in, too: it has no host that could be asked.

    Args:
        capabilities: a file with what `virsh capabilities` prints.
        domcapabilities: a file with what `virsh domcapabilities` prints.
        host: a file with a `<node>`, as libvirt's test driver reads it: networks, pools, devices, domains.
        uri: a connection URI, such as `qemu:///system`.
        arch: the architecture of the built-in host; x86_64 if it is not given or there is none of it.
        virt_type: the type of guests that the built-in host is for, such as "xen" or "lxc"; by default QEMU's.
        os_type: how guests of the built-in host are started, as `--paravirt` ("xen") and `--container` ("exe") say.

    Raises GuestError for what cannot be read or is no such document, for a URI of no driver, and if there is no
    connection or libvirt-python is missing.
    """
    connection = None if uri is None else connection_uri(uri)
    if capabilities is None and domcapabilities is None and host is None and connection is not None:
        return _host_of(connection)
    told = None if capabilities is None else _capabilities(capabilities)
    offered = None if domcapabilities is None else _domain_capabilities(domcapabilities)
    driver = connection.hypervisor if connection else _driver_of(told, offered) or driver_for(virt_type, os_type)
    is_session = connection is not None and connection.is_session
    if told is None:
        from .builtin import builtin_host

        guest_arch = arch or (None if offered is None else offered.arch)
        base = builtin_host(guest_arch, driver=driver, is_session=is_session)
    else:
        base = Host(told, driver, is_session, **stock_facts(driver, is_session))
    changes: dict[str, Any] = {"is_remote": connection is not None and connection.is_remote}
    if offered is not None:
        changes["domain_capabilities_source"] = lambda *_kind: offered
    if host is not None:
        changes.update(read_node(host))
        changes["is_told"] = True
    return base.changed(**changes)


def connection_uri(text: str) -> ConnectionURI:
    """Read a connection URI. Raises GuestError for what is none, and for one of a driver that libvirt does not have."""
    try:
        uri = ConnectionURI.parse(text.strip())
    except URIError as error:
        raise GuestError(str(error), field="uri") from None
    if uri.driver.lower() not in PATHS:
        reason = f"libvirt has no such driver; a connection URI begins with one: {', '.join(PATHS)}"
        raise GuestError(reason, field="uri", value=uri_without_password(text))
    return uri


def _host_of(connection: ConnectionURI) -> Host:
    if connection.hypervisor == "test" and not connection.is_remote:
        # What the test driver tells of a host is the same each time that it is asked.
        from .builtin import builtin_host

        base = builtin_host(driver="test").changed(is_told=True)
        return base if connection.path == "/default" else base.changed(**read_node(connection.path, "uri"))
    from .live import live_host

    return live_host(connection)


_DRIVERS = {"kvm": "qemu", "hvf": "qemu", "qemu": "qemu", "test": "test", "lxc": "lxc", "xen": "xen", "bhyve": "bhyve"}
"""The drivers by the types of their domains, where these tell."""


def _driver_of(told: Capabilities | None, offered: DomainCapabilities | None) -> str | None:
    """Return the driver whose capabilities these are, QEMU's if they do not tell; None if there are none."""
    if told is None and offered is None:
        return None
    types = [offered.domain] if offered else []
    for guest in told.guests if told else []:
        types += [domain.type for domain in guest.arch.domains] if guest.arch else []
    known = (type_ for type_ in types if type_)
    return next((_DRIVERS.get(type_, type_) for type_ in known), "qemu")


def _capabilities(path: str | PathLike[str]) -> Capabilities:
    from ...schema.capabilities import Capabilities

    return _read(Capabilities, path, "capabilities")


def _domain_capabilities(path: str | PathLike[str]) -> DomainCapabilities:
    from ...schema.domaincaps import DomainCapabilities

    return _read(DomainCapabilities, path, "domcapabilities")


def _read(cls: type[N], path: str | PathLike[str], argument: str) -> N:
    found: N = cls._read(read_root(path, cls.xml_name, argument))
    return found
