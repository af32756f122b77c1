"""The passwords of screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Graphics
    from ....guest import Guest

_LONGEST = 8
"""The bytes of a password that VNC can tell apart."""


@rule(
    "VX726",
    "vnc-password-length",
    "domain/devices/graphics",
    words="VNC password is 12 characters long, only 8 permitted",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <graphics type='vnc' passwd='long-and-safe'/>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc' passwd='8-or-les'/>
</devices>
""",
)
def vnc_password_length(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """The password of a VNC screen has more than 8 characters.

    VNC makes a key of 8 bytes of it, so anything behind them would not count.
    """
    password = graphics.passwd
    if graphics.type == "vnc" and password and len(password.encode()) > _LONGEST:
        yield Problem(
            graphics,
            "passwd",
            "VNC's passwords have 8 characters, and this has {length}",
            length=len(password.encode()),
        )


@rule(
    "VX728",
    "password-in-document",
    "domain/devices/graphics",
    severity="warning",
    phase="",
    group="security",
    early=True,
    bad="""
<devices>
  <graphics type='vnc' passwd='hunter2'/>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc'/>
</devices>
""",
)
def password_in_document(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """The password of a screen is in the document.

    It is there as it is, for everybody who can read the file. A password can be set while the guest runs.
    """
    if graphics.passwd:
        yield Problem(graphics, "passwd", "everybody who reads this file knows the password")


@rule(
    "VX742",
    "password-empty",
    "domain/devices/graphics",
    severity="warning",
    phase="",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <graphics type='vnc' passwd=''/>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc'/>
</devices>
""",
)
def password_empty(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """The password of a screen is empty, which libvirt takes for none.

    It drops it, so the screen asks nobody for a password.
    """
    if graphics.passwd == "" and graphics.type in ("vnc", "spice"):
        yield Problem(
            graphics, "passwd", "libvirt drops an empty password, and lets everybody in", fix=drop(graphics, "passwd")
        )
