"""In which formats volumes are made, and with which features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...fixes import drop, put
from ...rule import Problem, rule
from ...values import bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.storagevol import StorageVolume, Target
    from ...facts import Facts

_UNKNOWN = ("auto", "luks")
"""The formats that the schema knows, and libvirt does not know as those of volumes."""
_READ_ONLY = ("bochs", "cloop", "cow", "dmg", "fat", "vhd")
"""The formats in which `qemu-img` makes no images."""
_SUFFIXES = {"qcow2": "qcow2", "qed": "qed", "vdi": "vdi", "vmdk": "vmdk"}
_COMPAT = ("0.10", "1.1")
_SMALLEST, _LARGEST = 512, 2 * 1024 * 1024
"""Bytes that clusters of qcow2 have at least and at most."""


@rule(
    "VX836",
    "volume-format-vs-name",
    "volume",
    severity="warning",
    phase="",
    bad="""
<volume>
  <name>guest.qcow2</name>
  <capacity unit='GiB'>10</capacity>
  <target/>
</volume>
""",
    good="""
<volume>
  <name>guest.qcow2</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='qcow2'/>
  </target>
</volume>
""",
)
def volume_format_vs_name(volume: StorageVolume, facts: Facts[StorageVolume]) -> Iterator[Problem]:
    """The name of a volume says another format than the volume has.

    Without a `<format>` pools of files make raw volumes, whatever they are called. A guest that is told `qcow2` then
    finds no disk in the file.
    """
    if volume.key or not volume.name:
        return
    meant = _SUFFIXES.get(volume.name.rpartition(".")[2])
    if meant is None or _format_of(volume) not in {None, "raw"}:
        return
    node = volume.target.format if volume.target is not None and volume.target.format is not None else volume
    yield Problem(
        node,
        "type" if node is not volume else "target",
        "this makes a raw volume that is called {name}",
        help="say <format type='{meant}'/>",
        name=volume.name,
        meant=meant,
    )


def _format_of(volume: StorageVolume) -> str | None:
    """Return the format that is said of a volume; None if none is."""
    found = None if volume.target is None else volume.target.format
    return None if found is None else found.type


@rule(
    "VX963",
    "volume-format",
    "volume",
    words="unknown volume format type auto",
    early=True,
    bad="""
<volume>
  <name>guest.img</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='auto'/>
  </target>
</volume>
""",
    good="""
<volume>
  <name>guest.img</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='qcow2'/>
  </target>
</volume>
""",
)
def volume_format(volume: StorageVolume, facts: Facts[StorageVolume]) -> Iterator[Problem]:
    """A volume is to be made in a format that none is made in.

    `auto` finds out what there is, and encrypted volumes are raw ones, or of the format qcow2, with an `<encryption>`.
    Some formats QEMU only reads.
    """
    if volume.key:
        return
    for node in (volume.target, volume.backing_store):
        found = None if node is None else node.format
        if found is not None and found.type in _UNKNOWN:
            yield Problem(found, "type", "{type} is no format of a volume", type=found.type)
        elif found is not None and found.type in _READ_ONLY and node is volume.target:
            yield Problem(found, "type", "QEMU makes no images of the format {type}", type=found.type)


@rule(
    "VX964",
    "volume-features",
    "volume",
    when="target",
    words="lazy_refcounts not supported with compat level 0.10",
    early=True,
    bad="""
<volume>
  <name>guest.qcow2</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='qcow2'/>
    <compat>0.10</compat>
    <features>
      <lazy_refcounts/>
    </features>
  </target>
</volume>
""",
    good="""
<volume>
  <name>guest.qcow2</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='qcow2'/>
    <compat>1.1</compat>
    <features>
      <lazy_refcounts/>
    </features>
  </target>
</volume>
""",
)
def volume_features(volume: StorageVolume, facts: Facts[StorageVolume]) -> Iterator[Problem]:
    """A volume has features that its format, or the version of it, does not have.

    Only qcow2 has versions, 0.10 and 1.1, and only the later one has features. For raw volumes libvirt ignores both.
    """
    target, kind = volume.target, _format_of(volume)
    if target is None or volume.key or kind in {None, "raw"} or not (target.compat or _has_features(target)):
        return
    if kind != "qcow2":
        field = "compat" if target.compat else "features"
        fix = drop(target, "compat", "features", safe=False)
        yield Problem(target, field, "only qcow2 has versions and features, not {kind}", fix=fix, kind=kind)
    elif target.compat and target.compat not in _COMPAT:
        yield Problem(target, "compat", "the versions of qcow2 are 0.10 and 1.1")
    elif target.compat == "0.10" and _has_features(target):
        fix = put(target, "compat", "1.1", safe=False)
        yield Problem(target, "features", "version 0.10 of qcow2 has no such feature", fix=fix)


def _has_features(target: Target) -> bool:
    return target.features is not None and target.features.lazy_refcounts


@rule(
    "VX965",
    "volume-cluster-size",
    "volume",
    when="target",
    words="qemu-img: Cluster size must be a power of two between 512 and 2048k",
    since="7.4.0",
    early=True,
    bad="""
<volume>
  <name>guest.qcow2</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='qcow2'/>
    <clusterSize unit='MiB'>4</clusterSize>
  </target>
</volume>
""",
    good="""
<volume>
  <name>guest.qcow2</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <format type='qcow2'/>
    <clusterSize unit='MiB'>2</clusterSize>
  </target>
</volume>
""",
)
def volume_cluster_size(volume: StorageVolume, facts: Facts[StorageVolume]) -> Iterator[Problem]:
    """The clusters of a qcow2 volume have a size that they cannot have.

    It is a power of two, from 512 bytes to 2 MiB.
    """
    target = volume.target
    if target is None or target.cluster_size is None or volume.key or _format_of(volume) != "qcow2":
        return
    size = bytes_of(target.cluster_size)
    if size and (not _SMALLEST <= size <= _LARGEST or size & (size - 1)):
        yield Problem(
            target.cluster_size,
            "value",
            "the size of clusters is a power of two from 512 bytes to 2 MiB, not {size} bytes",
            size=size,
        )
