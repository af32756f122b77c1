"""By which adapter of the host a pool of SCSI disks is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...fixes import put
from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.common import ScsiAdapter
    from ....schema.storagepool import StoragePool
    from ...facts import Facts


@rule(
    "VX831",
    "pool-incomplete",
    "pool/source/adapter",
    words="Use of 'parentaddr' element requires use of the adapter 'type'",
    early=True,
    bad="""
<pool type='scsi'>
  <name>disks</name>
  <source>
    <adapter>
      <parentaddr unique_id='1'>
        <address domain='0x0000' bus='0x00' slot='0x1f' function='0x2'/>
      </parentaddr>
    </adapter>
  </source>
  <target>
    <path>/dev/disk/by-path</path>
  </target>
</pool>
""",
    good="""
<pool type='scsi'>
  <name>disks</name>
  <source>
    <adapter type='scsi_host'>
      <parentaddr unique_id='1'>
        <address domain='0x0000' bus='0x00' slot='0x1f' function='0x2'/>
      </parentaddr>
    </adapter>
  </source>
  <target>
    <path>/dev/disk/by-path</path>
  </target>
</pool>
""",
)
def pool_incomplete(adapter: ScsiAdapter, facts: Facts[StoragePool]) -> Iterator[Problem]:
    """A pool lacks what says by which adapter its disks are found.

    An adapter that is found by the PCI address of its parent has a type, and the `unique_id` that tells the parent's
    adapters apart. A parent that is found by its names has both a WWNN and a WWPN.
    """
    parent = adapter.parentaddr
    if parent is not None and adapter.type is None:
        yield Problem(adapter, "type", "an adapter with a parent has a type", fix=put(adapter, "type", "scsi_host"))
    elif parent is not None and adapter.type == "scsi_host" and parent.unique_id is None:
        yield Problem(parent, "unique_id", "nothing tells the adapters of this parent apart")
    for field, other in (("parent_wwnn", "parent_wwpn"), ("parent_wwpn", "parent_wwnn")):
        if getattr(adapter, field) and not getattr(adapter, other) and adapter.type == "fc_host":
            yield Problem(adapter, other, "a parent that is found by name has both a WWNN and a WWPN")
