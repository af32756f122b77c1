"""How directories of the host are shared with a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Filesystem
    from ....guest import Guest

_CONTAINERS = frozenset(["loop", "nbd", "ploop"])
"""The drivers of containers."""
_SHARED = """
<memoryBacking>
  <access mode='shared'/>
</memoryBacking>
"""


def _driver(filesystem: Filesystem) -> str:
    return (filesystem.driver.type if filesystem.driver is not None else None) or "path"


def _is_outside(filesystem: Filesystem) -> bool:
    """Tell whether somebody else runs virtiofsd, and QEMU connects to its socket."""
    return filesystem.source is not None and filesystem.source.socket is not None


@rule(
    "VX785",
    "filesystem-driver",
    "domain/devices/filesystem",
    words="virtiofs only supports passthrough accessmode",
    drivers=("qemu",),
    early=True,
    bad=f"""{_SHARED}
<devices>
  <filesystem type='mount' accessmode='mapped'>
    <driver type='virtiofs'/>
    <source dir='/srv'/>
    <target dir='srv'/>
  </filesystem>
</devices>
""",
    good=f"""{_SHARED}
<devices>
  <filesystem type='mount' accessmode='passthrough'>
    <driver type='virtiofs'/>
    <source dir='/srv'/>
    <target dir='srv'/>
  </filesystem>
</devices>
""",
)
def filesystem_driver(filesystem: Filesystem, guest: Guest) -> Iterator[Problem]:
    """A shared directory has a setting that its driver does not have.

    virtiofs shares files as they are: with their owners and modes, and with one model. QEMU's own driver (9p) can map
    owners and modes, and only then has modes to begin with.
    """
    driver, access = _driver(filesystem), filesystem.accessmode
    if driver == "virtiofs":
        if access not in (None, "passthrough") and not _is_outside(filesystem):
            yield Problem(
                filesystem,
                "accessmode",
                "virtiofs shares files as they are, not {mode}",
                fix=put(filesystem, "accessmode", "passthrough", safe=False),
                mode=access,
            )
        for field in ("model", "multidevs", "fmode", "dmode"):
            if (getattr(filesystem, field) or "0").strip("0") not in ("", "default"):
                yield Problem(
                    filesystem, field, "virtiofs has no {setting}", fix=drop(filesystem, field), setting=field
                )
        return
    for field in ("fmode", "dmode"):
        if (getattr(filesystem, field) or "0").strip("0") and access != "mapped":
            yield Problem(
                filesystem,
                field,
                "files have modes of their own with accessmode='mapped' only",
                fix=drop(filesystem, field, safe=False),
            )
    if driver in ("handle", "mtp") and access not in (None, "passthrough"):
        yield Problem(
            filesystem,
            "accessmode",
            "the driver {driver} shares files as they are, not {mode}",
            driver=driver,
            mode=access,
        )


@rule(
    "VX768",
    "filesystem-type",
    "domain/devices/filesystem",
    words="only supports mount filesystem type",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <filesystem type='ram'>
    <source usage='1024'/>
    <target dir='/tmp'/>
  </filesystem>
</devices>
""",
    good="""
<devices>
  <filesystem type='mount'>
    <source dir='/srv'/>
    <target dir='srv'/>
  </filesystem>
</devices>
""",
)
def filesystem_type(filesystem: Filesystem, guest: Guest) -> Iterator[Problem]:
    """A guest of QEMU has a file system of containers.

    Guests of QEMU share a directory of the host: type mount. Images, memory and other file systems are mounted for
    containers, by drivers of theirs.
    """
    kind = filesystem.type
    if kind not in (None, "mount"):
        yield Problem(filesystem, "type", "guests of QEMU share directories: type mount, not {type}", type=kind)
    elif filesystem.driver is not None and filesystem.driver.type in _CONTAINERS:
        yield Problem(filesystem.driver, "type", "{driver} is a driver of containers", driver=filesystem.driver.type)


@rule(
    "VX769",
    "filesystem-readonly",
    "domain/devices/filesystem",
    words="virtiofs does not yet support read-only mode",
    drivers=("qemu",),
    until="11.0.0",
    early=True,
    when="readonly",
    bad=f"""{_SHARED}
<devices>
  <filesystem type='mount' accessmode='passthrough'>
    <driver type='virtiofs'/>
    <source dir='/srv'/>
    <target dir='srv'/>
    <readonly/>
  </filesystem>
</devices>
""",
    good=f"""{_SHARED}
<devices>
  <filesystem type='mount' accessmode='passthrough'>
    <driver type='virtiofs'/>
    <source dir='/srv'/>
    <target dir='srv'/>
  </filesystem>
</devices>
""",
)
def filesystem_readonly(filesystem: Filesystem, guest: Guest) -> Iterator[Problem]:
    """A directory is shared by virtiofs so that it cannot be written to, which came with libvirt 11.0.0.

    Older releases refuse it.
    """
    if filesystem.readonly and _driver(filesystem) == "virtiofs" and not _is_outside(filesystem):
        yield Problem(
            filesystem,
            "readonly",
            "this release shares nothing so by virtiofs",
            fix=drop(filesystem, "readonly", safe=False),
        )


@rule(
    "VX770",
    "filesystem-readonly-socket",
    "domain/devices/filesystem",
    words="readonly mode cannot be set for externally started virtiofsd",
    drivers=("qemu",),
    since="11.0.0",
    early=True,
    when="readonly",
    bad=f"""{_SHARED}
<devices>
  <filesystem type='mount'>
    <driver type='virtiofs'/>
    <source socket='/run/virtiofsd.sock'/>
    <target dir='srv'/>
    <readonly/>
  </filesystem>
</devices>
""",
    good=f"""{_SHARED}
<devices>
  <filesystem type='mount'>
    <driver type='virtiofs'/>
    <source socket='/run/virtiofsd.sock'/>
    <target dir='srv'/>
  </filesystem>
</devices>
""",
)
def filesystem_readonly_socket(filesystem: Filesystem, guest: Guest) -> Iterator[Problem]:
    """A directory that somebody else shares is to be read only.

    Who starts virtiofsd says whether it lets the guest write.
    """
    if filesystem.readonly and _driver(filesystem) == "virtiofs" and _is_outside(filesystem):
        yield Problem(
            filesystem,
            "readonly",
            "it is for who starts virtiofsd to say this",
            fix=drop(filesystem, "readonly", safe=False),
        )


@rule(
    "VX794",
    "filesystem-target-missing",
    "domain/devices/filesystem",
    words="missing target information for device /srv",
    early=True,
    bad="""
<devices>
  <filesystem type='mount'>
    <source dir='/srv'/>
    <target dir=''/>
  </filesystem>
</devices>
""",
    good="""
<devices>
  <filesystem type='mount'>
    <source dir='/srv'/>
    <target dir='srv'/>
  </filesystem>
</devices>
""",
)
def filesystem_target_missing(filesystem: Filesystem, guest: Guest) -> Iterator[Problem]:
    """A shared directory has no name for the guest to mount it by.

    For containers it is where it is mounted, for others a tag.
    """
    target = filesystem.target
    if target is None or not target.dir:
        yield Problem(
            target or filesystem, "dir" if target else "target", "the name of the directory in the guest is missing"
        )
