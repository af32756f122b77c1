"""Which addresses and masks the rules of a filter have."""

from __future__ import annotations

import ipaddress
import re
import socket
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from ...rule import Problem, rule
from .protocols import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.nwfilter import NWFilter
    from ...facts import Facts

_Address: TypeAlias = "ipaddress.IPv4Address | ipaddress.IPv6Address"

_ADDRESS = re.compile(r"(arp)?(src|dst)ip(addr|from|to)")
_NO_COMMENT = re.compile(r"(?!comment).*")
_IP_MASK = re.compile(r"(src|dst)ipmask")
_MAC_MASK = re.compile(r"(src|dst)macmask|(root|sender)_address_mask")
_VARIABLE = re.compile(r"\$[A-Za-z0-9_]+(\[.*)?", re.DOTALL)
_MAC = re.compile(r"[0-9A-Fa-f]{1,2}(:[0-9A-Fa-f]{1,2}){5}")


def address_of(value: object) -> _Address | None:
    """Return an IP address as libvirt reads it: "010.0.0.1" begins with an 8; None for what is none."""
    text = str(value)
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        if text.count(".") != 3 or ":" in text:
            return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(text))
    except (OSError, ValueError):
        return None


@rule(
    "VX981",
    "nwfilter-address",
    "filter",
    words="srcipaddr has illegal value 10.0.0.277",
    early=True,
    bad="""
<filter name='lan'>
  <rule action='accept' direction='in'>
    <tcp srcipaddr='10.0.0.277'/>
  </rule>
</filter>
""",
    good="""
<filter name='lan'>
  <rule action='accept' direction='in'>
    <tcp srcipaddr='10.0.0.27'/>
  </rule>
</filter>
""",
)
def nwfilter_address(nwfilter: NWFilter, facts: Facts[NWFilter]) -> Iterator[Problem]:
    """A rule is about an address that there is not, or about a variable that nobody can set.

    The schema of filters takes numbers above 255 in addresses, and spaces around the names of variables.
    """
    for _, match in matches(nwfilter):
        for name in _fields(type(match), _NO_COMMENT):
            value = getattr(match, name)
            if isinstance(value, str) and value.startswith("$") and not _VARIABLE.fullmatch(value):
                yield Problem(match, name, "variables are called $NAME, without spaces")
        for name in _fields(type(match), _ADDRESS):
            value = getattr(match, name)
            if value is not None and not str(value).startswith("$") and address_of(value) is None:
                yield Problem(match, name, "{value} is no address", value=value)


@rule(
    "VX847",
    "nwfilter-mask",
    "filter",
    words="srcipmask has illegal value 255.0.255.0",
    early=True,
    bad="""
<filter name='lan'>
  <rule action='accept' direction='in'>
    <tcp srcipaddr='10.0.0.0' srcipmask='255.0.255.0'/>
  </rule>
</filter>
""",
    good="""
<filter name='lan'>
  <rule action='accept' direction='in'>
    <tcp srcipaddr='10.0.0.0' srcipmask='255.0.0.0'/>
  </rule>
</filter>
""",
)
def nwfilter_mask(nwfilter: NWFilter, facts: Facts[NWFilter]) -> Iterator[Problem]:
    """A mask of addresses has holes, or is none.

    The bits of a mask are ones, and then zeros.
    """
    for _, match in matches(nwfilter):
        for pattern, is_mask in ((_IP_MASK, _is_ip_mask), (_MAC_MASK, _is_mac_mask)):
            for name in _fields(type(match), pattern):
                mask = getattr(match, name)
                if isinstance(mask, str) and not mask.startswith("$") and not is_mask(mask):
                    yield Problem(match, name, "{mask} is no mask: ones, and then zeros", mask=mask)


def _is_ip_mask(mask: str) -> bool:
    address = address_of(mask)
    return address is not None and _is_contiguous(int(address), address.max_prefixlen)


def _is_mac_mask(mask: str) -> bool:
    if not _MAC.fullmatch(mask):
        return True
    return _is_contiguous(int("".join(byte.zfill(2) for byte in mask.split(":")), 16), 48)


def _is_contiguous(mask: int, bits: int) -> bool:
    """Tell whether a mask of some bits is ones, and then zeros."""
    rest = ~mask & ((1 << bits) - 1)
    return not rest & (rest + 1)


@cache
def _fields(kind: Any, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return the fields of what a rule is about whose names are of a pattern."""
    return tuple(name for name in kind.xml_fields if pattern.fullmatch(name))
