"""What several test modules need: where things are, and what to do without them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""

FIXTURES = ROOT / "tests" / "fixtures" / "xml"
"""Our own documents, a directory per document kind."""


def shared_dir() -> Path | None:
    """Return the directory with libvirt's schemas and test documents, or None without one.

    It is `shared` beside the checkout, or what VIRTXML_SHARED says; an empty VIRTXML_SHARED stands for none. Raises
    FileNotFoundError if VIRTXML_SHARED is no directory, as tests would be skipped for a misspelling otherwise.
    """
    setting = os.environ.get("VIRTXML_SHARED")
    if setting == "":
        return None
    path = Path(setting).resolve() if setting else ROOT.parent / "shared"
    if path.is_dir():
        return path
    if setting:
        raise FileNotFoundError(f"VIRTXML_SHARED is not a directory: {setting}")
    return None


requires_shared = pytest.mark.skipif(
    shared_dir() is None, reason="needs libvirt's schemas and documents: ../shared, or VIRTXML_SHARED"
)
"""Mark a test that reads libvirt's own schemas or documents."""


def fixture_documents(kind: str = "*") -> list[Path]:
    """Return our own documents of one kind, or of all, sorted. Raises LookupError if there are none."""
    found = sorted(FIXTURES.glob(f"{kind}/*.xml"))
    if not found:
        raise LookupError(f"no documents of the kind {kind!r} in {FIXTURES}")
    return found
