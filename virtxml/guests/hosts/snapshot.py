"""Write what a host is as files, from which `read_host` makes the same host again on any machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .live import LiveConnection
from .reading import connection_uri

if TYPE_CHECKING:
    from os import PathLike

CAPABILITIES = "capabilities.xml"
DOMAIN_CAPABILITIES = "domcapabilities.xml"
HOST = "host.xml"


def snapshot(uri: str) -> dict[str, str]:
    """Ask libvirt for all that it tells of a host; return the contents of the files by their names.

    There is no file of domain capabilities if the driver has none. libvirt leaves the
    passwords out that are in the documents of guests.

    Raises GuestError for a URI that is none, if libvirt-python is missing, and if libvirt does not answer.
    """
    asked = LiveConnection(connection_uri(uri))
    files = {CAPABILITIES: asked.capabilities()}
    offered = asked.domain_capabilities()
    if offered is not None:
        files[DOMAIN_CAPABILITIES] = offered
    return {**files, HOST: _node(asked)}


def write_snapshot(files: dict[str, str], directory: str | PathLike[str]) -> list[Path]:
    """Write files into a directory, which is made if it is not there; return their paths.

    Raises OSError if one cannot be written.
    """
    target = Path(directory)
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in files.items():
        path = target / name
        path.write_text(content, encoding="utf-8")
        written.append(path)
    return written


def _node(asked: LiveConnection) -> str:
    """Return what is on the host as a `<node>`."""
    documents = [text for kind in ("domain", "network", "interface") for text in asked.texts(kind)]
    documents += [_with_volumes(asked, pool) for pool in asked.texts("pool")]
    documents += asked.texts("device")
    return "<node>\n" + "".join(_line(document) for document in documents) + "</node>\n"


def _with_volumes(asked: LiveConnection, pool: str) -> str:
    """Return a pool with its volumes inside, as the test driver reads them."""
    name = asked.parsed(pool).findtext("name") or ""
    inside = "".join(_line(volume) for volume in asked.volume_texts(name))
    start, end, rest = pool.rpartition("</pool>")
    return f"{start}{inside}{end}{rest}"


def _line(document: str) -> str:
    return document.strip() + "\n"
