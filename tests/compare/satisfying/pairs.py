"""Pairs of libvirt's own test documents: what somebody wrote, and what libvirt made of it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import virtxml
from tests.support import shared_dir

_OUT = re.compile(r"(.+?)\.[a-z0-9_]+-(latest|[0-9.]+?)(\..+|\+.+)?\.xml")
"""The name of what QEMU's driver made of a document: with an architecture, and a release or `latest`."""
_FOLDERS = {
    "networkxml2xmlin": "networkxml2xmlout",
    "storagepoolxml2xmlin": "storagepoolxml2xmlout",
    "storagevolxml2xmlin": "storagevolxml2xmlout",
    "nwfilterxml2xmlin": "nwfilterxml2xmlout",
    "nodedevschemadata": "nodedevxml2xmlout",
    "qemudomainsnapshotxml2xmlin": "qemudomainsnapshotxml2xmlout",
    "qemudomaincheckpointxml2xmlin": "qemudomaincheckpointxml2xmlout",
    "domainbackupxml2xmlin": "domainbackupxml2xmlout",
    "genericxml2xmlindata": "genericxml2xmloutdata",
    "bhyvexml2argvdata": "bhyvexml2xmloutdata",
    "lxcxml2xmldata": "lxcxml2xmloutdata",
}

Pair = tuple[str, virtxml.Node, virtxml.Node]
"""A name, what is wanted, and what is there."""


def _corpus() -> Path:
    shared = shared_dir()
    assert shared is not None  # or the test is skipped
    return next((shared / "corpus").iterdir())


@cache
def domains() -> list[Pair]:
    """Return the pairs of QEMU's driver."""
    folder = _corpus() / "qemuxmlconfdata"
    found = []
    for path in sorted(folder.glob("*.xml")):
        match = _OUT.fullmatch(path.name)
        wanted = folder / f"{match[1]}.xml" if match else None
        if wanted is not None and wanted.exists():
            found.append((path.name, virtxml.read(wanted), virtxml.read(path)))
    return found


@cache
def others() -> list[Pair]:
    """Return the pairs of other kinds of documents, and of other drivers."""
    return [
        (f"{folder}/{path.name}", virtxml.read(_corpus() / folder / path.name), virtxml.read(path))
        for folder, made in _FOLDERS.items()
        for path in sorted((_corpus() / made).glob("*.xml"))
        if (_corpus() / folder / path.name).exists()
    ]
