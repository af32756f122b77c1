"""osinfo-db on this machine: its directories, and what its files say about systems.

A file describes a part of a system, or all of it: `os/fedoraproject.org/fedora-40.xml` that of the id
`http://fedoraproject.org/fedora/40`, and so does every file in `fedora-40.d` beside it. Of what several directories
say, the last one has the last word.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .table import id_in_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

SYSTEM_DIRECTORIES = ("/usr/share/osinfo", "/usr/local/share/osinfo")
LOCAL_DIRECTORY = "/etc/osinfo"


class Directories(NamedTuple):
    """The directories that osinfo-db is read from, the most general first; only those that are there.

    Attributes:
        system: what is installed.
        own: what the administrator of the machine and the user add.
        system_is_chosen: whether somebody says where it is installed.
    """

    system: list[Path]
    own: list[Path]
    system_is_chosen: bool

    @property
    def all(self) -> list[Path]:
        """All of them."""
        return self.system + self.own

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> Directories:
        """Return the directories of libosinfo, which OSINFO_SYSTEM_DIR, OSINFO_LOCAL_DIR and OSINFO_USER_DIR set."""
        chosen = environment.get("OSINFO_SYSTEM_DIR")
        config = environment.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111 - may have no home
        local = environment.get("OSINFO_LOCAL_DIR") or LOCAL_DIRECTORY
        user = environment.get("OSINFO_USER_DIR") or f"{config}/osinfo"
        return cls(_there([chosen] if chosen else SYSTEM_DIRECTORIES), _there((local, user)), bool(chosen))


def _there(paths: Iterable[str]) -> list[Path]:
    return [Path(path) for path in paths if Path(path, "os").is_dir()]


class Database:
    """The systems of some directories. Files that are not XML are passed over, as libosinfo does."""

    def __init__(self, paths: list[Path]) -> None:
        self._paths = paths
        self._systems: dict[str, list[etree._Element]] = {}

    @cached_property
    def release(self) -> str:
        """The release, such as "20250606"; empty if no directory tells."""
        found = [path / "VERSION" for path in self._paths]
        return max((file.read_text(errors="replace").strip() for file in found if file.is_file()), default="")

    def system(self, id: str) -> list[etree._Element]:  # noqa: A002 - what everyone calls it
        """Return the `<os>` elements of a system's id, empty if there is none."""
        if id not in self._systems:
            self._systems[id] = [
                element for file in self._files_of(id) for element in self._systems_in(file) if element.get("id") == id
            ]
        return self._systems[id]

    def find(self, name: str) -> str | None:
        """Return the id of the system with a short id, or the id itself if there is such a system; None if not."""
        if not self._paths:
            return None
        if "://" in name:
            return name if self.system(name) else None
        known = id_in_table(name)
        if known and any(name in texts(element, "short-id") for element in self.system(known)):
            return known
        likely = (path for path in self._files if _squeezed(path.stem) == _squeezed(name))
        # Any file may hold the name: that of `guix/1.4` has the name `guix-system-1.4`.
        return self._named(name, likely) or self._named(name, (path for path in self._files if _mentions(path, name)))

    def names(self) -> Iterator[tuple[str, ...]]:
        """Yield the names of each system, its short id first."""
        found: dict[str, list[str]] = {}
        for path in self._files:
            for element in self._systems_in(path):
                found.setdefault(element.get("id", ""), []).extend(texts(element, "short-id"))
        return (tuple(dict.fromkeys(names)) for names in found.values() if names)

    def ids(self) -> list[str]:
        """Return the ids of all systems, sorted."""
        return sorted({element.get("id", "") for path in self._files for element in self._systems_in(path)})

    @cached_property
    def _files(self) -> list[Path]:
        found = [file for path in self._paths for file in path.glob("os/*/*.xml")]
        return found + [file for path in self._paths for file in path.glob("os/*/*.d/*.xml")]

    @cached_property
    def _parser(self) -> etree.XMLParser:
        from lxml import etree

        return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)

    def _named(self, name: str, files: Iterator[Path]) -> str | None:
        for file in files:
            for element in self._systems_in(file):
                if name in texts(element, "short-id"):
                    return element.get("id")
        return None

    def _systems_in(self, path: Path) -> list[etree._Element]:
        from lxml import etree

        try:
            root = etree.fromstring(path.read_bytes(), self._parser)
        except (OSError, etree.XMLSyntaxError):
            return []
        return list(root.iterfind("os"))

    def _files_of(self, id: str) -> Iterator[Path]:  # noqa: A002
        vendor, _, rest = id.partition("://")[2].partition("/")
        name = rest.replace("/", "-")
        if not name or vendor in (".", ".."):
            return
        for path in self._paths:
            file = path / "os" / vendor / f"{name}.xml"
            if file.is_file():
                yield file
            yield from sorted(file.with_suffix("").with_name(f"{name}.d").glob("*.xml"))


def _squeezed(text: str) -> str:
    return text.replace("-", "").lower()


def _mentions(path: Path, name: str) -> bool:
    try:
        return f"<short-id>{name}<".encode() in path.read_bytes()
    except (OSError, UnicodeEncodeError):
        return False


def texts(element: etree._Element, name: str) -> list[str]:
    """Return the texts of the children of a name, without translations."""
    return [(child.text or "").strip() for child in element.iterfind(name) if not child.keys()]
