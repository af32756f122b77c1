"""What is usually mistaken in connection URIs, and what was meant."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .uri import ConnectionURI

TRANSPORTS = ("unix", "tls", "ssh", "tcp", "ext", "libssh2", "libssh")
"""What libvirt knows, in lower case; it reads them in any."""
_LOCAL = ("unix", "ext")

PATHS: dict[str, tuple[str, ...] | None] = {
    "bhyve": ("/system", "/session"),
    "ch": ("/system", "/session"),
    "esx": None,
    "gsx": None,
    "hyperv": None,
    "lxc": ("/system", "/"),
    "openvz": ("/system",),
    "parallels": ("/system",),
    "qemu": ("/system", "/session", "/embed"),
    "remote": None,
    "test": ("/default",),
    "vbox": ("/session", "/system"),
    "vmwarefusion": ("/session",),
    "vmwareplayer": ("/session",),
    "vmwarews": ("/session",),
    "vpx": None,
    "vz": ("/system",),
    "xen": ("/system", "/"),
}
"""libvirt's drivers, and the paths that they know, the usual one first; None for a path that is the host's own."""


def slips(uri: ConnectionURI) -> list[str]:
    """Return a line for each thing in a URI that can hardly be meant."""
    found = [_driver(uri), _transport(uri), _place(uri), _port(uri)]
    return [slip for slip in found if slip is not None]


def _driver(uri: ConnectionURI) -> str | None:
    if uri.driver in PATHS:
        return None
    if uri.driver in TRANSPORTS and uri.transport is None:
        path = uri.path if uri.path in ("/system", "/session") else "/system"
        meant = replace(uri, driver="qemu", transport=uri.driver, path=path)
        return f'"{uri.driver}" is a transport, and no driver: did you mean {_said(meant)}?'
    near = get_close_matches(uri.driver.lower(), PATHS, 1)
    hint = f": did you mean {_said(replace(uri, driver=near[0]))}?" if near else ""
    return f'libvirt has no driver "{uri.driver}"{hint}'


def _transport(uri: ConnectionURI) -> str | None:
    transport = uri.transport
    if transport is None or transport.lower() in TRANSPORTS:
        if transport is not None and transport.lower() == "ext" and not uri.param("command"):
            return 'the transport "ext" needs a parameter "command"'
        return None
    near = get_close_matches(transport.lower(), TRANSPORTS, 1)
    hint = f"did you mean {_said(replace(uri, transport=near[0]))}?" if near else f"it knows {', '.join(TRANSPORTS)}"
    return f'libvirt has no transport "{transport}": {hint}'


def _place(uri: ConnectionURI) -> str | None:
    """Look at the host and the path: one may be in the place of the other."""
    paths = PATHS.get(uri.driver)
    if paths is None:
        return None
    usual = paths[0]
    if uri.path in ("", "/"):
        return _without_path(uri, paths)
    if uri.path in paths or (uri.driver == "test" and not _remote(uri)):
        return None
    near = get_close_matches(uri.path, paths, 1, 0.7)
    if near and uri.path.count("/") == 1:
        return f'the {uri.driver} driver has no path "{uri.path}": did you mean {_said(replace(uri, path=near[0]))}?'
    if uri.host is None and _remote(uri):
        host, _, rest = uri.path.lstrip("/").partition("/")
        path = f"/{rest}" if f"/{rest}" in paths else usual
        return (
            f'three slashes leave no room for a host, and "{uri.path}" is the path: '
            f"did you mean {_said(replace(uri, host=host, path=path))}?"
        )
    return f'the {uri.driver} driver has no path "{uri.path}", only {" and ".join(paths)}'


def _without_path(uri: ConnectionURI, paths: tuple[str, ...]) -> str | None:
    if uri.host is not None and f"/{uri.host}" in paths and uri.user is None and uri.port is None:
        meant = replace(uri, host=None, path=f"/{uri.host}")
        return (
            f'two slashes make "{uri.host}" the name of a host, reached by {(uri.transport or "TLS").upper()}: '
            f"did you mean {_said(meant)}?"
        )
    if "/" in paths:
        return None
    return f"the path is missing: did you mean {_said(replace(uri, path=paths[0]))}?"


def _port(uri: ConnectionURI) -> str | None:
    if uri.port is not None and not 0 < uri.port < 65536:
        return f"there is no port {uri.port}: they end at 65535"
    return None


def _remote(uri: ConnectionURI) -> bool:
    """Tell whether a URI means another host, even if it names none."""
    if uri.transport is None:
        return uri.host is not None
    return uri.transport.lower() not in _LOCAL


def _said(uri: ConnectionURI) -> str:
    hidden = uri if uri.user is None or ":" not in uri.user else replace(uri, user=uri.user.partition(":")[0])
    return f'"{hidden}"'
