"""What is shown of our documents, as files; `python -m tests.show.snapshots` writes them anew."""

from __future__ import annotations

from pathlib import Path

from tests.support import fixture_documents
from virtxml import parse
from virtxml.show import screen_of
from virtxml.show.rendering.text import text_of

SNAPSHOTS = Path(__file__).parent / "snapshots"
WIDTH = 80
DOCUMENTS = {f"{path.parent.name}-{path.stem}": path for path in fixture_documents()}
"""Our documents by the names of their snapshots."""


def shown(path: Path) -> str:
    """Return what is shown of a document."""
    return text_of(screen_of(parse(path.read_bytes())), WIDTH)


def write() -> None:
    """Write all snapshots."""
    for name, path in DOCUMENTS.items():
        (SNAPSHOTS / f"{name}.txt").write_text(shown(path), encoding="utf-8")


if __name__ == "__main__":
    write()
