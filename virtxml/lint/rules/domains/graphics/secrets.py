"""The passwords of screens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Graphics
    from ....guest import Guest

_LONGEST = 8
"""The bytes of a password that VNC can tell apart."""
_TIME = re.compile(r"-?\d+-\d+-\d+T\d+:\d+:\d+")


@rule(
    "VX726",
    "vnc-password-length",
    "domain/devices/graphics",
    words="VNC password is 12 characters long, only 8 permitted",
    drivers=("qemu",),
    early=True,
    when="type",
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
    "VX747",
    "password-valid-to",
    "domain/devices/graphics",
    words="cannot parse password validity time '2030-01-31T12:00:00Z', expect YYYY-MM-DDTHH:MM:SS",
    early=True,
    when="passwd",
    bad="""
<devices>
  <graphics type='vnc' passwd='s3same' passwdValidTo='2030-01-31T12:00:00Z'/>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc' passwd='s3same' passwdValidTo='2030-01-31T12:00:00'/>
</devices>
""",
)
def password_valid_to(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """The time until which a password is valid has a time zone, or parts of seconds.

    libvirt reads YYYY-MM-DDTHH:MM:SS, which is UTC.
    """
    until = graphics.passwd_valid_to
    if graphics.passwd is None or not until or _TIME.fullmatch(until):
        return
    utc = until.removesuffix("Z").removesuffix("+00:00")
    yield Problem(
        graphics,
        "passwd_valid_to",
        "{until} is more than libvirt reads",
        help="it reads YYYY-MM-DDTHH:MM:SS, in UTC",
        fix=put(graphics, "passwd_valid_to", utc) if _TIME.fullmatch(utc) else None,
        until=until,
    )


@rule(
    "VX728",
    "password-in-document",
    "domain/devices/graphics",
    severity="warning",
    phase="",
    group="security",
    early=True,
    when="passwd",
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
    when="passwd",
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
