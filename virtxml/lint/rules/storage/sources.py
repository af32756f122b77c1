"""What a pool is made of, and how the host gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...fixes import drop
from ...rule import Fix, Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.storagepool import Source, StoragePool
    from ...facts import Facts

_ONE_HOST = ("netfs", "iscsi", "iscsi-direct", "gluster")
"""The types of pools that are on one host; others take several monitors."""


@rule(
    "VX968",
    "pool-name-missing",
    "pool",
    words="missing pool source name element",
    bad="""
<pool type='zfs'>
  <source>
    <name/>
  </source>
</pool>
""",
    good="""
<pool type='zfs'>
  <source>
    <name>guests</name>
  </source>
</pool>
""",
)
def pool_name_missing(pool: StoragePool, facts: Facts[StoragePool]) -> Iterator[Problem]:
    """A pool has no name, and its source has none either.

    A volume group, a pool of Ceph and the like may give their names to the pool; an empty name is none.
    """
    named = pool.source is not None and bool(pool.source.names) and bool(pool.source.names[0])
    if not pool.name and not named:
        yield Problem(pool, "name", "a pool has a name")
    elif pool.type == "rbd" and pool.source is not None and not named:
        yield Problem(pool.source, "names", "a pool of Ceph has the name that it has there")


@rule(
    "VX833",
    "pool-auth",
    "pool",
    when="source",
    phase="start",
    words="iscsi pool only supports 'chap' auth type",
    early=True,
    bad="""
<pool type='iscsi'>
  <name>disks</name>
  <source>
    <host name='storage.example.com'/>
    <device path='iqn.2013-06.com.example:iscsi-pool'/>
    <auth type='ceph' username='admin'>
      <secret usage='disks'/>
    </auth>
  </source>
  <target>
    <path>/dev/disk/by-path</path>
  </target>
</pool>
""",
    good="""
<pool type='iscsi'>
  <name>disks</name>
  <source>
    <host name='storage.example.com'/>
    <device path='iqn.2013-06.com.example:iscsi-pool'/>
    <auth type='chap' username='admin'>
      <secret usage='disks'/>
    </auth>
  </source>
  <target>
    <path>/dev/disk/by-path</path>
  </target>
</pool>
""",
)
def pool_auth(pool: StoragePool, facts: Facts[StoragePool]) -> Iterator[Problem]:
    """A pool of iSCSI disks is to be opened as Ceph is.

    iSCSI knows CHAP alone. libvirt says so only when the pool starts.
    """
    auth = None if pool.source is None else pool.source.auth
    if auth is not None and auth.type == "ceph" and pool.type in {"iscsi", "iscsi-direct"}:
        yield Problem(auth, "type", "iSCSI has authentication of the type chap, not ceph")


@rule(
    "VX838",
    "pool-hosts",
    "pool",
    when="source",
    phase="start",
    words="expected exactly 1 host for the storage pool",
    early=True,
    bad="""
<pool type='netfs'>
  <name>images</name>
  <source>
    <host name='nfs1.example.com'/>
    <host name='nfs2.example.com'/>
    <dir path='/srv/images'/>
  </source>
  <target>
    <path>/var/lib/libvirt/nfs</path>
  </target>
</pool>
""",
    good="""
<pool type='netfs'>
  <name>images</name>
  <source>
    <host name='nfs1.example.com'/>
    <dir path='/srv/images'/>
  </source>
  <target>
    <path>/var/lib/libvirt/nfs</path>
  </target>
</pool>
""",
)
def pool_hosts(pool: StoragePool, facts: Facts[StoragePool]) -> Iterator[Problem]:
    """A pool is on several hosts, and there can be one.

    Only Ceph has several monitors. For other pools libvirt says so when they start.
    """
    source = pool.source
    if source is None or len(source.hosts) < 2 or pool.type not in _ONE_HOST:
        return
    yield Problem(
        source.hosts[1],
        "",
        "pools of the type {type} are on one host",
        other=source.hosts[0],
        fix=_first_host(source),
        type=pool.type,
    )


def _first_host(source: Source) -> Fix:
    """Return the fix that leaves one host."""

    def change() -> None:
        del source.hosts[1:]

    return Fix("drop the other hosts", change, safe=False)


@rule(
    "VX839",
    "pool-cow",
    "pool",
    when="features",
    words="cow feature may only be used for 'fs' and 'dir' pools",
    since="6.6.0",
    early=True,
    bad="""
<pool type='netfs'>
  <name>images</name>
  <features>
    <cow state='no'/>
  </features>
  <source>
    <host name='nfs1.example.com'/>
    <dir path='/srv/images'/>
  </source>
  <target>
    <path>/var/lib/libvirt/nfs</path>
  </target>
</pool>
""",
    good="""
<pool type='netfs'>
  <name>images</name>
  <source>
    <host name='nfs1.example.com'/>
    <dir path='/srv/images'/>
  </source>
  <target>
    <path>/var/lib/libvirt/nfs</path>
  </target>
</pool>
""",
)
def pool_cow(pool: StoragePool, facts: Facts[StoragePool]) -> Iterator[Problem]:
    """Copying on write is set for a pool that is no directory of the host.

    It is a setting of btrfs, which libvirt makes for pools of the types `dir` and `fs`.
    """
    features = pool.features
    if features is not None and features.cow is not None and pool.type not in {None, "dir", "fs"}:
        fix = drop(pool, "features", safe=False)
        yield Problem(features, "cow", "pools of the type {type} have no such feature", fix=fix, type=pool.type)


@rule(
    "VX961",
    "pool-protocol-version",
    "pool",
    when="source",
    words="storage pool protocol ver '4.2,soft' must not contain ','",
    early=True,
    bad="""
<pool type='netfs'>
  <name>images</name>
  <source>
    <host name='nfs1.example.com'/>
    <dir path='/srv/images'/>
    <format type='nfs'/>
    <protocol ver='4.2,soft'/>
  </source>
  <target>
    <path>/var/lib/libvirt/nfs</path>
  </target>
</pool>
""",
    good="""
<pool type='netfs'>
  <name>images</name>
  <source>
    <host name='nfs1.example.com'/>
    <dir path='/srv/images'/>
    <format type='nfs'/>
    <protocol ver='4.2'/>
  </source>
  <target>
    <path>/var/lib/libvirt/nfs</path>
  </target>
</pool>
""",
)
def pool_protocol_version(pool: StoragePool, facts: Facts[StoragePool]) -> Iterator[Problem]:
    """Options of mounting are in the version of NFS.

    libvirt hands the version to `mount` as an option, and takes none with a comma. There is
    `<fs:mount_opts>` for other options.
    """
    protocol = None if pool.source is None else pool.source.protocol
    if protocol is not None and protocol.ver and "," in str(protocol.ver):
        yield Problem(protocol, "ver", 'versions of NFS have no ","', help="say other options in <fs:mount_opts>")
