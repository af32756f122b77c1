"""Volumes that begin as what another one has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...fixes import drop
from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.storagevol import StorageVolume
    from ...facts import Facts


@rule(
    "VX835",
    "volume-backing",
    "volume",
    when="backing_store",
    words="backing storage not supported for raw volumes",
    early=True,
    bad="""
<volume>
  <name>guest.img</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='raw'/>
  </target>
  <backingStore>
    <path>/srv/images/base.img</path>
    <format type='raw'/>
  </backingStore>
</volume>
""",
    good="""
<volume>
  <name>guest.img</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='qcow2'/>
  </target>
  <backingStore>
    <path>/srv/images/base.img</path>
    <format type='raw'/>
  </backingStore>
</volume>
""",
)
def volume_backing(volume: StorageVolume, facts: Facts[StorageVolume]) -> Iterator[Problem]:
    """A raw volume is to begin as another one.

    A raw file has all of its own content. Volumes that only have what is changed since are of the format qcow2.
    Snapshots of logical volumes are something else; their backing store is in `/dev`.
    """
    backing = volume.backing_store
    if backing is None or not backing.path or volume.key or backing.path.startswith("/dev/"):
        return
    target = volume.target
    if target is not None and target.format is not None and target.format.type == "raw":
        fix = drop(volume, "backing_store", safe=False)
        yield Problem(volume, "backing_store", "raw volumes have no backing store", fix=fix)


@rule(
    "VX966",
    "volume-backing-format",
    "volume",
    when="backing_store",
    severity="warning",
    phase="",
    bad="""
<volume>
  <name>guest.qcow2</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='qcow2'/>
  </target>
  <backingStore>
    <path>/srv/images/base.qcow2</path>
  </backingStore>
</volume>
""",
    good="""
<volume>
  <name>guest.qcow2</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='qcow2'/>
  </target>
  <backingStore>
    <path>/srv/images/base.qcow2</path>
    <format type='qcow2'/>
  </backingStore>
</volume>
""",
)
def volume_backing_format(volume: StorageVolume, facts: Facts[StorageVolume]) -> Iterator[Problem]:
    """Nothing says the format of what a volume begins as.

    libvirt takes it for raw, and writes so into the volume. If it is not, a guest finds the inside of an image there,
    not a disk.
    """
    backing, target = volume.backing_store, volume.target
    if backing is None or not backing.path or backing.format is not None or volume.key:
        return
    if target is not None and target.format is not None and target.format.type not in {None, "raw"}:
        yield Problem(
            backing,
            "format",
            "this takes {path} for a raw file",
            help="say its format: <format type='qcow2'/>, or raw if it is",
            path=backing.path,
        )
