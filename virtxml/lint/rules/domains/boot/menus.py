"""What is said of the firmware's menu and of its output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule
from ..addresses.placed import repeats_serial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Os
    from ....guest import Guest


@rule(
    "VX556",
    "boot-bios-serial",
    "domain/os",
    words="need at least one serial port to use BIOS serial output",
    drivers=("qemu",),
    when="bios",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <bios useserial='yes'/>
</os>
""",
    good="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <bios useserial='yes'/>
</os>
<devices>
  <serial type='pty'/>
</devices>
""",
)
def boot_bios_serial(os: Os, guest: Guest) -> Iterator[Problem]:
    """The firmware is to write to a serial port, and the guest has none.

    Only PCs can do that. A `<console>` that is on no other device is enough for libvirt: it stands for a serial port.
    """
    bios = os.bios
    if bios is None or bios.useserial is not True:
        return
    if guest.arch and not guest.is_x86:
        yield Problem(
            bios, "useserial", "only PCs have firmware that writes to a serial port, not {arch}", arch=guest.arch
        )
    elif not guest.devices.serials and not any(repeats_serial(console) for console in guest.devices.consoles):
        yield Problem(
            bios, "useserial", "the firmware is to write to a serial port, and there is none", help="add a <serial>"
        )


@rule(
    "VX557",
    "boot-bootmenu-ignored",
    "domain/os",
    severity="warning",
    phase="",
    drivers=("qemu",),
    when="bootmenu",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <bootmenu enable='no' timeout='3000'/>
</os>
""",
    good="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <bootmenu enable='no'/>
</os>
""",
)
def boot_bootmenu_ignored(os: Os, _: Guest) -> Iterator[Problem]:
    """A boot menu that is not shown has a timeout.

    libvirt drops the timeout unless the menu is enabled.
    """
    menu = os.bootmenu
    if menu is not None and menu.timeout is not None and menu.enable is not True:
        yield Problem(
            menu,
            "timeout",
            "libvirt drops the timeout, as the menu is not enabled",
            fix=drop(menu, "timeout"),
        )
