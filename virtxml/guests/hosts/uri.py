"""What a connection URI says of a host before anybody connects."""

from __future__ import annotations

import re

from ...records import Record
from ..errors import GuestError

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
_URI = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?://([^/?#]*))?([^?#]*)")
"""Scheme, host with user and port, path. `urllib.parse` takes longer to load than a guest to translate."""
_REMOTE_TRANSPORTS = ("ssh", "libssh", "libssh2", "tcp", "tls")


class Connection(Record, frozen=True):
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

    Raises GuestError for what is no URI, and for one of a driver that libvirt does not have.
    """
    shown = re.sub("//([^/@:]*):[^/@]*@", r"//\1@", uri)
    match = _URI.match(uri.strip())
    if match is None or (match[2] or "").count("[") != (match[2] or "").count("]"):
        raise GuestError("not a connection URI, as in qemu:///system", field="uri", value=shown)
    name, machine, path = match.groups()
    scheme, _, transport = name.lower().partition("+")
    driver = _DRIVERS.get(scheme)
    if driver is None:
        raise GuestError(
            f"libvirt has no such driver; a connection URI begins with one: {', '.join(_DRIVERS)}",
            field="uri",
            value=shown,
        )
    is_remote = bool(machine and machine.rpartition("@")[2]) or transport in _REMOTE_TRANSPORTS
    return Connection(uri, shown, driver, path == "/session", is_remote, path)
