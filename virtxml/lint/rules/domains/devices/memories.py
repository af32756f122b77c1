"""Memory that is a device: shared with others, kept for crashes, given back to the host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Memballoon, Pstore, Shmem
    from .....sizes import Size
    from ....guest import Guest

_MIB = 1024 * 1024


def _bytes(size: Size) -> int | None:
    try:
        return size.bytes
    except ValueError:
        return None


@rule(
    "VX784",
    "shmem-settings",
    "domain/devices/shmem",
    words="msi option is only supported with a server",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <shmem name='shared'>
    <model type='ivshmem-plain'/>
    <size unit='M'>4</size>
    <msi vectors='2'/>
  </shmem>
</devices>
""",
    good="""
<devices>
  <shmem name='shared'>
    <model type='ivshmem-plain'/>
    <size unit='M'>4</size>
  </shmem>
</devices>
""",
)
def shmem_settings(shmem: Shmem, guest: Guest) -> Iterator[Problem]:
    """The settings of shared memory do not go with its model.

    ivshmem-plain is a piece of memory, without a server and without interrupts. ivshmem-doorbell is served by another
    process, which also says how large it is.
    """
    model = shmem.model.type if shmem.model is not None else None
    if shmem.name in (".", ".."):
        yield Problem(shmem, "name", "{name} is no name of a file", name=shmem.name)
    if shmem.server is None:
        if shmem.msi is not None:
            yield Problem(shmem, "msi", "interrupts take a server", fix=drop(shmem, "msi"))
        elif model == "ivshmem-doorbell":
            yield Problem(shmem, "server", "memory of the model ivshmem-doorbell is served, and there is no server")
    elif model == "ivshmem-plain":
        yield Problem(shmem, "server", "memory of the model ivshmem-plain has no server")
    elif model == "ivshmem-doorbell" and shmem.size is not None:
        yield Problem(shmem, "size", "the server says how large the memory is", fix=drop(shmem, "size"))


@rule(
    "VX763",
    "shmem-size",
    "domain/devices/shmem",
    words="shmem size must be a power of 2 and at least 1 MiB (1024 KiB)",
    drivers=("qemu",),
    since="9.1.0",
    early=True,
    when="size",
    bad="""
<devices>
  <shmem name='shared'>
    <model type='ivshmem-plain'/>
    <size unit='M'>3</size>
  </shmem>
</devices>
""",
    good="""
<devices>
  <shmem name='shared'>
    <model type='ivshmem-plain'/>
    <size unit='M'>4</size>
  </shmem>
</devices>
""",
)
def shmem_size(shmem: Shmem, guest: Guest) -> Iterator[Problem]:
    """The size of shared memory is no power of two from 1 MiB on.

    The guest sees it as a resource of a PCI device, and these have such sizes.
    """
    size = _bytes(shmem.size) if shmem.size is not None else None
    if size and (size < _MIB or size & (size - 1)):
        yield Problem(shmem, "size", "a size of {size} bytes is no power of two from 1 MiB on", size=size)


@rule(
    "VX764",
    "shmem-model-gone",
    "domain/devices/shmem",
    words="ivshmem device is no longer supported",
    drivers=("qemu",),
    since="9.1.0",
    early=True,
    bad="""
<devices>
  <shmem name='shared'>
    <model type='ivshmem'/>
    <size unit='M'>4</size>
  </shmem>
</devices>
""",
    good="""
<devices>
  <shmem name='shared'>
    <model type='ivshmem-plain'/>
    <size unit='M'>4</size>
  </shmem>
</devices>
""",
)
def shmem_model_gone(shmem: Shmem, guest: Guest) -> Iterator[Problem]:
    """Shared memory is of the model ivshmem, which QEMU has no longer.

    Without a model, it is, too. ivshmem-plain and ivshmem-doorbell have taken its place.
    """
    if shmem.model is None or shmem.model.type in (None, "ivshmem"):
        yield Problem(shmem, "model", "QEMU has no ivshmem any more", help="ivshmem-plain, or -doorbell with a server")


@rule(
    "VX765",
    "pstore-size",
    "domain/devices/pstore",
    words="invalid size of ACPI ERST pstore device",
    since="10.6.0",
    early=True,
    when="size",
    bad="""
<devices>
  <pstore backend='acpi-erst'>
    <path>/var/lib/libvirt/qemu/guest.pstore</path>
    <size unit='KiB'>9</size>
  </pstore>
</devices>
""",
    good="""
<devices>
  <pstore backend='acpi-erst'>
    <path>/var/lib/libvirt/qemu/guest.pstore</path>
    <size unit='KiB'>8</size>
  </pstore>
</devices>
""",
)
def pstore_size(pstore: Pstore, guest: Guest) -> Iterator[Problem]:
    """The size of the memory that is kept for crashes is no power of two from 4 KiB on.

    It is a resource of a PCI device, and these have such sizes.
    """
    size = _bytes(pstore.size) if pstore.size is not None else None
    if size is not None:
        kib = -(-size // 1024)
        if kib < 4 or kib & (kib - 1):
            yield Problem(pstore, "size", "a size of {size} KiB is no power of two from 4 on", size=kib)


@rule(
    "VX766",
    "memballoon-model",
    "domain/devices/memballoon",
    words="Memory balloon device type 'xen' is not supported by this version of qemu",
    drivers=("qemu",),
    early=True,
    when="model",
    bad="""
<devices>
  <memballoon model='xen'/>
</devices>
""",
    good="""
<devices>
  <memballoon model='virtio'/>
</devices>
""",
)
def memballoon_model(memballoon: Memballoon, guest: Guest) -> Iterator[Problem]:
    """The balloon of a guest is Xen's.

    QEMU's are virtio, or there is none.
    """
    if memballoon.model == "xen":
        yield Problem(memballoon, "model", "guests of QEMU have no balloon of the model xen")
