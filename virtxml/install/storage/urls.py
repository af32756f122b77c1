"""Disks on servers, named by a URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema.domain import DiskSource, DiskSourceHost
from ..errors import InstallError

if TYPE_CHECKING:
    from ...schema.domain import Disk

_PROTOCOLS = frozenset(
    "http https ftp ftps tftp nbd rbd sheepdog gluster iscsi ssh nfs vxhs".split()  # noqa: SIM905 - easier to read
)


def is_url(path: str) -> bool:
    """Return whether a path is a URL."""
    return "://" in path


def local_path(path: str) -> str:
    """Return the path of a file that is named by a `file:` URL; other paths as they are."""
    if not path.startswith("file://"):
        return path
    from urllib.parse import unquote, urlsplit

    return unquote(urlsplit(path).path)


def set_url(disk: Disk, url: str, *, option: str = "--disk") -> None:
    """Make a disk one on a server. Raises InstallError for a URL that is none, or of no protocol of disks."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InstallError(f"not a URL ({error})", option=option, value=url) from None
    protocol, _, transport = parts.scheme.partition("+")
    if protocol not in _PROTOCOLS:
        known = ", ".join(sorted(_PROTOCOLS))
        raise InstallError(f"libvirt reads no disks by {protocol!r}, only by: file, {known}", option=option, value=url)
    disk.type = "network"
    source = disk.source or DiskSource()
    disk.source = source
    source.protocol = protocol  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
    server = DiskSourceHost()
    if transport:
        server.transport = transport  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
    if transport == "unix":
        server.socket = parts.path
    else:
        server.name, server.port = host, port
        source.name = parts.path.lstrip("/") or None
    source.query = parts.query or None
    if server.name or server.socket:
        source.hosts = [server]
