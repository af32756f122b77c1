"""Connection URIs of libvirt, `driver[+transport]://[user@][host][:port]/[path][?params]`: what is read, and mistaken.

https://libvirt.org/uri.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from virtxml.errors import VirtXMLError
from virtxml.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typing_extensions import Self

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


_HYPERVISORS = {
    "gsx": "esx",
    "parallels": "vz",
    "vmwarefusion": "vmware",
    "vmwareplayer": "vmware",
    "vmwarews": "vmware",
    "vpx": "esx",
}
"""The hypervisors of drivers that are named otherwise."""
_FREE = "/:@!$'()*,"
"""What libvirt writes as it is, beside letters, digits and `-._~`."""


class URIError(VirtXMLError, ValueError):
    """Text that libvirt cannot read as a connection URI."""


class ConnectionURI(Record, frozen=True):
    """Where libvirt connects to. Its arguments are given by name; it is a value as a frozen dataclass is one.

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
    user: str | None = None
    host: str | None = None
    port: int | None = None
    path: str = ""
    params: tuple[tuple[str, str], ...] = ()
    fragment: str = ""

    _hidden: ClassVar[tuple[str, ...]] = ("user",)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a URI. What libvirt reads is accepted, even if it can hardly be meant: `slips` names that.

        Raises URIError, which says what is wrong, for text that libvirt does not read as a URI.
        """
        _refuse_characters(text)
        scheme, colon, rest = text.partition(":")
        if not (colon and scheme[:1].isalpha() and scheme.replace("+", "").replace(".", "").replace("-", "").isalnum()):
            raise URIError(f"{_shown(text)} names no driver, as in qemu:///system (an alias of libvirt.conf is no URI)")
        driver, plus, transport = scheme.partition("+")
        rest, _, fragment = rest.partition("#")
        rest, _, query = rest.partition("?")
        authority = ""
        if rest.startswith("//"):
            authority, slash, path = rest[2:].partition("/")
            rest = slash + path
        user, host, port = _authority(authority, text)
        return cls(
            driver=driver,
            transport=transport if plus else None,
            user=user,
            host=host,
            port=port,
            path=_unquoted(rest),
            params=_params(query),
            fragment=fragment,
        )

    @property
    def hypervisor(self) -> str:
        """The hypervisor that is asked: some have drivers of several names, as "parallels" and "vz"."""
        driver = self.driver.lower()
        return _HYPERVISORS.get(driver, driver)

    @property
    def is_session(self) -> bool:
        """Whether it is about what belongs to a user, not to the system."""
        return self.path == "/session"

    @property
    def is_remote(self) -> bool:
        """Whether another host is meant, even if none is named."""
        if self.transport is None:
            return self.host is not None
        return self.transport.lower() not in _LOCAL

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
        from urllib.parse import quote

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
    wrong = next((char for char in text if not "!" <= char <= "~" or char in '<>"'), None)
    if wrong is not None:
        from urllib.parse import quote

        raise URIError(f'a URI cannot hold {wrong!r}: write "{quote(wrong, errors="replace")}" instead')


def _authority(authority: str, text: str) -> tuple[str | None, str | None, int | None]:
    """Return the user, the host and the port."""
    if authority.count("@") > 1:
        raise URIError(f'{_shown(text)} has more than one "@": write "%40" for one in the name of the user')
    user, at, place = authority.rpartition("@")
    if place.startswith("["):
        host, bracket, rest = place[1:].partition("]")
        rest, colon, port = rest.partition(":")
        readable = bracket and not rest and not {*host} & {*"[]"}
    else:
        host, colon, port = place.partition(":")
        readable = not {*host} & {*"[]"}
    if not readable or ":" in port:
        raise URIError(f"{_shown(text)} has no host that can be read: an IPv6 address needs brackets, as in [::1]")
    if colon and not (port.isascii() and port.isdecimal()):
        more = " (a path follows a slash, not a colon)" if port == "" or port.isalpha() else ""
        raise URIError(f"{_shown(text)} has no number behind the colon, where the port is{more}")
    return _unquoted(user) if at else None, _unquoted(host) or None, int(port) if colon else None


def _params(query: str) -> tuple[tuple[str, str], ...]:
    """Return parameters as libvirt reads them: `&` and `;` stand between them, and a plus sign is itself."""
    parts = (part.partition("=") for part in query.replace(";", "&").split("&") if part and part[0] != "=")
    return tuple((_unquoted(name), _unquoted(value)) for name, _, value in parts)


def _unquoted(text: str) -> str:
    if "%" not in text:
        return text
    # It takes longer to load than a guest to translate, and few URIs need it.
    from urllib.parse import unquote

    return unquote(text)


def _shown(text: str) -> str:
    from virtxml.source.secrets.hiding import uri_without_password

    return f'"{uri_without_password(text)}"'


def _driver_slip(uri: ConnectionURI) -> str | None:
    if uri.driver in PATHS:
        return None
    if uri.driver in TRANSPORTS and uri.transport is None:
        path = uri.path if uri.path in ("/system", "/session") else "/system"
        meant = uri.changed(driver="qemu", transport=uri.driver, path=path)
        return f'"{uri.driver}" is a transport, and no driver: {_asked(meant)}'
    near = _nearest(uri.driver, PATHS)
    hint = f": {_asked(uri.changed(driver=near[0]))}" if near else ""
    return f'libvirt has no driver "{uri.driver}"{hint}'


def _transport_slip(uri: ConnectionURI) -> str | None:
    transport = uri.transport
    if transport is None or transport.lower() in TRANSPORTS:
        if transport is not None and transport.lower() == "ext" and not uri.param("command"):
            return 'the transport "ext" needs a parameter "command"'
        return None
    near = _nearest(transport, TRANSPORTS)
    hint = _asked(uri.changed(transport=near[0])) if near else f"it knows {', '.join(TRANSPORTS)}"
    return f'libvirt has no transport "{transport}": {hint}'


def _place_slip(uri: ConnectionURI) -> str | None:
    """Look at the host and the path: one may be in the place of the other."""
    paths = PATHS.get(uri.driver)
    if paths is None:
        return None
    usual = paths[0]
    if uri.path in ("", "/"):
        return _without_path(uri, paths)
    if uri.path in paths or (uri.driver == "test" and not uri.is_remote):
        return None
    near = _nearest(uri.path, paths)
    if near and uri.path.count("/") == 1:
        return f"the {uri.driver} driver has no path {_shown(uri.path)}: {_asked(uri.changed(path=near[0]))}"
    if uri.host is None and uri.is_remote:
        host, _, rest = uri.path.lstrip("/").partition("/")
        path = f"/{rest}" if f"/{rest}" in paths else usual
        return f"three slashes leave no room for a host, and {_shown(uri.path)} is the path: " + _asked(
            uri.changed(host=host, path=path)
        )
    return f"the {uri.driver} driver has no path {_shown(uri.path)}, only {' and '.join(paths)}"


def _without_path(uri: ConnectionURI, paths: tuple[str, ...]) -> str | None:
    if uri.host is not None and f"/{uri.host}" in paths and uri.user is None and uri.port is None:
        meant = uri.changed(host=None, path=f"/{uri.host}")
        return (
            f'two slashes make "{uri.host}" the name of a host, reached by {(uri.transport or "TLS").upper()}: '
            + _asked(meant)
        )
    if "/" in paths:
        return None
    return f"the path is missing: {_asked(uri.changed(path=paths[0]))}"


def _port_slip(uri: ConnectionURI) -> str | None:
    if uri.port is not None and not 0 < uri.port < 65536:
        return f"there is no port {uri.port}: they end at 65535"
    return None


def _asked(uri: ConnectionURI) -> str:
    """Return the question whether a URI is meant."""
    from virtxml.diagnostics.suggest import did_you_mean

    hidden = uri if uri.user is None or ":" not in uri.user else uri.changed(user=uri.user.partition(":")[0])
    return did_you_mean(_shown(str(hidden)))


def _nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    from virtxml.diagnostics.suggest import nearest

    return nearest(name, known, 1)
