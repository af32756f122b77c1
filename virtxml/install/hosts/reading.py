"""Read a host: from files, from a connection, or from both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from .host import Host


def read_host(
    capabilities: str | PathLike[str] | None = None,
    domcapabilities: str | PathLike[str] | None = None,
    host: str | PathLike[str] | None = None,
    uri: str | None = None,
    arch: str | None = None,
) -> Host:
    """Return the host that files and a connection tell of.

    Files win: with one of them, the URI only tells the driver and whose guests they are, and what no file tells is
    built in. With a URI alone, libvirt is asked; without anything, the built-in host of an architecture is returned.

    Args:
        capabilities: a file with what `virsh capabilities` prints.
        domcapabilities: a file with what `virsh domcapabilities` prints.
        host: a file with a `<node>`, as libvirt's test driver reads it: networks, pools, devices, domains.
        uri: a connection URI, such as `qemu:///system`.
        arch: the architecture of the built-in host; x86_64 if it is not given.

    Raises InstallError for what cannot be read or is no such document, for a URI of no driver, and if there is no
    connection or libvirt-python is missing.
    """
    raise NotImplementedError
