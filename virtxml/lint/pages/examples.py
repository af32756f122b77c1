"""The examples of rules as whole documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...catalogue import NEWEST, RELEASES
from ...releases import is_older
from ..facts import Host

if TYPE_CHECKING:
    from ...schema.capabilities import Capabilities
    from ...schema.domaincaps import DomainCapabilities
    from ..rule import Rule

_USUAL = {
    "domain": {
        "name": "<name>guest</name>",
        "memory": "<memory unit='GiB'>2</memory>",
        "os": "<os>\n  <type arch='x86_64' machine='q35'>hvm</type>\n</os>",
    },
    "network": {"name": "<name>net</name>"},
    "pool": {"name": "<name>pool</name>"},
}
"""What each document has of a kind, if an example does not say otherwise, by the names of the elements."""
_ATTRIBUTES = {"domain": " type='kvm'"}


def whole(rule: Rule, example: str) -> str:
    """Return an example as a document: what is special in one is put into one that has nothing else."""
    root, text = rule.about.partition("/")[0], example.strip("\n")
    if re.match(rf"<{root}[\s>]", text):
        return f"{text}\n"
    names = re.findall(r"^<([\w.-]+)", text, re.MULTILINE)
    usual = [element for name, element in _USUAL.get(root, {}).items() if name not in names]
    inside = "\n".join([*usual, text])
    indented = re.sub(r"^(?=.)", "  ", inside, flags=re.MULTILINE)
    return f"<{root}{_ATTRIBUTES.get(root, '')}>\n{indented}\n</{root}>\n"


def files(example: str) -> list[tuple[str, str]]:
    """Return the documents of an example of a rule over several, each with the name of its file.

    What all documents have is put into them. A document that has no name is called as its file is.
    """
    parts = re.split(r"^<!-- (\S+)\.xml -->\n", example.strip("\n") + "\n", flags=re.MULTILINE)
    return [(f"{name}.xml", _complete(name, text)) for name, text in zip(parts[1::2], parts[2::2], strict=True)]


def _complete(name: str, text: str) -> str:
    """Return a document of an example with what all of its kind have."""
    start = re.match(r"<([\w.-]+)[^>]*?(/?)>\n", text)
    if start is None or start[1] not in _USUAL:
        return text
    names = re.findall(r"^  <([\w.-]+)", text, re.MULTILINE)
    usual = {**_USUAL[start[1]], "name": f"<name>{name}</name>"}
    inside = "\n".join(element for child, element in usual.items() if child not in names)
    indented = re.sub(r"^(?=.)", "  ", inside, flags=re.MULTILINE)
    if start[2]:
        return f"{start[0].rstrip()[:-2]}>\n{indented}\n</{start[1]}>\n"
    return f"{start[0]}{indented}\n{text[start.end() :]}"


def _first(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text)
    return found[1] if found is not None else None


_PAGES = {4: 1835008, 2048: 512}
"""How many pages each cell of the host has by their sizes in KiB."""


def host_of(rule: Rule) -> Host:
    """Return where the examples of a rule are as it says: a release of libvirt for which it holds.

    It is the newest one, for rules that still hold. Rules that need to know the host have a current one with two NUMA
    cells, whose domain capabilities are of guests such as that of the good example.
    """
    release = NEWEST
    if rule.until:
        release = next(release for release in reversed(RELEASES) if is_older(release, rule.until))
    if not {"capabilities", "domcapabilities"} & {*rule.needs}:
        return Host(release)
    from ...guests.hosts import builtin_host

    text = whole(rule, rule.good)
    kind, arch, machine = (_first(f"{name}='([^']+)'", text) for name in ("<domain type", " arch", " machine"))
    host = builtin_host(arch)
    return Host(
        release,
        capabilities=_with_cells(host.capabilities) if "capabilities" in rule.needs else None,
        domcapabilities=_without_vfio(host.domain_capabilities(arch, machine, kind))
        if "domcapabilities" in rule.needs
        else None,
    )


def _without_vfio(capabilities: DomainCapabilities | None) -> DomainCapabilities | None:
    """Return domain capabilities of a host that cannot assign PCI devices, as it has no IOMMU."""
    devices = capabilities.devices if capabilities is not None else None
    for enum in devices.hostdev.enums if devices is not None and devices.hostdev is not None else ():
        if enum.name == "pciBackend":
            enum.values = []
    return capabilities


def _with_cells(capabilities: Capabilities) -> Capabilities:
    """Return capabilities of a host with two NUMA cells, each with 8 GiB of memory and four CPUs.

    It has no IOMMU, and a cache that it cannot divide.
    """
    from ...schema import capabilities as schema

    cells = [
        schema.HostTopologyCell(
            id=number,
            memory=schema.HostTopologyCellMemory(value=8 * 1024**2, unit="KiB"),
            pages=[schema.HostTopologyCellPages(size=size, unit="KiB", value=count) for size, count in _PAGES.items()],
            cpus=schema.HostTopologyCellCpus(
                cpus=[schema.HostTopologyCellCpu(id=4 * number + cpu) for cpu in range(4)]
            ),
        )
        for number in range(2)
    ]
    bank = schema.HostCacheBank(id=0, level=3, type="both", size=16, unit="MiB", cpus="0-7")
    known = capabilities.host or schema.Host()
    host = schema.Host(
        cpu=known.cpu,
        secmodels=known.secmodels,
        iommu=schema.HostIommu(support=False),
        cache=schema.HostCache(banks=[bank]),
        topology=schema.HostTopology(cells=schema.HostTopologyCells(cells=cells)),
    )
    return schema.Capabilities(host=host, guests=capabilities.guests)
