"""What shared directories are called in the guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Filesystem
    from ....guest import Guest


@rule(
    "VX410",
    "duplicate-filesystem-target",
    "domain/devices/filesystem",
    words="filesystem target 'share' specified twice",
    drivers=("qemu",),
    early=True,
    bad="""
<memoryBacking>
  <source type='memfd'/>
  <access mode='shared'/>
</memoryBacking>
<devices>
  <filesystem type='mount'>
    <driver type='virtiofs'/>
    <source dir='/srv/a'/>
    <target dir='share'/>
  </filesystem>
  <filesystem type='mount'>
    <driver type='virtiofs'/>
    <source dir='/srv/b'/>
    <target dir='share'/>
  </filesystem>
</devices>
""",
    good="""
<memoryBacking>
  <source type='memfd'/>
  <access mode='shared'/>
</memoryBacking>
<devices>
  <filesystem type='mount'>
    <driver type='virtiofs'/>
    <source dir='/srv/a'/>
    <target dir='share'/>
  </filesystem>
  <filesystem type='mount'>
    <driver type='virtiofs'/>
    <source dir='/srv/b'/>
    <target dir='other'/>
  </filesystem>
</devices>
""",
)
def duplicate_filesystem_target(filesystem: Filesystem, guest: Guest) -> Iterator[Problem]:
    """Two directories that are shared by virtiofs have the same target.

    The guest mounts them by their targets, so it would find only one of a name. libvirt takes two of virtio-9p.
    """
    target, driver = filesystem.target, filesystem.driver
    if target is not None and target.dir and driver is not None and driver.type == "virtiofs":
        first = guest.first("virtiofs", target.dir, target)
        if first is not None:
            yield Problem(target, "dir", "another filesystem is called {dir}, too", other=first, dir=target.dir)
