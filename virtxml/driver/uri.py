"""Connection URIs of libvirt, `driver[+transport]://[user@][host][:port]/[path][?params]`, as values.

https://libvirt.org/uri.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

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
        from .slips import slips

        return slips(self)

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
