"""Programs of the host that load guests, which QEMU does not use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Domain
    from ....guest import Guest


@rule(
    "VX558",
    "boot-bootloader",
    "domain",
    words="bootloader is not supported by QEMU",
    since="9.0.0",
    drivers=("qemu",),
    early=True,
    bad="""
<bootloader>/usr/bin/pygrub</bootloader>
""",
    good="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
</os>
""",
)
def boot_bootloader(domain: Domain, _: Guest) -> Iterator[Problem]:
    """A guest of QEMU has a boot loader that the host runs.

    `<bootloader>` is a program of the host, such as pygrub, that finds the kernel in a disk of a guest of Xen.
    """
    for field, name in (("bootloader", "bootloader"), ("bootloader_args", "bootloader_args")):
        if getattr(domain, field):
            yield Problem(domain, field, "QEMU does not use <{name}>", fix=drop(domain, field), name=name)
            return
