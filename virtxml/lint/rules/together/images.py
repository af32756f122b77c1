"""Files and block devices that guests write."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from ...together.declaring import Clash, together
from ...together.documents import Use, twice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domain import Disk, DiskSource
    from ...together.documents import Documents

_WRITTEN = (None, "disk", "floppy")
"""What kinds of disk a guest writes, if they are not read-only."""
_PATHS = ("dir", "fs", "netfs", "logical")
"""The types of pools whose volumes are in their target's folder, under their own names."""


@together(
    "VX903",
    "shared-image",
    phase="start",
    words='Failed to get "write" lock. Is another process using the image [/images/web.qcow2]?',
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='file'>
      <driver name='qemu' type='qcow2'/>
      <source file='/images/web.qcow2'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <disk type='file'>
      <driver name='qemu' type='qcow2'/>
      <source file='/images/web.qcow2'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='file'>
      <driver name='qemu' type='qcow2'/>
      <source file='/images/web.qcow2'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <disk type='file'>
      <driver name='qemu' type='qcow2'/>
      <source file='/images/db.qcow2'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
""",
)
def shared_image(documents: Documents) -> Iterator[Clash]:
    """Two guests write one image.

    QEMU locks an image that it writes, so the second one of the guests does not start while the first one runs; where
    locks do not work, both of them spoil it. An image that is `<shareable/>` in both, or `<readonly/>`, is none of
    those: the former needs a file system, or an application, that is made for it.
    """
    for use, first in twice(_written(documents)):
        yield Clash(
            use,
            'the guest "{other}" writes this image, too',
            help="give each guest an image of its own, such as one on top of this one",
            first=first,
            there="writes it, too",
            other=first.document.name,
        )


def _written(documents: Documents) -> Iterator[Use]:
    """Iterate over the files, block devices and volumes that guests of QEMU write."""
    folders = _folders(documents)
    for guest in documents.guests:
        if guest.facts.driver != "qemu":
            continue
        for disk in guest.facts.devices.disks:
            source = disk.source
            if source is not None and is_written(disk):
                field, key = _image(disk, source, folders)
                if key is not None:
                    yield Use(key, guest, source, field)


def is_written(disk: Disk) -> bool:
    """Tell whether a guest writes a disk, and takes it for its own."""
    return disk.device in _WRITTEN and not disk.readonly and not disk.shareable and disk.transient is None


def _image(disk: Disk, source: DiskSource, folders: dict[str, str]) -> tuple[str, tuple[str, ...] | None]:
    """Return what names the image of a disk, and what tells it from others; None where that is not known."""
    if disk.type in (None, "file") and source.file:
        return "file", ("path", normpath(source.file))
    if disk.type == "block" and source.dev:
        return "dev", ("path", normpath(source.dev))
    if disk.type == "volume" and source.pool and source.volume:
        folder = folders.get(source.pool)
        volume = source.volume
        return "volume", ("path", normpath(f"{folder}/{volume}")) if folder else ("volume", source.pool, volume)
    return "", None


def _folders(documents: Documents) -> dict[str, str]:
    """Return the folders in which volumes are, by the names of the pools."""
    found: dict[str, str] = {}
    for pool in documents.pools:
        target = pool.facts.model.target
        if pool.facts.model.type in _PATHS and target is not None and target.path:
            found[pool.name] = target.path
    return found


@together(
    "VX912",
    "shared-network-image",
    severity="warning",
    phase="",
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='network'>
      <source protocol='nbd' name='web'>
        <host name='storage.example.org'/>
      </source>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <disk type='network'>
      <source protocol='nbd' name='web'>
        <host name='storage.example.org'/>
      </source>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='network'>
      <source protocol='nbd' name='web'>
        <host name='storage.example.org'/>
      </source>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <disk type='network'>
      <source protocol='nbd' name='db'>
        <host name='storage.example.org'/>
      </source>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
""",
)
def shared_network_image(documents: Documents) -> Iterator[Clash]:
    """Two guests write one image on a server.

    QEMU locks files; whether a server lets two guests write one image is up to it. If it does, both spoil what is
    there, unless the image is `<shareable/>`, with a file system that is made for it.
    """
    for use, first in twice(_written_remotely(documents)):
        yield Clash(
            use,
            'the guest "{other}" writes this image, too',
            help="give each guest an image of its own",
            first=first,
            there="writes it, too",
            other=first.document.name,
        )


def _written_remotely(documents: Documents) -> Iterator[Use]:
    """Iterate over the images on servers that guests write."""
    for guest in documents.guests:
        for disk in guest.facts.devices.disks:
            source = disk.source
            if disk.type == "network" and source is not None and source.name and is_written(disk):
                hosts = tuple((host.name, host.port, host.socket) for host in source.hosts)
                yield Use((source.protocol, source.name, hosts), guest, source, "name")


@together(
    "VX904",
    "shared-nvram",
    phase="start",
    words='Failed to get "write" lock. Is another process using the image [/var/lib/libvirt/qemu/nvram/web_VARS.fd]?',
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
    <nvram>/var/lib/libvirt/qemu/nvram/web_VARS.fd</nvram>
  </os>
  <features>
    <acpi/>
  </features>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
    <nvram>/var/lib/libvirt/qemu/nvram/web_VARS.fd</nvram>
  </os>
  <features>
    <acpi/>
  </features>
</domain>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
    <nvram>/var/lib/libvirt/qemu/nvram/web_VARS.fd</nvram>
  </os>
  <features>
    <acpi/>
  </features>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
    <nvram>/var/lib/libvirt/qemu/nvram/db_VARS.fd</nvram>
  </os>
  <features>
    <acpi/>
  </features>
</domain>
""",
)
def shared_nvram(documents: Documents) -> Iterator[Clash]:
    """Two guests have one file for the variables of their firmware.

    QEMU locks the file, so the second one of the guests does not start while the first one runs, and each boots what
    the other one has set. Without `<nvram>`, libvirt makes a file for each guest. It happens where a document was
    copied.
    """
    for use, first in twice(_nvrams(documents)):
        yield Clash(
            use,
            'the guest "{other}" keeps the variables of its firmware in this file, too',
            help="leave the path out, and libvirt makes a file for this guest",
            first=first,
            there="keeps its variables there, too",
            other=first.document.name,
        )


def _nvrams(documents: Documents) -> Iterator[Use]:
    """Iterate over the files with variables of firmware."""
    for guest in documents.guests:
        nvram = guest.facts.os.nvram if guest.facts.os is not None else None
        if nvram is None or guest.facts.driver != "qemu":
            continue
        if nvram.value and nvram.value.strip():
            yield Use(normpath(nvram.value.strip()), guest, nvram, "value")
        elif nvram.source is not None and nvram.source.file:
            yield Use(normpath(nvram.source.file), guest, nvram.source, "file")
