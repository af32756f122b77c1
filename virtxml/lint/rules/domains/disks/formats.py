"""Of which formats images can be, and what goes with each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ....fixes import drop, put
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Disk
    from ....guest import Guest


class Image(NamedTuple):
    """A disk's image, or one that it is based on.

    Attributes:
        holder: what says the type and has the source: the disk, or `<backingStore>`.
        node: what says the format: the driver, or `<format>`; None if nothing does.
        format: the format; None if nothing is said.
        type: the type of storage.
    """

    holder: Element
    node: Element | None
    format: str | None
    type: str


def images(disk: Disk) -> Iterator[Image]:
    """Iterate over the images of a disk: its own one, and those below."""
    driver = disk.driver
    yield Image(disk, driver, driver.type if driver is not None else None, disk.type or "file")
    store = disk.backing_store
    while store is not None:
        if store.format is not None or store.source is not None:
            format_ = store.format
            yield Image(store, format_, format_.type if format_ is not None else None, store.type or "file")
        store = store.backing_store


_NOT_READ = {
    "cow": "QEMU does not read images of the format cow",
    "dir": "dir is no format of images",
    "iso": "iso is no format of images",
    "luks": "luks is no format of images",
}
"""What is said of formats that QEMU does not take."""
_INSTEAD = {
    "dir": "to show a directory as a disk, say type='dir' on <disk> and the format fat",
    "iso": "images of CD-ROMs are of the format raw",
    "luks": "encrypted images are of the format raw or qcow2, with <encryption format='luks'> in the source",
}


@rule(
    "VX510",
    "disk-format-not-for-qemu",
    "domain/devices/disk",
    words="storage format 'iso' is not directly supported by QEMU, use 'raw' instead",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <disk type='file' device='cdrom'>
    <driver name='qemu' type='iso'/>
    <source file='/images/a.iso'/>
    <target dev='sda' bus='sata'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file' device='cdrom'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.iso'/>
    <target dev='sda' bus='sata'/>
  </disk>
</devices>
""",
)
def disk_format_not_for_qemu(disk: Disk, _: Guest) -> Iterator[Problem]:
    """An image is of a format that QEMU does not read, or that does not fit where it is.

    The format fat is that of a directory that QEMU shows as a disk, and nothing else.
    """
    if (disk.driver is None or disk.driver.type in ("raw", "qcow2", None)) and disk.backing_store is None:
        return
    for image in images(disk):
        if image.node is None or image.format is None:
            continue
        if image.format in _NOT_READ:
            fix = put(image.node, "type", "raw") if image.format == "iso" else None
            yield Problem(
                image.node, "type", _NOT_READ[image.format], help=_INSTEAD.get(image.format, "use qcow2"), fix=fix
            )
        elif image.format == "fat" and image.type not in ("dir", "volume"):
            help_ = "name the format of the image, or a directory with type='dir'"
            yield Problem(image.node, "type", "fat is the format of directories, not of images", help=help_)


_FAT_IS_DEFAULT = "9.1.0"
"""Since when directories may be of the format fat if nothing is said."""


@rule(
    "VX591",
    "disk-directory",
    "domain/devices/disk",
    words="virtual FAT storage can't be accessed in read-write mode",
    drivers=("qemu",),
    when="type",
    bad="""
<devices>
  <disk type='dir' device='floppy'>
    <driver name='qemu' type='fat'/>
    <source dir='/srv/files'/>
    <target dev='fda' bus='fdc'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='dir' device='floppy'>
    <driver name='qemu' type='fat'/>
    <source dir='/srv/files'/>
    <target dev='fda' bus='fdc'/>
    <readonly/>
  </disk>
</devices>
""",
)
def disk_directory(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """A directory that is shown as a disk could be written to, or is of another format than fat.

    QEMU makes a FAT filesystem of it, which the guest can only read.
    """
    if disk.type != "dir":
        return
    driver = disk.driver
    if driver is not None and driver.type not in (None, "fat", "dir", "cow", "iso"):
        fix = put(driver, "type", "fat")
        yield Problem(driver, "type", "a directory is shown as fat, not as {format}", fix=fix, format=driver.type)
    elif (driver is None or driver.type is None) and not guest.since(_FAT_IS_DEFAULT):
        yield Problem(disk, "driver", "a directory is shown as fat, and libvirt takes it for raw if nothing is said")
    if not disk.readonly and disk.device != "cdrom":
        fix = put(disk, "readonly", True, says="add <readonly/>", safe=False)
        yield Problem(disk, "readonly", "a directory that is shown as a disk takes <readonly/>", fix=fix)


@rule(
    "VX511",
    "disk-shareable-format",
    "domain/devices/disk",
    words="shared access for disk 'hda' requires use of supported storage format",
    drivers=("qemu",),
    early=True,
    when="shareable",
    bad="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='qcow2'/>
    <source file='/images/a.qcow2'/>
    <target dev='vda'/>
    <shareable/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <shareable/>
  </disk>
</devices>
""",
)
def disk_shareable_format(disk: Disk, _: Guest) -> Iterator[Problem]:
    """Several guests are to write to an image of another format than raw.

    All others have tables inside, which only one may change at a time.
    """
    driver = disk.driver
    if not disk.shareable or disk.readonly or disk.device == "cdrom":
        return
    if driver is not None and driver.type not in (None, "raw"):
        yield Problem(
            disk,
            "shareable",
            "several guests can write to images of the format raw only, not of {format}",
            other=driver,
            there="the format is named here",
            format=driver.type,
        )


@rule(
    "VX541",
    "disk-metadata-cache",
    "domain/devices/disk",
    words="metadata cache max size control is supported only with qcow2 images",
    drivers=("qemu",),
    when="driver",
    bad="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw'>
      <metadata_cache>
        <max_size unit='MiB'>4</max_size>
      </metadata_cache>
    </driver>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_metadata_cache(disk: Disk, _: Guest) -> Iterator[Problem]:
    """The cache of an image's tables is sized, and it has none.

    Images of the format qcow2 have tables inside that are worth a cache.
    """
    driver = disk.driver
    cache = driver.metadata_cache if driver is not None else None
    size = cache.max_size if cache is not None else None
    if driver is not None and size is not None and size.value and driver.type != "qcow2":
        says = "images of the format {format} have no tables to cache"
        yield Problem(driver, "metadata_cache", says, fix=drop(driver, "metadata_cache"), format=driver.type or "raw")


@rule(
    "VX546",
    "disk-data-store",
    "domain/devices/disk",
    words="'<dataStore>' is supported only with 'qcow2' images",
    since="10.10.0",
    drivers=("qemu",),
    when="source",
    bad="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.img'>
      <dataStore type='file'>
        <format type='raw'/>
        <source file='/images/data.img'/>
      </dataStore>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='qcow2'/>
    <source file='/images/a.qcow2'>
      <dataStore type='file'>
        <format type='raw'/>
        <source file='/images/data.img'/>
      </dataStore>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_data_store(disk: Disk, _: Guest) -> Iterator[Problem]:
    """An image has its data elsewhere, and its format has no place to say so.

    Only images of the format qcow2 can have their data in a file of their own.
    """
    source, driver = disk.source, disk.driver
    if source is not None and source.data_store is not None and (driver is None or driver.type != "qcow2"):
        yield Problem(source, "data_store", "only images of the format qcow2 have their data elsewhere")


_BY_NAME = {
    "qcow2": "qcow2",
    "vmdk": "vmdk",
    "vdi": "vdi",
    "qed": "qed",
    "raw": "raw",
    "iso": "raw",
}
"""The format of images with such names."""


@rule(
    "VX528",
    "disk-format-vs-name",
    "domain/devices/disk",
    severity="warning",
    phase="",
    drivers=("qemu",),
    when="source",
    bad="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.qcow2'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='qcow2'/>
    <source file='/images/a.qcow2'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_format_vs_name(disk: Disk, _: Guest) -> Iterator[Problem]:
    """An image is called as if it were of another format.

    libvirt does not look into images: without a format it takes them for raw. A guest that gets a qcow2 image as raw
    sees the container instead of what is in it, and may write over it.
    """
    path = disk.source.file if disk.source is not None else None
    if not path:
        return
    by_name = _BY_NAME.get(path.rpartition(".")[2].lower())
    driver = disk.driver
    said = (driver.type if driver is not None else None) or "raw"
    if by_name is not None and by_name != said and "raw" in (by_name, said):
        says = "{path} is called as a {by_name} image, and taken for {said}"
        fix = put(driver, "type", by_name, safe=False) if driver is not None else None
        node: Element = disk if driver is None else driver
        field = "driver" if driver is None else "type"
        yield Problem(node, field, says, fix=fix, path=path, by_name=by_name, said=said)


@rule(
    "VX527",
    "disk-driver-type-missing",
    "domain/devices/disk",
    severity="info",
    phase="",
    drivers=("qemu",),
    group="style",
    when="source",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_driver_type_missing(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A disk does not say of which format its image is.

    libvirt writes raw: since images could say that they are of another format, it does not look into them any more.
    """
    if disk.type in (None, "file", "block", "network") and disk.source is not None:
        driver = disk.driver
        if driver is None:
            yield Problem(disk, "driver", "nothing says of which format the image is: libvirt takes it for raw")
        elif driver.type is None:
            says = "nothing says of which format the image is: libvirt takes it for raw"
            yield Problem(driver, "type", says)
