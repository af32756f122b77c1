"""The table of guest systems that comes with the package."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from virtxml.packaged import read_packaged

from .facts import GENERIC, OsFacts, Resources

if TYPE_CHECKING:
    from collections.abc import Iterator

OSINFO_DB = "20250606"
"""The release of osinfo-db that the table is of."""
AMOUNTS = ("ram", "n-cpus", "storage")
"""What osinfo-db calls the fields of `Resources`, in their order."""
_LINUX_OF_A_YEAR = "http://libosinfo.org/linux/"


@cache
def _lines() -> list[str]:
    return read_packaged("guests/osinfo/table.txt").splitlines()


def _systems() -> Iterator[str]:
    return (line for line in _lines() if line[:2] not in ("# ", "D|", "R|"))


def names_in_table() -> Iterator[tuple[str, ...]]:
    """Yield the names of each system, its short id first."""
    return (tuple(line.partition("|")[0].split(",")) for line in _systems())


def find_in_table(name: str) -> OsFacts | None:
    """Return the system of a name or an id, None if it is not in the table."""
    if not name:
        return None
    for line in _systems():
        # Most lines need no more than this to be passed over.
        if name in line and (name in line.partition("|")[0].split(",") or name == line.split("|")[4]):
            return _read(line)
    return None


def id_in_table(name: str) -> str | None:
    """Return the id of the system of a name, None if it is not in the table or has none."""
    found = find_in_table(name)
    return None if found is None else found.id


def _read(line: str) -> OsFacts:
    name_list, family, distro, version, id_, drivers, resources = line.split("|")
    names = name_list.split(",")
    if not id_:
        return GENERIC
    supported, cards, efi = _profile("D|", drivers)
    minimum, recommended, network_install = _profile("R|", resources)
    return OsFacts(
        short_id=names[0],
        names=tuple(sorted(names)),
        id=id_,
        family=family or None,
        distro=distro,
        version=version or None,
        netmodels=_items(cards),
        efi_archs=frozenset(_items(efi)),
        minimum=_resources(minimum),
        recommended=_resources(recommended),
        network_install=_resources(network_install),
        linux_generic=id_.startswith(_LINUX_OF_A_YEAR),
        **{f"supports_{driver}": True for driver in _items(supported)},
    )


def _profile(kind: str, number: str) -> list[str]:
    lines = [line for line in _lines() if line.startswith(kind)]
    return lines[int(number)].split("|")[1:]


def _items(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


def _resources(text: str) -> dict[str, Resources]:
    found = {}
    for item in _items(text):
        arch, *amounts = item.split(" ")
        found[arch] = Resources(*(None if amount == "-" else int(amount) for amount in amounts))
    return found
