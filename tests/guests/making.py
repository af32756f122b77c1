"""What the tests of defaults and translations need: hosts of all sorts, and command lines to documents."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from virtxml import Domain, DomainCapabilities
from virtxml.guests.decisions import Wishes, decide
from virtxml.guests.defaults.machine import set_kind, set_machine
from virtxml.guests.guest import Guest
from virtxml.guests.hosts import builtin_host
from virtxml.guests.osinfo import GENERIC, OsFacts, Resources
from virtxml.install import Translation, translate

if TYPE_CHECKING:
    from virtxml.guests.hosts import Host
    from virtxml.schema.domain import Devices

MODERN = OsFacts(
    "modern",
    ("modern",),
    id="http://example.com/modern",
    distro="example",
    recommended={"all": Resources(ram=2 << 30, cpus=2, storage=20 << 30)},
    supports_virtiodisk=True,
    supports_virtioscsi=True,
    supports_virtionet=True,
    supports_virtiorng=True,
    supports_virtiogpu=True,
    supports_virtioballoon=True,
    supports_virtioserial=True,
    supports_usb3=True,
    supports_chipset_q35=True,
)
"""A system with drivers for everything."""
WINDOWS = OsFacts("win", ("win",), family="winnt", distro="win", netmodels=("e1000",))
"""A Windows with its own drivers only."""


def guest(system: OsFacts = GENERIC, *, arch: str | None = None, host: Host | None = None, **kind: str) -> Guest:
    """Return a guest whose machine is chosen, and nothing else; by default on the built-in host of its architecture."""
    made = Guest(Domain(), host or builtin_host(arch), system)
    set_kind(made, arch=arch, **kind)
    set_machine(made)
    return made


def complete(made: Guest) -> None:
    """Make the decisions of devices and features, for a guest whose kind is chosen."""
    decide(made, Wishes(), without=["kind", "machine", "firmware", "cpu", "memory", "vcpus"])


def host_telling(text: str, arch: str = "x86_64") -> Host:
    """Return a host whose domain capabilities are a text: what is in `<domainCapabilities>`."""
    told = DomainCapabilities.from_xml(f"<domainCapabilities>{text}</domainCapabilities>")
    return replace(builtin_host(arch), domain_capabilities_source=lambda *_: told)


def translated(command: str, *, host: Host | None = None, osinfo: OsFacts | str | None = None) -> Translation:
    """Translate a command line for the built-in host."""
    return translate(shlex.split(command), host=host or builtin_host(), osinfo=osinfo)


def devices(domain: Domain) -> Devices:
    """Return a domain's devices."""
    assert domain.devices is not None
    return domain.devices
