"""Documents of snapshots and checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...schema import domaincheckpoint, domainsnapshot
from ...schema.domain import Domain
from ...schema.domaincheckpoint import DomainCheckpoint
from ...schema.domainsnapshot import DomainSnapshot
from ..command import DOMAIN, PRINT, Command, Option, flag
from ..errors import VirshError

if TYPE_CHECKING:
    from ..said import Said

_SOURCES = ("file", "block")


def _parts(text: str) -> list[str]:
    """Return the parts between commas; two commas are one in a part."""
    parts, part = [], ""
    pieces = text.split(",")
    index = 0
    while index < len(pieces):
        part += pieces[index]
        if index + 2 < len(pieces) and pieces[index + 1] == "":
            part += ","
            index += 2
            continue
        parts.append(part)
        part = ""
        index += 1
    return parts


def _values(parts: list[str], option: str, names: tuple[str, ...]) -> dict[str, str]:
    """Return what NAME=VALUE parts say, each once. Raises VirshError for other names, and for what is said twice."""
    found: dict[str, str] = {}
    for part in parts:
        name, equals, value = part.partition("=")
        if not equals or name not in names or name in found:
            raise VirshError(f"--{option}: {part!r} is not one of {', '.join(f'{one}=' for one in names)}, each once")
        found[name] = value
    return found


def _snapshot(said: Said, _: Domain) -> str | None:
    snapshot = DomainSnapshot(name=said.text("name"), description=said.text("description"))
    if said.has("memspec"):
        snapshot.memory = _memory(said.text("memspec"))
    disks = [_disk(text) for text in said.texts("diskspec")]
    if disks:
        snapshot.disks = domainsnapshot.Disks(disks=disks)
    return snapshot.to_xml()


def _memory(text: str) -> domainsnapshot.Memory:
    # A path may stand without its name.
    parts = [f"file={part}" if part.startswith("/") else part for part in _parts(text)]
    told: Any = _values(parts, "memspec", ("file", "snapshot"))
    return domainsnapshot.Memory(**told)


def _disk(text: str) -> domainsnapshot.Disk:
    name, *parts = _parts(text)
    told: Any = _values(parts, "diskspec", ("snapshot", "driver", "stype", "file"))
    disk = domainsnapshot.Disk(name=name, snapshot=told.get("snapshot"), type=told.get("stype"))
    if told.get("stype", "file") not in _SOURCES:
        raise VirshError(f"--diskspec: the type of the source, {told['stype']!r}, is not one of {', '.join(_SOURCES)}")
    if "driver" in told:
        disk.driver = domainsnapshot.DiskDriver(type=told["driver"])
    if "file" in told:
        path = told["file"]
        block = told.get("stype") == "block"
        disk.source = domainsnapshot.DiskSource(dev=path) if block else domainsnapshot.DiskSource(file=path)
    return disk


def _checkpoint(said: Said, _: Domain) -> str | None:
    checkpoint = DomainCheckpoint(name=said.text("name"), description=said.text("description"))
    disks = []
    for text in said.texts("diskspec"):
        name, *parts = _parts(text)
        told: Any = _values(parts, "diskspec", ("checkpoint", "bitmap"))
        disks.append(domaincheckpoint.Disk(name=name, **told))
    if disks:
        checkpoint.disks = domaincheckpoint.Disks(disks=disks)
    return checkpoint.to_xml()


COMMANDS = (
    Command(
        "snapshot-create-as",
        "print the document of a snapshot",
        (
            DOMAIN,
            Option("name", "its name"),
            Option("description", "its description"),
            PRINT,
            flag("no-metadata", "no part of the document"),
            flag("halt", "no part of the document"),
            flag("disk-only", "no part of the document"),
            flag("reuse-external", "no part of the document"),
            flag("quiesce", "no part of the document"),
            flag("atomic", "no part of the document"),
            flag("live", "no part of the document"),
            flag("validate", "no part of the document"),
            Option("memspec", "where memory goes: [file=]NAME[,snapshot=TYPE]", "SPEC", named=True),
            Option(
                "diskspec", "a disk: DISK[,snapshot=TYPE][,driver=TYPE][,stype=TYPE][,file=NAME]", "SPEC", repeated=True
            ),
        ),
        _snapshot,
        Domain,
    ),
    Command(
        "checkpoint-create-as",
        "print the document of a checkpoint",
        (
            DOMAIN,
            Option("name", "its name"),
            Option("description", "its description"),
            PRINT,
            flag("quiesce", "no part of the document"),
            Option("diskspec", "a disk: DISK[,checkpoint=TYPE][,bitmap=NAME]", "SPEC", repeated=True),
        ),
        _checkpoint,
        Domain,
    ),
)
