"""osinfo-db on this machine: which systems there are, and what is said about each.

A file describes a part of a system, or all of it: `os/fedoraproject.org/fedora-40.xml` that of the id
`http://fedoraproject.org/fedora/40`, and so does every file in `fedora-40.d` beside it. Of what several directories
say, the last one has the last word.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .table import id_in_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree


class Database:
    """The systems of some directories. Files that are not XML are passed over, as libosinfo does."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = [Path(path) for path in paths]
        self._systems: dict[str, list[etree._Element]] = {}

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
