"""What a connection URI says of a host before anybody connects."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..errors import InstallError

_DRIVERS = {
    "qemu": "qemu",
    "test": "test",
    "lxc": "lxc",
    "xen": "xen",
    "bhyve": "bhyve",
    "vz": "vz",
    "parallels": "vz",
    "ch": "ch",
    "hyperv": "hyperv",
    "esx": "esx",
    "gsx": "esx",
    "vpx": "esx",
    "openvz": "openvz",
    "vbox": "vbox",
    "vmwareplayer": "vmware",
    "vmwarews": "vmware",
    "vmwarefusion": "vmware",
}
"""libvirt's hypervisor drivers by the schemes of their URIs."""
_REMOTE_TRANSPORTS = ("ssh", "libssh", "libssh2", "tcp", "tls")


class Connection(NamedTuple):
    """A connection URI, taken apart.

    Attributes:
        uri: the URI as it was given.
        shown: the URI without the password that it may hold.
        driver: the hypervisor driver, such as "qemu".
        is_session: whether guests belong to a user, not to the system.
        is_remote: whether the host is another machine than this one.
        path: the path of the URI; for the test driver, "/default" or that of a file.
    """

    uri: str
    shown: str
    driver: str
    is_session: bool
    is_remote: bool
    path: str


def parse_uri(uri: str) -> Connection:
    """Take a connection URI apart, as in `qemu+ssh://root@example.org/system`.

    Raises InstallError for what is no URI, and for one of a driver that libvirt does not have.
    """
    from urllib.parse import urlsplit

    shown = re.sub("//([^/@:]*):[^/@]*@", r"//\1@", uri)
    try:
        parts = urlsplit(uri.strip())
        machine = parts.hostname
    except ValueError as error:
        raise InstallError(f"not a connection URI: {error}", option="--connect", value=shown) from None
    scheme, _, transport = parts.scheme.partition("+")
    driver = _DRIVERS.get(scheme)
    if driver is None:
        raise InstallError(
            f"libvirt has no such driver; a connection URI begins with one: {', '.join(_DRIVERS)}",
            option="--connect",
            value=shown,
        )
    is_remote = bool(machine) or transport in _REMOTE_TRANSPORTS
    return Connection(uri, shown, driver, parts.path == "/session", is_remote, parts.path)
