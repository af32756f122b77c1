"""How large volumes are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...rule import Problem, rule
from ...values import bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.storagevol import StorageVolume
    from ...facts import Facts


@rule(
    "VX834",
    "volume-size",
    "volume",
    when="allocation",
    severity="warning",
    phase="",
    early=True,
    bad="""
<volume>
  <name>guest.img</name>
  <capacity unit='GiB'>10</capacity>
  <allocation unit='GiB'>20</allocation>
  <target>
    <format type='raw'/>
  </target>
</volume>
""",
    good="""
<volume>
  <name>guest.img</name>
  <capacity unit='GiB'>10</capacity>
  <allocation unit='GiB'>10</allocation>
  <target>
    <format type='raw'/>
  </target>
</volume>
""",
)
def volume_size(volume: StorageVolume, facts: Facts[StorageVolume]) -> Iterator[Problem]:
    """More of a raw volume is to be there than it has.

    libvirt makes the volume as large as what is to be allocated: the guest's disk is larger than the capacity says.
    """
    target, capacity, allocation = volume.target, volume.capacity, volume.allocation
    if capacity is None or allocation is None or volume.key:
        return
    if target is None or target.format is None or target.format.type != "raw":
        return
    size, allocated = bytes_of(capacity), bytes_of(allocation)
    if size is not None and allocated is not None and allocated > size:
        yield Problem(allocation, "value", "the allocation is larger than the capacity", other=capacity)
