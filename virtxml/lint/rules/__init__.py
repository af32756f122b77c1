"""The rules, a package for each area. What a document has no elements for is not loaded.

Each package says which of its modules have rules about which elements: `HOMES`, by their names from the root.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

TOGETHER = "together"
"""What rules over several documents are about, in the place of an element."""
AREAS: dict[str, tuple[str, ...]] = {
    "domain": (
        "domains.addresses",
        "domains.boot",
        "domains.cpus",
        "domains.devices",
        "domains.disks",
        "domains.duplicates",
        "domains.features",
        "domains.graphics",
        "domains.hosts",
        "domains.interfaces",
        "domains.memory",
    ),
    "network": ("networks",),
    "pool": ("storage",),
    "volume": ("storage",),
    "filter": ("filters",),
    "domainsnapshot": ("snapshots",),
    "domaincheckpoint": ("snapshots",),
    "domainbackup": ("snapshots",),
    "device": ("nodedevs",),
    "secret": ("secrets",),
    TOGETHER: ("together",),
}
"""The packages with rules about a kind of document, by the name of its root element."""


@lru_cache(maxsize=32)
def homes(root: str) -> dict[str, list[str]]:
    """Return the modules with rules about elements of a kind of document, by the elements' names from the root."""
    found: dict[str, list[str]] = {}
    for area in AREAS.get(root, ()):
        package = import_module(f".{area}", __name__)
        for about, modules in package.HOMES.items():
            if about.partition("/")[0] == root:
                found.setdefault(about, []).extend(f"{area}.{module}" for module in modules)
    return found


def load(about: str) -> None:
    """Load the rules about elements that stand under some names."""
    for home in homes(about.partition("/")[0]).get(about, ()):
        import_module(f".{home}", __name__)


def load_all() -> None:
    """Load all rules."""
    for root in AREAS:
        for about in homes(root):
            load(about)
