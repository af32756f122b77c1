"""Who may read and write what a pool has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.common import Permissions
    from ....schema.storagepool import StoragePool
    from ....schema.storagevol import StorageVolume
    from ...facts import Facts

_OCTAL = re.compile(r"[0-7]+")
_ALL = 0o777


@rule(
    "VX840",
    "pool-permissions-mode",
    "pool/target/permissions",
    when="mode",
    words="malformed octal mode",
    early=True,
    bad="""
<pool type='dir'>
  <name>images</name>
  <target>
    <path>/srv/images</path>
    <permissions>
      <mode>02775</mode>
    </permissions>
  </target>
</pool>
""",
    good="""
<pool type='dir'>
  <name>images</name>
  <target>
    <path>/srv/images</path>
    <permissions>
      <mode>0775</mode>
    </permissions>
  </target>
</pool>
""",
)
def pool_permissions_mode(permissions: Permissions, facts: Facts[StoragePool]) -> Iterator[Problem]:
    """The mode of a pool's directory has more than permissions.

    libvirt sets who may read, write and execute: three digits. It takes no mode with a sticky bit, or one that sets
    the user or the group.
    """
    yield from _too_much(permissions)


@rule(
    "VX962",
    "volume-permissions-mode",
    "volume",
    words="malformed octal mode",
    early=True,
    bad="""
<volume>
  <name>guest.img</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <permissions>
      <mode>04644</mode>
    </permissions>
  </target>
</volume>
""",
    good="""
<volume>
  <name>guest.img</name>
  <capacity unit='GiB'>10</capacity>
  <target>
    <permissions>
      <mode>0644</mode>
    </permissions>
  </target>
</volume>
""",
)
def volume_permissions_mode(volume: StorageVolume, facts: Facts[StorageVolume]) -> Iterator[Problem]:
    """The mode of a volume, or of what it begins as, has more than permissions.

    libvirt sets who may read, write and execute: three digits.
    """
    for node in (volume.target, volume.backing_store):
        if node is not None and node.permissions is not None:
            yield from _too_much(node.permissions)


def _too_much(permissions: Permissions) -> Iterator[Problem]:
    mode = permissions.mode
    if mode and _OCTAL.fullmatch(mode) and int(mode, 8) > _ALL:
        yield Problem(permissions, "mode", "modes have three digits, not {mode}", mode=mode)
