"""What channels and shared directories are called, by which programs in the guest find them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Channel, Filesystem
    from ....guest import Guest

_SPICE = ("spicevmc", "qemu-vdagent")
_SPICE_NAME = "com.redhat.spice.0"
"""What libvirt calls channels of SPICE that have no name."""


@rule(
    "VX411",
    "duplicate-channel-name",
    "domain/devices/channel",
    words="virtio-serial-bus: A port already exists by name org.qemu.guest_agent.0",
    phase="start",
    drivers=("qemu",),
    early=True,
    when="target",
    bad="""
<devices>
  <channel type='unix'>
    <target type='virtio' name='org.qemu.guest_agent.0'/>
  </channel>
  <channel type='pty'>
    <target type='virtio' name='org.qemu.guest_agent.0'/>
  </channel>
</devices>
""",
    good="""
<devices>
  <channel type='unix'>
    <target type='virtio' name='org.qemu.guest_agent.0'/>
  </channel>
  <channel type='pty'>
    <target type='virtio' name='org.example.0'/>
  </channel>
</devices>
""",
)
def duplicate_channel_name(channel: Channel, guest: Guest) -> Iterator[Problem]:
    """Two channels of virtio have the same name.

    Programs in the guest find a channel by its name, so QEMU does not start with two of one name.
    """
    target = channel.target
    if target is None or target.type != "virtio":
        return
    name = target.name or (_SPICE_NAME if channel.type in _SPICE else None)
    if name:
        first = guest.first("channel", name, target)
        if first is not None:
            yield Problem(target, "name", "another channel is called {name}, too", other=first, name=name)


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
