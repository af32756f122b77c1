"""Which images of a guest its clone gets copies of, and where these are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .surroundings import CloneError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from virtxml.schema.domain import Disk, DiskSource, Domain

    from .images import Images
    from .surroundings import Kind, Surroundings

_FIELDS: dict[Kind, str] = {"file": "file", "block": "dev", "dir": "dir"}
"""The fields of a source that hold the path, by the type of the disk."""


class Move(NamedTuple):
    """A disk that gets another image.

    Attributes:
        disk: the disk.
        source: where its image is: a path, or POOL/VOLUME where nobody knows the path.
        target: where the new one is, in the same way.
        kind: what the new one is; "volume" if it is named by its pool.
    """

    disk: Disk
    source: str
    target: str
    kind: str

    def make(self) -> None:
        """Let the disk have the new image."""
        source = self.disk.source
        assert source is not None  # nothing else is moved
        if self.kind == "volume":
            source.volume = self.target.partition("/")[2]
            return
        if (self.disk.type or "file") != self.kind:
            self.disk.type = self.kind  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
        source.pool = source.volume = source.mode = None
        for kind, field in _FIELDS.items():
            setattr(source, field, self.target if kind == self.kind else None)


def disks_of(domain: Domain) -> list[Disk]:
    """Return the disks of a guest."""
    return [] if domain.devices is None else domain.devices.disks


def name_of(disk: Disk) -> str:
    """Return what a disk is called, such as "vda"; "" if nothing says so."""
    return (disk.target is not None and disk.target.dev) or ""


def path_of(source: DiskSource | None) -> str | None:
    """Return the path of an image in a file, a device or a directory; None for all others."""
    return None if source is None else source.file or source.dev or source.dir or None


def is_empty(disk: Disk) -> bool:
    """Tell whether there is nothing in a drive."""
    source = disk.source
    if source is None:
        return True
    return not (path_of(source) or source.volume or source.protocol or source.path or source.type or source.address)


def is_shared_by_nature(disk: Disk) -> bool:
    """Tell whether the image of a disk may be that of several guests: nobody writes to it, or all know of the others.

    libvirt takes the disc in a CD-ROM drive for one that nobody writes to, whether the document says so or not.
    """
    return disk.readonly or disk.shareable or disk.device == "cdrom"


def is_copied(disk: Disk, skip: Collection[str], force: Collection[str]) -> bool:
    """Tell whether the image of a disk is to be copied; of an empty one that is forced, it would be."""
    if name_of(disk) in skip:
        return False
    return name_of(disk) in force or not (is_empty(disk) or is_shared_by_nature(disk) or _is_a_device(disk))


def _is_a_device(disk: Disk) -> bool:
    """Tell whether what a disk stands for is no image: hardware, or another program."""
    return disk.type in ("nvme", "vhostuser", "vhostvdpa")


def moves(
    domain: Domain,
    images: Images,
    files: Sequence[str],
    skip: Collection[str],
    force: Collection[str],
    around: Surroundings,
    *,
    choose: bool,
) -> Iterator[Move]:
    """Find a place for each image that is to be copied: the next of some files, else one that is chosen.

    Raises CloneError for images that cannot be copied, for places that are taken, and, without ``choose``, if there are
    not enough files.
    """
    left = list(files)
    wanted = [disk for disk in disks_of(domain) if is_copied(disk, skip, force)]
    for disk in wanted:
        file = left.pop(0) if left else None
        if is_empty(disk):
            continue  # a place was said for it all the same
        if file is None and not choose:
            here = f"{len(files)} file{'' if len(files) == 1 else 's'}"
            raise CloneError(f"disk {name_of(disk)} needs a place for its copy, too: {here} for {len(wanted)} disks")
        yield _move(disk, file, images, around)


def _move(disk: Disk, file: str | None, images: Images, around: Surroundings) -> Move:
    source = disk.source
    assert source is not None  # empty ones are left alone
    path = path_of(source)
    kind: str = disk.type or "file"
    if source.volume:
        path = around.volume_path(source.pool or "", source.volume)
        kind = "volume" if path is None else around.kind(path) or "file"
    elif path is None:
        what = source.protocol or disk.type
        reason = f"an image of {what} cannot be copied: skip that disk, and the clone shares it"
        raise CloneError(f"disk {name_of(disk)}: {reason}")
    if path is None:
        path = f"{source.pool or ''}/{source.volume}"
    if file is not None:
        said = around.kind(file) or ("file" if kind == "volume" else kind)
        return Move(disk, path, images.said(path, file), said)
    return Move(disk, path, images.chosen(path), kind)
