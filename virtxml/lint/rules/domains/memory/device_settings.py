"""What memory devices of each model need, and what they cannot have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....rule import Problem, rule
from ....values import KIBIBYTE, MEBIBYTE, bytes_of, size_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import MemoryDevice, MemoryDeviceTarget
    from ....guest import Guest

_LEAST_LABEL = 128 * KIBIBYTE
_LEAST_POWER = 256 * MEBIBYTE
"""The steps in which memory of POWER is plugged in."""
_LEAST_BLOCK = 2 * MEBIBYTE
"""The size of the kernel's large pages, on most architectures."""
_EXAMPLE = """
<maxMemory slots='2' unit='GiB'>8</maxMemory>
<memory unit='GiB'>3</memory>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'/>
  </numa>
</cpu>
<devices>
  <memory model='virtio-mem'>
    <target>
      <size unit='GiB'>1</size>
      <node>0</node>
      <block unit='KiB'>{block}</block>
      <requested unit='MiB'>512</requested>
    </target>
  </memory>
</devices>
"""


@rule(
    "VX627",
    "memory-device-settings",
    "domain/devices/memory",
    words="block size must be a power of two",
    early=True,
    when="target",
    bad=_EXAMPLE.format(block=3072),
    good=_EXAMPLE.format(block=2048),
)
def memory_device_settings(device: MemoryDevice, guest: Guest) -> Iterator[Problem]:
    """A memory device of this model cannot be as it is said to be.

    An NVDIMM has a path, and a label of 128 KiB at least, if it has one; it has no UUID but on POWER, where it has a
    label always. What virtio-pmem maps is shared, and belongs to no NUMA cell. virtio-mem has blocks whose size is a
    power of two, and gives whole blocks to the guest, as many as there are at most.
    """
    target = device.target
    if target is None:
        return
    if device.model == "nvdimm":
        yield from _nvdimm(device, target, guest)
    elif device.model == "virtio-pmem":
        yield from _pmem(device, target)
    elif device.model == "virtio-mem":
        if target.block is None and not guest.since("9.1.0"):
            yield Problem(
                target, "block", "this release asks for the size of blocks", help="add <block unit='MiB'>2</block>"
            )
        yield from _virtio(target)
    elif device.model == "sgx-epc" and device.address is not None:
        fix = drop(device, "address")
        yield Problem(device, "address", "an enclave has no address", fix=fix)


def _backed(device: MemoryDevice) -> Iterator[Problem]:
    """Yield what is wrong with the file behind a device."""
    if device.source is None or not device.source.path:
        yield Problem(device, "source", "which file or device holds the memory?", help="add <source><path>…</path>")
    if device.discard:
        says = "what {model} holds stays, and is not discarded"
        yield Problem(device, "discard", says, fix=drop(device, "discard"), model=device.model)


def _nvdimm(device: MemoryDevice, target: MemoryDeviceTarget, guest: Guest) -> Iterator[Problem]:
    yield from _backed(device)
    label = target.label.size if target.label is not None else None
    label_size, size = bytes_of(label), bytes_of(target.size)
    if guest.is_ppc64:
        if size is not None and label_size is not None and size - label_size < _LEAST_POWER:
            yield Problem(target, "size", "an NVDIMM of POWER has 256 MiB at least, beside its label")
        if target.label is None:
            yield Problem(target, "label", "an NVDIMM of POWER has a label", help="add <label><size>128</size></label>")
    elif device.uuid and guest.arch:
        yield Problem(device, "uuid", "only NVDIMMs of POWER have a UUID", fix=drop(device, "uuid"))
    if label is None or label_size is None:
        return
    if label_size < _LEAST_LABEL:
        yield Problem(label, "value", "a label has 128 KiB at least, not {size}", size=size_shown(label_size))
    elif size is not None and label_size >= size:
        says = "the label is as large as the NVDIMM, {size}"
        yield Problem(label, "value", says, other=target.size, there="its size is here", size=size_shown(size))


def _pmem(device: MemoryDevice, target: MemoryDeviceTarget) -> Iterator[Problem]:
    yield from _backed(device)
    if device.access == "private":
        says = "what virtio-pmem maps is shared"
        yield Problem(device, "access", says, fix=put(device, "access", "shared", safe=False))
    if target.node is not None:
        yield Problem(target, "node", "virtio-pmem belongs to no NUMA cell", fix=drop(target, "node"))


def _virtio(target: MemoryDeviceTarget) -> Iterator[Problem]:
    size, block, requested = bytes_of(target.size), bytes_of(target.block), bytes_of(target.requested)
    if target.block is not None and block is not None:
        if not block or block & (block - 1):
            yield Problem(target.block, "value", "the size of blocks is a power of two", help="write 2 MiB, or more")
            return
        if block < _LEAST_BLOCK:
            yield Problem(target.block, "value", "blocks have 2 MiB at least", help="write 2 MiB, or more")
            return
    if target.requested is None or requested is None:
        return
    if size is not None and requested > size:
        yield Problem(
            target.requested,
            "value",
            "the guest cannot get more than there is, {size}",
            other=target.size,
            there="its size is here",
            size=size_shown(size),
        )
    elif block and requested % block:
        yield Problem(
            target.requested,
            "value",
            "the guest gets whole blocks of {block}",
            other=target.block,
            there="their size is here",
            block=size_shown(block),
        )
    base = target.address.base if target.address is not None else None
    if isinstance(base, int) and block and base % block and target.address is not None:
        yield Problem(target.address, "base", "the address is a multiple of {block}", block=size_shown(block))
