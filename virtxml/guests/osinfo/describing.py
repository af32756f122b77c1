"""The facts about a system, from what osinfo-db says of it and of the systems that it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .database import texts
from .devices import network_cards, supported_by
from .facts import OsFacts, Resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from .database import Database

_LINUX_OF_A_YEAR = "http://libosinfo.org/linux/"
_RHEL_6 = "http://redhat.com/rhel/6.0"
_ORIGINS = ("derives-from", "clones")


def describe(database: Database, id: str) -> OsFacts:  # noqa: A002 - what everyone calls it
    """Return the facts about a system that the database has."""
    elements = database.system(id)
    names = [name for element in elements for name in texts(element, "short-id")]
    devices = _devices(database, id)
    supports = supported_by(devices)
    if not supports["supports_virtioserial"]:
        # Successors of it that say nothing of their devices have its driver, too.
        supports["supports_virtioserial"] = _RHEL_6 in _related(database, id, (*_ORIGINS, "upgrades"))
    return OsFacts(
        short_id=names[0] if names else id,
        names=tuple(sorted(set(names))),
        id=id,
        family=_one(elements, "family"),
        distro=_one(elements, "distro") or "",
        version=_one(elements, "version"),
        netmodels=network_cards(devices),
        efi_archs=_efi_archs(database, id),
        minimum=_resources(database, id, "minimum"),
        recommended=_resources(database, id, "recommended"),
        network_install=_resources(database, id, "network-install"),
        linux_generic=id.startswith(_LINUX_OF_A_YEAR),
        **supports,
    )


def _one(elements: list[etree._Element], name: str) -> str | None:
    found = [text for element in elements for text in texts(element, name)]
    return found[-1] if found else None


def _related(database: Database, id: str, relations: tuple[str, ...]) -> Iterator[str]:  # noqa: A002
    """Yield the id of a system, then those of all that it is related to, the nearest first."""
    seen = [id]
    for system in seen:
        yield system
        for element in database.system(system):
            for relation in relations:
                related = (child.get("id", "") for child in element.iterfind(relation))
                seen.extend(found for found in related if found not in seen)


def _ancestry(database: Database, id: str) -> Iterator[list[etree._Element]]:  # noqa: A002
    """Yield the elements of a system, then those of all systems that it derives from or is a clone of."""
    return (database.system(system) for system in _related(database, id, _ORIGINS))


def _devices(database: Database, id: str) -> set[str]:  # noqa: A002
    """Return the ids of the devices that a system has drivers for: what it says itself counts first."""
    found: dict[str, bool] = {}
    for elements in _ancestry(database, id):
        for element in elements:
            for device in element.iterfind("devices/device"):
                found.setdefault(device.get("id", ""), _supported(device))
    return {device for device, supported in found.items() if supported}


def _efi_archs(database: Database, id: str) -> frozenset[str]:  # noqa: A002
    """Return the architectures with UEFI for which it says that there is no BIOS."""
    found: dict[tuple[str, str], bool] = {}
    for elements in _ancestry(database, id):
        for element in elements:
            for firmware in element.iterfind("firmware"):
                key = (firmware.get("type", ""), firmware.get("arch", ""))
                found.setdefault(key, _supported(firmware))
    efi = (arch for (kind, arch), supported in found.items() if kind == "efi" and supported)
    return frozenset(arch for arch in efi if found.get(("bios", arch)) is False)


def _supported(element: etree._Element) -> bool:
    return element.get("supported") != "false"


def _resources(database: Database, id: str, level: str) -> dict[str, Resources]:  # noqa: A002
    """Return what a system needs at a level, such as "minimum", by architecture."""
    found: dict[str, Resources] = {}
    for element in database.system(id):
        for resources in element.iterfind("resources"):
            arch = resources.get("arch", "all")
            given = resources.find(level)
            if given is not None:
                found[arch] = _amounts(given)
            elif resources.get("inherit") == "true":
                inherited = _inherited_resources(database, id, level, arch)
                if inherited is not None:
                    found[arch] = inherited
    return found


def _inherited_resources(database: Database, id: str, level: str, arch: str) -> Resources | None:  # noqa: A002
    for elements in list(_ancestry(database, id))[1:]:
        for element in elements:
            for resources in element.iterfind("resources"):
                given = resources.find(level)
                if given is not None and resources.get("arch", "all") == arch:
                    return _amounts(given)
    return None


def _amounts(element: etree._Element) -> Resources:
    return Resources(_number(element, "ram"), _number(element, "n-cpus"), _number(element, "storage"))


def _number(element: etree._Element, name: str) -> int | None:
    text = (element.findtext(name) or "").strip()
    return int(text) if text.isdecimal() else None
