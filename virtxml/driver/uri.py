"""Connection URIs of libvirt, `driver[+transport]://[user@][host][:port]/[path][?params]`: what is read, and mistaken.

https://libvirt.org/uri.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from virtxml.diagnostics.suggest import nearest
from virtxml.errors import VirtXMLError

if TYPE_CHECKING:
    from typing_extensions import Self

_URI = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?://(?P<authority>[^/?#]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.ASCII | re.DOTALL,
)
_AUTHORITY = re.compile(r"(?:(?P<user>[^@]*)@)?(?P<host>\[[^\[\]]*\]|[^:@\[\]]*)(?::(?P<port>[^:@]*))?")
_NEVER = re.compile(r'[^!-~]|[<>"]')
"""What no URI can hold as it is."""
_FREE = "/:@!$'()*,"
"""What libvirt writes as it is, beside letters, digits and `-._~`."""


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


class URIError(VirtXMLError, ValueError):
    """Text that libvirt cannot read as a connection URI."""


@dataclass(frozen=True, kw_only=True)
class ConnectionURI:
    """Where libvirt connects to.

    Attributes:
        driver: the hypervisor driver, such as "qemu", "lxc" or "test".
        transport: how a host is reached, such as "ssh"; None for what libvirt takes for granted: the local daemon
            without a host, TLS with one.
        user: the user on the host.
        host: the host's name or address, an IPv6 address without brackets; None for this one.
        port: the port on the host; None for the transport's own.
        path: what the driver is asked for, such as "/system".
        params: the parameters behind the question mark, in their order; a name without a value has "".
        fragment: what is behind a `#`; libvirt does not look at it.
    """

    driver: str
    transport: str | None = None
    user: str | None = field(default=None, repr=False)
    host: str | None = None
    port: int | None = None
    path: str = ""
    params: tuple[tuple[str, str], ...] = ()
    fragment: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a URI. What libvirt reads is accepted, even if it can hardly be meant: `slips` names that.

        Raises URIError, which says what is wrong, for text that libvirt does not read as a URI.
        """
        _refuse_characters(text)
        found = _URI.fullmatch(text)
        if found is None:
            raise URIError(f"{_shown(text)} names no driver, as in qemu:///system (an alias of libvirt.conf is no URI)")
        driver, plus, transport = found["scheme"].partition("+")
        user, host, port = _authority(found["authority"] or "", text)
        return cls(
            driver=driver,
            transport=transport if plus else None,
            user=user,
            host=host,
            port=port,
            path=unquote(found["path"]),
            params=_params(found["query"] or ""),
            fragment=found["fragment"] or "",
        )

    def slips(self) -> list[str]:
        """Return what can hardly be meant, one line for each with what is meant instead; none for a usual URI.

        For example, `qemu://system` asks for a host called "system".
        """
        found = [_driver_slip(self), _transport_slip(self), _place_slip(self), _port_slip(self)]
        return [slip for slip in found if slip is not None]

    def param(self, name: str) -> str | None:
        """Return the value of the first parameter of a name, None without one."""
        return next((value for key, value in self.params if key == name), None)

    def __str__(self) -> str:
        scheme = self.driver if self.transport is None else f"{self.driver}+{self.transport}"
        authority = "" if self.user is None else f"{quote(self.user, safe=':!$&()*,;=+')}@"
        host = self.host or ""
        authority += f"[{host}]" if ":" in host else quote(host, safe="!$&'()*,;=+")
        authority += "" if self.port is None else f":{self.port}"
        # A path that does not start with a slash cannot stand behind two of them.
        slashes = "//" if authority or self.path[:1] in ("", "/") else ""
        query = "&".join(f"{quote(name, safe=_FREE)}={quote(value, safe=_FREE)}" for name, value in self.params)
        path = quote(self.path, safe=f"{_FREE};&=+")
        return f"{scheme}:{slashes}{authority}{path}{'?' if query else ''}{query}" + (
            f"#{self.fragment}" if self.fragment else ""
        )


def _refuse_characters(text: str) -> None:
    wrong = _NEVER.search(text)
    if wrong is not None:
        char = wrong.group()
        raise URIError(f'a URI cannot hold {char!r}: write "{quote(char, errors="replace")}" instead')


def _authority(authority: str, text: str) -> tuple[str | None, str | None, int | None]:
    """Return the user, the host and the port."""
    if authority.count("@") > 1:
        raise URIError(f'{_shown(text)} has more than one "@": write "%40" for one in the name of the user')
    found = _AUTHORITY.fullmatch(authority)
    if found is None:
        raise URIError(f"{_shown(text)} has no host that can be read: an IPv6 address needs brackets, as in [::1]")
    port = found["port"]
    if port is not None and not (port.isascii() and port.isdecimal()):
        more = " (a path follows a slash, not a colon)" if port == "" or port.isalpha() else ""
        raise URIError(f"{_shown(text)} has no number behind the colon, where the port is{more}")
    host = unquote(found["host"].strip("[]")) or None
    user = found["user"]
    return None if user is None else unquote(user), host, None if port is None else int(port)


def _params(query: str) -> tuple[tuple[str, str], ...]:
    """Return parameters as libvirt reads them: `&` and `;` stand between them, and a plus sign is itself."""
    parts = (part.partition("=") for part in re.split("[&;]", query) if part and part[0] != "=")
    return tuple((unquote(name), unquote(value)) for name, _, value in parts)


def _shown(text: str) -> str:
    """Return a URI for a message, without what may be a password."""
    hidden = re.sub(r"//([^/?#:@]*):[^/?#@]*@", r"//\1:<hidden>@", text)
    return f'"{hidden}"'


def _driver_slip(uri: ConnectionURI) -> str | None:
    if uri.driver in PATHS:
        return None
    if uri.driver in TRANSPORTS and uri.transport is None:
        path = uri.path if uri.path in ("/system", "/session") else "/system"
        meant = replace(uri, driver="qemu", transport=uri.driver, path=path)
        return f'"{uri.driver}" is a transport, and no driver: did you mean {_said(meant)}?'
    near = nearest(uri.driver, PATHS, 1)
    hint = f": did you mean {_said(replace(uri, driver=near[0]))}?" if near else ""
    return f'libvirt has no driver "{uri.driver}"{hint}'


def _transport_slip(uri: ConnectionURI) -> str | None:
    transport = uri.transport
    if transport is None or transport.lower() in TRANSPORTS:
        if transport is not None and transport.lower() == "ext" and not uri.param("command"):
            return 'the transport "ext" needs a parameter "command"'
        return None
    near = nearest(transport, TRANSPORTS, 1)
    hint = f"did you mean {_said(replace(uri, transport=near[0]))}?" if near else f"it knows {', '.join(TRANSPORTS)}"
    return f'libvirt has no transport "{transport}": {hint}'


def _place_slip(uri: ConnectionURI) -> str | None:
    """Look at the host and the path: one may be in the place of the other."""
    paths = PATHS.get(uri.driver)
    if paths is None:
        return None
    usual = paths[0]
    if uri.path in ("", "/"):
        return _without_path(uri, paths)
    if uri.path in paths or (uri.driver == "test" and not _remote(uri)):
        return None
    near = nearest(uri.path, paths, 1)
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


def _port_slip(uri: ConnectionURI) -> str | None:
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
