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
    phase="start",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <filesystem type='mount'>
    <source dir='/srv/a'/>
    <target dir='share'/>
  </filesystem>
  <filesystem type='mount'>
    <source dir='/srv/b'/>
    <target dir='share'/>
  </filesystem>
</devices>
""",
    good="""
<devices>
  <filesystem type='mount'>
    <source dir='/srv/a'/>
    <target dir='share'/>
  </filesystem>
  <filesystem type='mount'>
    <source dir='/srv/b'/>
    <target dir='other'/>
  </filesystem>
</devices>
""",
)
def duplicate_filesystem_target(filesystem: Filesystem, guest: Guest) -> Iterator[Problem]:
    """Two shared directories have the same target.

    The guest mounts them by their targets, which are tags, so QEMU does not start with two of one name.
    """
    target = filesystem.target
    if target is not None and target.dir:
        first = guest.first("filesystem", target.dir, target)
        if first is not None:
            yield Problem(target, "dir", "another filesystem is called {dir}, too", other=first, dir=target.dir)
